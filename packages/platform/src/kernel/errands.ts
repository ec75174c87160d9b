import type { Clock } from './clock.ts';
import type { Db } from './db.ts';
import type { Log } from './log.ts';
import type { Outbox } from './outbox.ts';

/** Work of an outbox lane that talks to somebody outside. */
export interface Errand {
  readonly tenantId: number;
  readonly id: number;
  readonly payload: unknown;
  /** From 1. */
  readonly attempt: number;
}

/** `later` and `never` say why, without address or content: it is stored and logged. */
export type Verdict =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'later' | 'never'; readonly reason: string };

export interface ErrandOptions {
  readonly lane: string;
  /** How many are under way in this process. */
  readonly atOnce: number;
  /** Longer than any attempt takes: whoever claimed an errand and has not settled it by then is gone. */
  readonly leaseMs: number;
  /** Waited after the first failure, the second, …; behind the last the errand is given up. */
  readonly pausesMs: readonly number[];
  run(errand: Errand): Promise<Verdict>;
}

export interface Errands {
  /** Before `outbox.start()` is called, this has been opened; it looks by itself from then on. */
  start(): void;
  /** Runs what is due until nothing is; one round at a time. */
  poll(): Promise<void>;
  stop(): Promise<void>;
}

const POLL_EVERY_MS = 1_000;
/** Given up: the row stays to be seen. */
const NEVER_AT = Number.MAX_SAFE_INTEGER;

/**
 * Outbox work is done inside the transaction that removes it. What waits for another machine must not be: an open transaction
 * holds up every reader of the outbox for as long as the other side takes. So an errand is claimed by a lease, run outside any
 * transaction, and settled; a process that dies in between leaves a lease that ends, and the errand is run again: at least once.
 */
export function openErrands(
  { db, clock, log }: { readonly db: Db; readonly clock: Clock; readonly log: Log },
  outbox: Pick<Outbox, 'subscribe'>,
  options: ErrandOptions,
): Errands {
  const { lane } = options;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;
  outbox.subscribe(lane, () => {
    if (timer) wake();
  });

  async function round(): Promise<void> {
    const due = await db.lookup<{ tenant_id: number }>`
      select tenant_id from outbox_due(${lane}, ${clock.now()}) as tenant_id`;
    for (const { tenant_id: tenantId } of due) {
      for (;;) {
        if (isStopped) return;
        const claimed = await claim(tenantId);
        await Promise.all(claimed.map(runOne));
        if (claimed.length < options.atOnce) break;
      }
    }
  }

  async function claim(tenantId: number): Promise<Errand[]> {
    const at = clock.now();
    const [rows] = await db.pipeline(tenantId, (tx) => [
      tx<{ id: number; payload: unknown; attempts: number }>`
        update outbox o set attempts = o.attempts + 1, next_at = ${at + options.leaseMs}
        where o.tenant_id = ${tenantId} and o.id in (
          select id from outbox
          where tenant_id = ${tenantId} and lane = ${lane} and next_at <= ${at} and xid < pg_snapshot_xmin(pg_current_snapshot())
          order by id limit ${options.atOnce} for update skip locked
        )
        returning o.id, o.payload, o.attempts`,
    ]);
    return rows.map(({ id, payload, attempts }) => ({ tenantId, id, payload, attempt: attempts }));
  }

  async function runOne(errand: Errand): Promise<void> {
    const verdict = await options.run(errand).catch((error: unknown): Verdict => {
      log.error({ err: error, lane, id: errand.id }, 'an errand failed on a bug');
      return { outcome: 'later', reason: error instanceof Error ? error.name : 'unknown' };
    });
    const { tenantId, id, attempt } = errand;
    await db.pipeline(tenantId, (tx) => {
      if (verdict.outcome === 'done')
        return [tx`delete from outbox where tenant_id = ${tenantId} and id = ${id}`];
      const pauseMs = verdict.outcome === 'never' ? undefined : options.pausesMs[attempt - 1];
      const nextAt = pauseMs === undefined ? NEVER_AT : clock.now() + pauseMs;
      const text = verdict.reason.slice(0, 200);
      log.warn({ lane, id, attempt, reason: text, isGivenUp: pauseMs === undefined }, 'an errand failed');
      return [
        tx`update outbox set next_at = ${nextAt}, failure = ${text} where tenant_id = ${tenantId} and id = ${id}`,
      ];
    });
  }

  function poll(): Promise<void> {
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
      current = undefined;
    });
    return current;
  }

  function wake(): void {
    if (isStopped) return;
    poll().catch((error: unknown) =>
      log.warn({ err: error, lane }, 'errands could not be read; tried again'),
    );
  }

  return {
    start() {
      timer = setInterval(wake, POLL_EVERY_MS);
      wake();
    },
    poll,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await current?.catch(() => {}); // said already by wake()
    },
  };
}
