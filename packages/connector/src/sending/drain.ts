import { RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import { entry, type Lane, settle, state } from '../lane.ts';
import type { PendingChange } from '../store/store.ts';
import { aclParts, entryKey } from './change-key.ts';
import { heldKinds, noteDeleted } from './mass-delete.ts';
import { isDeletion, type Outgoing } from './outgoing.ts';
import { DaySpent } from './pacer.ts';
import { dueAgain } from './quarantine.ts';
import { newTally, pack, sendBatch, type Tally } from './send-batch.ts';
import { sentCollection } from './sent-record.ts';

const PAGE = 1000;

/** Kinds whose quota of today is used up: until when. */
export type SpentKinds = Map<RecordKind, number>;

/** Sends what waits in the outbox, oldest first, page by page, until nothing is left that can be sent now. */
export async function drain(lane: Lane, spent: SpentKinds): Promise<Tally> {
  const tally = newTally();
  const { store, customer, clock, stopping } = lane;
  for (;;) {
    stopping?.throwIfAborted();
    const held = await heldKinds(lane);
    const page = await store.pending({
      customerId: customer.id,
      most: PAGE,
      withoutKinds: [...spent].filter(([, until]) => until > clock.now()).map(([kind]) => kind),
      withoutDeletionsOf: held,
    });
    if (page.length === 0) break;
    const deletedBefore = tally.deleted;
    await sendOrdered(lane, newestOfEach(page), tally, spent);
    await noteDeleted(lane, tally.deleted - deletedBefore);
  }
  for (const kind of RECORD_KINDS) {
    let items: Outgoing[] = [];
    for await (const item of dueAgain(lane, kind)) {
      items.push(item);
      if (items.length < PAGE) continue;
      await sendKind(lane, kind, items, tally, spent);
      items = [];
    }
    await sendKind(lane, kind, items, tally, spent);
  }
  await warnOfLoss(lane, tally);
  return tally;
}

/** Of several changes of one record only the last matters; it stands for all of them. */
function newestOfEach(page: readonly PendingChange[]): Outgoing[] {
  const newest = new Map<string, Outgoing>();
  for (const change of page) {
    const key = `${change.kind}\u001f${entryKey(change)}`;
    const seqs = [...(newest.get(key)?.seqs ?? []), change.seq];
    const { kind, parentId, id, record } = change;
    newest.set(key, { kind, parentId, id, record, seqs });
  }
  return [...newest.values()];
}

/**
 * Rights that are taken away come first. Then what is there, so that nothing is shown before its access rule; then what is gone,
 * children before parents and access rules after the ones that take their place.
 */
async function sendOrdered(
  lane: Lane,
  items: readonly Outgoing[],
  tally: Tally,
  spent: SpentKinds,
): Promise<void> {
  const of = (kind: RecordKind, isGone: boolean) =>
    items.filter((item) => item.kind === kind && isDeletion(item) === isGone);
  await sendKind(lane, 'entityAclAssignee', of('entityAclAssignee', true), tally, spent);
  for (const kind of RECORD_KINDS) await sendKind(lane, kind, of(kind, false), tally, spent);
  for (const kind of [...RECORD_KINDS].reverse()) {
    if (kind === 'entityAclAssignee') continue;
    const gone = of(kind, true);
    const kept = kind === 'entityAcl' ? await rulesOfGoneJobs(lane, gone, of('job', true)) : [];
    if (kept.length > 0)
      await settle(
        lane,
        kept.flatMap(({ seqs }) => seqs),
        [],
      );
    const sendable = gone.filter((item) => !kept.includes(item));
    await sendKind(lane, kind, sendable, tally, spent);
  }
}

/** A job that is gone stays on the platform, closed, and its access rules with it: without them everybody would see it. */
async function rulesOfGoneJobs(
  { store, customer }: Lane,
  rules: readonly Outgoing[],
  goneJobs: readonly Outgoing[],
): Promise<Outgoing[]> {
  const jobKey = ({ id }: Outgoing) => entryKey({ parentId: '', id: aclParts(id)[1] });
  const open = await store.read(customer.id, sentCollection('job'), rules.map(jobKey));
  const going = new Set(goneJobs.map(entryKey));
  return rules.filter((rule) => !open.has(jobKey(rule)) || going.has(jobKey(rule)));
}

async function sendKind(
  lane: Lane,
  kind: RecordKind,
  items: readonly Outgoing[],
  tally: Tally,
  spent: SpentKinds,
): Promise<void> {
  try {
    for (const batch of pack(items)) {
      lane.stopping?.throwIfAborted();
      await sendBatch(lane, kind, batch, tally);
    }
  } catch (error) {
    // The other kinds have quotas of their own.
    if (!(error instanceof DaySpent)) throw error;
    spent.set(kind, lane.clock.now() + error.retryAfterMs);
    lane.log('warn', error.message);
  }
}

/** A field that many records had and have no more is rather lost by mistake: a PUT replaces. */
const LOSS_ROWS = 5;

async function warnOfLoss(lane: Lane, { lost, sent }: Tally): Promise<void> {
  const before = (await state<Record<string, number>>(lane, 'lost')) ?? {};
  const grave = [...lost].filter(([, count]) => count >= LOSS_ROWS && count * 2 >= sent);
  for (const [field, count] of grave)
    lane.log(
      'warn',
      `${count} records were sent without ${field}, which they had before. Is it left out by mistake?`,
    );
  if (grave.length > 0)
    await settle(lane, [], [entry(lane, 'state', 'lost', { ...before, ...Object.fromEntries(grave) })]);
}
