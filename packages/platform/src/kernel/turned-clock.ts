import type { Clock } from './clock.ts';
import type { Db } from './db.ts';
import type { Listening } from './listen.ts';

const CHANNEL = 'carrick_clock';
/** Beyond it some calendar would have no such day. */
const MOST_OFFSET_MS = 1_000 * 365.25 * 86_400_000;

/** A clock was to be turned back, or is none that can be turned. The message is fit for the user. */
export class ClockError extends Error {}

/**
 * The deployment's clock: its base, ahead by what the database says. So the offset survives a restart, and every process of the
 * deployment has the same. It only goes forward: one that ran backwards would break every expiry.
 */
export class TurnedClock implements Clock {
  readonly #base: Clock;
  #offsetMs: number | null = null;

  constructor(base: Clock) {
    this.#base = base;
  }

  now(): number {
    return this.#base.now() + this.offsetMs;
  }

  get offsetMs(): number {
    return this.#offsetMs ?? 0;
  }

  /** Whether the deployment was ever started as a sandbox whose clock can be turned. */
  get isTurnable(): boolean {
    return this.#offsetMs !== null;
  }

  async load(db: Pick<Db, 'lookup'>): Promise<void> {
    const [row] = await db.lookup<{ offset_ms: number }>`select offset_ms from turned_clock`;
    this.#take(row?.offset_ms ?? null);
  }

  /** From now on it can be turned, here and in every process that opens the deployment. */
  async allow(db: Pick<Db, 'lookup'>): Promise<void> {
    await db.lookup`insert into turned_clock (offset_ms) values (0) on conflict do nothing`;
    await this.load(db);
  }

  /** Takes over what other processes turn; `onTurn` is called when that is done. */
  follow(
    db: Pick<Db, 'lookup' | 'listen'>,
    onTurn: () => void,
    onError: (error: unknown) => void,
  ): Promise<Listening> {
    return db.listen(CHANNEL, () => {
      const before = this.offsetMs;
      this.load(db).then(() => {
        if (this.offsetMs !== before) onTurn();
      }, onError);
    });
  }

  /** Forward by `ms`. @throws ClockError */
  async advance(db: Pick<Db, 'lookup'>, ms: number): Promise<void> {
    if (!(ms >= 0)) throw new ClockError('the clock only goes forward');
    this.#mayBe(this.offsetMs + ms);
    const step = Math.round(ms);
    const [row] = await db.lookup<{ offset_ms: number }>`
      with turned as (update turned_clock set offset_ms = offset_ms + ${step} returning offset_ms)
      select offset_ms, pg_notify(${CHANNEL}, '')::text from turned`;
    this.#take(row?.offset_ms ?? null);
  }

  /** Forward to `at`, in epoch milliseconds. @throws ClockError */
  async set(db: Pick<Db, 'lookup'>, at: number): Promise<void> {
    const offsetMs = Math.round(at - this.#base.now());
    this.#mayBe(offsetMs);
    const [row] = await db.lookup<{ offset_ms: number }>`
      with turned as (update turned_clock set offset_ms = ${offsetMs} where offset_ms <= ${offsetMs} returning offset_ms)
      select offset_ms, pg_notify(${CHANNEL}, '')::text from turned`;
    if (!row) throw new ClockError(`the clock only goes forward, and it is later than that already`);
    this.#take(row.offset_ms);
  }

  #mayBe(offsetMs: number): void {
    if (!this.isTurnable)
      throw new ClockError(
        'the clock of this deployment cannot be turned: start it with carrick sandbox --clock',
      );
    if (!(offsetMs <= MOST_OFFSET_MS)) throw new ClockError('the clock does not go so far ahead');
  }

  /** Never back, whichever answer comes last. */
  #take(offsetMs: number | null): void {
    if (offsetMs !== null) this.#offsetMs = Math.max(offsetMs, this.offsetMs);
  }
}
