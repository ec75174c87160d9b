import { entry, type Lane, settle } from '../lane.ts';
import type { Entry } from '../store/store.ts';
import { entryKey } from './change-key.ts';
import { shelve, shelved } from './quarantine.ts';
import { hashOf, type SentRecord, sentCollection } from './sent-record.ts';

const PAGE = 100;

/** Asks how the tasks of posted jobs ended; a job that failed goes into quarantine. Returns whether some are still in progress. */
export async function settleTasks(lane: Lane): Promise<boolean> {
  let isWaiting = false;
  for (let after = ''; ; ) {
    const page = await lane.store.page(lane.customer.id, 'task', after, PAGE);
    const last = page.at(-1);
    if (!last) return isWaiting;
    const ends = await lane.wire.jobOutcomes(page.map(({ value }) => String(value)));
    const entries: Entry[] = [];
    for (const { key: id, value: task } of page) {
      const end = ends.get(String(task));
      if (!end) isWaiting = true;
      else entries.push(entry(lane, 'task', id, null));
      if (!end || end.ok) continue;
      const key = entryKey({ parentId: '', id });
      const sent = (await lane.store.read(lane.customer.id, sentCollection('job'), [key])).get(key) as
        | SentRecord
        | undefined; // written by `sendBatch`
      const record = sent?.record ?? {};
      const before = (await shelved(lane, 'job', [key])).get(key);
      // A task that the platform no longer knows says nothing about the job: it is sent again.
      const isFinal = end.isFinal && end.status !== 404;
      const item = { kind: 'job', parentId: '', id, record, seqs: [] } as const;
      entries.push(shelve(lane, item, hashOf(record), { ...end, isFinal }, before));
      entries.push(entry(lane, sentCollection('job'), key, null));
    }
    await settle(lane, [], entries);
    after = last.key;
  }
}
