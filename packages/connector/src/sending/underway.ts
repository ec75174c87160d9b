import { randomUUID } from 'node:crypto';
import type { RecordKind } from '@carrick/protocol';
import { entriesOf, entry, type Lane, settle } from '../lane.ts';
import type { Entry } from '../store/store.ts';
import { entryKey } from './change-key.ts';
import type { Outgoing } from './outgoing.ts';
import { type SentRecord, sentCollection } from './sent-record.ts';

const UNDERWAY = 'underway';

/** Records of which it is not known how the platform holds them. Of jobs as they are, to close them. */
interface Underway {
  readonly kind: RecordKind;
  readonly records: readonly { readonly key: string; readonly record?: SentRecord['record'] }[];
}

/**
 * Notes records before they are sent: a connector that dies before it reads the answer would not know later that they have to be
 * sent again, or deleted. Returns what takes the note away, to be stored with what the answer means.
 */
export async function noteUnderway(
  lane: Lane,
  kind: RecordKind,
  items: readonly Outgoing[],
): Promise<Entry[]> {
  if (items.length === 0) return [];
  const key = randomUUID();
  const records = items.map((item) => ({
    key: entryKey(item),
    ...(kind === 'job' && item.record && { record: item.record }),
  }));
  await settle(lane, [], [entry(lane, UNDERWAY, key, { kind, records } satisfies Underway)]);
  return [entry(lane, UNDERWAY, key, null)];
}

/** What was on its way when its sender died counts as sent, nobody knows how: a history sends it again or deletes it. */
export async function recoverUnderway(lane: Lane): Promise<void> {
  for await (const { key, value } of entriesOf(lane, UNDERWAY)) {
    const { kind, records } = value as Underway; // written above
    const collection = sentCollection(kind);
    const keys = records.map((each) => each.key);
    const known = (await lane.store.read(lane.customer.id, collection, keys)) as Map<string, SentRecord>; // written by `sendBatch`
    const unsure = records.map(({ key: recordKey, record }) => {
      const former = known.get(recordKey) ?? { fields: '', at: 0, ...(record && { record }) };
      return entry(lane, collection, recordKey, { ...former, hash: '' } satisfies SentRecord);
    });
    await settle(lane, [], [...unsure, entry(lane, UNDERWAY, key, null)]);
  }
}
