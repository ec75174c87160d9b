import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Route } from './http.ts';

/** Longer than a sender takes from one batch to the next. */
const QUIET_MS = 100;
const LOOKS_EVERY_MS = 20;
const LONGEST_WAIT_MS = 1_000;

/** Lets background work go behind requests: a step when none has been in flight for a moment, and one a second whatever happens. */
export class Pace {
  #inFlight = 0;
  #quietAt = Number.NEGATIVE_INFINITY;
  #turnAt = Number.NEGATIVE_INFINITY;
  /** The same routes, their requests counted until they are answered. A stream counts until it begins. */
  watch(routes: readonly Route[]): Route[] {
    return routes.map((route) => ({
      ...route,
      handler: async (request) => {
        this.#inFlight++;
        try {
          return await route.handler(request);
        } finally {
          this.#inFlight--;
          this.#quietAt = performance.now();
        }
      },
    }));
  }

  /** Resolves when a step may be taken. */
  async turn(): Promise<void> {
    while (this.#isBusy() && performance.now() - this.#turnAt < LONGEST_WAIT_MS)
      await new Promise((resolve) => setTimeout(resolve, LOOKS_EVERY_MS));
    this.#turnAt = performance.now();
  }

  #isBusy(): boolean {
    return this.#inFlight > 0 || performance.now() - this.#quietAt < QUIET_MS;
  }
}

const SLICE_MS = 2;

/**
 * For work that takes long between two waits: resolves at once, or behind what is waiting for the thread when a slice is over. Made
 * where the work begins, awaited before each small part of it.
 */
export function slices(): () => Promise<void> {
  let beganAt = performance.now();
  return async () => {
    if (performance.now() - beganAt < SLICE_MS) return;
    await nextTurn();
    beganAt = performance.now();
  };
}
