/**
 * `npm run soak -- push [--notifications 100000] [--kills 20] [--seconds 30]`: 50 destinations, of which 5 hang, 5 answer 500 and 5
 * cut the connection. First everything is notified while the platform is killed again and again, and then its clock is turned
 * until nothing is pending: every notification was delivered or is dead, and first attempts came in commit order. Then, in a
 * new world without kills, 200 a second: how long healthy destinations wait from the commit to the POST.
 * One line of JSON; exit code 1 when it is not as it should be.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Customer, createCustomers, notifyCustomer } from '../bench/push/customers.ts';
import { configOf, createLog, type Deployment, openDeployment } from '../packages/platform/src/index.ts';

const DESTINATIONS = 50;
const EACH_KIND_OF_BAD = 5;
const BAD = 3 * EACH_KIND_OF_BAD;
const BATCH = 20;
const WRITERS = 4;
const MINUTE_MS = 60_000;
const LATEST_P95_MS = 100;
/** A schedule takes 75 hours, and more where the clock is turned in great steps. */
const LONGEST_HOURS = 160;

const { values } = parseArgs({
  options: {
    notifications: { type: 'string', default: '100000' },
    kills: { type: 'string', default: '20' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '30' },
  },
});
const [notifications, kills, rate, seconds] = [
  Number(values.notifications),
  Number(values.kills),
  Number(values.rate),
  Number(values.seconds),
];

interface World {
  readonly deployment: Deployment;
  readonly customers: readonly Customer[];
  /** When each id first arrived, by destination, in the order of arrival. */
  readonly arrived: readonly Map<string, number>[];
  /** Requests in all, repeats included. */
  requests(): number;
  startSender(turnedMs: number): Promise<ChildProcess>;
  close(): Promise<void>;
}

async function openWorld(): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), 'carrick-soak-push-'));
  const arrived = Array.from({ length: DESTINATIONS }, () => new Map<string, number>());
  let requests = 0;
  const server = createServer((request, response) => {
    const n = Number(request.url?.split('/').at(-1));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {}); // the sender was killed
    request.on('end', () => {
      const { id } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { id: string };
      requests += 1;
      const seen = arrived[n];
      if (seen && !seen.has(id)) seen.set(id, performance.now());
      if (n < EACH_KIND_OF_BAD) return; // hangs
      if (n < 2 * EACH_KIND_OF_BAD) response.writeHead(500).end();
      else if (n < BAD) response.destroy();
      else response.writeHead(204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port
  const config = configOf({ dataDir, callbackUrls: 'loopback', poolSize: WRITERS });
  const deployment = await openDeployment(config, { log: createLog('warn') });
  const urlOf = (n: number) => `http://127.0.0.1:${port}/${n}`;
  const customers = await createCustomers(deployment.ctx, DESTINATIONS, urlOf);
  return {
    deployment,
    customers,
    arrived,
    requests: () => requests,
    async startSender(turnedMs) {
      const script = join(import.meta.dirname, '..', 'bench', 'push', 'sender.ts');
      const sender = fork(script, [dataDir, String(turnedMs)]);
      await once(sender, 'message');
      return sender;
    },
    async close() {
      await deployment.close();
      server.closeAllConnections();
      server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function statesOf({ deployment, customers }: World): Promise<Map<string, string>[]> {
  return Promise.all(
    customers.map(async ({ tenantId }) => {
      const rows = await deployment.ctx.db.read(
        tenantId,
        async (tx) => tx<{ notification_id: string; state: string }>`
          select notification_id, state from delivery where tenant_id = ${tenantId} order by delivery_no`,
      );
      return new Map(rows.map(({ notification_id, state }) => [notification_id, state]));
    }),
  );
}

async function pendingOf({ deployment, customers }: World, from: number, to: number): Promise<number> {
  const counts = await Promise.all(
    customers.slice(from, to).map(({ tenantId }) =>
      deployment.ctx.db.read(
        tenantId,
        async (tx) => tx<{ count: number }>`
        select count(*) as count from delivery where tenant_id = ${tenantId} and state = 'pending'`,
      ),
    ),
  );
  return counts.reduce((sum, [row]) => sum + (row?.count ?? 0), 0);
}

/** Notifies everybody in turn. One writer for each destination, so that the order of commits is known. */
async function notifyAll(world: World, committed: readonly string[][], each: number): Promise<void> {
  const { ctx, outbox } = world.deployment;
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let done = 0; done < each; done += BATCH)
        for (let n = writer; n < DESTINATIONS; n += WRITERS) {
          const customer = world.customers[n];
          if (!customer) continue;
          const ids = await notifyCustomer(ctx, customer, Math.min(BATCH, each - done));
          outbox.signal();
          committed[n]?.push(...ids);
        }
    }),
  );
}

async function withKills() {
  const world = await openWorld();
  const each = Math.floor(notifications / DESTINATIONS);
  const committed = world.customers.map((): string[] => []);
  let sender = await world.startSender(0);
  let isNotified = false;
  const notifying = notifyAll(world, committed, each).then(() => {
    isNotified = true;
  });
  const arrivedAtHealthy = () => world.arrived.slice(BAD).reduce((sum, { size }) => sum + size, 0);
  const healthy = each * (DESTINATIONS - BAD);
  for (let kill = 1; kill <= kills; kill++) {
    while (arrivedAtHealthy() < (healthy * kill) / (kills + 1)) await sleep(10);
    sender.kill('SIGKILL');
    await once(sender, 'exit');
    sender = await world.startSender(0);
    process.stderr.write(`kill ${kill} of ${kills}: ${arrivedAtHealthy()} of ${healthy} have arrived\n`);
  }
  await notifying;
  while ((await pendingOf(world, BAD, DESTINATIONS)) > 0) await sleep(100);
  process.stderr.write(
    `all ${isNotified ? 'notified' : ''} and delivered to healthy destinations; the clock is turned\n`,
  );
  let turnedMs = 0;
  for (
    let left = 1;
    left > 0 && turnedMs < LONGEST_HOURS * 60 * MINUTE_MS;
    left = await pendingOf(world, 0, BAD)
  ) {
    // What is due begins within a second of the turn, and what hangs is given up when the clock is ten seconds on.
    for (const step of [turnedMs < 60 * MINUTE_MS ? 5 * MINUTE_MS : 120 * MINUTE_MS, 11_000]) {
      turnedMs += step;
      sender.send({ turnedMs });
      await sleep(1_200);
    }
  }
  const states = await statesOf(world);
  sender.kill('SIGTERM');
  const outOfOrder = world.arrived.filter((seen, n) => {
    const order = committed[n] ?? [];
    const expected = order.filter((id) => seen.has(id));
    return [...seen.keys()].some((id, index) => expected[index] !== id);
  }).length;
  const all = states.flatMap((each) => [...each.values()]);
  const count = (state: string) => all.filter((each) => each === state).length;
  const lost = states.flatMap((each, n) =>
    [...each].filter(([id, state]) => state === 'delivered' && !world.arrived[n]?.has(id)),
  ).length;
  const missing = committed.reduce((sum, ids) => sum + ids.length, 0) - all.length;
  const healthyUndelivered = states
    .slice(BAD)
    .reduce((sum, each) => sum + [...each.values()].filter((state) => state !== 'delivered').length, 0);
  const result = {
    notifications: all.length,
    kills,
    delivered: count('delivered'),
    dead: count('dead'),
    pending: count('pending'),
    requests: world.requests(),
    missing,
    lost,
    healthyUndelivered,
    outOfOrder,
    turnedHours: Math.round(turnedMs / 60 / MINUTE_MS),
  };
  await world.close();
  return result;
}

async function withoutKills() {
  const world = await openWorld();
  const { ctx, outbox } = world.deployment;
  const sender = await world.startSender(0);
  const committedAt = new Map<string, number>();
  const writing: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < rate * seconds; n++) {
    const wait = startedAt + (n * 1000) / rate - performance.now();
    if (wait > 1) await sleep(wait);
    const customer = world.customers[n % DESTINATIONS];
    if (!customer) continue;
    writing.push(
      notifyCustomer(ctx, customer, 1).then(([id = '']) => {
        committedAt.set(id, performance.now());
        outbox.signal();
      }),
    );
  }
  await Promise.all(writing);
  const arrivedRate = (rate * seconds) / ((performance.now() - startedAt) / 1000);
  while ((await pendingOf(world, BAD, DESTINATIONS)) > 0) await sleep(100);
  sender.kill('SIGTERM');
  const waits = world.arrived
    .slice(BAD)
    .flatMap((seen) => [...seen].map(([id, at]) => Math.max(0, at - (committedAt.get(id) ?? 0))))
    .toSorted((one, other) => one - other);
  const percentile = (part: number) => Math.round(waits[Math.floor(waits.length * part)] ?? Number.NaN);
  await world.close();
  return {
    rate: Math.round(arrivedRate),
    measured: waits.length,
    p50Ms: percentile(0.5),
    p95Ms: percentile(0.95),
    p99Ms: percentile(0.99),
  };
}

const first = notifications > 0 ? await withKills() : null;
const second = seconds > 0 ? await withoutKills() : null;
process.stdout.write(`${JSON.stringify({ withKills: first, withoutKills: second })}\n`);
const isWell =
  (first === null ||
    first.pending + first.missing + first.lost + first.healthyUndelivered + first.outOfOrder === 0) &&
  (second === null || second.p95Ms <= LATEST_P95_MS);
process.exit(isWell ? 0 : 1);
