import { ERRORS, ProtocolError, QUOTA_WINDOWS_MS, type QuotaLimit, quotaOf } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';

/** How much one process may have counted that the database has not heard of; see `Quotas`. */
const MOST_UNTOLD = 1_000;
const UNTOLD_SHARE = 10;
/** Never less than one batch. */
const LEAST_UNTOLD = 100;

/** Where an application stands on one limit, this request included. */
export interface Standing {
  /** `requests-per-day` … */
  readonly name: string;
  readonly most: number;
  readonly windowMs: number;
  readonly left: number;
  readonly resetsInMs: number;
}

interface QuotaUse {
  readonly applicationId: number;
  /** `v2/atsCandidates/notes` */
  readonly resource: string;
  readonly records: number;
  /** Calls of one application come at least this far apart. */
  readonly leastGapMs?: number | undefined;
}

/** The answer to a use: where it leaves the application, and the error where it may not be. */
export interface Admission {
  readonly standings: readonly Standing[];
  readonly refusal: ProtocolError | null;
}

/** One limit of one application in one window of time, as this process knows it. */
class Counter {
  readonly applicationId: number;
  readonly resource: string;
  readonly limit: QuotaLimit;
  readonly startsAt: number;
  /** What the database said last: of all processes. */
  known = 0;
  /** On its way to the database. */
  sending = 0;
  /** Counted since. */
  fresh = 0;

  constructor(applicationId: number, resource: string, limit: QuotaLimit, startsAt: number) {
    this.applicationId = applicationId;
    this.resource = resource;
    this.limit = limit;
    this.startsAt = startsAt;
  }

  get name(): string {
    return nameOf(this.limit);
  }
  get untold(): number {
    return this.sending + this.fresh;
  }
  get left(): number {
    return this.limit.most - this.known - this.untold;
  }
  get endsAt(): number {
    return this.startsAt + QUOTA_WINDOWS_MS[this.limit.per];
  }
  standing(now: number): Standing {
    const { limit, name, endsAt } = this;
    const windowMs = QUOTA_WINDOWS_MS[limit.per];
    return { name, most: limit.most, windowMs, left: Math.max(0, this.left), resetsInMs: endsAt - now };
  }
  amountOf({ records }: QuotaUse): number {
    return this.limit.unit === 'requests' ? 1 : records;
  }
  mustTellBefore(amount: number): boolean {
    return this.untold > 0 && this.untold + amount > mostUntold(this.limit);
  }
}

const nameOf = ({ unit, per }: QuotaLimit): string => `${unit}-per-${per}`;

/**
 * What one process may count on its own: a tenth of the limit, at least one batch, at most 1,000. All processes together
 * admit at most (limit + processes × this), and one that runs alone exactly the limit.
 */
export function mostUntold({ most }: QuotaLimit): number {
  return Math.max(LEAST_UNTOLD, Math.min(MOST_UNTOLD, Math.ceil(most / UNTOLD_SHARE)));
}

/**
 * Counts what applications ask for, without a write per request. Counters live in memory; once a second, or when one
 * has as much untold as it may, all of them are added to the database in one statement, whose answer is what every
 * process counted. Nobody below a limit is ever refused; above it, processes that have not heard of each other yet admit
 * at most `mostUntold` each. The pause between calls is kept by each process for itself.
 */
export class Quotas {
  readonly #ctx: Context;
  readonly #counters = new Map<string, Counter>();
  readonly #lastCalls = new Map<string, number>();
  #flushing: Promise<void> | null = null;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** Counts a request that may be answered. A refused one is not counted. */
  async admit(use: QuotaUse): Promise<Admission> {
    for (;;) {
      const now = this.#ctx.clock.now();
      const counters = quotaOf(use.resource).limits.map((limit) => this.#counter(use, limit, now));
      const reached = counters.find((counter) => counter.left < counter.amountOf(use));
      if (!reached && counters.some((counter) => counter.mustTellBefore(counter.amountOf(use)))) {
        await this.flush();
        continue;
      }
      const refusal = reached ? throttled(reached.limit, reached.endsAt - now) : this.#gapRefusal(use, now);
      if (!refusal) for (const counter of counters) counter.fresh += counter.amountOf(use);
      return { refusal, standings: counters.map((counter) => counter.standing(now)) };
    }
  }

  /** Tells the database what was counted, and hears of the others. What cannot be told is told the next time. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  async #flush(): Promise<void> {
    const told = [...this.#counters.values()].filter(({ fresh }) => fresh > 0);
    if (told.length > 0) await this.#tell(told);
    const now = this.#ctx.clock.now();
    for (const [id, { endsAt, untold }] of this.#counters)
      if (endsAt <= now && untold === 0) this.#counters.delete(id);
    for (const [id, at] of this.#lastCalls)
      if (now - at > QUOTA_WINDOWS_MS.minute) this.#lastCalls.delete(id);
  }

  async #tell(counters: readonly Counter[]): Promise<void> {
    for (const counter of counters) {
      counter.sending = counter.fresh;
      counter.fresh = 0;
    }
    const rows = counters.map((counter) => ({
      application_id: counter.applicationId,
      resource: counter.resource,
      limit_name: counter.name,
      starts_at: counter.startsAt,
      used: counter.sending,
    }));
    try {
      const totals = await this.#ctx.db.lookup<UseRow & object>`
        select * from add_quota_use(${JSON.stringify(rows)})`;
      for (const row of totals) {
        const counter = this.#counters.get(idOf(row));
        if (counter) counter.known = row.used;
      }
    } catch (error) {
      for (const counter of counters) counter.fresh += counter.sending;
      throw error;
    } finally {
      for (const counter of counters) counter.sending = 0;
    }
  }

  #counter(use: QuotaUse, limit: QuotaLimit, now: number): Counter {
    const { applicationId } = use;
    const resource = quotaOf(use.resource).sharedAs ?? use.resource;
    const startsAt = now - (now % QUOTA_WINDOWS_MS[limit.per]);
    const id = idOf({
      application_id: applicationId,
      resource,
      limit_name: nameOf(limit),
      starts_at: startsAt,
    });
    const found = this.#counters.get(id) ?? new Counter(applicationId, resource, limit, startsAt);
    this.#counters.set(id, found);
    return found;
  }

  #gapRefusal({ applicationId, resource, leastGapMs }: QuotaUse, now: number): ProtocolError | null {
    if (leastGapMs === undefined) return null;
    const id = `${applicationId} ${resource}`;
    const passedMs = now - (this.#lastCalls.get(id) ?? Number.NEGATIVE_INFINITY);
    if (passedMs < leastGapMs)
      return new ProtocolError(
        'THROTTLED',
        `${ERRORS.THROTTLED.message} Leave ${leastGapMs} ms between calls.`,
        {
          retryAfterMs: leastGapMs - passedMs,
        },
      );
    this.#lastCalls.set(id, now);
    return null;
  }
}

interface UseRow {
  readonly application_id: number;
  readonly resource: string;
  readonly limit_name: string;
  readonly starts_at: number;
  readonly used: number;
}

function idOf({ application_id, resource, limit_name, starts_at }: Omit<UseRow, 'used'>): string {
  return `${application_id} ${resource} ${limit_name} ${starts_at}`;
}

/** The wire's own sentence; which limit it was is said in its words for days, and in the same form for minutes. */
function throttled({ unit, per, most }: QuotaLimit, retryAfterMs: number): ProtocolError {
  return new ProtocolError(
    'THROTTLED',
    `Resource level throttle APPLICATION ${per.toUpperCase()} limit for calls to this resource is reached.` +
      (unit === 'records' ? ` It takes ${most} records a ${per}.` : ''),
    { retryAfterMs },
  );
}
