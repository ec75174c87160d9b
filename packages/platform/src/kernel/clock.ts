/** Where the time comes from. Nothing else in the platform asks the machine for it, so that tests and `--clock` can turn it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is told otherwise. */
export class FakeClock implements Clock {
  #nowAt: number;

  constructor(startAt = Date.UTC(2026, 0, 5, 9)) {
    this.#nowAt = startAt;
  }

  now(): number {
    return this.#nowAt;
  }

  /** Moves forward by `ms`; a clock that ran backwards would break every expiry, so that is refused. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`a clock only goes forward, not by ${ms} ms`);
    this.#nowAt += ms;
  }

  /** Moves to `at`, not before the present. */
  set(at: number): void {
    this.advance(at - this.#nowAt);
  }
}
