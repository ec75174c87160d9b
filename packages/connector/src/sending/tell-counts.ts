import { RECORD_KINDS } from '@carrick/protocol';
import { entriesOf, entry, type Lane, settle, state } from '../lane.ts';
import { COUNT_EVERY_MS, YearCounter, yearOf } from '../record-counts.ts';
import type { Entry } from '../store/store.ts';
import { quarantineCollection, type Shelved } from './quarantine.ts';
import { type SentRecord, sentCollection } from './sent-record.ts';

/** After a history; else once a day. */
export const countSoon = (lane: Lane): Entry => entry(lane, 'state', 'countDueAt', 0);

/** Once a day, and after a history, the platform hears how many records of each kind and year the ATS handed over, refused ones included. */
export async function tellCounts(lane: Lane): Promise<void> {
  const now = lane.clock.now();
  const dueAt = await state<number>(lane, 'countDueAt');
  if (dueAt !== null && now < dueAt) return;
  if (dueAt !== null) {
    const problem = await lane.wire.putRecordCounts(await count(lane));
    if (problem !== null) lane.log('info', `how much the ATS holds was not wanted: ${problem}`);
  }
  await settle(lane, [], [entry(lane, 'state', 'countDueAt', now + COUNT_EVERY_MS)]);
}

async function count(lane: Lane) {
  const counter = new YearCounter();
  for (const kind of RECORD_KINDS) {
    const refused = new Map<string, number | null>();
    for await (const { key, value } of entriesOf(lane, quarantineCollection(kind)))
      refused.set(key, yearOf(kind, (value as Shelved).record ?? {})); // written by `shelve`
    for await (const { key, value } of entriesOf(lane, sentCollection(kind))) {
      counter.add(kind, (value as SentRecord).year ?? null); // written by `sendBatch`
      refused.delete(key);
    }
    for (const year of refused.values()) counter.add(kind, year);
  }
  return counter.all();
}
