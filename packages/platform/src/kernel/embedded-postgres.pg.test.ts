import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connect, withAccount } from './connect.ts';
import { clusterPaths } from './create-cluster.ts';
import {
  type EmbeddedPostgres,
  overTcp,
  startEmbeddedPostgres,
  stopEmbeddedPostgres,
} from './embedded-postgres.ts';
import { silentLog } from './log.ts';
import { postgresProcessesIn, processIdentity } from './postgres-process.ts';

const isLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;

/** As hostile as a home can be: closed to everybody else, with spaces, longer than a socket's path may be. */
let home: string;
let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'closed home '));
  dataDir = join(
    home,
    'my projects',
    'a name that makes the path too long for a socket '.repeat(2),
    '.carrick',
  );
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await stopEmbeddedPostgres(dataDir);
  rmSync(home, { recursive: true });
});

const start = () => startEmbeddedPostgres({ dataDir, log: silentLog });

/** Another process that starts the server, says its address, runs `body`, and ends when its standard input does. */
async function startElsewhere(
  body = '',
): Promise<{ child: ChildProcess; ownerUrl: string; pid: number; lines(): string[] }> {
  const load = (file: string) => JSON.stringify(join(import.meta.dirname, file));
  const program = `
    import { startEmbeddedPostgres } from ${load('embedded-postgres.ts')};
    import { connect } from ${load('connect.ts')};
    import { silentLog } from ${load('log.ts')};
    const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: silentLog });
    console.log(JSON.stringify(postgres));
    process.stdin.resume().once('end', () => postgres.release());
    ${body}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  let output = '';
  const started = Promise.withResolvers<void>();
  child.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString();
    if (output.includes('\n')) started.resolve();
  });
  await started.promise;
  const lines = () => output.split('\n').slice(0, -1);
  const { ownerUrl, pid } = JSON.parse(lines()[0] ?? '') as EmbeddedPostgres; // what the program above printed
  return { child, ownerUrl, pid, lines: () => lines().slice(1) };
}

async function query(url: string, text: string): Promise<unknown[]> {
  const sql = connect(url, { max: 1 });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Every process of this cluster at once, as a power cut would. */
function killServer(pid: number): void {
  for (const each of isLinux ? postgresProcessesIn(clusterPaths(dataDir).cluster) : [pid])
    process.kill(each, 'SIGKILL');
}

test('RU3 the server runs for root, under a closed home, in a path with spaces, as another account', async () => {
  const postgres = await start();
  expect(await query(postgres.ownerUrl, 'select current_user as name, current_database() as base')).toEqual([
    { name: 'postgres', base: 'carrick' },
  ]);
  const account = statSync(clusterPaths(dataDir).cluster).uid;
  if (isRoot) expect(account).not.toBe(0);
  else expect(account).toBe(process.getuid?.());
  if (isLinux) expect(statSync(`/proc/${postgres.pid}`).uid).toBe(account);
  expect(Buffer.byteLength(join(postgres.socketDir, `.s.PGSQL.${postgres.port}`))).toBeLessThan(108);
  await postgres.release();
});

test('RU3 text is UTF-8, upper and lower case and words are known in every script, order is by code point', async () => {
  const postgres = await start();
  const [row] = await query(
    postgres.ownerUrl,
    `select lower('ÄÉИΣ') as lower, to_tsvector('simple', 'Müller—Schmidt “Иван”')::text as words,
      array(select x from unnest(array['b', 'a', 'Z']) x order by x) as sorted`,
  );
  expect(row).toEqual({ lower: 'äéиσ', words: "'müller':1 'schmidt':2 'иван':3", sorted: ['Z', 'a', 'b'] });
  await postgres.release();
});

test('RU4 the server asks for its random password on the socket and on TCP, and listens on this machine only', async () => {
  const postgres = await start();
  const url = new URL(postgres.ownerUrl);
  expect(url.password.length).toBeGreaterThan(30);
  for (const file of [clusterPaths(dataDir).password, clusterPaths(dataDir).log, clusterPaths(dataDir).run]) {
    expect(statSync(file).mode & 0o077).toBe(0);
  }
  for (const address of [postgres.ownerUrl, overTcp(postgres.ownerUrl)]) {
    expect(await query(address, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    await expect(query(withAccount(address, 'postgres', 'wrong'), 'select 1')).rejects.toMatchObject({
      code: '28P01',
    });
  }
  await postgres.release();
});

test('RU4 the server does not inherit the environment of the process that started it', async () => {
  if (!isLinux) return;
  const postgres = await start();
  expect(readFileSync(`/proc/${postgres.pid}/environ`, 'utf8').split('\0').filter(Boolean).sort()).toEqual([
    'HOME=/',
    'LC_ALL=C',
    'PATH=/usr/bin:/bin',
    'PGSSLMODE=disable',
    'TZ=UTC',
    'USER=postgres',
  ]);
  await postgres.release();
});

test('RU5 what statements and records say never reaches the log', async () => {
  const postgres = await start();
  const sql = connect(postgres.ownerUrl, { max: 1 });
  await sql`create table person (email text primary key, age int)`;
  await sql`insert into person values (${'grace@example.com'}, 1)`;
  const failing = [
    sql`insert into person values (${'grace@example.com'}, 2)`,
    sql`insert into person select ${'heidi@example.com'}, (${'ivan@example.com'}::text)::int`,
    sql.unsafe(`select 'judy@example.com'::int`),
    sql.unsafe(`do $$ begin raise warning 'ken@example.com'; raise exception 'leo@example.com'; end $$`),
    sql.unsafe(`select from nowhere where email = 'mia@example.com'`),
  ];
  for (const result of await Promise.allSettled(failing)) expect(result.status).toBe('rejected');
  await sql`drop table person`;
  await sql.end();
  await postgres.release();
  const log = readFileSync(clusterPaths(dataDir).log, 'utf8');
  expect(log).toContain('database system is ready');
  expect(log).not.toContain('example.com');
});

test('RU6 whoever comes first starts it, everybody uses the same, the last one out stops it', async () => {
  const all = await Promise.all([start(), start(), start(), start(), start()]);
  expect(new Set(all.map(({ pid }) => pid)).size).toBe(1);
  const identity = processIdentity(all[0].pid);
  const elsewhere = await startElsewhere();
  expect(elsewhere.pid).toBe(all[0].pid);
  for (const each of all) await each.release();
  await all[0].release();
  expect(processIdentity(elsewhere.pid)).toBe(identity);
  expect(await query(elsewhere.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  elsewhere.child.stdin?.end();
  await once(elsewhere.child, 'exit');
  expect(processIdentity(elsewhere.pid)).toBeNull();
  expect(existsSync(all[0].socketDir)).toBe(false);
});

test('RU7 a process that is killed leaves the server running, and the next one uses and stops it', async () => {
  const elsewhere = await startElsewhere();
  elsewhere.child.kill('SIGKILL');
  await once(elsewhere.child, 'exit');
  expect(processIdentity(elsewhere.pid)).not.toBeNull();
  const postgres = await start();
  expect(postgres.pid).toBe(elsewhere.pid);
  expect(postgres.ownerUrl).toBe(elsewhere.ownerUrl);
  await expect.poll(async () => (await leases(postgres)).length).toBe(1);
  await postgres.release();
  expect(processIdentity(postgres.pid)).toBeNull();
});

async function leases({ ownerUrl }: EmbeddedPostgres): Promise<unknown[]> {
  return query(ownerUrl, `select pid from pg_stat_activity where application_name = 'carrick-lease'`);
}

test('RU8 after a kill of everything at once, every acknowledged row is there', async () => {
  const elsewhere = await startElsewhere(`
    const sql = connect(postgres.ownerUrl, { max: 4 });
    await sql\`create table if not exists written (id int primary key)\`;
    await sql\`truncate written\`;
    let next = 0;
    const write = async () => {
      for (;;) {
        const id = next++;
        await sql\`insert into written values (\${id})\`;
        console.log(id);
      }
    };
    for (let i = 0; i < 4; i++) void write();`);
  await expect.poll(() => elsewhere.lines().length, { timeout: 60_000 }).toBeGreaterThan(200);
  elsewhere.child.kill('SIGKILL');
  killServer(elsewhere.pid);
  await once(elsewhere.child, 'close');

  const postgres = await start();
  expect(postgres.pid).not.toBe(elsewhere.pid);
  const rows = (await query(postgres.ownerUrl, 'select id from written')) as { id: number }[]; // the table made above
  const found = new Set(rows.map(({ id }) => String(id)));
  expect(elsewhere.lines().filter((id) => !found.has(id))).toEqual([]);
  await postgres.release();
});

test('RU9 a process id that belongs to another process by now, or to a zombie, is not taken for the server', async () => {
  const first = await start();
  await first.release();
  const { cluster, run } = clusterPaths(dataDir);
  const account = statSync(cluster);
  // Under the very account of the server, whose processes PostgreSQL itself would take for its own.
  const stranger = spawn('sleep', ['3600'], isRoot ? { uid: account.uid, gid: account.gid } : {});
  children.push(stranger);
  const pidFile = (pid: number) => {
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${pid}\n${cluster}\n1\n${first.port}\n/tmp\n127.0.0.1\n0 0\nready\n`,
    );
    writeFileSync(run, JSON.stringify({ ...first, pid, identity: `${pid} 1 another-boot` }));
  };
  pidFile(stranger.pid ?? 0);
  const second = await start();
  expect(second.pid).not.toBe(stranger.pid);
  await second.release();
  expect(stranger.exitCode).toBeNull();

  if (!isLinux) return;
  // The shell's child ends and nobody asks for it: `exec` left a parent that knows of no child. The child waits
  // until it has, as the shell itself would have asked.
  const parent = spawn('sh', ['-c', 'sh -c "read line <&3" & echo $!; exec sleep 3600'], {
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
  });
  children.push(parent);
  const [printed] = (await once(parent.stdout as Readable, 'data')) as [Buffer];
  const zombie = Number(printed.toString());
  await expect
    .poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim(), { timeout: 60_000 })
    .toBe('sleep');
  (parent.stdio[3] as Writable).end('\n');
  await expect
    .poll(() => readFileSync(`/proc/${zombie}/stat`, 'utf8'), { timeout: 60_000 })
    .toContain(') Z ');
  expect(processIdentity(zombie)).toBeNull();
  pidFile(zombie);
  const third = await start();
  expect(await query(third.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  await third.release();
});

test('RU9 what an interrupted creation left is not mistaken for a cluster', async () => {
  const other = join(home, 'interrupted');
  const { cluster } = clusterPaths(other);
  mkdirSync(`${cluster}.new/base`, { recursive: true });
  const postgres = await startEmbeddedPostgres({ dataDir: other, log: silentLog });
  expect(await query(postgres.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  await postgres.release();
});

test('RU9 a server that cannot start says why', async () => {
  const failing = startEmbeddedPostgres({ dataDir, log: silentLog, settings: { shared_buffers: 'plenty' } });
  await expect(failing).rejects.toThrow(/did not start[\s\S]*shared_buffers/);
  const postgres = await start();
  await postgres.release();
});

test('RU11 a server that dies under a lease comes back at the same address', async () => {
  const postgres = await start();
  await query(postgres.ownerUrl, 'create table if not exists kept (id int)');
  killServer(postgres.pid);
  await expect
    .poll(async () => query(postgres.ownerUrl, 'select * from kept').catch(() => null), { timeout: 60_000 })
    .toEqual([]);
  await expect.poll(async () => (await leases(postgres)).length).toBe(1);
  await postgres.release();
  expect(existsSync(postgres.socketDir)).toBe(false);
});
