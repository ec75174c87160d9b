import { type Config, configOf } from '../config.ts';
import { createPlatform, type Platform, type PlatformSurroundings } from '../index.ts';
import { createLog } from '../kernel/log.ts';
import { TEST_MASTER_KEY, type TestDatabase, testDatabase } from '../kernel/testing.ts';

export interface ServedPlatform {
  readonly platform: Platform;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

/** A platform that listens, on a database of its own. */
export async function servePlatform(
  options: Partial<Config> = {},
  surroundings: PlatformSurroundings = {},
): Promise<ServedPlatform> {
  const database = await testDatabase();
  const masterKey = TEST_MASTER_KEY.toString('hex');
  const config = configOf({ databaseUrl: database.ownerUrl, masterKey, port: 0, ...options });
  const platform = createPlatform(config, { log: createLog('silent'), ...surroundings });
  await platform.start();
  return {
    platform,
    database,
    async close() {
      await platform.stop();
      await database.drop();
    },
  };
}
