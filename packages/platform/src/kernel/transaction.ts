import postgres from 'postgres';
import type { ConnectionPool, Line } from './connection-pool.ts';
import { type Rows, type Sql, type Statement, type StatementRows, statements } from './statement.ts';

/** An open transaction of one tenant. Whoever receives it opens no other. */
export interface Tx extends Sql {
  /** null: no tenant is set, and tenant tables show nothing. */
  readonly tenantId: number | null;
  /** Sends several statements without waiting between them; resolves with all their rows, or fails with the first error. */
  flight<const S extends readonly Statement[]>(all: S): Promise<StatementRows<S>>;
  /** The last flight: COMMIT leaves with it. Resolves when the transaction is on disk; nothing can follow. */
  commitWith<const S extends readonly Statement[]>(all: S): Promise<StatementRows<S>>;
  /** Undoes what `work` did when it fails, throws its error, and leaves the transaction usable. One at a time. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
  /** What an earlier attempt at this transaction failed on and is left out this time, with the error. */
  readonly leftOut: ReadonlyMap<string, unknown>;
  /**
   * Says that this transaction fails because of a part that it can do without: it runs again, with the part in `leftOut`. Costs
   * nothing as long as nothing fails, where a savepoint costs two messages and a round trip.
   */
  leaveOut(part: string, error: unknown): void;
}

export type Begin = 'begin' | 'begin isolation level repeatable read, read only';

/**
 * Runs `work` in a transaction. BEGIN and the tenant setting are sent but not waited for: they share the first statement's flight.
 * @throws what `work` throws; the first statement's error when a later one only reports the broken transaction;
 *   an error when COMMIT did not commit.
 */
export async function runTransaction<T>(
  pool: ConnectionPool,
  begin: Begin,
  tenantId: number | null,
  work: (tx: Tx) => Promise<T>,
  leftOut: Map<string, unknown>,
): Promise<T> {
  if (tenantId !== null && !Number.isSafeInteger(tenantId)) throw new TypeError(`not a tenant: ${tenantId}`);
  const line = await pool.take();
  const transaction = await Transaction.open(line, tenantId, leftOut).catch((error: unknown) => {
    pool.give(line);
    throw error;
  });
  try {
    // One message for both; the tenant is a number (checked above) and needs no quoting.
    transaction.control(tenantId === null ? begin : `${begin}; set local carrick.tenant_id = ${tenantId}`);
    const result = await work(transaction.tx);
    const committed = transaction.commit();
    if (begin === 'begin') await committed;
    else committed.catch(() => {}); // of a read nothing hangs on the answer
    return result;
  } catch (error) {
    await transaction.rollback();
    throw transaction.firstErrorBehind(error);
  } finally {
    void transaction.release().then((isUsable) => (isUsable ? pool.give(line) : pool.discard(line)));
  }
}

class Transaction {
  readonly tx: Tx;
  readonly #client: postgres.ReservedSql;
  readonly #lost = Promise.withResolvers<never>();
  #isLost = false;
  /** A statement failed otherwise than by the server's word: the next reply may not belong to the next statement. */
  #isBroken = false;
  /** COMMIT or ROLLBACK, once sent. */
  #end: Promise<postgres.RowList<object[]>> | undefined;
  #firstError: unknown;
  #savepoints = 0;

  static async open(
    line: Line,
    tenantId: number | null,
    leftOut: Map<string, unknown>,
  ): Promise<Transaction> {
    return new Transaction(line, await line.client.reserve(), tenantId, leftOut);
  }

  constructor(
    line: Line,
    client: postgres.ReservedSql,
    tenantId: number | null,
    leftOut: Map<string, unknown>,
  ) {
    this.#client = client;
    this.#lost.promise.catch(() => {}); // it is raced by every statement; here it only must not count as unhandled
    line.onLost = () => {
      this.#isLost = true;
      this.#lost.reject(new Error('the connection to PostgreSQL was lost in a transaction'));
    };
    this.tx = Object.assign(
      statements((build) => this.#send(build(client))),
      {
        tenantId,
        flight: <S extends readonly Statement[]>(all: S) => sendAll(all),
        commitWith: <S extends readonly Statement[]>(all: S) => this.#commitWith(all),
        savepoint: <T>(work: () => Promise<T>) => this.#savepoint(work),
        leftOut,
        leaveOut: (part: string, error: unknown) => {
          // With the connection went the answer to whether it committed.
          if (!this.#isLost && !this.#isBroken) leftOut.set(part, error);
        },
      },
    );
  }

  /** Sent and not waited for: what fails here fails the statements behind it too. */
  control(text: string): void {
    this.#send(this.#client.unsafe(text)).catch(() => {});
  }

  async commit(): Promise<void> {
    // Sent already where the work ended with commitWith.
    this.#end ??= this.#send(this.#client.unsafe('commit'));
    // PostgreSQL answers COMMIT of a failed transaction with success and the word ROLLBACK.
    if ((await this.#end).command !== 'COMMIT') {
      throw this.#firstError ?? new Error('PostgreSQL rolled the transaction back');
    }
  }

  async rollback(): Promise<void> {
    if (!this.#isLost && !this.#isBroken) this.#end ??= this.#send(this.#client.unsafe('rollback'));
    await this.#end?.catch(() => {}); // the connection went: then the server has rolled back by itself
  }

  /** 25P02 only says that something failed before it. */
  firstErrorBehind(error: unknown): unknown {
    const isEcho = error instanceof postgres.PostgresError && error.code === '25P02';
    return isEcho ? (this.#firstError ?? error) : error;
  }

  /** Gives the connection back when the last answer has come: a statement may still wait in the reservation's own queue. */
  async release(): Promise<boolean> {
    await this.#end?.catch(() => {});
    const isUsable = !this.#isLost && !this.#isBroken;
    // A lost connection has left its reservation by itself.
    if (isUsable) this.#client.release();
    return isUsable;
  }

  async #commitWith<S extends readonly Statement[]>(all: S): Promise<StatementRows<S>> {
    const rows = sendAll(all);
    const committed = this.commit();
    const [results] = await Promise.all([rows, committed]);
    return results;
  }

  async #savepoint<T>(work: () => Promise<T>): Promise<T> {
    if (this.#firstError !== undefined) throw this.#firstError;
    const name = `s${++this.#savepoints}`;
    this.control(`savepoint ${name}`);
    try {
      const result = await work();
      if (this.#firstError !== undefined) throw this.#firstError;
      this.control(`release savepoint ${name}`);
      return result;
    } catch (error) {
      await this.#send(this.#client.unsafe(`rollback to savepoint ${name}`));
      this.#firstError = undefined;
      throw error;
    }
  }

  #send<Row extends object>(query: postgres.PendingQuery<Row[]>): Promise<postgres.RowList<Row[]>> {
    if (this.#end) throw new Error('a statement was sent after its transaction had ended');
    const sent = this.#isLost ? this.#lost.promise : Promise.race([query, this.#lost.promise]);
    return sent.catch((error: unknown) => {
      this.#firstError ??= error;
      if (!this.#isLost && !isAnswer(error)) {
        this.#isBroken = true;
        this.#lost.reject(error); // what waits behind it would wait for ever
      }
      throw error;
    });
  }
}

/** The server's word on one statement, after which it listens for the next; a FATAL one is its last. */
function isAnswer(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.severity !== 'FATAL' && error.severity !== 'PANIC';
}

/** In the order given; Promise.all fails with the error that came first, which is the one that broke the transaction. */
async function sendAll<S extends readonly Statement[]>(all: S): Promise<StatementRows<S>> {
  const rows: Rows<object>[] = await Promise.all(all.map((statement) => statement.send()));
  return rows as StatementRows<S>; // Promise.all keeps the order, so each row list has its statement's type
}
