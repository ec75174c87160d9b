import type { Clock } from './clock.ts';
import type { Db, Statement, Tx } from './db.ts';
import type { Log } from './log.ts';

/** Something that happened, in the order in which its transaction can be seen by everybody. */
export interface OutboxEvent {
  readonly tenantId: number;
  readonly id: number;
  readonly payload: unknown;
  readonly createdAt: number;
}

/** Called in order; an event that a listener throws on is logged and not repeated: listeners keep nothing. */
export type EventListener = (events: readonly OutboxEvent[]) => void | Promise<void>;

/** Does one piece of work in the transaction that removes it; what it throws is recorded and the work comes back later. */
export type WorkHandler = (tx: Tx, payload: unknown) => Promise<void>;

export interface LaneOptions {
  /** How many rows one transaction takes; 20. */
  readonly claim?: number;
  /** Waited for before each claim: lets others go first. */
  readonly turn?: () => Promise<void>;
}

export interface AppendOptions {
  /** Work waits until then. */
  readonly dueAt?: number;
  /** Selects a JSON object, whose members are added to the payload's: what only the database knows. */
  readonly found?: Statement | undefined;
}

export interface Outbox {
  /** A statement for the transaction that causes the event. Call `signal` once that has committed. */
  append(tx: Tx, lane: string, payload: unknown, options?: AppendOptions): Statement;
  /** Wakes the readers of every process, at most every 25 ms. Never inside a transaction: NOTIFY would serialise commits. */
  signal(): void;
  /** Before `start`: who is told the events of a lane, from `start` on. */
  subscribe(lane: string, listener: EventListener): void;
  /** Before `start`: who does the work of a lane. A row is done once, by whichever process claims it. Lanes do not wait for each other. */
  work(lane: string, handler: WorkHandler, options?: LaneOptions): void;
  /**
   * Before `start`: called whenever readers are woken, and at every slow poll. For work whose rows stay when it is done and have
   * an order of their own (deliveries): they are read elsewhere, but woken here.
   */
  onWake(listener: () => void): void;
  /** Events that become visible after this has resolved are told. */
  start(): Promise<void>;
  /** Reads and works once, now: what the wake-up and the slow poll call. */
  poll(): Promise<void>;
  /** How much work of the lanes is waiting, of all tenants; what has failed for good is not. */
  waiting(lanes: readonly string[]): Promise<number>;
  /** Deletes the tenant's events of a lane that are older. Work is deleted when it is done. */
  purge(tx: Tx, lane: string, olderThan: number): Statement;
  stop(): Promise<void>;
}

const CHANNEL = 'carrick_outbox';
const SIGNAL_EVERY_MS = 25;
const POLL_EVERY_MS = 1_000;
const PAGE = 500;
const CLAIM = 20;
const AT_ONCE = (): Promise<void> => Promise.resolve();
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 3_600_000;
const MAX_ATTEMPTS = 12;
/** Work that has failed MAX_ATTEMPTS times: it stays to be seen and is not claimed again. */
const NEVER_AT = Number.MAX_SAFE_INTEGER;

interface Tail {
  readonly listeners: EventListener[];
  /**
   * The last row read. Rows are read in the order of (xid, id) and only below the oldest open transaction: by ids alone,
   * a transaction that began earlier and commits later would slip in behind the reader.
   */
  xid: string;
  id: number;
}

/** Where an event stands; what it says is its tenant's. */
interface TailRow {
  readonly tenant_id: number;
  readonly id: number;
  readonly xid: string;
}

/** The text of `append` as part of another statement, of SQL expressions. */
export function appendSql(of: {
  readonly tenant: string;
  readonly lane: string;
  readonly payload: string;
  readonly at: string;
}): string {
  return `insert into outbox (tenant_id, lane, payload, created_at, next_at)
    select ${of.tenant}, '${of.lane}', ${of.payload}, ${of.at}, 0`;
}

export function openOutbox(db: Db, clock: Clock, log: Log): Outbox {
  const tails = new Map<string, Tail>();
  const lanes = new Map<string, () => Promise<void>>();
  const sleepers: (() => void)[] = [];
  let signalledAt = Number.NEGATIVE_INFINITY;
  let signalTimer: NodeJS.Timeout | undefined;
  let pollTimer: NodeJS.Timeout | undefined;
  let listening: { unlisten(): Promise<void> } | undefined;
  const running = new Set<Promise<void>>();
  let isStopped = false;

  async function readTail(lane: string, tail: Tail): Promise<void> {
    for (;;) {
      const rows = await db.lookup<TailRow>`
        select tenant_id, id, xid::text as xid
        from outbox_tail(${lane}, ${tail.xid}::xid8, ${tail.id}, ${PAGE})`;
      const last = rows.at(-1);
      if (!last) return;
      tail.xid = last.xid;
      tail.id = last.id;
      const events = await readEvents(rows);
      for (const listener of tail.listeners) {
        try {
          await listener(events);
        } catch (error) {
          log.error({ err: error, lane }, 'a listener failed on events');
        }
      }
      if (rows.length < PAGE) return;
    }
  }

  /** Each tenant's under row-level security, put back into the order of the rows. What was purged meanwhile is left out. */
  async function readEvents(rows: readonly TailRow[]): Promise<OutboxEvent[]> {
    const found = await Promise.all(
      [...Map.groupBy(rows, (row) => row.tenant_id)].map(([tenantId, own]) =>
        db.read(
          tenantId,
          async (tx) => tx<{ id: number; payload: unknown; created_at: number }>`
            select id, payload, created_at from outbox
            where tenant_id = ${tenantId} and id = any(${own.map(({ id }) => id)}::bigint[])`,
        ),
      ),
    );
    // Ids are the table's, not a tenant's own.
    const byId = new Map(found.flat().map((event) => [event.id, event]));
    return rows.flatMap(({ tenant_id: tenantId, id }) => {
      const event = byId.get(id);
      return event ? [{ tenantId, id, payload: event.payload, createdAt: event.created_at }] : [];
    });
  }

  /** Until nothing is due: work may ask for more work. */
  async function workOff(lane: string, handler: WorkHandler, options: Required<LaneOptions>): Promise<void> {
    for (;;) {
      const due = await db.lookup<{
        tenant_id: number;
      }>`select tenant_id from outbox_due(${lane}, ${clock.now()}) as tenant_id`;
      let claimed = 0;
      // In turns, so that one tenant's thousand rows do not keep another's one waiting.
      for (const { tenant_id: tenantId } of due) {
        await options.turn();
        if (isStopped) return;
        claimed += await claimAndDo(tenantId, lane, handler, options.claim);
      }
      if (claimed === 0) return;
    }
  }

  /** @returns how many rows were claimed */
  async function claimAndDo(
    tenantId: number,
    lane: string,
    handler: WorkHandler,
    most: number,
  ): Promise<number> {
    return db.transaction(tenantId, async (tx) => {
      const at = clock.now();
      const claimed = await tx<{ id: number; payload: unknown; attempts: number }>`
        select id, payload, attempts from outbox
        where tenant_id = ${tenantId} and lane = ${lane} and next_at <= ${at} and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by id limit ${most} for update skip locked`;
      const done: number[] = [];
      const failed: Statement[] = [];
      for (const { id, payload, attempts } of claimed) {
        try {
          await tx.savepoint(() => handler(tx, payload));
          done.push(id);
        } catch (error) {
          if (isRetriedByDb(error)) throw error;
          log.warn({ err: error, lane, id, attempts: attempts + 1 }, 'work failed');
          failed.push(tx`
            update outbox set attempts = ${attempts + 1}, next_at = ${retryAt(at, attempts + 1)}, failure = ${failureText(error)}
            where tenant_id = ${tenantId} and id = ${id}`);
        }
      }
      await tx.commitWith([
        ...failed,
        tx`delete from outbox where tenant_id = ${tenantId} and id = any(${done}::bigint[])`,
      ]);
      return claimed.length;
    });
  }

  const readTails = inRounds(async () => {
    for (const [lane, tail] of tails) await readTail(lane, tail);
  });

  /** One round of each at a time; what is asked for during a round gets a round of its own behind it. */
  function inRounds(round: () => Promise<void>): () => Promise<void> {
    let current: Promise<void> | undefined;
    let isWanted = false;
    return () => {
      if (current) {
        isWanted = true;
        return current;
      }
      current = (async () => {
        do {
          isWanted = false;
          await round();
        } while (isWanted && !isStopped);
      })().finally(() => {
        if (current) running.delete(current);
        current = undefined;
      });
      running.add(current);
      return current;
    };
  }

  /** Resolves when all rounds are over, and fails with the first that failed. */
  async function poll(): Promise<void> {
    const rounds = await Promise.allSettled([readTails(), ...[...lanes.values()].map((work) => work())]);
    for (const round of rounds) if (round.status === 'rejected') throw round.reason;
  }

  function wake(): void {
    if (isStopped) return;
    for (const sleeper of sleepers) sleeper();
    // Each by itself: a slow lane must not keep the others from their next round.
    for (const round of [readTails, ...lanes.values()])
      round().catch((error: unknown) =>
        log.warn({ err: error }, 'the outbox could not be read; it is tried again'),
      );
  }

  return {
    append(tx, lane, payload, { dueAt = 0, found } = {}) {
      const json = JSON.stringify(payload);
      return found
        ? tx`
            insert into outbox (tenant_id, lane, payload, created_at, next_at)
            values (${tx.tenantId}, ${lane}, ${json}::text::jsonb || (${found}), ${clock.now()}, ${dueAt})`
        : tx`
            insert into outbox (tenant_id, lane, payload, created_at, next_at)
            values (${tx.tenantId}, ${lane}, ${json}::text::jsonb, ${clock.now()}, ${dueAt})`;
    },
    signal() {
      if (signalTimer || isStopped) return;
      // The first one leaves at once, those that follow it closely leave together.
      const pause = Math.max(0, signalledAt + SIGNAL_EVERY_MS - performance.now());
      signalTimer = setTimeout(() => {
        signalTimer = undefined;
        signalledAt = performance.now();
        wakeReaders(db).catch((error: unknown) =>
          log.warn({ err: error }, 'readers were not woken; they find the events at their next poll'),
        );
      }, pause);
    },
    subscribe(lane, listener) {
      if (listening) throw new Error(`the outbox has started: too late to follow ${lane}`);
      const tail = tails.get(lane);
      if (tail) tail.listeners.push(listener);
      else tails.set(lane, { listeners: [listener], xid: '0', id: 0 });
    },
    work(lane, handler, { claim = CLAIM, turn = AT_ONCE } = {}) {
      if (lanes.has(lane)) throw new Error(`the lane ${lane} has a worker already`);
      lanes.set(
        lane,
        inRounds(() => workOff(lane, handler, { claim, turn })),
      );
    },
    onWake(listener) {
      sleepers.push(listener);
    },
    async start() {
      const [now] = await db.lookup<{
        xmin: string;
      }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`;
      for (const tail of tails.values()) Object.assign(tail, { xid: now?.xmin ?? '0', id: 0 });
      listening = await db.listen(CHANNEL, wake);
      pollTimer = setInterval(wake, POLL_EVERY_MS);
    },
    poll,
    async waiting(wanted) {
      const rows = await Promise.all(
        wanted.map((lane) => db.lookup<{ n: number }>`select outbox_waiting(${lane}, ${NEVER_AT}) as n`),
      );
      return rows.reduce((sum, [row]) => sum + (row?.n ?? 0), 0);
    },
    purge: (tx, lane, olderThan) => tx`
      delete from outbox where tenant_id = ${tx.tenantId} and lane = ${lane} and created_at < ${olderThan}`,
    async stop() {
      isStopped = true;
      clearTimeout(signalTimer);
      clearInterval(pollTimer);
      await listening?.unlisten();
      await Promise.allSettled(running); // what fails is said already by wake()
    },
  };
}

/** Wakes the readers of every process, for whoever has no outbox at hand. Never inside a transaction. */
export async function wakeReaders(db: Pick<Db, 'lookup'>): Promise<void> {
  await db.lookup`select pg_notify(${CHANNEL}, '')`;
}

/** Growing pauses; the last failure parks the row. */
function retryAt(at: number, attempts: number): number {
  if (attempts >= MAX_ATTEMPTS) return NEVER_AT;
  return at + Math.min(FIRST_RETRY_MS * 4 ** (attempts - 1), LONGEST_RETRY_MS);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function isRetriedByDb(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40P01' || code === '40001';
}

/** For the operator. A message of PostgreSQL may quote a row, so of its errors only the code is kept. */
function failureText(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined) return `${(error as Error).name} ${code}`;
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown';
}
