/** The words around pictures. */
import { inLanguage } from '../language.ts';

const en = {
  asTable: 'Show as table',
  asTableOf: (title: string) => `Show as table: ${title}`,
  csv: 'Download CSV',
  csvOf: (title: string) => `Download CSV: ${title}`,
  noCalls: 'no calls',
} as const;

export const words = inLanguage('charts', en);
export type ChartWords = typeof en;
