import type { ErrorBody } from '@carrick/protocol';
import { ConfigError } from '../config.ts';
import type { Context } from '../kernel/context.ts';
import type { Db } from '../kernel/db.ts';
import type { Route } from '../kernel/http.ts';
import type { TurnedClock } from '../kernel/turned-clock.ts';
import { clockRoutes } from './clock-routes.ts';
import { faultRoutes } from './fault-routes.ts';
import { faultyRoutes } from './faults.ts';
import { type Caller, faultyCaller } from './faulty-caller.ts';
import { MagicRecords } from './magic.ts';
import { FaultRules } from './rules.ts';

/** What a sandbox offers beyond a platform. Handed over in the program, and no option: no setting opens it in `serve`. */
export interface SandboxDoors {
  readonly hasClock: boolean;
  readonly hasFaults: boolean;
}

export interface Sandbox {
  readonly routes: readonly Route[];
  /** The same routes, on which faults strike. */
  around(routes: readonly Route[]): readonly Route[];
  /** The same caller of ATSs, on whose notifications faults strike. */
  aroundCaller<Call extends { readonly method: string; readonly url: string }, Outcome>(
    caller: Caller<Call, Outcome>,
    lost: Outcome,
  ): Caller<Call, Outcome>;
  /** Why a record is refused because of its key; null where it is like any other. */
  refusalOf(key: readonly string[]): ErrorBody | null;
}

/**
 * Before anything follows the clock.
 * @throws ConfigError where a platform that is no sandbox is to serve data whose clock was turned, or may be any time
 */
export async function admitClock(
  clock: TurnedClock,
  db: Pick<Db, 'lookup'>,
  doors: SandboxDoors | null,
): Promise<void> {
  if (doors?.hasClock) await clock.allow(db);
  if (clock.isTurnable && !doors)
    throw new ConfigError(
      'this data is a sandbox whose clock can be turned: start it with carrick sandbox, or choose other data',
    );
}

/** @param whenTurned does what is due now */
export function openSandbox(
  { db }: Pick<Context, 'db'>,
  clock: TurnedClock,
  doors: SandboxDoors | null,
  whenTurned: () => Promise<void>,
): Sandbox {
  const clockDoors = doors?.hasClock ? clockRoutes(clock, db, whenTurned) : [];
  if (!doors?.hasFaults)
    return {
      routes: clockDoors,
      around: (routes) => routes,
      aroundCaller: (caller) => caller,
      refusalOf: () => null,
    };
  const rules = new FaultRules(Math.random);
  const magic = new MagicRecords();
  return {
    routes: [...clockDoors, ...faultRoutes(rules)],
    around: faultyRoutes(rules, magic),
    aroundCaller: (caller, lost) => faultyCaller(rules, caller, lost),
    refusalOf: (key) => magic.refusalOf(key),
  };
}
