import { setTimeout as pause } from 'node:timers/promises';
import { connect, type SqlClient } from './connect.ts';
import type { Log } from './log.ts';

export interface Listening {
  unlisten(): Promise<void>;
}

const RENEW_PAUSE_MS = 200;

/**
 * LISTEN on a connection of its own, taken up again whenever that is lost. `onNotify` is also called after each such gap,
 * for what may have been missed in it.
 */
export async function listen(
  url: string,
  channel: string,
  onNotify: () => void,
  log: Log,
): Promise<Listening> {
  let client: SqlClient | undefined;
  let isEnded = false;

  async function start(): Promise<void> {
    const started = connect(url, {
      max: 1,
      isPermanent: true,
      applicationName: 'carrick-listen',
      onNotify,
      onClose: () => void renew(started),
    });
    await started`listen ${started(channel)}`;
    client = started;
  }

  async function renew(lost: SqlClient): Promise<void> {
    if (client !== lost || isEnded) return; // one that never listened is reported by start()
    client = undefined;
    await lost.end({ timeout: 0 });
    while (!isEnded) {
      try {
        await start();
        onNotify();
        return;
      } catch (error) {
        log.warn({ err: error }, 'not listening to PostgreSQL');
        await pause(RENEW_PAUSE_MS);
      }
    }
  }

  await start();
  return {
    async unlisten() {
      isEnded = true;
      await client?.end({ timeout: 1 });
    },
  };
}
