import { connect, type SqlClient } from './connect.ts';
import type { Log } from './log.ts';

/** One connection, lent to one transaction at a time. */
export interface Line {
  readonly client: SqlClient;
  /** Set by the holder; called when the connection has gone. */
  onLost: (() => void) | null;
}

/**
 * Hands out connections. postgres.js has a pool, but a reserved connection that breaks leaves its queued statements waiting for
 * ever, and without a reservation they would run on the next connection, outside their transaction. With one client per
 * connection we are told which one broke.
 */
export class ConnectionPool {
  readonly #idle: Line[] = [];
  readonly #all = new Set<Line>();
  readonly #waiting: PromiseWithResolvers<Line>[] = [];
  readonly #open: () => Line;
  #isClosed = false;

  constructor(url: string, max: number, log: Log) {
    this.#open = () => {
      const line: Line = {
        client: connect(url, { max: 1, log, onClose: () => line.onLost?.() }),
        onLost: null,
      };
      return line;
    };
    for (let i = 0; i < max; i++) this.#add();
  }

  async take(): Promise<Line> {
    if (this.#isClosed) throw new Error('the database was closed');
    // The most recently used one: it has the statements prepared and the caches warm.
    const line = this.#idle.pop();
    if (line) return line;
    const next = Promise.withResolvers<Line>();
    this.#waiting.push(next);
    return next.promise;
  }

  give(line: Line): void {
    line.onLost = null;
    if (!this.#all.has(line)) return;
    const next = this.#waiting.shift();
    if (next) next.resolve(line);
    else this.#idle.push(line);
  }

  /** For a connection of which nobody knows any more where in the protocol it stands. */
  discard(line: Line): void {
    if (!this.#all.delete(line)) return;
    void line.client.end({ timeout: 0 });
    if (!this.#isClosed) this.give(this.#add(false));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const next of this.#waiting.splice(0)) next.reject(new Error('the database was closed'));
    await Promise.all([...this.#all].map((line) => line.client.end({ timeout: 5 })));
  }

  #add(isIdle = true): Line {
    const line = this.#open();
    this.#all.add(line);
    if (isIdle) this.#idle.push(line);
    return line;
  }
}
