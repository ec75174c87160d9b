import type { Translation } from '../language.ts';
import type { ChartWords } from './words.ts';

export const de: Translation<ChartWords> = {
  asTable: 'Als Tabelle zeigen',
  asTableOf: (title) => `Als Tabelle zeigen: ${title}`,
  csv: 'CSV herunterladen',
  csvOf: (title) => `CSV herunterladen: ${title}`,
  noCalls: 'keine Aufrufe',
};
