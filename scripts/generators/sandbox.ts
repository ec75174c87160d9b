import { FAULTS } from '../../packages/platform/src/sandbox/fault-kinds.ts';
import { MAGIC_FAULTS, MAGIC_KEYS, MAGIC_REQUEST_IDS } from '../../packages/platform/src/sandbox/magic.ts';
import { MAGIC_MEMBERS } from '../../packages/platform/src/sandbox/magic-members.ts';
import { ERRORS, type ErrorCode } from '../../packages/protocol/src/errors.ts';

export const path = 'docs/generated/sandbox.md';

/** What a sandbox can make go wrong, from the tables that it works by. */
export function generate(): string {
  const magic = (entries: Readonly<Record<string, { readonly code: ErrorCode }>>) =>
    Object.entries(entries).map(([id, { code }]) => `| \`${id}\` | ${ERRORS[code].status} | \`${code}\` |`);
  return [
    '# Faults and magic records',
    '',
    'Written by `npm run gen` from `packages/platform/src/sandbox`. How to use them: [the guide](../guides/sandbox.md).',
    '',
    '## Faults',
    '',
    '| `fault` | strikes | What happens |',
    '| --- | --- | --- |',
    ...Object.entries(FAULTS).map(([fault, { where, effect }]) => `| \`${fault}\` | ${where} | ${effect} |`),
    '',
    '## Keys that are refused for themselves',
    '',
    'As the id of any record: a candidate, a job application, a note, … The status is that of the key; the batch is answered 200.',
    '',
    '| id | status | `code` |',
    '| --- | --- | --- |',
    ...magic(MAGIC_KEYS),
    '',
    '## Ids that strike the whole request',
    '',
    '| id | the fault of the same name |',
    '| --- | --- |',
    ...[...MAGIC_FAULTS].map(([id, fault]) => `| \`${id}\` | ${FAULTS[fault].effect} |`),
    '',
    '## Request ids',
    '',
    'As the `requestId` of a finder.',
    '',
    '| requestId | status | `code` |',
    '| --- | --- | --- |',
    ...magic(MAGIC_REQUEST_IDS),
    '',
    '## Members',
    '',
    'They are in the directory; send a candidate with the same name and address.',
    '',
    '| member | name | address | What becomes of the candidate |',
    '| --- | --- | --- | --- |',
    ...MAGIC_MEMBERS.map(
      ({ id, firstName, lastName, email, outcome }) =>
        `| \`${id}\` | ${firstName} ${lastName} | \`${email}\` | ${outcome} |`,
    ),
    '',
  ].join('\n');
}
