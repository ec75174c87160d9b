import {
  MAX_BATCH,
  QUOTA_WINDOWS_MS,
  type QuotaLimit,
  quotaOf,
  RESOURCES,
  type ResourceDefinition,
  resourceAddress,
} from '@carrick/protocol';
import type { ConnectorClock } from '../ats-connector.ts';
import { ConnectorError } from '../connector-error.ts';
import type { GatedCall } from '../wire-gate.ts';
import { QUOTA_SHARE } from './plan.ts';

/** A resource whose calls of today are used up; it may be called again after midnight UTC. */
export class DaySpent extends ConnectorError {
  override readonly name = 'DaySpent';
  readonly retryAfterMs: number;
  constructor(resource: string, retryAfterMs: number) {
    super(`today's quota of ${resource} is used up; it goes on after midnight UTC`);
    this.retryAfterMs = retryAfterMs;
  }
}

/** What one application used of a resource on a day of UTC: remembered over restarts. */
export interface DayUse {
  readonly day: number;
  readonly requests: number;
  readonly records: number;
}

/**
 * Keeps one application within 95 % of its quota. Per minute a bucket fills at that rate and holds less than the twentieth
 * that is left, so that a batch which arrives late still fits; it starts empty. So neither a restart nor the platform's own
 * minute, wherever it begins, ever sees more than the quota.
 */
export class Pacer {
  readonly #clock: ConnectorClock;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  readonly #lastCalls = new Map<string, number>();
  readonly #unwritten = new Set<string>();
  readonly #days: Map<string, { day: number; requests: number; records: number }>;

  readonly isPaced: boolean;

  constructor(clock: ConnectorClock, used: ReadonlyMap<string, DayUse>, isPaced = true) {
    this.#clock = clock;
    // Whoever was here before may have called a moment ago, and its call may still be on its way.
    for (const [resource] of GAPS)
      this.#lastCalls.set(resource, clock.now() + (used.has(resource) ? LATE_CALL_MS : 0));
    this.isPaced = isPaced;
    this.#days = new Map([...used].map(([name, use]) => [name, { ...use }]));
  }

  /** Waits until the call may be made, and counts it. @throws DaySpent */
  async admit(call: GatedCall, stopping?: AbortSignal): Promise<void> {
    const { limits, sharedAs } = quotaOf(call.resource);
    const name = sharedAs ?? call.resource;
    const kept = this.isPaced ? limits : [];
    for (const limit of kept) if (limit.per === 'day') this.#needDay(name, limit, call);
    for (const limit of kept) if (limit.per === 'minute') await this.#minute(name, limit, call, stopping);
    const use = this.#today(name);
    use.requests++;
    use.records += call.records;
    this.#unwritten.add(name);
  }

  /**
   * Waits until the last call of a resource that wants pauses is long enough ago. Asked when nothing else holds the call up any
   * more: a call that still waited for its place would come too close to the next.
   */
  async leaveGap({ resource }: GatedCall, stopping?: AbortSignal): Promise<void> {
    const gapMs = GAPS.get(resource);
    if (gapMs === undefined) return;
    const now = this.#clock.now();
    const at = Math.max(now, (this.#lastCalls.get(resource) ?? 0) + gapMs + GAP_SLACK_MS);
    this.#lastCalls.set(resource, at);
    if (at > now) await this.#clock.pause(at - now, stopping);
  }

  /** The answer is there: only from now on is it certain that the platform has counted the call. */
  ended({ resource }: GatedCall): void {
    if (GAPS.has(resource)) this.#lastCalls.set(resource, this.#clock.now());
  }

  /** What is to be remembered since this was last asked. */
  takeUsed(): ReadonlyMap<string, DayUse> {
    const used = new Map([...this.#unwritten].map((name) => [name, { ...this.#today(name) }]));
    this.#unwritten.clear();
    return used;
  }

  #today(name: string) {
    const day = Math.floor(this.#clock.now() / QUOTA_WINDOWS_MS.day);
    const known = this.#days.get(name);
    if (known?.day === day) return known;
    const fresh = { day, requests: 0, records: 0 };
    this.#days.set(name, fresh);
    return fresh;
  }

  #needDay(name: string, { unit, most }: QuotaLimit, { resource, records }: GatedCall): void {
    const used = this.#today(name)[unit];
    if (used + (unit === 'requests' ? 1 : records) <= most * QUOTA_SHARE) return;
    const day = QUOTA_WINDOWS_MS.day;
    throw new DaySpent(resource, day - (this.#clock.now() % day));
  }

  async #minute(name: string, limit: QuotaLimit, call: GatedCall, stopping?: AbortSignal): Promise<void> {
    const perMs = (limit.most * QUOTA_SHARE) / QUOTA_WINDOWS_MS.minute;
    const most = Math.max(0, limit.most * (1 - QUOTA_SHARE) - MAX_BATCH) / 2;
    const amount = limit.unit === 'requests' ? 1 : call.records;
    const key = `${name} ${limit.unit}`;
    const bucket = this.#buckets.get(key) ?? { tokens: 0, at: this.#clock.now() };
    this.#buckets.set(key, bucket);
    const now = this.#clock.now();
    bucket.tokens = Math.min(most, bucket.tokens + Math.max(0, now - bucket.at) * perMs) - amount;
    bucket.at = now;
    // Taken before waiting: whoever comes meanwhile waits behind.
    if (bucket.tokens < 0) await this.#clock.pause(Math.ceil(-bucket.tokens / perMs), stopping);
  }
}

const LATE_CALL_MS = 2_000;
/** The platform measures when calls arrive, and one may be quicker on its way than the one before. */
const GAP_SLACK_MS = 100;

const GAPS: ReadonlyMap<string, number> = new Map(
  RESOURCES.flatMap((resource: ResourceDefinition) =>
    resource.leastGapMs === undefined ? [] : [[resourceAddress(resource), resource.leastGapMs] as const],
  ),
);
