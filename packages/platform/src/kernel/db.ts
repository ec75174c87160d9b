import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { ConnectionPool } from './connection-pool.ts';
import { type Listening, listen } from './listen.ts';
import type { Log } from './log.ts';
import { openSessionLocks, type SessionLocks } from './session-locks.ts';
import {
  type Build,
  type Rows,
  type Sql,
  type Statement,
  type StatementRows,
  statements,
} from './statement.ts';
import { type Begin, runTransaction, type Tx } from './transaction.ts';

export type { Sql, Statement } from './statement.ts';
export type { Tx } from './transaction.ts';

export interface DbOptions {
  readonly url: string;
  /** Connections for transactions; two more serve lookups. 4 already reach nine tenths of what the database can take. */
  readonly max?: number;
  readonly log: Log;
}

export interface Db {
  /** One statement with no tenant set: calls of the SECURITY DEFINER functions that find the tenant of a token, session or address. */
  readonly lookup: Sql;
  /**
   * One statement that is a transaction of its own: one message, where BEGIN, tenant and COMMIT make it four. It sets the tenant itself
   * (SET_TENANT) before it touches a row; without that row-level security refuses its rows and shows it none.
   */
  readonly single: Sql;
  /**
   * The statements of one transaction in one flight: BEGIN, tenant, statements and COMMIT leave together, nothing is awaited
   * between. Resolves after the commit is on disk.
   */
  pipeline<const S extends readonly Statement[]>(
    tenantId: number | null,
    build: (tx: Tx) => S,
  ): Promise<StatementRows<S>>;
  /**
   * A transaction in steps. BEGIN and the tenant travel with the first statement; end with `return tx.commitWith([…])` and
   * COMMIT travels with the last ones. `work` runs again when PostgreSQL broke a deadlock, so it must have no effect outside `tx`.
   */
  transaction<T>(tenantId: number | null, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads in one snapshot, so that a page and its count agree; cannot write. */
  read<T>(tenantId: number | null, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Calls back on every NOTIFY of the channel, and after each time the connection was lost and found again. */
  listen(channel: string, onNotify: () => void): Promise<Listening>;
  /** Locks that live as long as this process: when it is killed, another one has them at once. */
  locks(onLost: () => void): SessionLocks;
  close(): Promise<void>;
}

/** For a statement of `single`, whose $1 is the tenant. */
export const SET_TENANT = "set_config('carrick.tenant_id', $1::bigint::text, true)";

const LOOKUP_CONNECTIONS = 2;
const MAX_ATTEMPTS = 6;
/** Deadlock and serialization failure: PostgreSQL undid the transaction, and says that it would succeed another time. */
const RETRIED_CODES = new Set(['40P01', '40001']);

export function openDatabase({ url, max = 8, log }: DbOptions): Db {
  const pool = new ConnectionPool(url, max, log);
  const lookups = new ConnectionPool(url, LOOKUP_CONNECTIONS, log);

  async function sendAlone<Row extends object>(from: ConnectionPool, build: Build<Row>): Promise<Rows<Row>> {
    const line = await from.take();
    try {
      return await build(line.client);
    } finally {
      from.give(line);
    }
  }

  async function single<Row extends object>(build: Build<Row>): Promise<Rows<Row>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await sendAlone(pool, build);
      } catch (error) {
        if (!isRetried(error) || attempt >= MAX_ATTEMPTS) throw error;
        log.debug({ attempt }, 'statement runs again');
      }
      await pauseBefore(attempt);
    }
  }

  async function run<T>(begin: Begin, tenantId: number | null, work: (tx: Tx) => Promise<T>): Promise<T> {
    const leftOut = new Map<string, unknown>();
    for (let attempt = 1; ; attempt++) {
      const parts = leftOut.size;
      try {
        return await runTransaction(pool, begin, tenantId, work, leftOut);
      } catch (error) {
        if ((!isRetried(error) && leftOut.size === parts) || attempt >= MAX_ATTEMPTS) throw error;
        log.debug({ attempt }, 'transaction runs again');
      }
      await pauseBefore(attempt);
    }
  }

  return {
    lookup: statements((build) => sendAlone(lookups, build)),
    single: statements(single),
    transaction: (tenantId, work) => run('begin', tenantId, work),
    read: (tenantId, work) => run('begin isolation level repeatable read, read only', tenantId, work),
    pipeline: (tenantId, build) => run('begin', tenantId, async (tx) => tx.commitWith(build(tx))),
    listen: (channel, onNotify) => listen(url, channel, onNotify, log),
    locks: (onLost) => openSessionLocks(url, onLost),
    async close() {
      await Promise.all([pool.close(), lookups.close()]);
    },
  };
}

/** Two transactions that met once meet again when they start again together. */
const pauseBefore = (attempt: number): Promise<void> => pause(Math.random() * 4 * 2 ** attempt);

function isRetried(error: unknown): error is postgres.PostgresError {
  return error instanceof postgres.PostgresError && RETRIED_CODES.has(error.code);
}
