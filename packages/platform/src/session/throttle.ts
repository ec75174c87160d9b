import type { Clock } from '../kernel/clock.ts';

const WINDOW_MS = 15 * 60_000;
const MAX_FAILURES = 10;
/** Bounds the memory that somebody who tries many addresses can take. */
const MAX_ADDRESSES = 10_000;

/**
 * Counts failed sign-ins by address, existing or not, so that being slowed down tells nothing. In this process's memory: with
 * several processes behind one address an attacker gets that many times ten attempts, which scrypt still makes hopeless.
 */
export class Throttle {
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #attempts = new Map<string, { count: number; since: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts an attempt before it is tried, so that many at once count too. Returns how long the address has to wait, 0: it may try. */
  attempt(address: string): number {
    const now = this.#clock.now();
    const known = this.#attempts.get(address);
    if (known && now < known.since + WINDOW_MS) {
      if (known.count >= MAX_FAILURES) return known.since + WINDOW_MS - now;
      known.count++;
      return 0;
    }
    this.#attempts.delete(address);
    this.#attempts.set(address, { count: 1, since: now });
    if (this.#attempts.size > MAX_ADDRESSES)
      this.#attempts.delete(this.#attempts.keys().next().value ?? address);
    return 0;
  }

  succeeded(address: string): void {
    this.#attempts.delete(address);
  }
}
