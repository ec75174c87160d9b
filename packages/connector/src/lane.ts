import type { ConnectorClock } from './ats-connector.ts';
import type { KnownCustomer } from './customers/customer-book.ts';
import type { ReadFile } from './resumes/resume.ts';
import type { Pacer } from './sending/pacer.ts';
import type { Entry, Store } from './store/store.ts';
import type { WireCaller } from './wire-call.ts';
import type { WireClient } from './wire-client.ts';

/** All that work for one customer needs. One thing at a time happens in a lane, so nothing in it overtakes anything. */
export interface Lane {
  readonly customer: KnownCustomer;
  readonly caller: WireCaller;
  readonly wire: WireClient;
  readonly pacer: Pacer;
  readonly store: Store<never>;
  readonly clock: ConnectorClock;
  readonly massDelete: { readonly share: number; readonly rows: number };
  /** How the files are read that records name. */
  readonly readFile: ReadFile | undefined;
  readonly stopping: AbortSignal | undefined;
  readonly log: (level: 'info' | 'warn', message: string) => void;
  /** While a history is being sent: what changed since then is newer than what the history reads. */
  historySince: number | null;
}

const PAGE = 500;

/** Something to remember about the customer; null forgets it. */
export function entry({ customer }: Lane, collection: string, key: string, value: unknown): Entry {
  return { customerId: customer.id, collection, key, value };
}

/** Stores what the platform's answer means, together with what was used of today's quota. */
export function settle(lane: Lane, done: readonly number[], entries: readonly Entry[]): Promise<void> {
  const used = [...lane.pacer.takeUsed()].map(([name, use]) => entry(lane, 'traffic', name, use));
  return lane.store.settle(done, [...entries, ...used]);
}

/** A whole collection, page by page; entries may be changed meanwhile. `prefix`: only keys that begin so. */
export async function* entriesOf(
  { store, customer }: Lane,
  collection: string,
  prefix = '',
): AsyncGenerator<{ readonly key: string; readonly value: unknown }> {
  let after = prefix;
  for (;;) {
    const page = await store.page(customer.id, collection, after, PAGE);
    for (const each of page) {
      if (!each.key.startsWith(prefix)) return;
      yield each;
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.key;
  }
}

export async function state<T>({ store, customer }: Lane, name: string): Promise<T | null> {
  const found = (await store.read(customer.id, 'state', [name])).get(name);
  return (found as T | undefined) ?? null; // each name is written in one place, with this type
}
