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
  readonly #failures = new Map<string, { count: number; since: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How long the address has to wait, 0 when it need not. */
  waitMs(address: string): number {
    const failed = this.#failures.get(address);
    if (!failed) return 0;
    const leftMs = failed.since + WINDOW_MS - this.#clock.now();
    if (leftMs <= 0) this.#failures.delete(address);
    return failed.count >= MAX_FAILURES ? Math.max(0, leftMs) : 0;
  }

  failed(address: string): void {
    const known = this.#failures.get(address);
    if (known) {
      known.count++;
      return;
    }
    this.#failures.set(address, { count: 1, since: this.#clock.now() });
    if (this.#failures.size > MAX_ADDRESSES) this.#failures.delete(this.#failures.keys().next().value ?? address);
  }

  succeeded(address: string): void {
    this.#failures.delete(address);
  }
}
