import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import setup from '../../../../tests/global-setup.ts';
import { appLogin } from './app-role.ts';
import { connect } from './connect.ts';
import { processIdentity } from './postgres-process.ts';
import { TEST_MASTER_KEY, testDatabase } from './testing.ts';

test('RU27 every test file has a migrated database of its own, and leaves none behind', async () => {
  const [one, two] = [await testDatabase(), await testDatabase()];
  expect(one.ownerUrl).not.toBe(two.ownerUrl);
  const [row] = await one.db
    .lookup`select current_user as name, count(*) as migrations from information_schema.tables
    where table_name in ('candidate', 'organisation') and table_schema = 'public'`;
  expect(row).toEqual({ name: appLogin(TEST_MASTER_KEY), migrations: 2 });
  await one.drop();
  const owner = connect(two.ownerUrl, { max: 1 });
  const name = new URL(one.ownerUrl).pathname.slice(1);
  expect((await owner`select 1 from pg_database where datname = ${name}`).length).toBe(0);
  await owner.end();
  await two.drop();
});

test('RU27 a run that was killed has its server stopped by the next, and a run that ends leaves nothing', async () => {
  const program = `
    import { mkdirSync } from 'node:fs';
    import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'embedded-postgres.ts'))};
    const dataDir = ${JSON.stringify(join(tmpdir(), 'carrick-test-'))} + process.pid;
    mkdirSync(dataDir);
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const { pid } = await startEmbeddedPostgres({ dataDir, log });
    console.log(JSON.stringify({ dataDir, pid }));
    process.kill(process.pid, 'SIGKILL');`;
  const killed = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  killed.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString();
  });
  await once(killed, 'close');
  const leftover = JSON.parse(output) as { dataDir: string; pid: number }; // what the program above printed
  expect(processIdentity(leftover.pid)).not.toBeNull();

  let provided = '';
  const provide = (_key: string, value: string) => {
    provided = value;
  };
  const teardown = await setup({ provide } as unknown as Parameters<typeof setup>[0]); // all that it uses of a project
  expect(processIdentity(leftover.pid)).toBeNull();
  expect(existsSync(leftover.dataDir)).toBe(false);
  expect(existsSync(provided)).toBe(true);
  await teardown();
  expect(existsSync(provided)).toBe(false);
});
