import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureTenant, type TenantDetails } from '../../packages/cli/src/ensure-tenant.ts';
import {
  configOf,
  createLog,
  createPlatform,
  dumpRecords,
  type Platform,
} from '../../packages/platform/src/index.ts';
import { type TestDatabase, testDatabase } from '../../packages/platform/src/kernel/testing.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..');
const GUIDE = join(REPOSITORY, 'docs', 'guides', 'build-your-integration.md');

/** The machine's oldest Node from 20 on: what runs the tests is newer than what an ATS may have. */
function oldestNode(): { readonly path: string; readonly major: number } {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map((dir) => join(dir, 'node'))
    .filter((path) => existsSync(path))
    .flatMap((path) => {
      const version = spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout ?? '';
      const major = Number.parseInt(version, 10);
      return major >= 20 ? [{ path, major }] : [];
    });
  return found.sort((a, b) => a.major - b.major)[0] ?? { path: process.execPath, major: 24 };
}

const node = oldestNode();
const reason = process.platform === 'win32' ? 'npm is started by its name' : null;
if (node.major > 20) console.warn(`CO50 runs on Node ${node.major}: there is no older one on this machine`);

// At the machine's own time: what runs in another process cannot turn a clock of ours.
let database: TestDatabase;
let platform: Platform;
let tenant: TenantDetails;
const dir = mkdtempSync(join(tmpdir(), 'carrick-package-'));
beforeAll(async () => {
  database = await testDatabase();
  const masterKey = `${'00'.repeat(31)}01`;
  platform = createPlatform(
    configOf({ databaseUrl: database.ownerUrl, masterKey, host: '127.0.0.1', port: 0 }),
    {
      log: createLog('silent'),
    },
  );
  await platform.start();
  tenant = await ensureTenant(platform.deployment, {
    label: 'package-test',
    organizationUrn: 'urn:li:organization:4gX03uw',
    name: 'Harbour Talent',
    atsName: 'Acme ATS',
    contractName: 'Harbour hiring',
    seats: [],
  });
});
afterAll(async () => {
  await platform.stop();
  await database.drop();
  rmSync(dir, { recursive: true, force: true });
});

/** Not `spawnSync`: the platform that it talks to runs in this process. */
function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, PATH: `${dirname(node.path)}${delimiter}${process.env.PATH}` },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      output += text;
    });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) =>
      code === 0 ? done(output) : fail(new Error(`${command} ${args.join(' ')} (${code}):\n${output}`)),
    );
  });
}

test.skipIf(reason)(
  'CO50 L-177 packed, both packages install into an empty folder and run the first hour of the guide on Node 20',
  async () => {
    const packed = join(dir, 'packed');
    await run(process.execPath, [join(REPOSITORY, 'scripts', 'pack.ts'), packed], REPOSITORY);
    const files = readdirSync(packed).map((name) => join(packed, name));
    expect(files).toHaveLength(2);
    const app = join(dir, 'app');
    await run('mkdir', [app], dir);
    writeFileSync(join(app, 'package.json'), '{"private":true}');
    await run(
      'npm',
      ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...files],
      app,
    );
    const [, program = ''] = /^```js\n([\s\S]*?)^```$/m.exec(readFileSync(GUIDE, 'utf8')) ?? [];
    writeFileSync(join(app, 'first-hour.mjs'), program);
    const { customer, organization, contract } = tenant;
    const sandbox = { baseUrl: platform.baseUrl, customer, organization, contract };
    writeFileSync(join(app, 'sandbox.json'), JSON.stringify(sandbox));
    const output = await run(node.path, ['first-hour.mjs'], app);
    expect(output).toContain('sent: 4');
    expect(output).toContain('ok   platform reached with these credentials');
    expect(output).toContain('TODO notifications come to this connector');
    const kinds: string[] = [];
    for await (const { kind } of dumpRecords(platform.deployment.ctx)) kinds.push(kind);
    expect(kinds.sort()).toEqual(['application', 'candidate', 'job', 'stage']);
    const sql = await run(
      'npx',
      ['--no-install', 'carrick-connector', 'outbox-sql', '--dialect', 'mysql'],
      app,
    );
    expect(sql).toContain('create table connector_change');
  },
  120_000,
);
