import type { ConnectorConfig } from './ats-connector.ts';
import type { Customer } from './customers/customer.ts';
import { type CustomerBook, callbackUrlOf } from './customers/customer-book.ts';
import { isSyncOpen, prepareIntegrations, readStatuses } from './customers/onboard.ts';
import { entriesOf, entry, type Lane, settle, state } from './lane.ts';
import { fetchNotified, forgetOld } from './receiving/fetch-notified.ts';
import { HandlerFailure } from './receiving/hand-over.ts';
import { readMatches, rereadMatches } from './receiving/persons.ts';
import { poll } from './receiving/poll.ts';
import { aclParts, fromEntryKey } from './sending/change-key.ts';
import { drain, type SpentKinds } from './sending/drain.ts';
import { DaySpent } from './sending/pacer.ts';
import { retryQuarantine } from './sending/quarantine.ts';
import { newTally, sendBatch, type Tally } from './sending/send-batch.ts';
import { sendHistory } from './sending/send-history.ts';
import { sentCollection } from './sending/sent-record.ts';
import { settleTasks } from './sending/settle-tasks.ts';
import { tellCounts } from './sending/tell-counts.ts';
import { recoverUnderway } from './sending/underway.ts';

/** What is done now and then rather than at every visit: when it is due again. */
export interface Agenda {
  readonly spent: SpentKinds;
  statusAt: number;
  pollAt: number;
  rereadAt: number;
}

export const newAgenda = (): Agenda => ({ spent: new Map(), statusAt: 0, pollAt: 0, rereadAt: 0 });

const STATUS_EVERY_MS = 5 * 60_000;
const READ_BACK_MS = 30 * 24 * 3_600_000;
const POLL_EVERY_MS = 30 * 60_000;
/** Behind with its reading: a viewer may be asked about twelve times a minute. */
const CATCH_UP_MS = 61_000;
const REREAD_EVERY_MS = 3_600_000;

export interface Visit {
  readonly tally: Tally;
  /** Something is under way on the platform that is to be asked about soon. */
  readonly isWaiting: boolean;
}

/** Everything that is due for one customer, in the order in which one thing needs the other. */
export async function visit(
  lane: Lane,
  agenda: Agenda,
  book: CustomerBook,
  config: ConnectorConfig<never>,
): Promise<Visit> {
  const { on = {}, callbackUrl } = config;
  const shown = () => book.show(lane.customer, callbackUrl);
  const tally = newTally();
  const send = async () => add(tally, await drain(lane, agenda.spent));
  const checkIntegrations = async () => {
    await readStatuses(lane, book);
    await enabled(lane, book, config, await shown());
  };
  if (lane.clock.now() >= agenda.statusAt) {
    await onboard(lane, book, config);
    agenda.statusAt = lane.clock.now() + STATUS_EVERY_MS;
  }
  const fetch = () =>
    later(lane, async () =>
      fetchNotified(lane, { customer: await shown(), on, checkIntegrations, drain: send }),
    );
  await fetch();
  if (!isSyncOpen(await book.integrations(lane.customer.id))) return { tally, isWaiting: false };

  const back = async () =>
    later(lane, async () => readMatches(lane, await shown(), on)).then(() => undefined);
  await recoverUnderway(lane);
  await rebind(lane, tally);
  await firstHistory(lane, book, config, tally, async () => {
    await fetch();
    await send();
    await back();
  });
  await send();
  const isWaiting = (await later(lane, () => settleTasks(lane))) ?? false;
  await back();
  await later(lane, () => tellCounts(lane));
  const now = lane.clock.now();
  if (now >= agenda.pollAt) {
    const isCurrent = await later(lane, async () =>
      poll(lane, await shown(), on, config.readBackMs ?? READ_BACK_MS),
    );
    agenda.pollAt = now + (isCurrent === true ? (config.pollEveryMs ?? POLL_EVERY_MS) : CATCH_UP_MS);
  }
  if (now >= agenda.rereadAt) {
    await later(lane, async () => rereadMatches(lane, await shown(), on));
    await forgetOld(lane);
    agenda.rereadAt = now + REREAD_EVERY_MS;
  }
  return { tally, isWaiting };
}

async function onboard(lane: Lane, book: CustomerBook, config: ConnectorConfig<never>): Promise<void> {
  const integrations = await book.integrations(lane.customer.id);
  if (integrations.length === 0) return;
  const { callbackUrl, atsName } = config;
  if (integrations.some(({ isReady }) => !isReady))
    await prepareIntegrations(lane, book, {
      name: `${atsName} - ${lane.customer.name}`,
      callbackUrl: callbackUrlOf(callbackUrl, lane.customer.id),
    });
  await readStatuses(lane, book);
  await enabled(lane, book, config, await book.show(lane.customer, callbackUrl));
}

/** Tells the ATS once that the customer is switched on. */
async function enabled(
  lane: Lane,
  book: CustomerBook,
  { on }: ConnectorConfig<never>,
  customer: Customer,
): Promise<void> {
  if (!isSyncOpen(await book.integrations(lane.customer.id)) || (await state(lane, 'enabledAt')) !== null)
    return;
  const told = await later(lane, async () => {
    await on?.enabled?.(customer);
    return true;
  });
  if (told) await settle(lane, [], [entry(lane, 'state', 'enabledAt', lane.clock.now())]);
}

/** The whole history, once, as soon as the customer is switched on. */
async function firstHistory(
  lane: Lane,
  book: CustomerBook,
  { history, callbackUrl }: ConnectorConfig<never>,
  tally: Tally,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const before = await state<{ startedAt: number; doneAt: number | null }>(lane, 'history');
  if (!history || before?.doneAt) return;
  const startedAt = before?.startedAt ?? lane.clock.now();
  await settle(lane, [], [entry(lane, 'state', 'history', { startedAt, doneAt: null })]);
  lane.log('info', 'the history is being sent');
  const rows = await history(await book.show(lane.customer, callbackUrl));
  const { kinds } = await sendHistory(lane, rows, {
    isReconcile: false,
    drain: meanwhile,
    onProgress: ({ kind, done, etaMs }) => {
      const left = etaMs === null ? '' : `, ${Math.ceil(etaMs / 60_000)} minutes left`;
      lane.log('info', `history: ${done} of kind ${kind}${left}`);
    },
  });
  await settle(lane, [], [entry(lane, 'state', 'history', { startedAt, doneAt: lane.clock.now() })]);
  for (const { sent, refused } of Object.values(kinds)) {
    tally.sent += sent;
    tally.refused += refused;
  }
  const counts = Object.entries(kinds).map(([kind, { sent, unchanged }]) => `${kind} ${sent + unchanged}`);
  lane.log('info', `the history has been sent: ${counts.join(', ')}`);
}

/** Users who became somebody, or somebody else: the access lists with them are sent again. */
async function rebind(lane: Lane, tally: Tally): Promise<void> {
  for await (const { key: user } of entriesOf(lane, 'rebind')) {
    await drain(lane, new Map()); // what was taken away meanwhile stays away
    const isOf = ({ id }: { readonly id: string }) => aclParts(id)[1] === user;
    const listed = [];
    for await (const { key } of entriesOf(lane, sentCollection('entityAclAssignee')))
      if (isOf(fromEntryKey(key)))
        listed.push({ kind: 'entityAclAssignee', ...fromEntryKey(key), record: {}, seqs: [] } as const);
    for (let start = 0; start < listed.length; start += 100)
      await sendBatch(lane, 'entityAclAssignee', listed.slice(start, start + 100), tally);
    await retryQuarantine(lane, ['entityAclAssignee'], isOf);
    await settle(lane, [], [entry(lane, 'rebind', user, null)]);
  }
}

/** The ATS's own code failed, or today's quota is used up: it is tried at a later visit, and nothing else waits for it. */
async function later<T>(lane: Lane, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HandlerFailure || error instanceof DaySpent)) throw error;
    lane.log('warn', `${error.message}; it is tried again later`);
    return null;
  }
}

function add(sum: Tally, more: Tally): void {
  sum.sent += more.sent;
  sum.deleted += more.deleted;
  sum.refused += more.refused;
}
