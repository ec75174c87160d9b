import { notificationBody } from '@carrick/protocol';
import { afterDeath, afterFailure, afterSuccess, type Breaker } from './breaker.ts';
import type { Call, CallOutcome, Flight } from './call.ts';
import { retryAt, TIMEOUT_MS } from './schedule.ts';
import { type Signer, signatureHeaders } from './sign.ts';
import type {
  Delivery,
  DeliveryResult,
  DestinationKey,
  DestinationResult,
  DueDestination,
  LoadedDestination,
} from './store.ts';

/** How many may be under way to a destination that answers. */
const MOST_ACTIVE = 8;
/**
 * The next one starts when the one before has been answered, or after this. Two that are under way on two connections may arrive
 * the other way round, so it is long enough for any destination that is well, and short enough for those behind one that hangs.
 */
export const STAGGER_MS = 2_000;
/** Far enough for a destination that has nothing to do. */
const NEVER_AT = Number.MAX_SAFE_INTEGER;

export interface LaneOptions {
  /** How many deliveries are loaded at a time. */
  readonly page: number;
  start(call: Call): Flight;
  now(): number;
  /** From 0 to 1. */
  random(): number;
  /** An attempt has come to its end. */
  onResult(result: DeliveryResult): void;
}

interface Attempt {
  readonly delivery: Delivery;
  readonly flight: Flight;
  readonly startedAt: number;
}

/** One destination while this process serves it: what is loaded, what is under way, and what may start. */
export class Lane implements DestinationKey {
  readonly tenantId: number;
  readonly atsNo: number;
  /** The process has lost its claim: nothing starts any more. */
  isLost = false;
  readonly #options: LaneOptions;
  readonly #active = new Map<string, Attempt>();
  /** Ended, and not yet on disk. */
  readonly #unrecorded = new Map<string, number>();
  #queue: Delivery[] = [];
  #breaker: Breaker | null = null;
  #signer: Signer | null = null;
  #lastNo = -1;
  #resets = 0;
  #oldest: LoadedDestination['oldest'] = null;
  #nextAt: number | null = null;
  /** Nothing more was due when it was loaded. */
  #isDrained = false;
  /** What was loaded does not hold any more. */
  #isStale = true;
  /** Counts changes of the breaker; those up to the second are on disk. */
  #changes = 0;
  #written = 0;
  #reporting = 0;
  /** The breaker has closed at this change, and those that waited have not heard of it. */
  #recoveredAt = Number.POSITIVE_INFINITY;
  /** Being laid to rest: nothing starts until it is known whether there was news. */
  #isResting = false;
  #lastStarted: { readonly notificationId: string; readonly at: number } | null = null;

  constructor({ tenantId, atsNo }: DestinationKey, options: LaneOptions) {
    this.tenantId = tenantId;
    this.atsNo = atsNo;
    this.#options = options;
  }

  get isBusy(): boolean {
    return this.#active.size > 0;
  }

  /** Numbers of the deliveries in hand, which must not be loaded again. */
  get known(): number[] {
    const active = [...this.#active.values()].map(({ delivery }) => delivery.deliveryNo);
    return [...this.#queue.map(({ deliveryNo }) => deliveryNo), ...active, ...this.#unrecorded.values()];
  }

  wantsMore({ lastNo }: DueDestination): boolean {
    if (this.isLost || this.#recoveredAt <= this.#changes) return false; // what waits is not due on disk yet
    if (this.#isStale) return true;
    if (this.#queue.length * 2 > this.#options.page) return false;
    return (
      lastNo !== this.#lastNo ||
      !this.#isDrained ||
      (this.#nextAt !== null && this.#nextAt <= this.#options.now())
    );
  }

  accept(loaded: LoadedDestination): void {
    this.#signer = loaded.signer;
    // While attempts are under way or unwritten, this process knows better how the destination fares.
    if ((!this.isBusy && this.#changes === this.#written) || loaded.resets !== this.#resets)
      this.#breaker = loaded.breaker;
    this.#resets = loaded.resets;
    this.#lastNo = loaded.lastNo;
    this.#oldest = this.#oldestOf(loaded);
    this.#nextAt = loaded.nextAt;
    this.#isDrained = loaded.deliveries.length < this.#options.page;
    this.#isStale = this.#oldest === null && loaded.oldest !== null;
    const known = new Set(this.known);
    const fresh = loaded.deliveries.filter(({ deliveryNo }) => !known.has(deliveryNo));
    this.#queue = [...this.#queue, ...fresh].toSorted((one, other) => one.deliveryNo - other.deliveryNo);
    // What was notified while it is disabled is buried by the next record.
    if (loaded.breaker.disabledAt !== null && this.#queue.length > 0) this.#changes += 1;
    this.advance();
  }

  /** Of one whose attempt is not on disk yet this process knows better when it comes again; null: it does not know. */
  #oldestOf({ oldest }: LoadedDestination): LoadedDestination['oldest'] {
    const inHand = [...this.#active.values()].map(({ delivery }) => delivery.deliveryNo);
    const isWritten =
      oldest === null || ![...inHand, ...this.#unrecorded.values()].includes(oldest.deliveryNo);
    if (isWritten) return oldest;
    return this.#oldest?.deliveryNo === oldest.deliveryNo ? this.#oldest : null;
  }

  /** Starts what may start now, in order. */
  advance(): void {
    const now = this.#options.now();
    while (!this.isLost && !this.#isResting && this.#mayStart(now)) {
      const delivery = this.#queue.shift();
      if (!delivery) return;
      this.#begin(delivery, now);
    }
    if (this.#breaker?.disabledAt !== null) this.#queue = [];
  }

  /** Ends attempts whose time is over. */
  expire(): void {
    const now = this.#options.now();
    for (const { flight, startedAt } of this.#active.values())
      if (now >= startedAt + TIMEOUT_MS)
        flight.abort({ failure: 'TIMED_OUT', detail: `no answer within ${TIMEOUT_MS / 1000} s` });
  }

  /** What has to be written about the destination; null when nothing has. */
  report(): DestinationResult | null {
    if (!this.#breaker || this.isLost) return null;
    const wakeAt = this.#restsUntil();
    if (this.#changes === this.#written && wakeAt === null) return null;
    this.#reporting = this.#changes;
    this.#isResting = wakeAt !== null;
    return {
      tenantId: this.tenantId,
      atsNo: this.atsNo,
      ...this.#breaker,
      lastNo: this.#lastNo,
      resets: this.#resets,
      hasRecovered: this.#recoveredAt <= this.#changes,
      wakeAt,
    };
  }

  /** What became of the last report. */
  reported(isWritten: boolean): void {
    this.#isResting = false;
    if (!isWritten) return;
    this.#written = this.#reporting;
    if (this.#recoveredAt > this.#written) return;
    this.#recoveredAt = Number.POSITIVE_INFINITY;
    this.#isStale = true; // what waited is due now
  }

  recorded({ notificationId }: DeliveryResult): void {
    this.#unrecorded.delete(notificationId);
  }

  /** The claim is gone, or the process ends. What is under way goes on and is recorded. */
  lose(): void {
    this.isLost = true;
    this.#queue = [];
  }

  #mayStart(now: number): boolean {
    const [next] = this.#queue;
    const breaker = this.#breaker;
    if (!next || !breaker || breaker.disabledAt !== null) return false;
    if (breaker.openedAt !== null)
      return !this.isBusy && (next.deliveryNo === this.#oldest?.deliveryNo || now >= (breaker.probeAt ?? 0));
    if (!this.isBusy) return true;
    if (breaker.failures > 0 || this.#active.size >= MOST_ACTIVE) return false;
    const last = this.#lastStarted;
    return last === null || !this.#active.has(last.notificationId) || now >= last.at + STAGGER_MS;
  }

  #begin(delivery: Delivery, now: number): void {
    const { notificationId, url, expiresAt, type } = delivery;
    const id = notificationId;
    if (now >= expiresAt || url === null || this.#signer === null) {
      this.#bury(delivery, now >= expiresAt ? 'EXPIRED' : 'NO_CALLBACK_URL');
      return;
    }
    const body = notificationBody({ id, type, expiresAt });
    const headers = {
      'content-type': 'application/json',
      ...signatureHeaders(this.#signer, { id, body, at: now }),
    };
    const flight = this.#options.start({ method: 'POST', url, headers, body });
    this.#active.set(id, { delivery, flight, startedAt: now });
    this.#lastStarted = { notificationId, at: now };
    void flight.outcome.then((outcome) => this.#end(delivery, outcome, now));
  }

  #end(delivery: Delivery, outcome: CallOutcome, startedAt: number): void {
    const { notificationId, url } = delivery;
    const now = this.#options.now();
    const before = this.#breaker;
    if (!before) return;
    this.#active.delete(notificationId);
    const failure = failureOf(outcome);
    const firstAttemptedAt = delivery.firstAttemptedAt ?? startedAt;
    const attempts = delivery.attempts + 1;
    const nextAt = failure === null ? now : retryAt(attempts, now, this.#options.random());
    this.#changes += 1;
    const state = failure === null ? 'delivered' : nextAt === null ? 'dead' : 'pending';
    if (failure === null) {
      this.#breaker = afterSuccess(before, now);
      if (before.openedAt !== null) {
        this.#recoveredAt = Math.min(this.#recoveredAt, this.#changes);
        this.#queue = []; // it is loaded again with those that were waiting for their next attempt, in order
      }
    } else {
      const why = failure.detail === '' ? failure.code : `${failure.code} ${failure.detail}`;
      const failed = afterFailure(before, now);
      this.#breaker = state === 'dead' ? afterDeath(failed, { firstAttemptedAt, at: now, why }) : failed;
    }
    if (nextAt !== null && state === 'pending') this.#nextAt = Math.min(this.#nextAt ?? nextAt, nextAt);
    // Of the oldest nothing is known now but that it comes again later: the next load tells which it is.
    if (this.#oldest?.deliveryNo === delivery.deliveryNo)
      this.#oldest = state === 'pending' ? { ...this.#oldest, nextAt: nextAt ?? now } : null;
    if (this.#oldest === null && this.#breaker.openedAt !== null) this.#isStale = true;
    this.#give(delivery, {
      state,
      attempts,
      tried: delivery.tried + 1,
      firstAttemptedAt,
      nextAt: nextAt ?? now,
      status: 'status' in outcome ? outcome.status : null,
      failure: failure?.code ?? null,
      detail: failure?.detail ?? null,
      at: startedAt,
      ms: now - startedAt,
      host: hostOf(url),
    });
    this.advance();
  }

  /** Nothing is sent any more: it could not be fetched, or there is nowhere to send it to. */
  #bury(delivery: Delivery, failure: 'EXPIRED' | 'NO_CALLBACK_URL'): void {
    const { attempts, tried, firstAttemptedAt } = delivery;
    const outcome = {
      state: 'dead',
      failure,
      status: null,
      detail: null,
      at: null,
      ms: 0,
      host: '',
    } as const;
    this.#give(delivery, { ...outcome, attempts, tried, firstAttemptedAt, nextAt: this.#options.now() });
  }

  #give(delivery: Delivery, result: Omit<DeliveryResult, 'tenantId' | 'notificationId'>): void {
    const { notificationId, deliveryNo } = delivery;
    this.#unrecorded.set(notificationId, deliveryNo);
    this.#options.onResult({ tenantId: this.tenantId, notificationId, ...result });
  }

  /** When it has something to do, if it has nothing in hand until then; null: it is at work. */
  #restsUntil(): number | null {
    const now = this.#options.now();
    const breaker = this.#breaker;
    if (this.isBusy || this.#isStale || breaker === null) return null;
    if (breaker.disabledAt !== null) return NEVER_AT;
    if (this.#recoveredAt <= this.#changes) return null;
    if (breaker.openedAt === null || this.#queue.length === 0) {
      if (this.#queue.length > 0 || !this.#isDrained) return null;
      const nextAt = this.#nextAt ?? NEVER_AT;
      return nextAt > now ? nextAt : null;
    }
    const wakeAt = Math.min(this.#oldest?.nextAt ?? NEVER_AT, breaker.probeAt ?? now);
    return wakeAt > now ? wakeAt : null;
  }
}

function failureOf(outcome: CallOutcome): { readonly code: string; readonly detail: string } | null {
  if ('failure' in outcome) return { code: outcome.failure, detail: outcome.detail };
  const { status } = outcome;
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400)
    return { code: 'REDIRECTED', detail: `HTTP ${status}, which is not followed` };
  return { code: 'REFUSED', detail: `HTTP ${status}` };
}

/** For the log; the rest of a callback URL may hold a secret. */
function hostOf(url: string | null): string {
  return (url === null ? null : URL.parse(url)?.host) ?? '';
}
