import type { Customer } from '../customers/customer.ts';
import { entriesOf, entry, type Lane, settle, state } from '../lane.ts';
import type { Entry } from '../store/store.ts';
import type { MatchedMembers } from '../wire-client.ts';
import type { Handlers } from './events.ts';
import { handOver } from './hand-over.ts';

/** Who a candidate is matched with, as last read. */
export interface StoredPerson {
  readonly person: string | null;
  readonly origin: 'manual' | 'automatic' | 'ambiguous' | 'none';
}

const PAGE = 100;
/** Candidates read again in one turn, besides those just sent: the member directory changes too. */
const REREAD_PAGES = 10;

/** Reads back who the candidates are matched with that were sent since the last reading. */
export async function readMatches(lane: Lane, customer: Customer, on: Handlers): Promise<void> {
  for (;;) {
    const page = await lane.store.page(lane.customer.id, 'unread', '', PAGE);
    if (page.length === 0) return;
    await readPage(
      lane,
      customer,
      on,
      page.map(({ key }) => key),
    );
  }
}

/** Reads some of the others again, in turn. */
export async function rereadMatches(lane: Lane, customer: Customer, on: Handlers): Promise<void> {
  let after = (await state<string>(lane, 'reread')) ?? '';
  for (let turn = 0; turn < REREAD_PAGES; turn++) {
    const page = await lane.store.page(lane.customer.id, 'person', after, PAGE);
    if (page.length > 0)
      await readPage(
        lane,
        customer,
        on,
        page.map(({ key }) => key),
      );
    const last = page.at(-1);
    after = page.length < PAGE ? '' : (last?.key ?? '');
    await settle(lane, [], [entry(lane, 'state', 'reread', after)]);
    if (after === '') return;
  }
}

async function readPage(lane: Lane, customer: Customer, on: Handlers, ids: readonly string[]): Promise<void> {
  const matches = await lane.wire.matches(ids);
  const before = (await lane.store.read(lane.customer.id, 'person', ids)) as Map<string, StoredPerson>; // written here
  const entries: Entry[] = [];
  try {
    for (const id of ids) {
      const now = matches.get(id);
      if (now) {
        const stored = personIn(now);
        const former = before.get(id);
        // The ATS hears first: what is stored as told was told.
        if (stored.person !== (former?.person ?? null))
          await handOver('matched', () => on.matched?.(customer, id, stored.person));
        entries.push(...personEntries(lane, id, former, stored));
      }
      entries.push(entry(lane, 'unread', id, null));
    }
  } finally {
    await settle(lane, [], entries);
  }
}

export function personEntries(
  lane: Lane,
  candidateId: string,
  former: StoredPerson | undefined,
  stored: StoredPerson,
): Entry[] {
  const entries = [entry(lane, 'person', candidateId, stored)];
  if (former?.person && former.person !== stored.person)
    entries.push(entry(lane, 'candidateOf', `${former.person}\u001f${candidateId}`, null));
  if (stored.person) entries.push(entry(lane, 'candidateOf', `${stored.person}\u001f${candidateId}`, true));
  return entries;
}

/** Several automatic matches are nobody's until a person chooses. */
function personIn({ manual, automatic }: MatchedMembers): StoredPerson {
  if (manual) return { person: manual, origin: 'manual' };
  const [only, ...others] = automatic;
  if (others.length > 0) return { person: null, origin: 'ambiguous' };
  return only === undefined ? { person: null, origin: 'none' } : { person: only, origin: 'automatic' };
}

/** The ATS's candidates who are this person. */
export async function candidatesOf(lane: Lane, person: string): Promise<string[]> {
  const prefix = `${person}\u001f`;
  const ids: string[] = [];
  for await (const { key } of entriesOf(lane, 'candidateOf', prefix)) ids.push(key.slice(prefix.length));
  return ids;
}
