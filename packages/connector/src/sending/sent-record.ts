import { createHash } from 'node:crypto';
import type { RecordKind } from '@carrick/protocol';

/** What is remembered of a record that the platform took. */
export interface SentRecord {
  /** Empty: it may have taken it, the answer was lost. */
  readonly hash: string;
  /** The fields that held something, with commas between. */
  readonly fields: string;
  readonly at: number;
  /** In which it counts, where it has a date. */
  readonly year?: number;
  /** Of an access list's user: who that was. */
  readonly person?: string;
  /** Of a job: what it was, to close it when it is gone. */
  readonly record?: Readonly<Record<string, unknown>>;
}

export const sentCollection = (kind: RecordKind) => `sent:${kind}`;

/** Field order is no difference. */
export function hashOf(record: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest('base64url').slice(0, 22);
}

export function fieldsOf(record: Readonly<Record<string, unknown>>): string {
  return Object.keys(record)
    .filter((name) => !isEmpty(record[name]))
    .sort()
    .join(',');
}

/** Fields that were there when the record was last sent, and are not any more. */
export function lostFields(known: SentRecord, record: Readonly<Record<string, unknown>>): string[] {
  return known.fields.split(',').filter((name) => name !== '' && isEmpty(record[name]));
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
