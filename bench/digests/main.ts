/**
 * `npm run bench -- digests [--records 1000000] [--differing 100]`: what it costs to keep digests of candidates, and to find the
 * few that differ among many over HTTP. One JSON object on stdout.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureTenant } from '../../packages/cli/src/ensure-tenant.ts';
import { compareSides } from '../../packages/connector/src/daemon.ts';
import type { HeldRecords } from '../../packages/connector/src/digest/compare-kind.ts';
import { digestOf } from '../../packages/connector/src/digest/record-digest.ts';
import { configOf, createLog, createPlatform } from '../../packages/platform/src/index.ts';
import { applyBatch } from '../../packages/platform/src/records/index.ts';
import { digestOf as digestOfPlatform } from '../../packages/platform/src/records/record-digest.ts';

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    differing: { type: 'string', default: '100' },
  },
});
const records = Number(values.records);
const differing = Number(values.differing);
const BATCH = 2_000;
const AT = 1_700_000_000_000;

const candidate = (n: number, title = `Engineer ${n % 300}`) => ({
  atsCreatedAt: AT,
  atsLastModifiedAt: AT + n,
  firstName: `First${n % 400}`,
  lastName: `Last${n % 5000}`,
  emailAddresses: [`c${n}@people.example`],
  phoneNumbers: [{ number: `+1 555 ${n}` }],
  addresses: [{ line1: `${n} Main Street`, city: `Town ${n % 200}`, country: 'US' }],
  currentCompanyName: `Company ${n % 900}`,
  currentJobTitle: title,
  externalProfileUrl: `https://ats.example/candidates/${n}`,
});
const id = (n: number) => `cand-${n}`;

const dataDir = mkdtempSync(join(tmpdir(), 'carrick-bench-'));
const platform = createPlatform(configOf({ dataDir, port: 0, host: '127.0.0.1' }), {
  log: createLog('silent'),
});
await platform.start();
try {
  process.stdout.write(`${JSON.stringify(await measure(), null, 2)}\n`);
} finally {
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure() {
  const { deployment } = platform;
  const tenant = await ensureTenant(deployment, {
    label: 'bench',
    organizationUrn: 'urn:li:organization:1',
    name: 'Bench',
    atsName: 'Bench ATS',
    contractName: 'Bench',
    seats: [],
  });
  const scope = { tenantId: tenant.tenantId, atsNo: 1 };
  // Neither matching nor anything else that follows a record: digests are what is measured.
  const store = { ...deployment.records, hooks: [] };
  const put = (items: { key: string[]; record: object }[]) =>
    applyBatch(store, scope, 'candidate', 'upsert', items);
  const filledFrom = performance.now();
  for (let start = 0; start < records; start += BATCH * 4)
    await Promise.all(
      [0, 1, 2, 3].map((line) => {
        const from = start + line * BATCH;
        const count = Math.max(0, Math.min(BATCH, records - from));
        return put(
          Array.from({ length: count }, (_, n) => ({ key: [id(from + n)], record: candidate(from + n) })),
        );
      }),
    );
  const fillMs = performance.now() - filledFrom;

  const sample = Array.from({ length: 100_000 }, (_, n) => candidate(n));
  const hashedFrom = performance.now();
  for (const [n, record] of sample.entries()) digestOfPlatform('candidate', [id(n)], record);
  const microsecondsARecord = (performance.now() - hashedFrom) / 100;

  const held: HeldRecords = {
    *of() {
      for (let n = 0; n < records; n++) {
        const key = [id(n)];
        yield { key, digest: digestOf('candidate', key, candidate(n)) };
      }
    },
  };
  const client = {
    baseUrl: platform.baseUrl,
    authUrl: platform.baseUrl,
    clientId: tenant.customer.clientId,
    clientSecret: tenant.customer.clientSecret,
    organization: tenant.organization,
    retryForMs: 600_000,
  };
  const hereFrom = performance.now();
  for (const { digest } of held.of('candidate') as Iterable<{ digest: string }>)
    if (digest === '') throw new Error('empty');
  const passHereMs = performance.now() - hereFrom;
  const compare = async () => {
    const from = performance.now();
    const comparison = await compareSides({ client, held, kinds: ['candidate'] });
    if (comparison.method !== 'digests') throw new Error('no digests');
    const { differences, requests, received, proof } = comparison;
    return {
      ms: Math.round(performance.now() - from),
      found: differences.length,
      requests,
      receivedKb: Math.round(received / 1024),
      isProved: proof !== null,
    };
  };
  const equal = await compare();
  const step = Math.floor(records / differing);
  for (let start = 0; start < differing; start += BATCH)
    await put(
      Array.from({ length: Math.min(BATCH, differing - start) }, (_, n) => {
        const number = (start + n) * step;
        return { key: [id(number)], record: candidate(number, 'Changed') };
      }),
    );
  return {
    records,
    differing,
    fillPerSecond: Math.round(records / (fillMs / 1000)),
    digestMicrosecondsARecord: Math.round(microsecondsARecord * 100) / 100,
    passOfThisSideMs: Math.round(passHereMs),
    equal,
    different: await compare(),
  };
}
