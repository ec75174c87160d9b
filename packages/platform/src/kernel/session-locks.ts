import { connect, type SqlClient } from './connect.ts';

/**
 * Who does what, among several processes. Advisory locks of one connection: they need no expiry and no clock, and PostgreSQL gives
 * them free when the process or the connection dies.
 */
export interface SessionLocks {
  /** @returns those that were free; one that is held already must not be asked for again */
  take(names: readonly string[]): Promise<Set<string>>;
  give(names: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Connects when first asked. `onLost`: the connection has gone, and all locks with it. */
export function openSessionLocks(url: string, onLost: () => void): SessionLocks {
  let client: SqlClient | undefined;
  let isClosed = false;

  function open(): SqlClient {
    const opened = connect(url, {
      max: 1,
      isPermanent: true,
      applicationName: 'carrick-locks',
      onClose: () => {
        if (client !== opened) return;
        client = undefined;
        if (!isClosed) onLost();
        void opened.end({ timeout: 0 });
      },
    });
    return opened;
  }

  return {
    async take(names) {
      if (isClosed || names.length === 0) return new Set();
      client ??= open();
      const rows = await client<{ name: string }[]>`
        select name from unnest(${[...names]}::text[]) as name where pg_try_advisory_lock(hashtextextended(name, 0))`;
      return new Set(rows.map(({ name }) => name));
    },
    async give(names) {
      // Without a connection there is nothing left to give.
      if (client && names.length > 0)
        await client`select pg_advisory_unlock(hashtextextended(name, 0)) from unnest(${[...names]}::text[]) as name`;
    },
    async close() {
      isClosed = true;
      await client?.end({ timeout: 1 });
    },
  };
}
