/**
 * `npm run soak -- fuzz [--minutes 60] [--connections 4] [--seed N]`: requests that are nearly right, damaged or hostile, at every
 * door, as a customer, as a partner and as a recruiter, for as long as it is told. One line of JSON; exit code 1 for a status of 500 and more, an answer that is late or missing, a refusal
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
  createContract,
  createCustomerApplication,
  createOrganisation,
  createPartner,
  createPlatform,
  createSeat,
  encodePersonId,
  setIntegrationStatus,
} from '../packages/platform/src/index.ts';
import { hostileDoor } from '../packages/platform/src/records/testing/hostile-door.ts';
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
  const types = ['IN_ATS_INDICATOR', 'ONE_CLICK_EXPORT'] as const;
  await setIntegrationStatus(
    ctx,
    scope,
    types.map((type) => ({ type, contextUrn: urn })),
    'ENABLED',
  );
  const partner = await createPartner(ctx, { name: 'Vendor' });
  const port = Number(new URL(platform.baseUrl).port);

  async function newToken({ clientId, clientSecret }: typeof partner): Promise<string> {
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const response = await fetch(`${platform.baseUrl}/oauth/v2/accessToken`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return ((await response.json()) as { access_token: string }).access_token; // the endpoint's tests check its shape
  }

  const newTokens = async () => ({
    customer: await newToken(application),
    partner: await newToken(partner),
    at: performance.now(),
  });

  async function signIn() {
    const { contractId } = await createContract(ctx, tenantId, { name: 'Hiring' });
    const password = 'a long enough password';
    const seat = {
      contractId,
      email: 'rita@soak.example',
      password,
      firstName: 'Rita',
      lastName: 'One',
      isAdmin: true,
    };
    const { memberId } = await createSeat(ctx, platform.deployment.memberHooks, tenantId, seat);
    const response = await fetch(`${platform.baseUrl}/app/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-carrick': '1' },
      body: JSON.stringify({ email: seat.email, password }),
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    return { cookie, personId: encodePersonId(ctx.keys.personKey(`app:${tenantId}`), memberId) };
  }

  let tokens = await newTokens();
  const requests = fc.oneof(
    { weight: 4, arbitrary: hostileRequest(urn) },
    {
      weight: 1,
      arbitrary: hostileDoor({ organisation: urn, clientId: application.clientId, ...(await signIn()) }),
    },
  );
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
    for (const request of fc.sample(requests, { numRuns: ROUND, seed: ownSeed })) {
      let fault: string | null;
      try {
        // Provisioning is a partner's; the rest refuses one.
        const isPartners = request.target.includes('provisionedApplications');
        const answer = await exchange(port, isPartners ? tokens.partner : tokens.customer, request);
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
    if (performance.now() - tokens.at > TOKEN_MS) tokens = await newTokens();
    // A fifth of the time, or five minutes, is for warming up.
    if (warmMb === 0 && performance.now() - startedAt > Math.min(300_000, (endAt - startedAt) / 5))
      warmMb = heapMb();
  }
  const growthMb = warmMb === 0 ? 0 : heapMb() - warmMb;
  const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  console.log(
    JSON.stringify({
      requests: sent,
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
