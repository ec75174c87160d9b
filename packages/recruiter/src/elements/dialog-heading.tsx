import { Dialog } from '@base-ui/react/dialog';
import button from './button.module.css';
import { CloseIcon } from './icons.tsx';
import overlay from './overlay.module.css';

/** What a dialog is about, and the way out of it. Names may be written in the other direction. */
export function DialogHeading({ title, closeLabel }: { title: string; closeLabel: string }) {
  return (
    <div className={overlay.heading}>
      <Dialog.Title className={overlay.title} dir="auto">
        {title}
      </Dialog.Title>
      <Dialog.Close className={`${button.button} ${button.quiet} ${button.icon}`} aria-label={closeLabel}>
        <CloseIcon />
      </Dialog.Close>
    </div>
  );
}
