import { RESOURCES, REST_RESOURCES, type RecordKind, resourceAddress } from '@carrick/protocol';
import type { CallSpan } from '../traffic/index.ts';

/** Which kind of record a resource of either dialect takes; others are calls and no records. */
export const KIND_OF_RESOURCE: ReadonlyMap<string, string> = new Map([
  ...RESOURCES.map((each): [string, string] => [resourceAddress(each, 'v2'), each.kind]),
  ...REST_RESOURCES.map((each): [string, string] => [resourceAddress(each, 'rest'), each.kind]),
]);

/** Accepted records of a kind, span by span. */
export function acceptedOf(rows: readonly CallSpan[], kind: RecordKind, spans: number): number[] {
  const accepted = Array.from({ length: spans }, () => 0);
  for (const row of rows)
    if (KIND_OF_RESOURCE.get(row.resource) === kind && row.span < spans)
      accepted[row.span] = (accepted[row.span] ?? 0) + row.accepted;
  return accepted;
}
