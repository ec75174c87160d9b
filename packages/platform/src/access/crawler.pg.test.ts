import { afterAll, beforeAll, expect, test } from 'vitest';
import { configOf } from '../config.ts';
import { createLog, createPlatform, type Platform } from '../index.ts';
import { FakeClock } from '../kernel/clock.ts';
import { TEST_MASTER_KEY, type TestDatabase, testDatabase } from '../kernel/testing.ts';
import { importMembers } from '../members/index.ts';
import {
  createContract,
  createOrganisation,
  createSeat,
  putConfigurations,
  setIntegrationStatus,
} from '../tenancy/index.ts';
import { type AtsSide, aCandidate, addAts, anApplication, setStrict } from './testing/app-world.ts';
import {
  type CrawlTarget,
  type CrawlViewer,
  crawl,
  probesOf,
  signInTo,
  unknownRoutes,
} from './testing/crawl.ts';

const PASSWORD = 'a long enough password';
/** By hand: CARRICK_ACL_APPLICATIONS=50000. */
const APPLICATIONS = Number(process.env.CARRICK_ACL_APPLICATIONS ?? 2_000);
const clock = new FakeClock();
let database: TestDatabase;
let platform: Platform;
let ats: AtsSide;
let tenantId: number;
let urn: string;
let contractId: number;
let target: CrawlTarget;
const viewers: Record<string, CrawlViewer> = {};
const memberIds: Record<string, number> = {};

beforeAll(async () => {
  database = await testDatabase();
  platform = createPlatform(
    configOf({
      databaseUrl: database.ownerUrl,
      masterKey: TEST_MASTER_KEY.toString('hex'),
      port: 0,
      mailbox: true,
    }),
    { clock, log: createLog('silent') },
  );
  await platform.start();
  const { ctx, records, memberHooks } = platform.deployment;
  ({ tenantId, urn } = await createOrganisation(ctx, { name: 'Acme' }));
  ({ contractId } = await createContract(ctx, tenantId, { name: 'Recruiting' }));
  for (const name of ['allowed', 'outside', 'admin']) {
    const seat = await createSeat(ctx, memberHooks, tenantId, {
      contractId,
      email: `${name}@acme.example`,
      password: PASSWORD,
      firstName: 'Some',
      lastName: name,
      isAdmin: name === 'admin',
    });
    memberIds[name] = seat.memberId;
    viewers[name] = await signInTo(platform.baseUrl, seat.email, PASSWORD);
  }
  ats = await addAts(records, { tenantId, urn, name: 'Hireworks' }, { isOpen: true });
  const scope = { tenantId, atsNo: ats.atsNo };
  const key = { type: 'ONE_CLICK_EXPORT', contextUrn: urn } as const;
  await setIntegrationStatus(ctx, scope, [key], 'ENABLED');
  await putConfigurations(ctx, scope, key, [{ key: 'JOB_POSTING_VIEWERS', value: 'ALL_PRODUCT_USERS' }]);
  await importMembers(
    ctx,
    (async function* () {
      for (let i = 0; i < 4; i++)
        yield `${JSON.stringify({ id: `m${i}`, firstName: 'Kelsey', lastName: `Foster${i}`, emails: [`k${i}@mail.example`], shareWithThirdParties: true })}\n`;
      yield `${JSON.stringify({ id: 'm9', firstName: 'Uma', lastName: 'Unreachable', emails: [], shareWithThirdParties: true })}\n`;
    })(),
    { hooks: memberHooks },
  );
  await ats.putJob('OPEN1', { title: 'Driver' });
  for (let i = 0; i < 3; i++)
    await ats.put(
      'candidate',
      [`c${i}`],
      aCandidate({ firstName: 'Kelsey', lastName: `Foster${i}`, emailAddresses: [`k${i}@mail.example`] }),
    );
  await ats.put('application', ['a0'], anApplication('c0', 'OPEN1'));
  await settle();
  target = {
    atsNo: ats.atsNo,
    jobId: 'SEC1',
    candidateId: 'c0',
    lastName: 'Foster0',
    organizationId: urn.split(':').at(-1) ?? '',
  };
  // Who viewed whom is counted by being asked, and told to colleagues: from now on nothing of it changes.
  for (const name of Object.keys(viewers)) await crawlAs(name);
});
afterAll(async () => {
  await platform.stop();
  await database.drop();
});

async function settle(): Promise<void> {
  await platform.deployment.outbox.poll();
}

async function crawlAs(name: string, isPosting = false): Promise<Map<string, string>> {
  const viewer = viewers[name];
  if (!viewer) throw new Error(`no viewer ${name}`);
  const probes = probesOf(target, await viewer.person(target.lastName));
  return crawl(platform.baseUrl, viewer, probes, { isPosting });
}

const changed = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...after].filter(([probe, answer]) => before.get(probe) !== answer).map(([probe]) => probe);

/** Everything an ATS can say of a secured job, of people whom everybody finds. */
async function sendSecured(): Promise<void> {
  await ats.put('entityAcl', ['JOB_POSTING', 'SEC1', 'board']);
  await ats.put('entityAclAssignee', [memberIds.allowed ?? 0, 'JOB_POSTING', 'board']);
  await ats.putJob('SEC1', { title: 'Secret Chief', isClosed: false });
  for (const [application, candidate] of [
    ['s0', 'c0'],
    ['s1', 'c1'],
  ] as const) {
    await ats.put(
      'application',
      [application],
      anApplication(candidate, 'SEC1', {
        dispositionReason: 'Secret reason',
        atsJobPostingName: 'Secret Chief',
        source: 'Secret source',
      }),
    );
    await ats.put('stage', [application, '1'], { stage: 'Secret stage', atsCreatedAt: 1 });
    await ats.put('stage', [application, '2'], { stage: 'Hired', atsCreatedAt: clock.now() });
    await ats.put('applicationNote', [application, '1'], { note: 'Secret note' });
    await ats.put('interviewFeedback', [application, '1'], { feedback: 'Secret feedback', atsCreatedAt: 2 });
  }
  await settle();
}

test('AC14 every route that a seat can call is compared, or says why there is nothing to compare', () => {
  expect(unknownRoutes(platform, Object.keys(probesOf(target, 'x')))).toEqual([]);
});

test('AC14 AC9 L-069 L-071 who is not on the list is answered the same bytes before and after everything of a secured job came, streams included', async () => {
  const before = await crawlAs('outside', true);
  const seen = await crawlAs('allowed');
  const heard = { outside: await listen('outside'), allowed: await listen('allowed') };
  await sendSecured();
  // A person whom both may hear of: when this has come, what could come before has come.
  await ats.put('candidateNote', ['c2', '1'], { note: 'for everybody' });
  await settle();
  await Promise.all([heard.outside.first, heard.allowed.first]);
  const told = { outside: heard.outside.end(), allowed: heard.allowed.end() };
  expect(told.outside.match(/"person"/g)?.length ?? 0).toBeLessThan(
    told.allowed.match(/"person"/g)?.length ?? 0,
  );
  await ats.remove('candidateNote', ['c2', '1']);
  const again = await crawlAs('outside', true);
  expect(changed(before, again)).toEqual([]);
  const after = await crawlAs('allowed');
  // The same questions do tell the one on the list: the comparison looks where there is something to see.
  const differing = changed(seen, after).map((probe) => probe.replace(/people\/[^/"?]+/, 'people/X'));
  expect(differing).toEqual(
    expect.arrayContaining([
      '"/app/api/search?spotlights=pastApplicants"',
      '"/app/api/people/X/card"',
      '"/app/api/people/X/ats"',
      `"/app/api/exports/jobs?atsNo=${ats.atsNo}&q=Secret"`,
      '"/app/api/projects/jobs?q=SEC1"',
    ]),
  );
});

test('AC15 a grant changes the answers of the one who got it alone, and a revoke changes them back', async () => {
  const before = {
    outside: await crawlAs('outside'),
    allowed: await crawlAs('allowed'),
    admin: await crawlAs('admin'),
  };
  await ats.put('entityAclAssignee', [memberIds.outside ?? 0, 'JOB_POSTING', 'board']);
  expect(changed(before.allowed, await crawlAs('allowed'))).toEqual([]);
  expect(changed(before.admin, await crawlAs('admin'))).toEqual([]);
  const granted = await crawlAs('outside');
  expect(changed(before.outside, granted).length).toBeGreaterThan(4);
  await ats.remove('entityAclAssignee', [memberIds.outside ?? 0, 'JOB_POSTING', 'board']);
  expect(changed(before.outside, await crawlAs('outside'))).toEqual([]);
});

test('AC17 L-069 in strict mode a candidate of a secured job alone is, to who is not on the list, as if the ATS had never sent it', async () => {
  await sendSecured();
  const { ctx } = platform.deployment;
  await setStrict(ctx, { tenantId, contractId }, true);
  const viewer = viewers.outside;
  if (!viewer) throw new Error('no viewer');
  const probes = probesOf(
    { ...target, candidateId: 'c3', lastName: 'Foster3' },
    await viewer.person('Foster3'),
  );
  const ask = () => crawl(platform.baseUrl, viewer, probes, { isPosting: false });
  await ask(); // whose views are counted from now on
  const before = await ask();
  await ats.put('application', ['s3'], anApplication('c3', 'SEC1', { dispositionReason: 'Secret reason' }));
  await ats.put(
    'candidate',
    ['c3'],
    aCandidate({ firstName: 'Kelsey', lastName: 'Foster3', emailAddresses: [`k3@mail.example`] }),
  );
  await ats.put('candidateNote', ['c3', '1'], { note: 'Secret note on the candidate' });
  await ats.link('c3', await memberIdOf('m3'));
  await settle();
  expect(changed(before, await ask())).toEqual([]);
  // Marked, the person is not written to, and is told like somebody without an address: nothing else changes.
  const blockOf = async (lastName: string) => {
    const path = `/app/api/messages/with/${await viewer.person(lastName)}`;
    const answer = await fetch(`${platform.baseUrl}${path}`, { headers: { cookie: viewer.cookie } });
    return ((await answer.json()) as { blocked: { code: string } | null }).blocked;
  };
  const marked = aCandidate({
    firstName: 'Kelsey',
    lastName: 'Foster3',
    emailAddresses: [`k3@mail.example`],
  });
  await ats.put('candidate', ['c3'], { ...marked, doNotContact: true });
  await settle();
  const isOfMessages = (probe: string) => probe.includes('/messages/with/');
  expect(changed(before, await ask()).every(isOfMessages)).toBe(true);
  expect(await blockOf('Foster3')).toEqual(await blockOf('Unreachable'));
  expect(await blockOf('Foster3')).toMatchObject({ code: 'MESSAGE_NO_ADDRESS' });
  await setStrict(ctx, { tenantId, contractId }, false);
  expect(await blockOf('Foster3')).toMatchObject({ code: 'MESSAGE_DO_NOT_CONTACT' });
  expect(changed(before, await ask()).length).toBeGreaterThan(4);
});

async function memberIdOf(externalId: string): Promise<number> {
  const [row] = await platform.deployment.ctx.db.read(
    null,
    async (tx) => tx<{ member_id: number }>`select member_id from member where external_id = ${externalId}`,
  );
  return row?.member_id ?? 0;
}

test(`AC16 a revoke holds from the next request, also with ${APPLICATIONS} applications on the job`, async () => {
  await sendSecured();
  await database.db.transaction(tenantId, async (tx) => {
    await tx`
      insert into candidate (tenant_id, ats_no, id, ats_created_at, ats_last_modified_at, first_name, last_name, email_addresses, received_at)
      select ${tenantId}, ${ats.atsNo}, 'bulk' || n, 1, 1, 'Bulk', 'Person' || n, '[]', 1 from generate_series(1, ${APPLICATIONS}::int) n`;
    await tx`
      insert into application (tenant_id, ats_no, id, candidate_id, job_id, job_name, ats_created_at, ats_last_modified_at, first_name, last_name, received_at)
      select ${tenantId}, ${ats.atsNo}, 'bulk' || n, 'bulk' || n, 'SEC1', 'Secret Chief', 1, 1, 'Bulk', 'Person' || n, 1
      from generate_series(1, ${APPLICATIONS}::int) n`;
    await tx`
      insert into applicant (tenant_id, member_id, ats_no, job_id, candidate_id, is_restricted, applications, has_advanced, is_closed, last_applied_at)
      select ${tenantId}, 1000000 + n, ${ats.atsNo}, 'SEC1', 'bulk' || n, false, 1, true, true, 1
      from generate_series(1, ${APPLICATIONS}::int) n`;
  });
  const cookie = viewers.allowed?.cookie ?? '';
  const stages = async () => {
    const answer = await fetch(`${platform.baseUrl}/app/api/search?q=Foster1&spotlights=pastApplicants`, {
      headers: { cookie },
    });
    return ((await answer.json()) as { people: unknown[] }).people.length;
  };
  expect(await stages()).toBe(1);
  await ats.remove('entityAclAssignee', [memberIds.allowed ?? 0, 'JOB_POSTING', 'board']);
  expect(await stages()).toBe(0);
});

interface Heard {
  /** Resolves when the person everybody may hear of was told. */
  readonly first: Promise<void>;
  end(): string;
}

async function listen(name: string): Promise<Heard> {
  const ending = new AbortController();
  const response = await fetch(`${platform.baseUrl}/app/api/events`, {
    headers: { cookie: viewers[name]?.cookie ?? '' },
    signal: ending.signal,
  });
  const marker = (await viewers[name]?.person('Foster2')) ?? '';
  let text = '';
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const first = (async () => {
    while (reader && !text.includes(marker)) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
    }
  })();
  return {
    first,
    end() {
      ending.abort();
      return text;
    },
  };
}
