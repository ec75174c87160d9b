import { setTimeout as pause } from 'node:timers/promises';
import { connect, type SqlClient } from './connect.ts';
import type { Log } from './log.ts';

const CLOSE_SECONDS = 5;

/** One connection, lent to one borrower at a time. */
export interface Line {
  readonly client: SqlClient;
  /** Set by the borrower; called when the connection has gone. */
  onLost: (() => void) | null;
  isLost: boolean;
}

/**
 * Hands out connections, one postgres.js client each. The pool of postgres.js 3.4.9 itself would not do (tried): when a reserved
 * connection breaks, statements queued for it wait for ever, and a connection that is opened again in place of a broken one hands
 * the broken query's error and half its rows to the next. So we must know which one broke, and never use it again.
 */
export class ConnectionPool {
  readonly #open: () => Line;
  readonly #all = new Set<Line>();
  readonly #idle: Line[] = [];
  readonly #waiting: PromiseWithResolvers<Line>[] = [];
  readonly #lent = new Set<Line>();
  #allBack = (): void => {};
  #isClosed = false;

  constructor(url: string, max: number, log: Log) {
    this.#open = () => {
      const line: Line = {
        client: connect(url, {
          max: 1,
          log,
          onClose: () => {
            line.isLost = true;
            line.onLost?.();
          },
        }),
        onLost: null,
        isLost: false,
      };
      this.#all.add(line);
      return line;
    };
    for (let i = 0; i < max; i++) this.#idle.push(this.#open());
  }

  async take(): Promise<Line> {
    if (this.#isClosed) throw new Error('the database was closed');
    // The most recently used one: it has the statements prepared and the caches warm.
    const idle = this.#idle.pop();
    if (idle) return this.#lend(idle.isLost ? this.#replace(idle) : idle);
    const next = Promise.withResolvers<Line>();
    this.#waiting.push(next);
    return next.promise;
  }

  give(line: Line): void {
    this.#lent.delete(line);
    if (this.#lent.size === 0) this.#allBack();
    if (this.#isClosed) return;
    line.onLost = null;
    const usable = line.isLost ? this.#replace(line) : line;
    const next = this.#waiting.shift();
    if (next) next.resolve(this.#lend(usable));
    else this.#idle.push(usable);
  }

  /** For a connection of which nobody knows any more where in the protocol it stands. */
  discard(line: Line): void {
    line.isLost = true;
    this.give(line);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const next of this.#waiting.splice(0)) next.reject(new Error('the database was closed'));
    // A connection that is ended while it is lent is waited for until the time is up, even when it comes back at once.
    if (this.#lent.size > 0) {
      const allBack = new Promise<void>((resolve) => {
        this.#allBack = resolve;
      });
      await Promise.race([allBack, pause(CLOSE_SECONDS * 1000, undefined, { ref: false })]);
    }
    await Promise.all([...this.#all].map((line) => line.client.end({ timeout: CLOSE_SECONDS })));
  }

  #lend(line: Line): Line {
    this.#lent.add(line);
    return line;
  }

  #replace(line: Line): Line {
    this.#all.delete(line);
    void line.client.end({ timeout: 0 });
    return this.#open();
  }
}
