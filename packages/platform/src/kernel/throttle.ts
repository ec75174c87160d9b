import type { Clock } from './clock.ts';

/** So many attempts in so much time. */
export interface Limit {
  readonly most: number;
  readonly windowMs: number;
}

/** Bounds the memory that somebody who tries many names can take. */
const MAX_NAMES = 10_000;

/**
 * Counts attempts by name: an address, a link, a client. In this process's memory, so with several processes behind one address
 * there are that many times `most`.
 */
export class Throttle {
  readonly #clock: Clock;
  readonly #limit: Limit;
  /** Oldest first. */
  readonly #attempts = new Map<string, { count: number; since: number }>();

  constructor(clock: Clock, limit: Limit) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** Counts an attempt before it is made, so that many at once count too. Returns how long the name has to wait, 0: it may try. */
  attempt(name: string): number {
    const { most, windowMs } = this.#limit;
    const now = this.#clock.now();
    const known = this.#attempts.get(name);
    if (known && now < known.since + windowMs) {
      if (known.count >= most) return known.since + windowMs - now;
      known.count++;
      return 0;
    }
    this.#attempts.delete(name);
    this.#attempts.set(name, { count: 1, since: now });
    if (this.#attempts.size > MAX_NAMES) this.#attempts.delete(this.#attempts.keys().next().value ?? name);
    return 0;
  }

  succeeded(name: string): void {
    this.#attempts.delete(name);
  }
}
