import { type AtsAttachment, VIEWABLE_CONTENT_TYPES } from '@carrick/protocol/recruiter';
import { lazy, Suspense, useState } from 'react';
import button from '../elements/button.module.css';
import { DownloadIcon, FileIcon } from '../elements/icons.tsx';
import { Time } from '../elements/time.tsx';
import { locale } from '../messages.ts';
import css from './files.module.css';
import { words as all } from './words.ts';

const words = all.attachments;
const FileViewer = lazy(async () => ({ default: (await import('./file-viewer.tsx')).FileViewer }));

interface FilesProps {
  personId: string;
  files: readonly AtsAttachment[];
}

/** Résumés and other files: those that browsers show open over the page, and each downloads. */
export function Files({ personId, files }: FilesProps) {
  const [viewed, setViewed] = useState<AtsAttachment | null>(null);
  const addressOf = ({ no }: AtsAttachment) => `/app/api/people/${personId}/attachments/${no}`;
  return (
    <>
      <ul className={css.files} data-testid="files">
        {files.map((file) => (
          <li key={file.no} className={css.file}>
            <FileIcon />
            <div className={css.words}>
              {isViewable(file) ? (
                <button
                  type="button"
                  className={`${button.text} ${css.name}`}
                  aria-label={words.view(file.fileName)}
                  onClick={() => setViewed(file)}
                  dir="auto"
                >
                  {file.fileName}
                </button>
              ) : (
                <span className={css.name} dir="auto">
                  {file.fileName}
                </span>
              )}
              <p className={css.facts}>
                {sizeWords(file.size)} · <Time at={file.at} />
              </p>
            </div>
            <a
              className={`${button.button} ${button.quiet} ${button.icon}`}
              href={addressOf(file)}
              download={file.fileName}
              aria-label={words.downloadOf(file.fileName)}
              title={words.download}
            >
              <DownloadIcon />
            </a>
          </li>
        ))}
      </ul>
      <Suspense>
        {viewed && (
          <FileViewer fileName={viewed.fileName} address={addressOf(viewed)} close={() => setViewed(null)} />
        )}
      </Suspense>
    </>
  );
}

/** Phones have no viewer of PDFs that works in a page. */
function isViewable({ contentType }: AtsAttachment): boolean {
  return (
    VIEWABLE_CONTENT_TYPES.includes(contentType) &&
    (contentType !== 'application/pdf' || navigator.pdfViewerEnabled)
  );
}

const KB = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
const MB = new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });

function sizeWords(bytes: number): string {
  return bytes < 1_000_000 ? KB.format(Math.max(1, bytes / 1_000)) : MB.format(bytes / 1_000_000);
}
