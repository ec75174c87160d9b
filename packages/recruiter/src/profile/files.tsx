import type { AtsAttachment } from '@carrick/protocol/recruiter';
import { Time } from '../elements/time.tsx';
import css from './files.module.css';

interface FilesProps {
  personId: string;
  files: readonly AtsAttachment[];
}

/** Résumés and other files, each a link that downloads it. */
export function Files({ personId, files }: FilesProps) {
  return (
    <ul className={css.files} data-testid="files">
      {files.map(({ no, fileName, size, at }) => (
        <li key={no} className={css.file}>
          <a href={`/app/api/people/${personId}/attachments/${no}`} download={fileName} dir="auto">
            {fileName}
          </a>
          <span className={css.facts}>
            {sizeWords(size)} · <Time at={at} />
          </span>
        </li>
      ))}
    </ul>
  );
}

const KB = new Intl.NumberFormat('en', { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
const MB = new Intl.NumberFormat('en', { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });

function sizeWords(bytes: number): string {
  return bytes < 1_000_000 ? KB.format(Math.max(1, bytes / 1_000)) : MB.format(bytes / 1_000_000);
}
