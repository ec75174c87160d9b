import { ProtocolError } from '@carrick/protocol';
import {
  DELAY_MS,
  FAULTS,
  type Fault,
  MOST_DELAY_MS,
  MOST_NOTIFICATION_DELAY_MS,
  RETRY_AFTER_MS,
} from './fault-kinds.ts';

/** When a fault happens. What a rule does not say, it does not ask for. */
export interface FaultRule {
  readonly fault: Fault;
  /** A path, with everything below it; of a notification that of its callback URL. */
  readonly route: string | null;
  /** GET, PUT, … */
  readonly method: string | null;
  /** How often, then the rule is spent; null: for ever. */
  readonly count: number | null;
  /** From 0 to 1, for each request that it fits. */
  readonly probability: number;
  readonly delayMs: number;
  readonly retryAfterMs: number;
}

export interface CountedRule extends FaultRule {
  /** How often it has happened. */
  readonly happened: number;
}

const MOST_RULES = 100;
const FIELDS = ['fault', 'route', 'method', 'count', 'probability', 'delayMs', 'retryAfterMs'];

/** The rules in force, in the order in which they came: the first one that fits happens. */
export class FaultRules {
  readonly #random: () => number;
  #rules: { readonly rule: FaultRule; happened: number }[] = [];

  constructor(random: () => number) {
    this.#random = random;
  }

  get all(): CountedRule[] {
    return this.#rules.map(({ rule, happened }) => ({ ...rule, happened }));
  }

  /** @throws ProtocolError BAD_REQUEST, and then none was added */
  add(values: readonly unknown[]): void {
    const rules = values.map(readRule);
    if (this.#rules.length + rules.length > MOST_RULES)
      throw new ProtocolError('BAD_REQUEST', `There are at most ${MOST_RULES} rules: DELETE them first`);
    this.#rules.push(...rules.map((rule) => ({ rule, happened: 0 })));
  }

  clear(): void {
    this.#rules = [];
  }

  /** The rule that strikes now. */
  strike(where: 'request' | 'notification', method: string, path: string): FaultRule | null {
    for (const each of this.#rules) {
      const { rule } = each;
      if (FAULTS[rule.fault].where !== where) continue;
      if (rule.count !== null && each.happened >= rule.count) continue;
      if (rule.method !== null && rule.method !== method) continue;
      if (rule.route !== null && !isWithin(path, rule.route)) continue;
      if (rule.probability < 1 && this.#random() >= rule.probability) continue;
      each.happened += 1;
      return rule;
    }
    return null;
  }
}

function isWithin(path: string, route: string): boolean {
  const below = route.endsWith('/') ? route : `${route}/`;
  return path === route || path.startsWith(below);
}

function readRule(value: unknown): FaultRule {
  if (typeof value !== 'object' || value === null) throw refused('a rule is an object');
  const given = value as Record<string, unknown>; // an object
  const unknown = Object.keys(given).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) throw refused(`${unknown} is not known; a rule has ${FIELDS.join(', ')}`);
  const fault = given.fault;
  if (!isFault(fault)) throw refused(`fault is one of ${Object.keys(FAULTS).join(', ')}`);
  const { route = null, method = null } = given;
  if (route !== null && !(typeof route === 'string' && route.startsWith('/')))
    throw refused('route is a path such as /v2/atsCandidates');
  if (method !== null && !(typeof method === 'string' && /^[A-Z]+$/.test(method)))
    throw refused('method is GET, PUT, POST or DELETE');
  const isNotification = FAULTS[fault].where === 'notification';
  const mostDelayMs = isNotification ? MOST_NOTIFICATION_DELAY_MS : MOST_DELAY_MS;
  return {
    fault,
    route,
    method,
    count:
      given.count === undefined || given.count === null ? null : numberOf(given, 'count', 1, 1_000_000, 1),
    probability: numberOf(given, 'probability', 0, 1, 1),
    delayMs: numberOf(given, 'delayMs', 0, mostDelayMs, DELAY_MS),
    retryAfterMs: numberOf(given, 'retryAfterMs', 0, 3_600_000, RETRY_AFTER_MS),
  };
}

function isFault(value: unknown): value is Fault {
  return typeof value === 'string' && Object.hasOwn(FAULTS, value);
}

function numberOf(
  given: Record<string, unknown>,
  name: string,
  least: number,
  most: number,
  initial: number,
): number {
  const value = given[name] ?? initial;
  if (typeof value !== 'number' || !(value >= least && value <= most))
    throw refused(`${name} is a number from ${least} to ${most}`);
  return value;
}

function refused(why: string): ProtocolError {
  return new ProtocolError('BAD_REQUEST', `Not a rule: ${why}`);
}
