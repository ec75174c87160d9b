import { MAX_BATCH, type RecordKind } from '@carrick/protocol';
import { ConnectorError } from '../connector-error.ts';
import { entriesOf, entry, type Lane, settle } from '../lane.ts';
import { CHILD_KINDS } from '../pass.ts';
import { postJobs } from '../post-jobs.ts';
import { yearOf } from '../record-counts.ts';
import type { Entry } from '../store/store.ts';
import type { Outcome, Refusal } from '../wire-client.ts';
import { attachResumes, RESUMES } from './attach-resumes.ts';
import { aclParts, entryKey } from './change-key.ts';
import { problemOf } from './check-history.ts';
import { isDeletion, type Outgoing, survivorOf, wireIdOf } from './outgoing.ts';
import { remedyFor, shelve, shelved, unshelve } from './quarantine.ts';
import { fieldsOf, hashOf, lostFields, type SentRecord, sentCollection } from './sent-record.ts';
import { noteUnderway } from './underway.ts';

/** What became of records. */
export interface Tally {
  sent: number;
  deleted: number;
  refused: number;
  /** How often a field was lost that the record had when it was last sent. */
  readonly lost: Map<string, number>;
}

export const newTally = (): Tally => ({ sent: 0, deleted: 0, refused: 0, lost: new Map() });

/** Far below what the platform takes in one body, and quick to send again. */
const MAX_BYTES = 2 * 1024 * 1024;

/** Requests' worth of records: at most 100, of one parent, of a size that is quickly sent. */
export function pack(items: readonly Outgoing[]): Outgoing[][] {
  const open = new Map<string, { batch: Outgoing[]; bytes: number }>();
  const batches: Outgoing[][] = [];
  for (const item of items) {
    const bytes = item.record === null ? 0 : Buffer.byteLength(JSON.stringify(item.record));
    const current = open.get(item.parentId);
    if (current && current.batch.length < MAX_BATCH && current.bytes + bytes <= MAX_BYTES) {
      current.batch.push(item);
      current.bytes += bytes;
    } else {
      const batch = [item];
      open.set(item.parentId, { batch, bytes });
      batches.push(batch);
    }
  }
  return batches;
}

/** Sends records of one kind and parent, at most a batch, and stores what the platform said of each. */
export async function sendBatch(
  lane: Lane,
  kind: RecordKind,
  items: readonly Outgoing[],
  tally: Tally,
): Promise<void> {
  const keys = items.map(entryKey);
  const known = (await lane.store.read(lane.customer.id, sentCollection(kind), keys)) as Map<
    string,
    SentRecord
  >; // written below
  const before = await shelved(lane, kind, keys);
  const persons = kind === 'entityAclAssignee' ? await personsOf(lane, items) : null;
  const entries: Entry[] = [];
  let refusedAccess: string | null = null;

  const refuse = (item: Outgoing, refusal: Refusal, remedy?: string) => {
    const hash = item.record === null ? '' : hashOf(item.record);
    entries.push(
      shelve(
        lane,
        item,
        hash,
        refusal,
        before.get(entryKey(item)),
        remedy ?? remedyFor(refusal.status, refusal.isFinal),
      ),
    );
    tally.refused++;
  };
  const taken: Outgoing[] = [];
  const took = (item: Outgoing, task: string | undefined) => {
    taken.push(item);
    const key = entryKey(item);
    const record = item.record ?? {};
    const person = persons?.get(userOf(item));
    const year = yearOf(kind, record);
    const sent: SentRecord = {
      hash: hashOf(record),
      fields: fieldsOf(record),
      at: lane.clock.now(),
      ...(year !== null && { year }),
      ...(person && { person }),
      ...(kind === 'job' && { record }),
    };
    entries.push(entry(lane, sentCollection(kind), key, sent));
    if (task) entries.push(entry(lane, 'task', item.id, task));
    if (kind === 'candidate') entries.push(entry(lane, 'unread', item.id, sent.at));
    if (before.has(key)) entries.push(unshelve(lane, kind, key));
    const former = known.get(key);
    for (const field of former ? lostFields(former, record) : [])
      tally.lost.set(`${kind}.${field}`, (tally.lost.get(`${kind}.${field}`) ?? 0) + 1);
    tally.sent++;
  };
  const gone = async (item: Outgoing) => {
    const key = entryKey(item);
    entries.push(entry(lane, sentCollection(kind), key, null));
    if (before.has(key)) entries.push(unshelve(lane, kind, key));
    if (lane.historySince !== null) entries.push(entry(lane, `gone:${kind}`, key, lane.clock.now()));
    if (kind === 'candidate') entries.push(...(await forgetCandidate(lane, item.id)));
    if (kind === 'job') entries.push(entry(lane, 'task', item.id, null));
    if (kind === 'application') entries.push(entry(lane, RESUMES, item.id, null));
    for (const child of CHILD_KINDS[kind] ?? [])
      for await (const { key: childKey } of entriesOf(lane, sentCollection(child), `${item.id}\u001f`))
        entries.push(entry(lane, sentCollection(child), childKey, null));
    tally.deleted++;
  };
  const settleEach = async (
    sent: readonly Outgoing[],
    outcomes: readonly Outcome[],
    accept: (item: Outgoing, task: string | undefined) => void | Promise<void>,
  ) => {
    for (const [index, item] of sent.entries()) {
      const outcome: Outcome = outcomes[index] ?? NO_ANSWER;
      if (outcome.ok) await accept(item, outcome.task);
      else if (outcome.status === 403) refusedAccess = outcome.message;
      else refuse(item, outcome);
    }
  };

  // Who was taken for the user before is taken off first, whatever comes next.
  if (persons) await removeFormer(lane, items, known, persons);
  const deletions = items.filter(isDeletion);
  const puts: Outgoing[] = [];
  for (const item of items) {
    if (isDeletion(item)) continue;
    if (persons && !persons.get(userOf(item))) {
      refuse(item, UNBOUND, `Bind the ATS user ${userOf(item)} to a seat: customers.bindUser().`);
      continue;
    }
    const problem = problemOf(kind, item.id, item.record ?? {});
    if (problem === null) puts.push(item);
    else refuse(item, { status: 0, message: problem, isFinal: true });
  }
  entries.push(...(await noteUnderway(lane, kind, puts)));
  const wireId = (item: Outgoing) =>
    wireIdOf(kind, item.id, known.get(entryKey(item))?.person ?? persons?.get(userOf(item)) ?? null);
  const putId = (item: Outgoing) => wireIdOf(kind, item.id, persons?.get(userOf(item)) ?? null);
  if (kind === 'job') {
    await settleEach(
      puts,
      await postJobs(
        lane.wire,
        puts.map(({ id, record }) => ({ id, record: record ?? {} })),
      ),
      took,
    );
    await closeJobs(lane, deletions, known, settleEach, gone);
  } else {
    const records = puts.map((item) => ({ id: putId(item), record: item.record ?? {} }));
    await settleEach(puts, await lane.wire.upsert(kind, items[0]?.parentId ?? '', records), took);
    if (kind === 'application') entries.push(...(await attachResumes(lane, taken, refuse)));
    for (const item of deletions) await carryTie(lane, item);
    // A user who was bound to nobody stands in no list of the platform.
    const standing = persons
      ? deletions.filter((item) => JSON.parse(wireId(item)).assignee !== null)
      : deletions;
    for (const item of deletions) if (!standing.includes(item)) await gone(item);
    await settleEach(
      standing,
      await lane.wire.remove(kind, items[0]?.parentId ?? '', standing.map(wireId)),
      gone,
    );
  }
  const refusedSeqs = new Set(refusedAccess === null ? [] : items.flatMap(({ seqs }) => seqs));
  await settle(
    lane,
    items.flatMap(({ seqs }) => seqs).filter((seq) => !refusedSeqs.has(seq)),
    entries,
  );
  // The same answer waits for every other record; they stay in the outbox.
  if (refusedAccess !== null)
    throw new ConnectorError(`The platform takes no records of this customer: ${refusedAccess}`);
}

const NO_ANSWER: Outcome = {
  ok: false,
  status: 0,
  message: 'the platform gave no answer for this record',
  isFinal: false,
};
const UNBOUND: Refusal = { status: 0, message: 'its ATS user is bound to no seat', isFinal: true };

const userOf = (item: Outgoing) => aclParts(item.id)[1];

async function personsOf(lane: Lane, items: readonly Outgoing[]): Promise<ReadonlyMap<string, string>> {
  const users = [...new Set(items.map(userOf))];
  return (await lane.store.read(lane.customer.id, 'user', users)) as Map<string, string>; // written by `bindUser`
}

async function removeFormer(
  { wire }: Lane,
  items: readonly Outgoing[],
  known: ReadonlyMap<string, SentRecord>,
  persons: ReadonlyMap<string, string>,
): Promise<void> {
  const former = items.flatMap((item) => {
    const person = known.get(entryKey(item))?.person;
    const isOther = person !== undefined && !isDeletion(item) && person !== persons.get(userOf(item));
    return isOther ? [wireIdOf('entityAclAssignee', item.id, person)] : [];
  });
  if (former.length === 0) return;
  const outcomes = await wire.remove('entityAclAssignee', '', former);
  const failed = outcomes.find((outcome) => !outcome.ok);
  if (failed && !failed.ok)
    throw new ConnectorError(
      `A user's former person could not be taken off an access list: ${failed.message}`,
    );
}

/** A job cannot be deleted; it is closed as it was last sent. One that was never sent needs no closing. */
async function closeJobs(
  { wire }: Lane,
  deletions: readonly Outgoing[],
  known: ReadonlyMap<string, SentRecord>,
  settleEach: (
    sent: readonly Outgoing[],
    outcomes: readonly Outcome[],
    taken: (item: Outgoing) => Promise<void>,
  ) => Promise<void>,
  gone: (item: Outgoing) => Promise<void>,
): Promise<void> {
  const open: Outgoing[] = [];
  const closed: { id: string; record: Record<string, unknown> }[] = [];
  for (const item of deletions) {
    const record = known.get(entryKey(item))?.record;
    if (!record || record.state === 'CLOSED') {
      await gone(item);
      continue;
    }
    // An operation type would outweigh the state.
    const { jobPostingOperationType: _, ...rest } = record;
    open.push(item);
    closed.push({ id: item.id, record: { ...rest, state: 'CLOSED' } });
  }
  const outcomes = await postJobs(wire, closed);
  // 409: it was closed already.
  const lenient = outcomes.map(
    (outcome): Outcome => (!outcome.ok && outcome.status === 409 ? { ok: true } : outcome),
  );
  await settleEach(open, lenient, gone);
}

interface StoredPerson {
  readonly person: string | null;
  readonly origin: string;
}

/** What a person said about who the loser of a merge is holds for the survivor, who has no word of that kind yet. */
async function carryTie({ store, customer, wire }: Lane, { record, id }: Outgoing): Promise<void> {
  const survivor = survivorOf(record);
  if (survivor === null) return;
  const persons = (await store.read(customer.id, 'person', [id, survivor])) as Map<string, StoredPerson>; // written by `readMatches`
  const [lost, kept] = [persons.get(id), persons.get(survivor)];
  if (lost?.origin !== 'manual' || lost.person === null || kept?.origin === 'manual') return;
  const outcome = await wire.tie(survivor, lost.person);
  if (!outcome.ok && !outcome.isFinal)
    throw new ConnectorError(`A merged candidate's person could not be kept: ${outcome.message}`);
}

async function forgetCandidate(lane: Lane, id: string): Promise<Entry[]> {
  const found = (await lane.store.read(lane.customer.id, 'person', [id])).get(id) as StoredPerson | undefined; // as above
  return [
    entry(lane, 'person', id, null),
    entry(lane, 'unread', id, null),
    ...(found?.person ? [entry(lane, 'candidateOf', `${found.person}\u001f${id}`, null)] : []),
  ];
}
