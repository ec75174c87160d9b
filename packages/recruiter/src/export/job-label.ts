import type { ExportJob } from '@carrick/protocol/exports';
import { words } from './words.ts';

export const labelOf = ({ title, id }: Pick<ExportJob, 'title' | 'id'>): string => words.jobLabel(title, id);
