import type {
  ConnectorClock,
  ConnectorConfig,
  HistoryProgress,
  HistorySummary,
  RoundSummary,
} from './ats-connector.ts';
import { ConnectorError, PassingFailure } from './connector-error.ts';
import { CustomerBook, type KnownCustomer, NOBODY } from './customers/customer-book.ts';
import { SecretBox } from './customers/secret-box.ts';
import type { Lane } from './lane.ts';
import type { History } from './sending/change.ts';
import { drain } from './sending/drain.ts';
import { type DayUse, Pacer } from './sending/pacer.ts';
import { sendHistory } from './sending/send-history.ts';
import { Slots } from './sending/slots.ts';
import type { Store } from './store/store.ts';
import { type Agenda, newAgenda, visit } from './visit.ts';
import { WireCaller } from './wire-call.ts';
import { WireClient } from './wire-client.ts';

/** So long a call is tried again within a visit; after that the customer waits as a whole. */
const RETRY_FOR_MS = 60_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** A customer is looked after at least so often, whether or not its ATS recorded something. */
const LOOK_AFTER_MS = 60_000;
const ASK_AGAIN_MS = 5_000;
const CONCURRENCY = 32;
const MASS_DELETE = { share: 0.05, rows: 50 };

/** A customer's lane with what the process knows of it. */
interface Track {
  readonly id: string;
  lane: Lane;
  readonly agenda: Agenda;
  /** The end of what was last begun in the lane. */
  queue: Promise<unknown>;
  isInFlight: boolean;
  isWoken: boolean;
  /** Its platform failed or was slow when it was last called. */
  isAiling: boolean;
  failures: number;
  reason: string;
  notBefore: number;
  lookAfterAt: number;
  /** Changes that wait are looked at no sooner. */
  changesAt: number;
}

/** One lane per customer. What goes wrong in one of them stays there. */
export class Lanes {
  readonly store: Store<never>;
  readonly book: CustomerBook;
  readonly #config: ConnectorConfig<never>;
  readonly #clock: ConnectorClock;
  readonly #slots: Slots;
  readonly #tracks = new Map<string, Promise<Track>>();
  #stopping: AbortSignal | undefined;

  constructor(config: ConnectorConfig<never>, clock: ConnectorClock) {
    this.#config = config;
    this.#clock = clock;
    this.store = config.store;
    this.book = new CustomerBook(config.store, new SecretBox(config.secretsKey));
    this.#slots = new Slots(config.concurrency ?? CONCURRENCY);
  }

  /** Looks into a lane without waiting for what happens in it. @throws ConnectorError for an unknown customer */
  async at<T>(customerId: string, work: (lane: Lane) => Promise<T>): Promise<T> {
    return work((await this.#track(customerId)).lane);
  }

  /** There is something to do for the customer: tells the process that runs, whichever it is. */
  async wake(customerId: string): Promise<void> {
    const woken = { customerId: NOBODY, collection: 'wake', key: customerId, value: this.#clock.now() };
    await this.store.settle([], [woken]);
  }

  async #woken(): Promise<ReadonlySet<string>> {
    const page = await this.store.page(NOBODY, 'wake', '', 1000);
    if (page.length > 0)
      await this.store.settle(
        [],
        page.map(({ key }) => ({ customerId: NOBODY, collection: 'wake', key, value: null })),
      );
    return new Set(page.map(({ key }) => key));
  }

  /** After a customer's secret or platform changed, or it is gone. */
  forget(customerId: string): void {
    this.#tracks.delete(customerId);
  }

  async sendHistory(
    customerId: string,
    history: History,
    isReconcile: boolean,
    onProgress?: (progress: HistoryProgress) => void,
  ): Promise<HistorySummary> {
    const track = await this.#track(customerId);
    const { agenda } = track;
    return this.#alone(track, () =>
      sendHistory(track.lane, history, {
        isReconcile,
        drain: () => drain(track.lane, agenda.spent),
        onProgress,
      }),
    );
  }

  /** Visits every customer once. */
  async round(): Promise<RoundSummary> {
    const summaries = await Promise.all((await this.book.ids()).map((id) => this.#visit(id)));
    const sum = (of: (each: Visited) => number) => summaries.reduce((total, each) => total + of(each), 0);
    return {
      sent: sum(({ sent }) => sent),
      deleted: sum(({ deleted }) => deleted),
      quarantined: sum(({ quarantined }) => quarantined),
      waiting: sum(({ waiting }) => waiting),
      failing: summaries.flatMap(({ customerId, reason }) =>
        reason === null ? [] : [{ customerId, reason }],
      ),
    };
  }

  async runUntil(stopping: AbortSignal, pollMs: number): Promise<void> {
    this.#stopping = stopping;
    this.#tracks.clear(); // lanes that were opened before do not know when to stop
    const visits = new Set<Promise<unknown>>();
    while (!stopping.aborted) {
      try {
        for (const id of await this.#due()) {
          const visited: Promise<unknown> = this.#visit(id).finally(() => visits.delete(visited));
          visits.add(visited);
        }
      } catch (error) {
        this.#log('warn', null, `the store cannot be read (${nameOf(error)}); it is tried again`);
      }
      await this.#clock.pause(pollMs, stopping).catch((error: unknown) => {
        if (!stopping.aborted) throw error;
      });
    }
    await Promise.allSettled(visits);
    this.#stopping = undefined;
  }

  async #due(): Promise<string[]> {
    const ids = await this.book.ids();
    const changed = new Set(await this.store.customersWithChanges());
    const woken = await this.#woken();
    const now = this.#clock.now();
    const due: string[] = [];
    for (const id of ids) {
      const track = await this.#track(id).catch((error: unknown) => {
        this.#log('warn', id, messageOf(error));
        return null;
      });
      if (!track) continue;
      if (woken.has(id)) track.isWoken = true;
      if (track.isInFlight || now < track.notBefore) continue;
      const isChanged = changed.has(id) && now >= track.changesAt;
      if (track.isWoken || isChanged || now >= track.lookAfterAt) due.push(id);
    }
    return due;
  }

  async #visit(id: string): Promise<Visited> {
    const nothing = { customerId: id, sent: 0, deleted: 0, quarantined: 0, waiting: 0, reason: null };
    try {
      const track = await this.#track(id);
      if (this.#clock.now() < track.notBefore) return { ...nothing, reason: track.reason };
      track.isInFlight = true;
      try {
        return await this.#alone(track, () => this.#visitNow(track));
      } finally {
        track.isInFlight = false;
      }
    } catch (error) {
      return { ...nothing, reason: messageOf(error) };
    }
  }

  async #visitNow(track: Track): Promise<Visited> {
    const { id } = track;
    const nothing = { customerId: id, sent: 0, deleted: 0, quarantined: 0, waiting: 0, reason: null };
    const now = this.#clock.now();
    // Not when the waking is noticed: a visit under way would put off what it was woken for.
    if (track.isWoken) track.agenda.statusAt = 0;
    track.isWoken = false;
    try {
      if (await this.book.isPaused(id)) {
        track.lookAfterAt = now + ASK_AGAIN_MS;
        return nothing;
      }
      await this.#refresh(track);
      const { tally, isWaiting } = await visit(track.lane, track.agenda, this.book, this.#config);
      const { changes } = await this.store.backlog(id);
      track.failures = 0;
      track.reason = '';
      track.lookAfterAt = this.#clock.now() + (isWaiting ? ASK_AGAIN_MS : LOOK_AFTER_MS);
      // What waits for a person or for tomorrow is no reason to come back at once.
      if (changes > 0) track.changesAt = this.#clock.now() + ASK_AGAIN_MS;
      return {
        ...nothing,
        sent: tally.sent,
        deleted: tally.deleted,
        quarantined: tally.refused,
        waiting: changes,
      };
    } catch (error) {
      if (this.#stopping?.aborted) return nothing;
      return { ...nothing, reason: this.#fail(track, error) };
    }
  }

  /** The customer waits, longer each time; nobody else does. */
  #fail(track: Track, error: unknown): string {
    const cause = error instanceof ConnectorError ? error.cause : error;
    const asked = cause instanceof PassingFailure ? cause.retryAfterMs : 0;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** track.failures, LONGEST_WAIT_MS);
    track.failures++;
    track.isAiling = true;
    track.notBefore = this.#clock.now() + Math.max(asked, wait / 2 + (Math.random() * wait) / 2);
    const reason = messageOf(error);
    if (reason !== track.reason) this.#log('warn', track.id, reason);
    track.reason = reason;
    return reason;
  }

  /** One thing after the other in a lane. */
  #alone<T>(track: Track, work: () => Promise<T>): Promise<T> {
    const result = track.queue.then(work);
    track.queue = result.catch(() => {}); // whoever began it hears of it
    return result;
  }

  #track(id: string): Promise<Track> {
    const known = this.#tracks.get(id);
    if (known) return known;
    const opening = this.#open(id);
    this.#tracks.set(id, opening);
    opening.catch(() => this.#tracks.delete(id));
    return opening;
  }

  async #open(id: string): Promise<Track> {
    const customer = await this.book.need(id);
    const used = new Map<string, DayUse>();
    for (const { key, value } of await this.store.page(id, 'traffic', '', 200))
      used.set(key, value as DayUse); // written by `settle`
    const pacer = new Pacer(this.#clock, used, this.#config.isPaced ?? true);
    const track: Omit<Track, 'lane'> & { lane?: Lane } = {
      id,
      agenda: newAgenda(),
      queue: Promise.resolve(),
      isInFlight: false,
      isWoken: true,
      isAiling: false,
      failures: 0,
      reason: '',
      notBefore: 0,
      lookAfterAt: 0,
      changesAt: 0,
    };
    return Object.assign(track, { lane: this.#lane(track, customer, pacer) });
  }

  /** Secrets, URNs and addresses may have been changed by another process. */
  async #refresh(track: Track): Promise<void> {
    const customer = await this.book.need(track.id);
    if (JSON.stringify(customer) !== JSON.stringify(track.lane.customer))
      track.lane = this.#lane(track, customer, track.lane.pacer);
  }

  #lane(track: Pick<Track, 'id' | 'isAiling'>, customer: KnownCustomer, pacer: Pacer): Lane {
    const { id } = customer;
    const stopping = this.#stopping;
    const log = (level: 'info' | 'warn', message: string) => this.#log(level, id, message);
    const caller = new WireCaller({
      ...this.addressOf(customer),
      clientId: customer.clientId,
      clientSecret: customer.clientSecret,
      retryForMs: RETRY_FOR_MS,
      now: () => this.#clock.now(),
      pause: (ms, signal) => this.#clock.pause(ms, signal),
      onRetry: (message) => log('warn', message),
      ...(stopping && { stopping }),
      gate: async (call) => {
        await pacer.admit(call, stopping);
        const leave = await this.#slots.take(track.isAiling);
        await pacer.leaveGap(call, stopping).catch((error: unknown) => {
          leave();
          throw error;
        });
        return ({ isSlow }) => {
          track.isAiling = isSlow;
          pacer.ended(call);
          leave();
        };
      },
    });
    return {
      customer,
      caller,
      wire: new WireClient({
        ...this.addressOf(customer),
        clientId: customer.clientId,
        clientSecret: customer.clientSecret,
        retryForMs: RETRY_FOR_MS,
        organization: customer.organization ?? '',
        caller,
      }),
      pacer,
      store: this.store,
      clock: this.#clock,
      massDelete: this.#config.massDelete ?? MASS_DELETE,
      readFile: this.#config.readFile,
      stopping,
      log,
      historySince: null,
    };
  }

  /** Where a customer's platform is. */
  addressOf({ platform }: Pick<KnownCustomer, 'platform'>): { baseUrl: string; authUrl: string } {
    const { baseUrl: base, authUrl } = platform ?? this.#config.platform;
    const baseUrl = base.replace(/\/+$/, '');
    return { baseUrl, authUrl: authUrl?.replace(/\/+$/, '') ?? baseUrl };
  }

  #log(level: 'info' | 'warn', customerId: string | null, message: string): void {
    this.#config.log?.({ level, customerId, message });
  }
}

interface Visited {
  readonly customerId: string;
  readonly sent: number;
  readonly deleted: number;
  readonly quarantined: number;
  readonly waiting: number;
  readonly reason: string | null;
}

/** Of other people's errors only the name is told: a database's message may hold what stood in the row. */
const messageOf = (error: unknown) =>
  error instanceof ConnectorError || error instanceof PassingFailure || error instanceof RangeError
    ? error.message
    : `unexpected failure (${nameOf(error)})`;

const nameOf = (error: unknown) =>
  error instanceof Error ? `${error.name}${'code' in error ? ` ${String(error.code)}` : ''}` : 'unknown';
