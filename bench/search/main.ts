/**
 * `npm run bench -- search [--members 5000] [--candidates 5000] [--rounds 40]`: what one search costs the server, from the session's
 * viewer to the last row of the page, by kind of search. One JSON object on stdout; times in milliseconds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { configOf, openDeployment } from '../../packages/platform/src/index.ts';
import { startEmbeddedPostgres } from '../../packages/platform/src/kernel/embedded-postgres.ts';
import { createLog } from '../../packages/platform/src/kernel/log.ts';
import { answerSearch } from '../../packages/platform/src/search/index.ts';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  openToEverySeat,
  setIntegrationStatus,
} from '../../packages/platform/src/tenancy/index.ts';
import { fill } from './fill.ts';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '5000' },
    candidates: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '40' },
  },
});
const sizes = { members: Number(values.members), candidates: Number(values.candidates) };
const SEARCHES = {
  blank: '',
  'two words': 'q=title+12+town',
  'rare word': 'q=last77',
  'past applicants': 'spotlights=pastApplicants',
  'company connections': 'spotlights=companyConnections',
  'title and location': 'title=Title+12&location=Town+12',
  'in ATS': 'inAts=only',
  'stage and reason': 'stage=OFFER&reason=Reason+3',
  'page 20': 'page=20',
} as const;

const dataDir = mkdtempSync(join(tmpdir(), 'carrick-bench-'));
const log = createLog('warn');
const deployment = await openDeployment(configOf({ dataDir }), { log });
const server = await startEmbeddedPostgres({ dataDir, log });
try {
  process.stdout.write(`${JSON.stringify(await measure(), null, 2)}\n`);
} finally {
  await deployment.close();
  await server.release();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure() {
  const { ctx } = deployment;
  const { tenantId, urn } = await createOrganisation(ctx, { name: 'Bench' });
  const { contractId } = await createContract(ctx, tenantId, { name: 'Bench' });
  const { atsNo } = await createCustomerApplication(ctx, { tenantId, name: 'Bench ATS' });
  const scope = { tenantId, atsNo };
  await setIntegrationStatus(ctx, scope, [{ type: 'IN_ATS_INDICATOR', contextUrn: urn }], 'ENABLED');
  await openToEverySeat(ctx, scope, urn);
  await fill(server.ownerUrl, { tenantId, contractId, atsNo }, sizes);
  const [seat] = await ctx.db.read(
    tenantId,
    async (tx) => tx<{ seat_id: number; member_id: number }>`select seat_id, member_id from seat limit 1`,
  );
  if (!seat) throw new Error('no seat was made');
  const session = { tenantId, contractId, seatId: seat.seat_id, memberId: seat.member_id };
  const results: Record<string, object> = {};
  for (const [name, rawQuery] of Object.entries(SEARCHES)) {
    const times: number[] = [];
    let total = 0;
    for (let round = -3; round < Number(values.rounds); round++) {
      const start = performance.now();
      ({ total } = await answerSearch(ctx, session, rawQuery));
      if (round >= 0) times.push(performance.now() - start);
    }
    results[name] = { total, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
  }
  return { ...sizes, rounds: Number(values.rounds), searches: results };
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return Math.round((sorted[at] ?? 0) * 10) / 10;
}
