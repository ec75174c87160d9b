/**
 * `npm run soak -- customers [--customers 20] [--records 10000] [--kills 20]`: many customers of one ATS (on MariaDB), three of
 * whom reach a platform that answers 500 and 429 half of the time. While their histories are sent, records change and go, some
 * of it without the connector being told, and the connector is killed again and again. Then each customer is reconciled once:
 * both sides must be equal, and the platform itself must never have answered 429.
 * One line of JSON; exit code 1 when anything is missing, stale, left over or was throttled.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { RowDataPacket } from 'mysql2/promise';
import { outboxSql } from '../../packages/connector/src/index.ts';
import { startTestMariadb } from '../../packages/connector/src/testing-mariadb.ts';
import {
  historyOf,
  KINDS,
  openAts,
  openConnector,
  recordOf,
  type SoakSetup,
  TABLE,
  versionIn,
} from './ats.ts';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '20' },
    records: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '20' },
  },
});
const [customers, records, kills] = [Number(values.customers), Number(values.records), Number(values.kills)];
const BROKEN = 3;
const CHANGES = 40;
const LONGEST_LIFE_MS = 4_000;
const LONGEST_FINISH_MS = 30 * 60_000;
const MAIN = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts');

const dir = mkdtempSync(join(tmpdir(), 'carrick-soak-'));
const data = join(dir, 'data');
const carrick = (...args: string[]) =>
  spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CARRICK_LOG: 'error' },
  });

interface Tenant {
  readonly tenantId: number;
  readonly organization: string;
  readonly customer: { readonly clientId: string; readonly clientSecret: string };
}

const startedAt = performance.now();
let throttled = 0;
let mostMemory = 0;
const mariadb = await startTestMariadb();
const platform = carrick(
  'sandbox',
  '--port',
  '0',
  '--data',
  data,
  '--quotas',
  'on',
  '--tenants',
  String(customers),
  '--json',
);
const servers: Server[] = [];
try {
  const sandbox = await firstLine<{ baseUrl: string; tenants: Tenant[] }>(platform);
  const [good, bad] = [await wire(sandbox.baseUrl, false), await wire(sandbox.baseUrl, true)];
  writeFileSync(join(dir, 'ats.sql'), TABLE);
  const setup: SoakSetup = {
    database: await mariadb.database('soak', join(dir, 'ats.sql')),
    customers: sandbox.tenants.map(({ organization, customer }, index) => ({
      id: `c${index}`,
      baseUrl: index < BROKEN ? bad : good,
      organization,
      ...customer,
    })),
  };
  const file = join(dir, 'setup.json');
  writeFileSync(file, JSON.stringify(setup));
  const pool = openAts(setup);
  await pool.query(outboxSql('mysql'));
  const connector = openConnector(pool);
  const each = Math.max(3, Math.floor(records / customers / KINDS.length));
  for (const { id, baseUrl, organization, clientId, clientSecret } of setup.customers) {
    await connector.customers.add({
      id,
      name: id,
      organization,
      credentials: { clientId, clientSecret },
      viewers: 'everyone',
      platform: { baseUrl },
    });
    for (const kind of KINDS)
      await pool.query(
        `insert into ats_row select ?, ?, seq, 0 from seq_1_to_${kind === 'job' ? Math.max(1, each >> 4) : each}`,
        [id, kind],
      );
  }
  for (let kill = 1; kill <= kills; kill++) {
    const child = start(file);
    const life = sleep(LONGEST_LIFE_MS * (0.25 + 0.75 * Math.random()));
    await change();
    await life;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const last = start(file);
  const deadline = performance.now() + LONGEST_FINISH_MS;
  while (!(await isDone())) {
    if (performance.now() > deadline) throw new Error('the histories did not end');
    await sleep(1_000);
  }
  last.kill('SIGTERM');
  await once(last, 'exit');
  const reconciled = await Promise.all(
    setup.customers.map(({ id }) => connector.reconcile(id, historyOf(pool, id))),
  );
  const mended = reconciled
    .flatMap(({ kinds }) => Object.values(kinds))
    .reduce((sum, { sent, deleted }) => sum + sent + deleted, 0);
  const differences = await compare(sandbox.tenants);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const memoryMb = Math.round(mostMemory / 1e6);
  console.log(
    JSON.stringify({ customers, records, kills, seconds, memoryMb, mended, throttled, ...differences }),
  );
  process.exitCode =
    throttled + Object.values(differences).reduce((sum, count) => sum + count, 0) === 0 ? 0 : 1;
  await pool.end();

  /** As the ATS's own code does it; every fifth change the connector is not told of. */
  async function change(): Promise<void> {
    for (let index = 0; index < CHANGES; index++) {
      const { id: customerId } = setup.customers[Math.floor(Math.random() * customers)] ?? { id: 'c0' };
      const kind = Math.random() < 0.5 ? 'candidate' : 'application';
      const id = 1 + Math.floor(Math.random() * each);
      const isGone = Math.random() < 0.1;
      const connection = await pool.getConnection();
      try {
        await connection.beginTransaction();
        const key = [customerId, kind, id];
        const where = 'where customer_id = ? and kind = ? and id = ?';
        if (isGone) await connection.query(`delete from ats_row ${where}`, key);
        else await connection.query(`update ats_row set version = version + 1 ${where}`, key);
        const [[row]] = await connection.query<RowDataPacket[]>(`select version from ats_row ${where}`, key);
        const record = row ? recordOf(kind, id, Number(row.version)) : null;
        if (index % 5 > 0) await connector.record(connection, customerId, kind, String(id), record as never); // of that kind
        if (index % 7 > 0) await connection.commit();
        else await connection.rollback();
      } finally {
        connection.release();
      }
    }
  }

  async function isDone(): Promise<boolean> {
    const [[waiting]] = await pool.query<RowDataPacket[]>('select count(*) as n from connector_change');
    const all = await connector.customers.list();
    return Number(waiting?.n) === 0 && all.every(({ historySentAt }) => historySentAt !== null);
  }

  async function compare(
    tenants: readonly Tenant[],
  ): Promise<{ missing: number; stale: number; left: number }> {
    const expected = new Map<string, string>();
    const [rows] = await pool.query<RowDataPacket[]>('select customer_id, kind, id, version from ats_row');
    for (const { customer_id, kind, id, version } of rows)
      expected.set(`${customer_id} ${kind} ${id}`, `Version ${version}`);
    const idOf = new Map(tenants.map(({ tenantId }, index) => [tenantId, `c${index}`]));
    let [stale, left] = [0, 0];
    const dump = carrick('dump', '--json', '--data', data);
    for await (const line of createInterface({ input: dump.stdout })) {
      const stored = JSON.parse(line) as {
        tenant: number;
        kind: string;
        key: unknown[];
        record: Record<string, unknown>;
      };
      const name = `${idOf.get(stored.tenant)} ${stored.kind} ${stored.key.join(' ')}`;
      const version = expected.get(name);
      expected.delete(name);
      if (version === undefined) left++;
      else if (version !== versionIn(stored.record)) stale++;
    }
    return { missing: expected.size, stale, left };
  }
} finally {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  platform.kill('SIGINT');
  await once(platform, 'exit');
  await mariadb.stop();
  rmSync(dir, { recursive: true, force: true });
}

function start(file: string): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ats.ts'), file], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    mostMemory = Math.max(mostMemory, Number(line));
  });
  return child;
}

/** The way to the platform: counts what it throttles; a bad one answers every other request itself. */
async function wire(target: string, isBad: boolean): Promise<string> {
  const server = createServer((request, response) => {
    if (isBad && Math.random() < 0.5) {
      request.resume();
      response.writeHead(Math.random() < 0.5 ? 500 : 429, { 'retry-after': '1' }).end('{}');
      return;
    }
    const onward = httpRequest(
      new URL(request.url ?? '', target),
      { method: request.method, headers: request.headers },
      (answer) => {
        if (answer.statusCode === 429) throttled++;
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.once('error', () => response.destroy());
    request.pipe(onward);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on a port: never a path
}

async function firstLine<T>(child: ChildProcess): Promise<T> {
  for await (const line of createInterface({ input: child.stdout ?? process.stdin }))
    return JSON.parse(line) as T; // documented in its help
  throw new Error('the sandbox ended before it was ready');
}
