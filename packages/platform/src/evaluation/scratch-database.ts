import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '../kernel/embedded-postgres.ts';
import type { Log } from '../kernel/log.ts';

export interface ScratchDatabase {
  /** For `configOf`: whoever opens it finds the server running. */
  readonly dataDir: string;
  remove(): Promise<void>;
}

/** A crash may lose all of it: nothing is waited for until it is on disk. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '4GB' };

/** A database of its own in a temporary folder, gone with `remove`. */
export async function createScratchDatabase(log: Log): Promise<ScratchDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'carrick-scratch-'));
  const remove = async () => {
    await stopEmbeddedPostgres(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const server = await startEmbeddedPostgres({ dataDir, log, settings: SETTINGS });
    return {
      dataDir,
      async remove() {
        await server.release();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
