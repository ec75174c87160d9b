import type { AtsRecord } from '@carrick/protocol/recruiter';

/** One ATS may hold the same person twice. */
export const recordKey = ({ ats, candidateId }: AtsRecord): string => `${ats.atsNo} ${candidateId}`;

/** Ids are the ATS's own: one kind may use another's, and one record another's. */
export const entryKey = (record: AtsRecord, kind: EntryKind, id: string): string =>
  `${recordKey(record)} ${kind} ${id}`;

export type EntryKind = 'application' | 'stage' | 'note' | 'feedback';

/** Every entry of a record that may arrive while one reads. */
export function entryKeys(record: AtsRecord): string[] {
  const keys = (kind: EntryKind, entries: readonly { readonly id: string }[]) =>
    entries.map(({ id }) => entryKey(record, kind, id));
  return [
    ...keys('note', record.notes),
    ...record.jobs.flatMap(({ applicationId, stages, notes, feedback }) => [
      entryKey(record, 'application', applicationId),
      ...keys('stage', stages),
      ...keys('note', notes),
      ...keys('feedback', feedback),
    ]),
  ];
}
