/**
 * `npm run soak -- fuzz [--minutes 60] [--connections 4] [--seed N]`: requests that are nearly right, damaged or hostile, for as long
 * as it is told. One line of JSON; exit code 1 for a status of 500 and more, an answer that is late or missing, a refusal
 * without a reason, and for memory that grows. The seed of a finding is printed: put its request among the kept ones.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { configOf } from '../packages/platform/src/config.ts';
import {
  createCustomerApplication,
  createOrganisation,
  createPlatform,
  setIntegrationStatus,
} from '../packages/platform/src/index.ts';
import { exchange, faultOf } from '../packages/platform/src/records/testing/hostile-exchange.ts';
import { hostileRequest } from '../packages/platform/src/records/testing/hostile-request.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    connections: { type: 'string', default: '4' },
    seed: { type: 'string' },
  },
});
const ROUND = 200;
const TOKEN_MS = 20 * 60_000;
const MOST_FINDINGS = 20;
/** What a warm process may still gain: caches that fill, and what the collector has not given back yet. */
const MOST_GROWTH_MB = 64;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void; // V8 offers it under this name once the flag is set
/** Objects and buffers that are still reachable. */
const heapMb = (): number => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / 2 ** 20);
};

const dataDir = mkdtempSync(join(tmpdir(), 'carrick-soak-'));
const platform = createPlatform(
  configOf({ dataDir, port: 0, logLevel: 'error', quotas: false, unseenResources: true }),
);
try {
  await platform.start();
  const { ctx } = platform.deployment;
  const { tenantId, urn } = await createOrganisation(ctx, { name: 'Soak' });
  const application = await createCustomerApplication(ctx, { name: 'ATS', tenantId });
  const scope = { tenantId, atsNo: application.atsNo };
  await setIntegrationStatus(ctx, scope, [{ type: 'IN_ATS_INDICATOR', contextUrn: urn }], 'ENABLED');
  const port = Number(new URL(platform.baseUrl).port);

  async function newToken(): Promise<string> {
    const form = {
      grant_type: 'client_credentials',
      client_id: application.clientId,
      client_secret: application.clientSecret,
    };
    const response = await fetch(`${platform.baseUrl}/oauth/v2/accessToken`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return ((await response.json()) as { access_token: string }).access_token; // the endpoint's tests check its shape
  }

  let token = { text: await newToken(), at: performance.now() };
  const startedAt = performance.now();
  const statuses = new Map<number, number>();
  const findings: { seed: number; fault: string; request: unknown }[] = [];
  let seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  let slowestMs = 0;
  let warmMb = 0;
  const endAt = startedAt + Number(values.minutes) * 60_000;

  async function round(): Promise<void> {
    seed += 1;
    const ownSeed = seed;
    for (const request of fc.sample(hostileRequest(urn), { numRuns: ROUND, seed: ownSeed })) {
      let fault: string | null;
      try {
        const answer = await exchange(port, token.text, request);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        slowestMs = Math.max(slowestMs, Math.round(answer.ms));
        fault = faultOf(request, answer);
      } catch (error) {
        fault = String(error);
      }
      if (fault) {
        findings.push({ seed: ownSeed, fault, request });
        console.error(JSON.stringify(findings.at(-1)));
      }
    }
  }

  while (performance.now() < endAt && findings.length < MOST_FINDINGS) {
    await Promise.all(Array.from({ length: Number(values.connections) }, round));
    if (performance.now() - token.at > TOKEN_MS) token = { text: await newToken(), at: performance.now() };
    // A fifth of the time, or five minutes, is for warming up.
    if (warmMb === 0 && performance.now() - startedAt > Math.min(300_000, (endAt - startedAt) / 5))
      warmMb = heapMb();
  }
  const growthMb = warmMb === 0 ? 0 : heapMb() - warmMb;
  const requests = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  console.log(
    JSON.stringify({
      requests,
      findings: findings.length,
      statuses: Object.fromEntries([...statuses].sort(([a], [b]) => a - b)),
      slowestMs,
      heapMb: heapMb(),
      growthMb,
      rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
    }),
  );
  if (findings.length > 0 || growthMb > MOST_GROWTH_MB) process.exitCode = 1;
} finally {
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
