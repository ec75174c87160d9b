import type { NotificationFault } from './fault-kinds.ts';
import type { FaultRules } from './rules.ts';

/** The part of a caller of ATSs that this needs to know; `push` has the real one. */
interface Flight<Outcome> {
  readonly outcome: Promise<Outcome>;
  abort(outcome: Outcome): void;
}
export interface Caller<Call, Outcome> {
  start(call: Call): Flight<Outcome>;
  close(): void;
}

/** The same caller, on whose notifications the rules strike. `lost` is what becomes of an attempt that never arrives. */
export function faultyCaller<Call extends { readonly method: string; readonly url: string }, Outcome>(
  rules: FaultRules,
  caller: Caller<Call, Outcome>,
  lost: Outcome,
): Caller<Call, Outcome> {
  const waiting = new Set<NodeJS.Timeout>();

  /** Sent a while later; nothing of it is sent once it was given up. */
  function late(call: Call, delayMs: number): Flight<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    let flight: Flight<Outcome> | null = null;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      flight = caller.start(call);
      flight.outcome.then(resolve);
    }, delayMs);
    waiting.add(timer);
    return {
      outcome: promise,
      abort(outcome) {
        clearTimeout(timer);
        waiting.delete(timer);
        if (flight) flight.abort(outcome);
        else resolve(outcome);
      },
    };
  }

  function suffer(call: Call, fault: NotificationFault, delayMs: number): Flight<Outcome> {
    switch (fault) {
      case 'lost-notification':
        return { outcome: Promise.resolve(lost), abort: () => {} };
      case 'late-notification':
        return late(call, delayMs);
      case 'duplicate-notification': {
        const flight = caller.start(call);
        // What becomes of the second one is nobody's concern: the first one counts.
        flight.outcome.then(() => caller.start(call));
        return flight;
      }
    }
  }

  return {
    start(call) {
      const rule = rules.strike('notification', call.method, URL.parse(call.url)?.pathname ?? '/');
      // It was asked for a rule of notifications.
      return rule ? suffer(call, rule.fault as NotificationFault, rule.delayMs) : caller.start(call);
    },
    close() {
      for (const timer of waiting) clearTimeout(timer);
      caller.close();
    },
  };
}
