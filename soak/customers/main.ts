/**
 * `npm run soak -- customers [--customers 200] [--records 20000] [--kills 20] [--memory 300]`: many customers of one ATS (on
 * MariaDB), three of whom reach a platform that answers 500 and 429 half of the time. While their histories are sent, records
 * change and go, some of it without the connector being told, and the connector is killed again and again; more changes when they
 * are sent. Then each customer is reconciled once, and both sides must prove equal by their digests. The platform itself must never
 * have answered 429, the connector's memory must stay below so many megabytes, and by a turned clock it must have used 95 % of its
 * quota. Progress on stderr, one line of JSON on stdout; exit code 1 when anything of that does not hold. The issue's own size:
 * `--records 1000000`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Pool } from 'mysql2/promise';
import type { AtsConnector } from '../../packages/connector/src/index.ts';
import { outboxSql } from '../../packages/connector/src/index.ts';
import { startTestMariadb } from '../../packages/connector/src/testing-mariadb.ts';
import { changeSome, fillAts, historyOf, openAts, openConnector, type SoakSetup, TABLE } from './ats.ts';
import { measureRate } from './measure-rate.ts';
import { openWire, startSandbox } from './platform.ts';
import { differencesOf } from './prove-equal.ts';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '200' },
    records: { type: 'string', default: '20000' },
    kills: { type: 'string', default: '20' },
    memory: { type: 'string', default: '300' },
  },
});
const [customers, records, kills] = [Number(values.customers), Number(values.records), Number(values.kills)];
const BROKEN = 3;
const CHANGES = 40;
/** When all histories are sent: a fifth of them is found by nothing but the reconcile. */
const LATE_CHANGES = 1000;
const LONGEST_LIFE_MS = 4_000;
const LONGEST_FINISH_MS = 4 * 3_600_000;
/** Node takes what it may: what it needs is seen where it may take little. In MB. */
const HEAP = ['--max-old-space-size=160', '--max-semi-space-size=8'];
/** Customers that are reconciled or compared at the same time. */
const AT_ONCE = 8;
/** The connector aims at 95 %. */
const LEAST_SHARE = 0.945;

const startedAt = performance.now();
const dir = mkdtempSync(join(tmpdir(), 'carrick-soak-'));
/** What has to be stopped, the last first. */
const running: (() => unknown)[] = [() => rmSync(dir, { recursive: true, force: true })];
let mostMemory = 0;
try {
  const rate = await measureRate(dir);
  say(`the rate is ${rate.share} of the quota`);
  const sandbox = await startSandbox(join(dir, 'data'), '--tenants', String(customers));
  running.push(() => sandbox.stop());
  say(`the platform has ${sandbox.tenants.length} tenants`);
  const [good, bad] = [await openWire(sandbox.baseUrl), await openWire(sandbox.baseUrl, true)];
  running.push(good.close, bad.close);
  const mariadb = await startTestMariadb({ cacheMb: 512 });
  running.push(() => mariadb.stop());
  writeFileSync(join(dir, 'ats.sql'), TABLE);
  const setup: SoakSetup = {
    database: await mariadb.database('soak', join(dir, 'ats.sql')),
    customers: sandbox.tenants.map(({ organization, customer }, index) => ({
      id: `c${index}`,
      baseUrl: index < BROKEN ? bad.baseUrl : good.baseUrl,
      organization,
      ...customer,
    })),
  };
  const file = join(dir, 'setup.json');
  writeFileSync(file, JSON.stringify(setup));
  const pool = openAts(setup);
  running.push(() => pool.end());
  await pool.query(outboxSql('mysql'));
  const connector = openConnector(pool);
  for (const { id, baseUrl, organization, clientId, clientSecret } of setup.customers)
    await connector.customers.add({
      id,
      name: id,
      organization,
      credentials: { clientId, clientSecret },
      viewers: 'everyone',
      platform: { baseUrl },
    });
  const ids = setup.customers.map(({ id }) => id);
  const held = await fillAts(pool, ids, records);

  for (let kill = 1; kill <= kills; kill++) {
    const child = start(file);
    const life = sleep(LONGEST_LIFE_MS * (0.25 + 0.75 * Math.random()));
    for (let index = 0; index < CHANGES; index++) await changeSome(pool, connector, ids, index);
    await life;
    child.kill('SIGKILL');
    await once(child, 'exit');
    say(`killed ${kill} of ${kills} times`);
  }
  await finish(file, pool, connector);
  for (let index = 0; index < LATE_CHANGES; index++) await changeSome(pool, connector, ids, index);
  await finish(file, pool, connector);
  let mended = 0;
  await each(ids, 'reconciled', async (id) => {
    const { kinds } = await connector.reconcile(id, historyOf(pool, id));
    for (const { sent, deleted } of Object.values(kinds)) mended += sent + deleted;
  });
  let proven = 0;
  let differences = 0;
  await each(setup.customers, 'compared', async (customer) => {
    const found = await differencesOf({ ...customer, baseUrl: good.baseUrl }, () =>
      historyOf(pool, customer.id),
    );
    differences += found ?? 0;
    if (found === 0) proven++;
  });
  const throttled = rate.throttled + good.throttled() + bad.throttled();
  const memoryMb = Math.round(mostMemory / 1e6);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const figures = { customers, records: held, kills, seconds, memoryMb, mended, throttled };
  console.log(JSON.stringify({ ...figures, rateShare: rate.share, proven, differences }));
  const isFine =
    throttled === 0 && proven === customers && memoryMb <= Number(values.memory) && rate.share >= LEAST_SHARE;
  process.exitCode = isFine ? 0 : 1;
} finally {
  for (const stop of running.reverse()) await stop();
}

/** Lets the connector come to its end: all histories sent, nothing waiting. */
async function finish(file: string, pool: Pool, connector: AtsConnector<never>): Promise<void> {
  const last = start(file);
  const deadline = performance.now() + LONGEST_FINISH_MS;
  for (;;) {
    const all = await connector.customers.list();
    const done = all.filter(({ historySentAt }) => historySentAt !== null).length;
    const [rows] = await pool.query('select count(*) as n from connector_change');
    const waiting = Number((rows as { n: unknown }[])[0]?.n); // one row, always
    if (waiting === 0 && done === all.length) break;
    if (performance.now() > deadline) throw new Error('the histories did not end');
    say(`${done} of ${all.length} histories are sent, ${waiting} changes wait`);
    await sleep(5_000);
  }
  last.kill('SIGTERM');
  await once(last, 'exit');
}

/** Does it for all of them, a few at a time. */
async function each<T>(items: readonly T[], done: string, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  let count = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of left) {
        await work(item);
        if (++count % 20 === 0) say(`${done} ${count} of ${items.length}`);
      }
    }),
  );
}

function start(file: string): ChildProcess {
  const child = spawn(process.execPath, [...HEAP, join(import.meta.dirname, 'ats.ts'), file], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    mostMemory = Math.max(mostMemory, Number(line));
  });
  return child;
}

function say(text: string): void {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stderr.write(`soak customers, ${seconds} s: ${text}\n`);
}
