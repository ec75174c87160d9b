import { readFileSync } from 'node:fs';
import { connect } from '../../packages/platform/src/kernel/connect.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadViewer } from '../../packages/platform/src/access/index.ts';
import { configOf, openDeployment } from '../../packages/platform/src/index.ts';
import { startEmbeddedPostgres } from '../../packages/platform/src/kernel/embedded-postgres.ts';
import { createLog } from '../../packages/platform/src/kernel/log.ts';
import { answerSearch, readPeople } from '../../packages/platform/src/search/index.ts';
import { readMembers } from '../../packages/platform/src/members/index.ts';
import { readDegrees } from '../../packages/platform/src/search/degrees.ts';
import { standingsOf } from '../../packages/platform/src/search/people.ts';
import { createContract, createCustomerApplication, createOrganisation, openToEverySeat, setIntegrationStatus } from '../../packages/platform/src/tenancy/index.ts';
import { fillDirectory, fillTenant, settle } from './fill.ts';
const M = 20000;
const dataDir = mkdtempSync('/tmp/carrick-scr-');
const log = createLog('warn');
const d = await openDeployment(configOf({ dataDir }), { log });
const server = await startEmbeddedPostgres({ dataDir, log });
const { ctx } = d;
try {
  await fillDirectory(server.ownerUrl, M);
  const { tenantId, urn } = await createOrganisation(ctx, { name: 'x' });
  const { contractId } = await createContract(ctx, tenantId, { name: 'x' });
  const { atsNo } = await createCustomerApplication(ctx, { tenantId, name: 'x' });
  const scope = { tenantId, atsNo };
  await setIntegrationStatus(ctx, scope, [{ type: 'IN_ATS_INDICATOR', contextUrn: urn }], 'ENABLED');
  await openToEverySeat(ctx, scope, urn);
  await fillTenant(server.ownerUrl, { tenantId, contractId, atsNo, applicants: M / 5 }, M);
  await settle(server.ownerUrl);
  { const o = connect(server.ownerUrl, { max: 1 }); await o.unsafe('set role carrick_reader'); for (let i=0;i<3;i++) { const r: any = await o.unsafe('explain (analyze) ' + readFileSync('/tmp/q.sql', 'utf8')); if (i==2) for (const x of r) console.log(x['QUERY PLAN']); } await o.end(); }
  const [seat] = await ctx.db.read(tenantId, async (tx) => tx<any>`select seat_id, member_id from seat limit 1`);
  const session = { tenantId, contractId, seatId: seat.seat_id, memberId: seat.member_id };
  const ids = (await ctx.db.read(tenantId, async (tx) => tx<any>`select member_id from applicant limit 25`)).map((r: any) => r.member_id);
  const t = async (name: string, f: () => Promise<unknown>) => {
    const all: number[] = [];
    for (let i = 0; i < 12; i++) { const s = performance.now(); await f(); all.push(performance.now() - s); }
    console.log(name, all.slice(3).sort((a, b) => a - b).map((x) => x.toFixed(1)).join(' '));
  };
  const { plans } = await import('./scratch-plans.ts');
  await ctx.db.read(tenantId, async (tx) => {
    const viewer = await loadViewer(tx, session, 'indicator');
    await t('viewer', () => loadViewer(tx, session, 'indicator'));
    await t('members', () => readMembers(tx, ids));
    await t('degrees', () => readDegrees(tx, viewer.memberId, ids));
    await t('standings', async () => standingsOf(tx, viewer, ids));
    await t('people', () => readPeople(ctx, tx, viewer, ids));
    const { findPeople } = await import('../../packages/platform/src/search/search.ts');
    const { isFirstSync } = await import('../../packages/platform/src/search/first-sync.ts');
    const none = Object.fromEntries(['title','company','location','skill','industry','seniority','experience','stage','reason','applied'].map((n) => [n, []])) as any;
    const query = { q: 'title12', spotlights: ['pastApplicants'] as any, inAts: 'any' as const, filters: none, sort: 'relevance' as const, isAmongMembers: false, page: 1, facets: ['title', 'company', 'location'] as any };
    await t('find past', () => findPeople(tx, viewer, query, Date.now()));
    await t('find past0', () => findPeople(tx, viewer, { ...query, facets: [] }, Date.now()));
    await t('find all', () => findPeople(tx, viewer, { ...query, spotlights: [] }, Date.now()));
    await t('first sync', () => isFirstSync(tx, viewer, Date.now()));
    await plans(tx, viewer, ids);
  });
  await t('search past', () => answerSearch(ctx, session, 'spotlights=pastApplicants&facets=title,company,location&q=title12'));
  await t('search all', () => answerSearch(ctx, session, 'facets=title,company,location&q=title12+skill3'));
} finally { await d.close(); await server.release(); rmSync(dataDir, { recursive: true, force: true }); }
