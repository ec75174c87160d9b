import type { Customer } from '../customers/customer.ts';
import { type Element, find } from '../customers/platform-api.ts';
import { entry, type Lane, settle } from '../lane.ts';
import type { Handlers } from './events.ts';
import { handOver } from './hand-over.ts';
import { candidatesOf } from './persons.ts';
import { readSeats } from './seats.ts';
import { object, stubProfile, text, texts } from './stub-profile.ts';

/** "Poll windows are at most 12 hours." */
const WINDOW_MS = 12 * 3_600_000;
/** What is written at one moment may be seen a little later: each window begins this much before the last one's end. */
const OVERLAP_MS = 5 * 60_000;
const PAGE = 500;
/** In one turn and stream: a viewer may be asked about twelve times a minute, and who is far behind holds nobody up. */
const WINDOWS_A_TURN = 5;

/** How far a stream was read, and what was handed over of its last minutes. */
interface Reading {
  readonly until: number;
  readonly seen: readonly string[];
}

interface Stream {
  readonly name: string;
  readonly windowMs: number;
  readonly read: (from: number, to: number) => AsyncGenerator<Element>;
  readonly handOver: (element: Element) => Promise<void>;
}

/** Asks for what recruiters and members did since the last time. Returns whether it is up to date now. */
export async function poll(
  lane: Lane,
  customer: Customer,
  on: Handlers,
  readBackMs: number,
): Promise<boolean> {
  let isCurrent = true;
  for (const stream of await streamsOf(lane, customer, on))
    if (!(await readStream(lane, stream, readBackMs))) isCurrent = false;
  return isCurrent;
}

async function streamsOf(lane: Lane, customer: Customer, on: Handlers): Promise<Stream[]> {
  const streams: Stream[] = [];
  const { caller } = lane;
  const open = customer.integrations.filter(({ status }) => status === 'ENABLED');
  const contracts = open.flatMap((each) =>
    each.integrationType === 'CSA_API' ? [each.integrationContext] : [],
  );
  for (const contract of contracts) {
    if (on.message)
      for (const { seat } of await readSeats(lane, [contract]))
        streams.push({
          name: `messages ${seat}`,
          windowMs: WINDOW_MS,
          read: (from, to) =>
            find(
              caller,
              'conversationEvents',
              { q: 'criteria', viewer: seat, 'timeRange.start': from, 'timeRange.end': to },
              PAGE,
            ),
          handOver: (element) => message(lane, customer, on, element),
        });
    if (on.stub)
      streams.push({
        name: `stubs ${contract}`,
        windowMs: WINDOW_MS,
        read: (from, to) =>
          find(
            caller,
            'mailStubs',
            { q: 'contract', contract, createdDateStart: from, createdDateEnd: to },
            PAGE,
          ),
        handOver: (element) => stub(lane, customer, on, element),
      });
    if (on.note)
      streams.push({
        name: `notes ${contract}`,
        windowMs: WINDOW_MS,
        // The lower bound is exclusive here, the upper one inclusive.
        read: (from, to) =>
          find(
            caller,
            'prospectNotes',
            { q: 'criteria', contract, cutoffDate: from - 1, beforeDate: to - 1 },
            PAGE,
          ),
        handOver: (element) => note(lane, customer, on, element),
      });
  }
  const { organization } = lane.customer;
  if (
    on.profileClosed &&
    organization &&
    open.some(({ integrationType }) => integrationType === 'ONE_CLICK_EXPORT')
  )
    streams.push({
      name: 'closed profiles',
      windowMs: Number.POSITIVE_INFINITY,
      read: (from) =>
        find(
          caller,
          'exportedCandidates',
          { q: 'closedProfiles', integrationContext: organization, closedAfter: from },
          PAGE,
        ),
      handOver: (element) => closed(lane, customer, on, element),
    });
  return streams;
}

/** Window after window up to now. What a window held counts as read once all of it was handed over. */
async function readStream(
  lane: Lane,
  { name, windowMs, read, handOver }: Stream,
  readBackMs: number,
): Promise<boolean> {
  const now = lane.clock.now();
  const stored = (await lane.store.read(lane.customer.id, 'polled', [name])).get(name) as Reading | undefined; // written below
  let { until, seen }: Reading = stored ?? { until: now - readBackMs, seen: [] };
  for (let turn = 0; until < now && turn < WINDOWS_A_TURN; turn++) {
    lane.stopping?.throwIfAborted();
    const from = until - OVERLAP_MS;
    const to = Math.min(from + windowMs, now + 1);
    const known = new Set(seen);
    const recent: string[] = [];
    for await (const element of read(from, to)) {
      const id = identityOf(element);
      if (!known.has(id)) await handOver(element);
      if (timeOf(element) >= to - OVERLAP_MS - 1) recent.push(id);
    }
    until = to - (to > now ? 1 : 0);
    seen = recent;
    await settle(lane, [], [entry(lane, 'polled', name, { until, seen } satisfies Reading)]);
  }
  return until >= now;
}

/** What it is, in the state it is in. */
const identityOf = (element: Element) =>
  `${String(element.id ?? element.member ?? '')} ${timeOf(element)} ${String(element.active ?? '')}`;

const timeOf = ({ createdAt, created, lastModified, closedAt }: Element) =>
  Number(lastModified ?? createdAt ?? closedAt ?? created ?? 0);

async function candidatesOfAll(lane: Lane, persons: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const person of persons) for (const id of await candidatesOf(lane, person)) found.add(id);
  return [...found];
}

async function message(lane: Lane, customer: Customer, on: Handlers, element: Element): Promise<void> {
  const author = text(element.author);
  const recipients = texts(element.recipients);
  const content = object(element.content);
  const candidateIds = await candidatesOfAll(lane, [...texts(element.author), ...recipients]);
  await handOver('message', () =>
    on.message?.(customer, {
      id: String(element.id),
      type: String(element.type ?? ''),
      conversation: text(element.conversation),
      author,
      recipients,
      createdAt: timeOf(element),
      subject: text(content.subject),
      body: text(content.body),
      candidateIds,
      raw: element,
    }),
  );
}

async function stub(lane: Lane, customer: Customer, on: Handlers, element: Element): Promise<void> {
  const profile = stubProfile(element);
  const candidateIds = await candidatesOf(lane, profile.person);
  const currentCompany = profile.currentEmployers[0] ?? null;
  await handOver('stub', () =>
    on.stub?.(customer, { ...profile, currentCompany, candidateIds, raw: element }),
  );
}

async function note(lane: Lane, customer: Customer, on: Handlers, element: Element): Promise<void> {
  const person = text(element.prospect);
  const candidateIds = person === null ? [] : await candidatesOf(lane, person);
  await handOver('note', () =>
    on.note?.(customer, {
      id: String(element.id),
      isDeleted: element.active === false,
      person,
      text: text(element.content),
      modifiedAt: timeOf(element),
      candidateIds,
      raw: element,
    }),
  );
}

async function closed(lane: Lane, customer: Customer, on: Handlers, element: Element): Promise<void> {
  const person = text(element.member);
  if (person === null) return;
  const candidateIds = await candidatesOf(lane, person);
  const closedAt = typeof element.closedAt === 'number' ? element.closedAt : null;
  await handOver('profileClosed', () => on.profileClosed?.(customer, { person, closedAt, candidateIds }));
}
