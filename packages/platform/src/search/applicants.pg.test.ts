import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AppWorld,
  type AtsSide,
  aCandidate,
  anApplication,
  type Company,
  openAppWorld,
} from '../access/testing/app-world.ts';
import { connect, type SqlClient } from '../kernel/connect.ts';
import type { Tx } from '../kernel/db.ts';
import { applicantRecordHook, refreshApplicants } from './index.ts';

let world: AppWorld;
let acme: Company;
let members: number[];
/** Sees the rows that only the reader's functions show. */
let owner: SqlClient;

beforeAll(async () => {
  world = await openAppWorld();
  acme = await world.addCompany('Acme');
  owner = connect(world.database.ownerUrl, { max: 1 });
  const ids = await world.addMembers(['a', 'b', 'c'].map((id) => ({ id, firstName: 'Pat', lastName: id })));
  members = [...ids.values()];
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const CANDIDATES = ['c1', 'c2', 'c3'];
const APPLICATIONS = ['a1', 'a2', 'a3', 'a4'];

type Step = (ats: AtsSide) => Promise<unknown>;

/** Deleting what is not there is refused per key; here it is just another order of arrival. */
const unlessUnknown = (step: Promise<unknown>) =>
  step.catch((error: Error) => {
    if (!error.message.includes('NOT_FOUND')) throw error;
  });

const candidate = fc.constantFrom(...CANDIDATES);
const application = fc.constantFrom(...APPLICATIONS);
const job = fc.constantFrom('J1', 'J2');
const step: fc.Arbitrary<Step> = fc.oneof(
  candidate.map(
    (id): Step =>
      (ats) =>
        ats.put('candidate', [id], aCandidate()),
  ),
  candidate.map(
    (id): Step =>
      (ats) =>
        unlessUnknown(ats.remove('candidate', [id])),
  ),
  fc
    .record({
      id: application,
      of: candidate,
      job,
      given: fc.record({ dispositionReason: fc.constantFrom('', 'No'), accessRestricted: fc.boolean() }),
    })
    .map(
      ({ id, of, job: on, given }): Step =>
        (ats) =>
          ats.put('application', [id], anApplication(of, on, given)),
    ),
  application.map(
    (id): Step =>
      (ats) =>
        unlessUnknown(ats.remove('application', [id])),
  ),
  fc
    .record({
      of: application,
      id: fc.constantFrom('s1', 's2'),
      stage: fc.constantFrom('Applied', 'Interview', 'Rejected'),
      at: fc.integer({ min: 1, max: 9 }),
    })
    .map(
      ({ of, id, stage, at }): Step =>
        (ats) =>
          ats.put('stage', [of, id], { stage, atsCreatedAt: at }),
    ),
  fc.record({ of: application, id: fc.constantFrom('s1', 's2') }).map(
    ({ of, id }): Step =>
      (ats) =>
        unlessUnknown(ats.remove('stage', [of, id])),
  ),
  fc.record({ id: candidate, member: fc.nat({ max: 2 }) }).map(
    ({ id, member }): Step =>
      (ats) =>
        ats.link(id, members[member] ?? 0),
  ),
  fc
    .record({
      id: fc.constantFrom('a', 'b', 'c'),
      title: fc.constantFrom('Pilot', 'Nurse'),
      closed: fc.boolean(),
    })
    .map(
      ({ id, title, closed }): Step =>
        () =>
          world.addMembers([
            { id, firstName: 'Pat', lastName: id, positions: [{ title, companyName: title }], closed },
          ]),
    ),
);

/** Links whose document is missing or says something else than the member, and documents without a link. */
const strayDocuments = (atsNo: number) => owner`
  select coalesce(l.candidate_id, d.candidate_id) as candidate
  from (
    select l.tenant_id, l.ats_no, l.candidate_id, l.member_id, m.titles, m.companies, m.search_doc, m.is_closed
    from candidate_member l join member m on m.member_id = l.member_id
  ) l
  full join match_document d on d.tenant_id = l.tenant_id and d.ats_no = l.ats_no and d.candidate_id = l.candidate_id
  where coalesce(l.ats_no, d.ats_no) = ${atsNo} and (d.member_id, d.titles, d.companies, d.search_doc, d.is_closed)
    is distinct from (l.member_id, l.titles, l.companies, tenant_doc(l.tenant_id, l.search_doc), l.is_closed)`;

const rows = (atsNo: number) =>
  world.ctx.db.read(
    acme.tenantId,
    async (tx) => tx`
    select member_id, job_id, candidate_id, is_restricted, applications, has_advanced, is_closed, last_applied_at, stage, stage_at,
      stage_bits, reasons
    from applicant where tenant_id = ${acme.tenantId} and ats_no = ${atsNo}
    order by member_id, job_id, candidate_id, is_restricted`,
  );

/** The same rows made from nothing. */
async function rebuilt(atsNo: number) {
  await world.ctx.db.transaction(acme.tenantId, async (tx) => {
    await tx`delete from applicant where ats_no = ${atsNo}`;
    await refreshApplicants(tx, { tenantId: acme.tenantId, atsNo }, CANDIDATES);
  });
  return rows(atsNo);
}

test('SE34 after any sequence of changes the projection is what a rebuild gives', async () => {
  let most = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const ats = await acme.addAts('One');
      for (const [index, id] of CANDIDATES.entries()) {
        await ats.put('candidate', [id], aCandidate());
        await ats.link(id, members[index] ?? 0);
      }
      for (const take of steps) await take(ats);
      const kept = await rows(ats.atsNo);
      expect(kept).toEqual(await rebuilt(ats.atsNo));
      expect(await strayDocuments(ats.atsNo)).toEqual([]);
      most = Math.max(most, kept.length);
    }),
    { numRuns: 15 },
  );
  expect(most).toBeGreaterThan(0);
});

test('SE34 records and links that come at the same moment are all in it', async () => {
  for (let round = 0; round < 12; round++) {
    const ats = await acme.addAts('One');
    await Promise.all([
      ...APPLICATIONS.map((id) =>
        ats.put('application', [id], anApplication(CANDIDATES[round % 3] ?? '', 'J1')),
      ),
      ...APPLICATIONS.map((id) => ats.put('stage', [id, 's1'], { stage: 'Applied', atsCreatedAt: 1 })),
      ...APPLICATIONS.map((id) => ats.put('stage', [id, 's2'], { stage: 'Interview', atsCreatedAt: 2 })),
      ...CANDIDATES.map(async (id, index) => {
        await ats.put('candidate', [id], aCandidate());
        await ats.link(id, members[index] ?? 0);
      }),
    ]);
    const kept = await rows(ats.atsNo);
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({ applications: 4, has_advanced: true, stage: 'Interview' });
    expect(kept).toEqual(await rebuilt(ats.atsNo));
  }
});

/** Runs `first` up to its commit, starts `second`, lets it come as far as it gets, then commits. */
async function overlap(first: (tx: Tx) => Promise<unknown>, second: () => Promise<unknown>): Promise<void> {
  let other: Promise<unknown> = Promise.resolve();
  await world.ctx.db.transaction(acme.tenantId, async (tx) => {
    await first(tx);
    let isDone = false;
    other = second().finally(() => {
      isDone = true;
    });
    const isWaiting = async () =>
      (await tx`select from pg_locks where locktype = 'advisory' and not granted`).length > 0;
    while (!isDone && !(await isWaiting()));
  });
  await other;
}

test('SE34 a stage that overtakes its application still counts', async () => {
  const ats = await acme.addAts('One');
  await ats.put('candidate', ['c1'], aCandidate());
  await ats.link('c1', members[0] ?? 0);
  const batch = {
    tenantId: acme.tenantId,
    atsNo: ats.atsNo,
    kind: 'application',
    change: 'upsert',
    items: [{ key: ['a1'] }],
  } as const;
  await overlap(
    async (tx) => {
      await applicantRecordHook.before?.(tx, batch);
      await tx`
        insert into application (tenant_id, ats_no, id, candidate_id, job_id, job_name, ats_created_at, ats_last_modified_at, first_name, last_name, received_at)
        values (${acme.tenantId}, ${ats.atsNo}, 'a1', 'c1', 'J1', 'Job', 1, 1, 'A', 'B', 1)`;
      await applicantRecordHook.after?.(tx, {
        ...batch,
        candidateIds: ['c1'],
        jobIds: ['J1'],
        memberIds: [],
      });
    },
    () => ats.put('stage', ['a1', 's1'], { stage: 'Interview', atsCreatedAt: 1 }),
  );
  expect(await rows(ats.atsNo)).toMatchObject([{ has_advanced: true, stage: 'Interview' }]);
});

test('SE34 a link that is made while an application arrives finds it', async () => {
  const ats = await acme.addAts('One');
  await ats.put('candidate', ['c1'], aCandidate());
  await overlap(
    async (tx) => {
      await tx`insert into automatic_match values (${acme.tenantId}, ${ats.atsNo}, 'c1', ${members[0] ?? 0}, '[]', 1)`;
      await refreshApplicants(tx, { tenantId: acme.tenantId, atsNo: ats.atsNo }, ['c1']);
    },
    () => ats.put('application', ['a1'], anApplication('c1', 'J1')),
  );
  expect(await rows(ats.atsNo)).toHaveLength(1);
});

test('SE85 members that change while they are linked are found as they are now', async () => {
  for (let round = 0; round < 8; round++) {
    const ats = await acme.addAts('One');
    for (const id of CANDIDATES) await ats.put('candidate', [id], aCandidate());
    const written = (id: string, title: string) =>
      world.addMembers([{ id, firstName: 'Pat', lastName: id, positions: [{ title: `${title} ${round}` }] }]);
    await Promise.all([
      ...CANDIDATES.map((id, index) => ats.link(id, members[index] ?? 0)),
      ...['a', 'b', 'c'].map((id) => written(id, 'Pilot')),
      ...['c', 'b', 'a'].map((id) => written(id, 'Nurse')),
      ats.link('c1', members[2] ?? 0),
    ]);
    expect(await strayDocuments(ats.atsNo)).toEqual([]);
  }
});

test('SE34 members without any identifier who are linked and written at the same time are found by what they are', async () => {
  const ats = await acme.addAts('One');
  for (const id of CANDIDATES) await ats.put('candidate', [id], aCandidate());
  for (let round = 0; round < 10; round++) {
    const written = ['a', 'b', 'c'].map((id) => ({
      id,
      firstName: 'Pat',
      lastName: id,
      positions: [{ title: `Pilot ${round}`, companyName: 'Air' }],
    }));
    await Promise.all([
      world.addMembers(written),
      ...CANDIDATES.map((id, index) => ats.link(id, members[(index + round) % 3] ?? 0)),
    ]);
    expect(await strayDocuments(ats.atsNo)).toEqual([]);
  }
});
