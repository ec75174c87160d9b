import { ProtocolError } from '@carrick/protocol';
import type { Db } from '../kernel/db.ts';
import type { Route } from '../kernel/http.ts';
import { ClockError, type TurnedClock } from '../kernel/turned-clock.ts';
import { doorOf } from './door.ts';
import { durationMs, timeAt } from './duration.ts';

/** What `GET` and `POST /sandbox/clock` answer. */
interface ClockAnswer {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly time: string;
  readonly offsetMs: number;
}

type Turn = { readonly advanceMs: number } | { readonly at: number };

/** @param whenTurned does what is due now; the answer waits for it */
export function clockRoutes(clock: TurnedClock, db: Db, whenTurned: () => Promise<void>): Route[] {
  const answer = (): ClockAnswer => {
    const now = clock.now();
    return { now, time: new Date(now).toISOString(), offsetMs: clock.offsetMs };
  };
  return [
    doorOf('GET', '/sandbox/clock', answer),
    doorOf('POST', '/sandbox/clock', async (body) => {
      const turn = readTurn(body);
      try {
        if ('at' in turn) await clock.set(db, turn.at);
        else await clock.advance(db, turn.advanceMs);
      } catch (error) {
        if (error instanceof ClockError) throw new ProtocolError('CONFLICT', error.message);
        throw error;
      }
      await whenTurned();
      return answer();
    }),
  ];
}

function readTurn(body: Readonly<Record<string, unknown>>): Turn {
  const { advance, set, ...rest } = body;
  if (Object.keys(rest).length === 0 && (advance === undefined) !== (set === undefined)) {
    const advanceMs = typeof advance === 'string' ? durationMs(advance) : advance;
    if (typeof advanceMs === 'number') return { advanceMs };
    const at = typeof set === 'string' ? timeAt(set) : set;
    if (typeof at === 'number') return { at };
  }
  throw new ProtocolError(
    'BAD_REQUEST',
    'Send {"advance": "31d"} (s, m, h, d, or a number of milliseconds) or {"set": "2027-01-31T08:00Z"} (or epoch milliseconds)',
  );
}
