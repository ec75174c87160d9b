/**
 * `npm run bench -- push [--notifications 30000] [--destinations 50] [--rounds 3]`: deliveries a second out of a full outbox, to
 * receivers on loopback, against bare HTTP POSTs of the same bytes to the same receivers from one process in the same run. The
 * receivers, the platform and PostgreSQL are processes of their own. JSON on stdout.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { notificationBody } from '@carrick/protocol';
import { configOf, createLog, openDeployment } from '../../packages/platform/src/index.ts';
import { signatureHeaders } from '../../packages/platform/src/push/sign.ts';
import { type CpuMs, cpuMeter, postmasterPid } from '../ingest/cpu.ts';
import { type Customer, createCustomers, notifyCustomer } from './customers.ts';

const { values } = parseArgs({
  options: {
    notifications: { type: 'string', default: '30000' },
    destinations: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '3' },
  },
});
const [notifications, destinations, rounds] = [
  Number(values.notifications),
  Number(values.destinations),
  Number(values.rounds),
];
const perDestination = Math.floor(notifications / rounds / destinations);
const BATCH = 50;
/** As run.mjs starts it. */
const NODE_FLAGS = ['--max-semi-space-size=32', '--heap-growing-percent=100'];

const dataDir = mkdtempSync(join(tmpdir(), 'carrick-bench-push-'));
const receiver = fork(join(import.meta.dirname, 'receiver.ts'));
const [{ port }] = (await once(receiver, 'message')) as [{ port: number }];
const config = configOf({ dataDir, callbackUrls: 'loopback', poolSize: 4 });
const deployment = await openDeployment(config, { log: createLog('warn') });
const { ctx } = deployment;
const customers = await createCustomers(ctx, destinations, (n) => `http://127.0.0.1:${port}/ats/${n}`);

const turns: { push: number[]; bare: number[] } = { push: [], bare: [] };
let peakRssMb = 0;
/** Milliseconds of processor time for a delivery, by who spends it. */
const cpuMs: CpuMs[] = [];
for (let round = 0; round < rounds; round++) {
  await fill(customers, perDestination);
  turns.push.push(await drain());
  turns.bare.push(await barePosts(perDestination * destinations));
  process.stderr.write(
    `round ${round + 1}: ${turns.push.at(-1)} deliveries/s, bare ${turns.bare.at(-1)} POSTs/s, ${peakRssMb} MB\n`,
  );
}
await deployment.close();
receiver.disconnect();
rmSync(dataDir, { recursive: true, force: true });
const deliveriesPerSecond = middle(turns.push);
const barePostsPerSecond = middle(turns.bare);
const ratio = middle(turns.push.map((rate, round) => rate / (turns.bare[round] ?? Number.NaN)));
process.stdout.write(
  `${JSON.stringify({
    notifications: perDestination * destinations * rounds,
    destinations,
    deliveriesPerSecond,
    cpuMsPerDelivery: {
      sender: Math.round(middle(cpuMs.map(({ server }) => server)) * 1000) / 1000,
      postgres: Math.round(middle(cpuMs.map(({ postgres }) => postgres)) * 1000) / 1000,
    },
    senderPeakRssMb: peakRssMb,
    floor: { barePostsPerSecond },
    ratioToBarePosts: Math.round(ratio * 100) / 100,
    rounds: turns,
  })}\n`,
);
process.exit();

/** Writes everything that is to be sent; nobody sends yet. */
async function fill(all: readonly Customer[], each: number): Promise<void> {
  const queue = [...all];
  const write = async () => {
    for (let customer = queue.pop(); customer; customer = queue.pop())
      for (let done = 0; done < each; done += BATCH)
        await notifyCustomer(ctx, customer, Math.min(BATCH, each - done));
  };
  await Promise.all(Array.from({ length: 4 }, write));
}

/** @returns deliveries a second, from when the platform is ready until the last one is on disk */
async function drain(): Promise<number> {
  const total = perDestination * destinations;
  const before = await receivedCount();
  const sender = fork(join(import.meta.dirname, 'sender.ts'), [dataDir], { execArgv: NODE_FLAGS });
  await once(sender, 'message');
  // It began before it said that it is ready: counted is what comes from now on.
  const startedAt = performance.now();
  const cpu = cpuMeter(sender.pid ?? 0, postmasterPid(dataDir));
  const early = (await receivedCount()) - before;
  const spentBefore = cpu.read();
  while ((await receivedCount()) - before < total) {
    peakRssMb = Math.max(peakRssMb, rssOf(sender));
    await sleep(20);
  }
  while ((await pendingCount()) > 0) await sleep(20);
  const spent = cpu.read();
  const each = (name: keyof CpuMs) => (spent[name] - spentBefore[name]) / (total - early);
  cpuMs.push({ postgres: each('postgres'), server: each('server'), client: 0 });
  const rate = (total - early) / ((performance.now() - startedAt) / 1000);
  const received = (await receivedCount()) - before;
  if (received !== total) throw new Error(`${received} of ${total} were received`);
  sender.disconnect();
  await once(sender, 'exit');
  return Math.round(rate);
}

async function pendingCount(): Promise<number> {
  const counts = await Promise.all(
    customers.map(({ tenantId }) =>
      ctx.db.read(
        tenantId,
        async (tx) => tx<{ count: number }>`
        select count(*) as count from delivery where tenant_id = ${tenantId} and state = 'pending'`,
      ),
    ),
  );
  return counts.reduce((sum, [row]) => sum + (row?.count ?? 0), 0);
}

/** The floor: the same signed bytes, the same number of destinations at once, and nothing written down. */
async function barePosts(count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const startedAt = performance.now();
  let next = 0;
  const post = async (n: number) => {
    while (next++ < count) await postOne(agent, `http://127.0.0.1:${port}/ats/${n}`, `bare-${next}`);
  };
  await Promise.all(customers.map((_, n) => post(n)));
  agent.destroy();
  return Math.round(count / ((performance.now() - startedAt) / 1000));
}

function postOne(agent: Agent, url: string, id: string): Promise<void> {
  const body = notificationBody({ id, type: 'EXPORT_CANDIDATE_PROFILE', expiresAt: 1 });
  const signer = { secret: 'a client secret', formerSecret: null, isSecretKnown: false };
  const headers = { 'content-type': 'application/json', ...signatureHeaders(signer, { id, body, at: 0 }) };
  return new Promise((resolve, reject) => {
    request(
      url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
      (response) => response.resume().on('end', resolve),
    )
      .on('error', reject)
      .end(body);
  });
}

async function receivedCount(): Promise<number> {
  receiver.send({});
  const [{ received }] = (await once(receiver, 'message')) as [{ received: number }];
  return received;
}

function rssOf({ pid }: ChildProcess): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kilobytes ?? 0) / 1024);
  } catch {
    return 0; // the system does not tell
  }
}

function middle(all: readonly number[]): number {
  return all.toSorted((one, other) => one - other)[Math.floor(all.length / 2)] ?? 0;
}
