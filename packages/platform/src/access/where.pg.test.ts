import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tx } from '../kernel/db.ts';
import { viewerTerms } from '../search/viewer-terms.ts';
import { type AccessCase, casesOf } from './cases.ts';
import {
  type JobFacts,
  loadViewer,
  maySee,
  maySeeCandidate,
  type Viewer,
  type ViewerSeat,
  visibleCandidate,
  visibleJob,
} from './index.ts';
import { type AppWorld, type Company, openAppWorld } from './testing/app-world.ts';

let world: AppWorld;
let company: Company;
let seat: ViewerSeat;
const ATS_NOS: number[] = [];

beforeAll(async () => {
  world = await openAppWorld();
  company = await world.addCompany('Acme');
  for (const name of ['One', 'Two']) ATS_NOS.push((await company.addAts(name)).atsNo);
  const { seatId, memberId } = await company.addSeat('Rita One');
  seat = { tenantId: company.tenantId, contractId: company.contractId, seatId, memberId };
});
afterAll(() => world.close());

/** A world of jobs, groups and applications, written in a transaction that is always undone. */
interface AccessWorld {
  readonly jobs: readonly (JobFacts & { readonly id: string })[];
  readonly assigned: readonly { readonly atsNo: number; readonly aclId: string }[];
  readonly openAts: readonly number[];
  readonly disabledAts: readonly number[];
  /** On job `job`, which may be one that was never sent. */
  readonly applications: readonly {
    readonly atsNo: number;
    readonly job: string;
    readonly isRestricted: boolean | null;
  }[];
}

class Undo extends Error {}

/** What the SQL condition shows and what the policy allows, for every application of the world; then for its candidates in strict mode. */
async function compare(accessWorld: AccessWorld) {
  let seen = {
    bySql: [] as boolean[],
    bySearch: [] as boolean[],
    byPolicy: [] as boolean[],
    strict: { bySql: [''], byPolicy: [''] },
  };
  await world.ctx.db
    .transaction(company.tenantId, async (tx) => {
      await write(tx, accessWorld);
      const viewer = await loadViewer(tx, seat, 'indicator');
      const columns = {
        atsNo: tx`a.ats_no`,
        jobId: tx`a.job_id`,
        isRestricted: tx`coalesce(a.access_restricted, false)`,
      };
      const rows = await tx<{ id: string }>`
        select a.id from application a where a.tenant_id = ${company.tenantId} and ${visibleJob(tx, viewer, columns)}`;
      const visible = new Set(rows.map((row) => row.id));
      const found = await searched(tx, viewer);
      const strict = { ...viewer, isStrict: true };
      const candidate = { atsNo: tx`c.ats_no`, candidateId: tx`c.candidate_id` };
      const there = await tx<{ key: string }>`
        select distinct c.ats_no || ' ' || c.candidate_id as key from application c
        where c.tenant_id = ${company.tenantId} and ${visibleCandidate(tx, strict, candidate)}`;
      const applied = accessWorld.applications.map(({ atsNo, job, isRestricted }, index) => ({
        key: `${atsNo} ${candidateOf(index)}`,
        job: factsOf(accessWorld, atsNo, job),
        isRestricted: isRestricted === true,
      }));
      const allowed = [...Map.groupBy(applied, (each) => each.key)]
        .filter(([, applications]) => maySeeCandidate(strict, applications))
        .map(([key]) => key);
      seen = {
        strict: { bySql: there.map(({ key }) => key).toSorted(), byPolicy: allowed.toSorted() },
        bySql: accessWorld.applications.map((_, index) => visible.has(String(index))),
        bySearch: accessWorld.applications.map((_, index) => found.has(String(index))),
        byPolicy: accessWorld.applications.map(({ atsNo, job, isRestricted }) =>
          maySee(viewer, factsOf(accessWorld, atsNo, job), isRestricted === true),
        ),
      };
      throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  return seen;
}

/** As the reader's functions of search ask: an application beside each of its job's ACLs. */
async function searched(tx: Tx, viewer: Viewer): Promise<Set<string>> {
  const { acls } = viewerTerms(tx, viewer);
  const rows = await tx<{ id: string }>`
    select distinct a.id
    from application a
    left join job j on j.tenant_id = a.tenant_id and j.ats_no = a.ats_no and j.id = a.job_id
    left join entity_acl s on s.tenant_id = a.tenant_id and s.ats_no = a.ats_no and s.entity_type = 'JOB_POSTING' and s.entity_id = a.job_id
    where a.tenant_id = ${company.tenantId} and a.ats_no = any(${viewer.atss.map((ats) => ats.atsNo)}::int[])
      and is_visible_by(
        a.ats_no, s.acl_id, coalesce(a.access_restricted, false), j.access_restricted, ${acls}::text[], ${viewer.openAts}::int[]
      )`;
  return new Set(rows.map((row) => row.id));
}

/** Three candidates share the applications. */
const candidateOf = (index: number): string => `c${index % 3}`;

function factsOf({ jobs }: AccessWorld, atsNo: number, id: string): JobFacts {
  const job = jobs.find((known) => known.atsNo === atsNo && known.id === id);
  return job ?? { atsNo, isKnown: false, isRestricted: false, acls: [] };
}

async function write(
  tx: Tx,
  { jobs, assigned, openAts, disabledAts, applications }: AccessWorld,
): Promise<void> {
  const { tenantId, urn } = company;
  await tx`update integration set status = 'PARTNER_READY' where tenant_id = ${tenantId} and ats_no = any(${[...disabledAts]}::int[])`;
  await tx`
    insert into integration_configuration
    select ${tenantId}, n, 'IN_ATS_INDICATOR', 'RECRUITER', ${urn}, 'APPLICATION_VIEWERS', 'ALL_PRODUCT_USERS', 0
    from unnest(${[...openAts]}::int[]) n`;
  for (const job of jobs) {
    if (job.isKnown) {
      await tx`
        insert into job (tenant_id, ats_no, id, title, description, company_apply_url, listed_at, state, availability, access_restricted, received_at)
        values (${tenantId}, ${job.atsNo}, ${job.id}, 'T', 'D', 'https://a.example', 1, 'LISTED', 'PUBLIC', ${job.isRestricted}, 1)`;
    }
    for (const acl of job.acls) {
      await tx`insert into entity_acl values (${tenantId}, ${job.atsNo}, ${acl}, 'JOB_POSTING', ${job.id}, 1)`;
    }
  }
  for (const { atsNo, aclId } of assigned) {
    await tx`insert into acl_assignee values (${tenantId}, ${atsNo}, ${aclId}, 'JOB_POSTING', ${seat.memberId}, 1)`;
  }
  // Groups of the same names with somebody else in them, and the seat's own group for another kind of entity.
  for (const atsNo of ATS_NOS) {
    await tx`
      insert into acl_assignee
      select ${tenantId}, ${atsNo}, acl, 'JOB_POSTING', ${seat.memberId + 1}, 1 from unnest(array['a', 'b', 'c']) acl`;
    await tx`
      insert into acl_assignee
      select ${tenantId}, ${atsNo}, acl, 'TALENT_POOL', ${seat.memberId}, 1 from unnest(array['a', 'b', 'c']) acl`;
  }
  for (const [index, { atsNo, job, isRestricted }] of applications.entries()) {
    await tx`
      insert into application (tenant_id, ats_no, id, candidate_id, job_id, job_name, ats_created_at, ats_last_modified_at, first_name, last_name, access_restricted, received_at)
      values (${tenantId}, ${atsNo}, ${String(index)}, ${candidateOf(index)}, ${job}, 'T', 1, 1, 'A', 'B', ${isRestricted}, 1)`;
  }
}

function worldOf(accessCase: AccessCase): AccessWorld {
  const [atsNo = 0, other = 0] = ATS_NOS;
  const { acls = [], isJobKnown = true, isJobRestricted = false } = accessCase;
  return {
    jobs: [{ id: 'J', atsNo, acls, isKnown: isJobKnown, isRestricted: isJobRestricted }],
    assigned: [
      ...(accessCase.assigned ?? []).map((aclId) => ({ atsNo, aclId })),
      ...(accessCase.assignedElsewhere ?? []).map((aclId) => ({ atsNo: other, aclId })),
    ],
    openAts: accessCase.isOpen ? [atsNo] : [],
    disabledAts: accessCase.isEnabled === false ? [atsNo] : [],
    applications: [{ atsNo, job: 'J', isRestricted: accessCase.isApplicationRestricted ?? null }],
  };
}

async function agree(accessCase: AccessCase): Promise<void> {
  const { isVisible } = accessCase;
  const { bySql, bySearch, byPolicy, strict } = await compare(worldOf(accessCase));
  expect([bySql, bySearch, byPolicy]).toEqual([[isVisible], [isVisible], [isVisible]]);
  expect(strict.bySql.length).toBe(isVisible ? 1 : 0);
}

test.each(casesOf('AC1'))('AC1 L-070 in function and SQL: $name', agree);
test.each(casesOf('AC2'))('AC2 L-070 in function and SQL: $name', agree);
test.each(casesOf('AC3'))('AC3 L-070 in function and SQL: $name', agree);
test.each(casesOf('AC4'))('AC4 L-070 in function and SQL: $name', agree);
test.each(casesOf('AC5'))('AC5 L-070 in function and SQL: $name', agree);
test.each(casesOf('AC6'))('AC6 L-070 in function and SQL: $name', agree);
test.each(casesOf('AC7'))('AC7 L-070 in function and SQL: $name', agree);

test('AC8 AC17 policy and SQL say the same about every application and, in strict mode, every candidate of any world', async () => {
  const atsNo = fc.constantFrom(...ATS_NOS);
  const acl = fc.constantFrom('a', 'b', 'c');
  const jobId = fc.constantFrom('J1', 'J2', 'J3', 'J4');
  const anyWorld = fc.record({
    jobs: fc.uniqueArray(
      fc.record({
        id: jobId,
        atsNo,
        isKnown: fc.boolean(),
        isRestricted: fc.boolean(),
        acls: fc.uniqueArray(fc.oneof({ weight: 4, arbitrary: acl }, fc.constant('ALL_PRODUCT_USERS')), {
          maxLength: 3,
        }),
      }),
      { selector: (job) => `${job.atsNo} ${job.id}` },
    ),
    assigned: fc.uniqueArray(fc.record({ atsNo, aclId: acl }), { selector: (a) => `${a.atsNo} ${a.aclId}` }),
    openAts: fc.uniqueArray(atsNo),
    disabledAts: fc.uniqueArray(atsNo, { maxLength: 1 }),
    applications: fc.array(
      fc.record({
        atsNo,
        job: fc.oneof(jobId, fc.constant('never sent')),
        isRestricted: fc.constantFrom(true, false, null),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  });
  let allowed = 0;
  let hidden = 0;
  await fc.assert(
    fc.asyncProperty(anyWorld, async (accessWorld) => {
      // A job that was not sent cannot say that it is restricted.
      const jobs = accessWorld.jobs.map((job) => (job.isKnown ? job : { ...job, isRestricted: false }));
      const { bySql, bySearch, byPolicy, strict } = await compare({ ...accessWorld, jobs });
      expect(bySql).toEqual(byPolicy);
      expect(bySearch).toEqual(byPolicy);
      expect(strict.bySql).toEqual(strict.byPolicy);
      allowed += bySql.filter(Boolean).length;
      hidden += bySql.filter((isVisible) => !isVisible).length;
    }),
    { numRuns: 150 },
  );
  // Worlds in which everything is hidden would prove nothing.
  expect(Math.min(allowed, hidden)).toBeGreaterThan(50);
});
