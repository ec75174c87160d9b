import type { RecordKind } from '@carrick/protocol';

/** A record among those of one ATS. */
export function nameOf(kind: RecordKind, key: readonly string[]): string {
  return `${kind} ${JSON.stringify(key)}`;
}

export const candidateRecord = (
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  atsCreatedAt: 1_700_000_000_000,
  atsLastModifiedAt: 1_700_000_000_001,
  firstName: 'Ada',
  lastName: 'Byron',
  emailAddresses: ['ada@example.com'],
  ...changes,
});

export const applicationRecord = (
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  atsCandidateId: 'C1',
  atsJobPostingId: 'J1',
  atsJobPostingName: 'Engineer',
  atsCreatedAt: 1_700_000_000_000,
  atsLastModifiedAt: 1_700_000_000_001,
  firstName: 'Ada',
  lastName: 'Byron',
  ...changes,
});
