import { Dialog } from '@base-ui/react/dialog';
import button from '../elements/button.module.css';
import { CloseIcon, DownloadIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import css from './files.module.css';
import { words as all } from './words.ts';

const words = all.attachments;

interface FileViewerProps {
  fileName: string;
  /** Where the file downloads. */
  address: string;
  close(): void;
}

/** A file over the page, shown by the browser's own means in a frame that may do nothing. */
export function FileViewer({ fileName, address, close }: FileViewerProps) {
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={`${overlay.dialog} ${css.viewer}`}>
          <div className={css.bar}>
            <Dialog.Title className={css.title} dir="auto">
              {fileName}
            </Dialog.Title>
            <a className={button.button} href={address} download={fileName}>
              <DownloadIcon />
              {words.download}
            </a>
            <Dialog.Close
              className={`${button.button} ${button.quiet} ${button.icon}`}
              aria-label={words.close}
            >
              <CloseIcon />
            </Dialog.Close>
          </div>
          <iframe className={css.frame} src={`${address}/view#navpanes=0`} title={fileName} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
