import type { PersonRow } from '@carrick/protocol/recruiter';
import { describePosition } from '../search/person-words.ts';
import type { ExportPerson } from './open-export.ts';

export function exportPersonOf({
  id,
  name,
  headline,
  current,
  isExportable,
}: Pick<PersonRow, 'id' | 'name' | 'headline' | 'current' | 'isExportable'>): ExportPerson {
  return { id, name, headline, summary: current[0] ? describePosition(current[0]) : '', isExportable };
}
