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

export interface Outbox {
  /** A statement for the transaction that causes the event. Call `signal` once that has committed. Work with `dueAt` waits until then. */
  append(tx: Tx, lane: string, payload: unknown, dueAt?: number): Statement;
  /** Wakes the readers of every process, at most every 25 ms. Never inside a transaction: NOTIFY would serialise commits. */
  signal(): void;
  /** Before `start`: who is told the events of a lane, from `start` on. */
  subscribe(lane: string, listener: EventListener): void;
  /** Before `start`: who does the work of a lane. A row is done once, by whichever process claims it. */
  work(lane: string, handler: WorkHandler): void;
  /**
   * Before `start`: called whenever readers are woken, and at every slow poll. For work whose rows stay when it is done and have
   * an order of their own (deliveries): they are read elsewhere, but woken here.
   */
  onWake(listener: () => void): void;
  /** Events that become visible after this has resolved are told. */
  start(): Promise<void>;
  /** Reads and works once, now: what the wake-up and the slow poll call. */
  poll(): Promise<void>;
  /** Deletes the tenant's events of a lane that are older. Work is deleted when it is done. */
  purge(tx: Tx, lane: string, olderThan: number): Statement;
  stop(): Promise<void>;
}

const CHANNEL = 'carrick_outbox';
const SIGNAL_EVERY_MS = 25;
const POLL_EVERY_MS = 1_000;
const PAGE = 500;
const CLAIM = 20;
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

interface TailRow {
  readonly tenant_id: number;
  readonly id: number;
  readonly xid: string;
  readonly payload: unknown;
  readonly created_at: number;
}

export function openOutbox(db: Db, clock: Clock, log: Log): Outbox {
  const tails = new Map<string, Tail>();
  const handlers = new Map<string, WorkHandler>();
  const sleepers: (() => void)[] = [];
  let signalledAt = Number.NEGATIVE_INFINITY;
  let signalTimer: NodeJS.Timeout | undefined;
  let pollTimer: NodeJS.Timeout | undefined;
  let listening: { unlisten(): Promise<void> } | undefined;
  let current: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;

  async function readTail(lane: string, tail: Tail): Promise<void> {
    for (;;) {
      const rows = await db.lookup<TailRow>`
        select tenant_id, id, xid::text as xid, payload, created_at
        from outbox_tail(${lane}, ${tail.xid}::xid8, ${tail.id}, ${PAGE})`;
      const last = rows.at(-1);
      if (!last) return;
      tail.xid = last.xid;
      tail.id = last.id;
      const events = rows.map((row) => ({
        tenantId: row.tenant_id,
        id: row.id,
        payload: row.payload,
        createdAt: row.created_at,
      }));
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

  async function workOff(lane: string, handler: WorkHandler): Promise<void> {
    const due = await db.lookup<{
      tenant_id: number;
    }>`select tenant_id from outbox_due(${lane}, ${clock.now()}) as tenant_id`;
    for (const { tenant_id: tenantId } of due) {
      while (!isStopped && (await claimAndDo(tenantId, lane, handler)) === CLAIM);
    }
  }

  /** @returns how many rows were claimed */
  async function claimAndDo(tenantId: number, lane: string, handler: WorkHandler): Promise<number> {
    return db.transaction(tenantId, async (tx) => {
      const at = clock.now();
      const claimed = await tx<{ id: number; payload: unknown; attempts: number }>`
        select id, payload, attempts from outbox
        where tenant_id = ${tenantId} and lane = ${lane} and next_at <= ${at} and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by id limit ${CLAIM} for update skip locked`;
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

  async function pollOnce(): Promise<void> {
    for (const [lane, tail] of tails) await readTail(lane, tail);
    for (const [lane, handler] of handlers) await workOff(lane, handler);
  }

  /** One round at a time; what is asked for during a round gets a round of its own behind it. */
  function poll(): Promise<void> {
    if (current) {
      isWanted = true;
      return current;
    }
    current = (async () => {
      do {
        isWanted = false;
        await pollOnce();
      } while (isWanted && !isStopped);
    })().finally(() => {
      current = undefined;
    });
    return current;
  }

  function wake(): void {
    if (isStopped) return;
    for (const sleeper of sleepers) sleeper();
    poll().catch((error: unknown) =>
      log.warn({ err: error }, 'the outbox could not be read; it is tried again'),
    );
  }

  return {
    append: (tx, lane, payload, dueAt = 0) => tx`
      insert into outbox (tenant_id, lane, payload, created_at, next_at)
      values (${tx.tenantId}, ${lane}, ${JSON.stringify(payload)}::text::jsonb, ${clock.now()}, ${dueAt})`,
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
    work(lane, handler) {
      if (handlers.has(lane)) throw new Error(`the lane ${lane} has a worker already`);
      handlers.set(lane, handler);
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
    purge: (tx, lane, olderThan) => tx`
      delete from outbox where tenant_id = ${tx.tenantId} and lane = ${lane} and created_at < ${olderThan}`,
    async stop() {
      isStopped = true;
      clearTimeout(signalTimer);
      clearInterval(pollTimer);
      await listening?.unlisten();
      await current?.catch(() => {}); // said already by wake()
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
