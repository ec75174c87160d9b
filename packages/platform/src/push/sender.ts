import type { Context } from '../kernel/context.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { addressGuard } from './address-guard.ts';
import { type Caller, openCaller } from './call.ts';
import { Lane } from './lane.ts';
import { openResolveHost, type ResolveHost } from './resolve-host.ts';
import {
  type DeliveryResult,
  type DestinationKey,
  type DueDestination,
  findDue,
  loadDestinations,
  recordResults,
} from './store.ts';

/** Sends what was notified. Any number of processes share the work: each destination is served by one of them at a time. */
export interface Sender {
  /** Looks once for what is due, starts it and writes what came of earlier attempts: what the wake-up and the slow poll call. */
  poll(): Promise<void>;
  /** Lets attempts under way end for a moment; those that do not are made again by whoever comes next. */
  stop(): Promise<void>;
}

export interface SenderOptions {
  readonly resolveHost?: ResolveHost;
  /** From 0 to 1: the jitter of pauses. */
  readonly random?: () => number;
  /** Something between the sender and its caller: a sandbox's faults. */
  readonly around?: (caller: Caller) => Caller;
}

/** Deliveries of one destination that are in memory. */
const PAGE = 50;
/** Destinations that one process serves at a time. */
const MOST_LANES = 1_000;
/** While attempts are under way: how often it is looked whether one is too late, or the next may start beside it. */
const TICK_MS = 50;
const LAST_ATTEMPTS_MS = 3_000;

export function openSender(
  ctx: Context,
  outbox: Pick<Outbox, 'onWake'>,
  options: SenderOptions = {},
): Sender {
  const sender = new Rounds(ctx, options);
  outbox.onWake(() => sender.wake());
  return sender;
}

const nameOf = ({ tenantId, atsNo }: DestinationKey): string => `carrick-push ${tenantId} ${atsNo}`;

class Rounds implements Sender {
  readonly #ctx: Context;
  readonly #caller: Caller;
  readonly #random: () => number;
  readonly #locks;
  readonly #lanes = new Map<string, Lane>();
  /** Of a claim that was lost: their attempts end, and are recorded. */
  readonly #lost = new Set<Lane>();
  readonly #results: { readonly lane: Lane; readonly result: DeliveryResult }[] = [];
  #current: Promise<void> | undefined;
  #isWanted = false;
  #isStopped = false;
  #ticker: NodeJS.Timeout | undefined;
  #whenQuiet = (): void => {};

  constructor(
    ctx: Context,
    { resolveHost = openResolveHost(), random = Math.random, around = (caller) => caller }: SenderOptions,
  ) {
    this.#ctx = ctx;
    this.#random = random;
    this.#caller = around(openCaller(addressGuard(ctx.config), resolveHost));
    this.#locks = ctx.db.locks(() => this.#loseAll());
  }

  wake(): void {
    if (this.#isStopped) return;
    this.poll().catch((error: unknown) =>
      this.#ctx.log.warn({ err: error }, 'notifications could not be read or recorded; it is tried again'),
    );
  }

  /** One round at a time; what is asked for during a round gets a round of its own behind it. */
  poll(): Promise<void> {
    if (this.#current) {
      this.#isWanted = true;
      return this.#current;
    }
    this.#current = (async () => {
      do {
        this.#isWanted = false;
        await this.#round();
      } while (this.#isWanted && !this.#isStopped);
    })().finally(() => {
      this.#current = undefined;
    });
    return this.#current;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#ticker);
    const lanes = [...this.#lanes.values()];
    for (const lane of lanes) lane.lose();
    if (lanes.some(({ isBusy }) => isBusy)) {
      const quiet = new Promise<void>((resolve) => {
        this.#whenQuiet = resolve;
        setTimeout(resolve, LAST_ATTEMPTS_MS).unref();
      });
      await quiet;
    }
    await this.#current?.catch(() => {}); // said already by wake()
    await this.#record().catch((error: unknown) =>
      this.#ctx.log.warn({ err: error }, 'the last attempts were not recorded; they are made again'),
    );
    this.#caller.close();
    await this.#locks.close();
  }

  async #round(): Promise<void> {
    for (const lane of this.#lanes.values()) lane.expire();
    await this.#record();
    if (this.#isStopped) return;
    const due = await findDue(this.#ctx, MOST_LANES);
    await this.#claim(due);
    await this.#load(due);
    for (const lane of this.#lanes.values()) lane.advance();
    // Destinations with nothing to send now, such as one whose breaker is open, are let go of at once.
    await this.#record();
    this.#tick();
  }

  async #claim(due: readonly DueDestination[]): Promise<void> {
    const room = MOST_LANES - this.#lanes.size;
    const free = due.filter((each) => !this.#lanes.has(nameOf(each))).slice(0, Math.max(0, room));
    const taken = await this.#locks.take(free.map(nameOf));
    for (const each of free) if (taken.has(nameOf(each))) this.#lanes.set(nameOf(each), this.#open(each));
  }

  #open(key: DestinationKey): Lane {
    const lane: Lane = new Lane(key, {
      page: PAGE,
      start: (call) => this.#caller.start(call),
      now: () => this.#ctx.clock.now(),
      random: this.#random,
      onResult: (result) => {
        this.#results.push({ lane, result });
        if (this.#isStopped && ![...this.#lanes.values(), ...this.#lost].some(({ isBusy }) => isBusy))
          this.#whenQuiet();
        this.wake();
      },
    });
    return lane;
  }

  async #load(due: readonly DueDestination[]): Promise<void> {
    const wanted = due.flatMap((each) => {
      const lane = this.#lanes.get(nameOf(each));
      return lane?.wantsMore(each) ? [{ tenantId: each.tenantId, atsNo: each.atsNo, known: lane.known }] : [];
    });
    if (wanted.length === 0) return;
    for (const loaded of await loadDestinations(this.#ctx, wanted, PAGE))
      this.#lanes.get(nameOf(loaded))?.accept(loaded);
  }

  async #record(): Promise<void> {
    const results = this.#results.splice(0);
    const reports = [...this.#lanes.values()].flatMap((lane) => {
      const report = lane.report();
      return report ? [{ lane, report }] : [];
    });
    if (results.length === 0 && reports.length === 0) return;
    const written = new Map<string, boolean>();
    try {
      const rows = await recordResults(
        this.#ctx,
        results.map(({ result }) => result),
        reports.map(({ report }) => report),
      );
      for (const row of rows) written.set(nameOf(row), row.isAtRest);
    } catch (error) {
      this.#results.unshift(...results);
      for (const { lane } of reports) lane.reported(false);
      throw error;
    }
    for (const { lane, result } of results) lane.recorded(result);
    const atRest: string[] = [];
    for (const { lane } of reports) {
      const name = nameOf(lane);
      lane.reported(written.has(name));
      if (written.get(name) === true) atRest.push(name);
    }
    for (const name of atRest) this.#lanes.delete(name);
    for (const lane of this.#lost) if (!lane.isBusy) this.#lost.delete(lane);
    await this.#locks.give(atRest);
  }

  #loseAll(): void {
    for (const lane of this.#lanes.values()) {
      lane.lose();
      this.#lost.add(lane);
    }
    this.#lanes.clear();
    this.wake();
  }

  #tick(): void {
    const isBusy = [...this.#lanes.values()].some((lane) => lane.isBusy);
    if (!isBusy || this.#isStopped) {
      clearInterval(this.#ticker);
      this.#ticker = undefined;
    } else
      this.#ticker ??= setInterval(() => {
        for (const lane of this.#lanes.values()) {
          lane.expire();
          lane.advance();
        }
      }, TICK_MS);
  }
}
