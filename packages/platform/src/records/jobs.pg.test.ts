import { afterAll, beforeAll, expect, it } from 'vitest';
import { purgeRecords } from './purge.ts';
import { aPosting, LONG_DESCRIPTION, postJobs } from './testing/postings.ts';
import { dumped, nameOf } from './testing/store.ts';
import { call, type TestAts, type TestWire, testWire } from './testing/wire.ts';

let world: TestWire;
let ats: TestAts;
beforeAll(async () => {
  world = await testWire();
  ats = await world.ats();
});
afterAll(() => world.close());

const posting = (id: string, changes: Readonly<Record<string, unknown>> = {}) => aPosting(ats, id, changes);
const post = (...elements: unknown[]) => postJobs(world, ats, elements);

async function tasks(ids: readonly string[], of = ats) {
  const answer = await call(world, of, {
    method: 'GET',
    path: `/v2/simpleJobPostingTasks?${ids.map((id) => `ids=${encodeURIComponent(id)}`).join('&')}`,
  });
  expect(answer.body.statuses).toEqual({});
  return answer.body as {
    results: Record<string, { status: string; jobPosting?: string; errorMessage?: string }>;
    errors: Record<string, { status: number }>;
  };
}

/** Posts one job and says how its task ended: SUCCEEDED, or the reason. */
async function outcome(element: unknown): Promise<string> {
  const [posted] = await post(element);
  if (posted?.error) return `${posted.status} ${posted.error.message}`;
  const task = (await tasks([posted!.id])).results[posted!.id];
  return task?.errorMessage ?? task?.status ?? 'no task';
}

const stored = async (id: string) => (await dumped(world.ctx, ats)).get(nameOf('job', [id]));

it('SY26 L-158 each posting answers 202 with a task, in order, and a bad one with its error in its place', async () => {
  const answers = await post(
    posting('a'),
    posting('b', { title: undefined }),
    posting('c', { listedAt: 'soon' }),
    posting('d', { jobPostingOperationType: 'UPDATED' }),
    5,
    posting('e'),
  );
  expect(answers.map(({ status }) => status)).toEqual([202, 422, 422, 422, 422, 202]);
  const [first, untitled, unlisted, odd] = answers;
  expect(first).toEqual({
    id: expect.stringMatching(
      /^urn:li:simpleJobPostingTask:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ),
    status: 202,
    location: `/simpleJobPostings/${encodeURIComponent(first!.id)}`,
    entity: { externalJobPostingId: 'a' },
  });
  expect(untitled!.error!.message).toBe(
    'ERROR :: /title :: field is required but not found and has no default value\n',
  );
  expect(unlisted!.error!.message).toBe('ERROR :: /listedAt :: "soon" cannot be coerced to Long\n');
  expect(odd!.error!.message).toBe('ERROR :: /jobPostingOperationType :: "UPDATED" is not an enum symbol\n');
  expect((await post(posting('f', { workplaceTypes: ['Remote', 'Hybrid'] })))[0]).toMatchObject({
    status: 400,
  });
  expect(
    (
      await call(world, ats, {
        method: 'POST',
        path: '/v2/simpleJobPostings',
        headers: { 'X-RestLi-Method': 'batch_create' },
        body: { elements: Array.from({ length: 101 }, () => posting('g')) },
      })
    ).status,
  ).toBe(400);
});

it("SY26 SY18 a foreign company is refused in its place; one named by page or name is the caller's own", async () => {
  const other = await world.ats();
  const answers = await post(
    posting('foreign', { integrationContext: other.organisation }),
    posting('contract', { integrationContext: 'urn:li:contract:1' }),
    posting('company', { integrationContext: undefined, company: ats.organisation }),
    posting('named', { integrationContext: undefined, companyName: 'Acme' }),
  );
  expect(answers.map(({ status }) => status)).toEqual([403, 422, 202, 202]);
  expect(await stored('named')).toMatchObject({ companyName: 'Acme' });
});

it('SY28 L-035 a job keeps what was sent; sent again it changes and is no second one', async () => {
  const full = {
    state: 'LISTED',
    categories: ['eng'],
    compensation: { compensations: [{ period: 'YEARLY' }] },
    accessRestricted: true,
    expireAt: 1_900_000_000_000,
  };
  const { integrationContext: _context, externalJobPostingId: _id, ...sent } = posting('kept', full);
  const [first] = await post(posting('kept', full));
  expect(await stored('kept')).toEqual(sent);
  const [second] = await post(posting('kept', { ...full, title: 'Senior Engineer' }));
  expect(await stored('kept')).toEqual({ ...sent, title: 'Senior Engineer' });
  const { results } = await tasks([first!.id, second!.id]);
  expect(results[first!.id]?.jobPosting).toMatch(/^urn:li:jobPosting:\d+$/);
  expect(results[second!.id]?.jobPosting).toBe(results[first!.id]?.jobPosting);
  await post(posting('kept', { availability: null, description: LONG_DESCRIPTION }));
  expect(await stored('kept')).toMatchObject({ availability: 'PUBLIC', state: 'LISTED' });
  expect(await stored('kept')).not.toHaveProperty('categories');
});

it('SY27 operations on known and unknown jobs', async () => {
  const op = (jobPostingOperationType: string, changes = {}) =>
    outcome(posting('op', { jobPostingOperationType, ...changes }));
  for (const operation of ['UPDATE', 'RENEW', 'UPGRADE', 'DOWNGRADE'])
    expect(await op(operation)).toContain('does not exist');
  expect(await op('CLOSE')).toMatch(/^409 /);
  expect(await op('CREATE')).toBe('SUCCEEDED');
  expect(await op('CREATE')).toContain('Duplicate');
  expect(await op('UPDATE', { title: 'Changed' })).toBe('SUCCEEDED');
  expect(await stored('op')).toMatchObject({ title: 'Changed', state: 'LISTED' });
  expect(await op('CLOSE', { state: 'LISTED' })).toBe('SUCCEEDED');
  expect(await stored('op')).toMatchObject({ state: 'CLOSED' });
  expect(await op('CLOSE')).toMatch(/^409 /);
  expect(await op('UPDATE')).toBe('SUCCEEDED');
  expect(await stored('op')).toMatchObject({ state: 'LISTED' });
});

it('SY27 L-159 CREATE brings a new job and UPDATE changes that one, which keeps its posting', async () => {
  const before = (await dumped(world.ctx, ats)).size;
  const [created] = await post(
    posting('brought', { jobPostingOperationType: 'CREATE', companyJobCode: 'R-1' }),
  );
  expect(await stored('brought')).toMatchObject({
    title: 'Engineer',
    companyJobCode: 'R-1',
    state: 'LISTED',
  });
  const change = { jobPostingOperationType: 'UPDATE', title: 'Bridge engineer', location: 'Oslo, Norway' };
  const [updated] = await post(posting('brought', change));
  const { results } = await tasks([created!.id, updated!.id]);
  expect([results[created!.id]?.status, results[updated!.id]?.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  expect(results[updated!.id]?.jobPosting).toBe(results[created!.id]?.jobPosting);
  const { jobPostingOperationType: _, ...wanted } = change;
  expect(await stored('brought')).toMatchObject({ ...wanted, state: 'LISTED' });
  expect(await stored('brought')).not.toHaveProperty('companyJobCode');
  expect((await dumped(world.ctx, ats)).size).toBe(before + 1);
});

it('SY27 without an operation a posting creates, updates, and closes by its state', async () => {
  expect(await outcome(posting('plain', { state: 'CLOSED' }))).toBe('SUCCEEDED');
  expect(await stored('plain')).toMatchObject({ state: 'CLOSED' });
  expect(await outcome(posting('plain', { state: 'CLOSED', title: 'Still closed' }))).toBe('SUCCEEDED');
  expect(await stored('plain')).toMatchObject({ state: 'CLOSED', title: 'Still closed' });
  expect(await outcome(posting('plain', { state: 'LISTED' }))).toBe('SUCCEEDED');
  expect(await stored('plain')).toMatchObject({ state: 'LISTED' });
});

it('SY27 the same job twice in one request: both are taken, the last one stays', async () => {
  const create = { jobPostingOperationType: 'CREATE' };
  const answers = await post(
    posting('twice', { ...create, title: 'one' }),
    posting('twice', { ...create, title: 'two' }),
    posting('twice', { title: 'three' }),
  );
  const { results } = await tasks(answers.map(({ id }) => id));
  expect(answers.map(({ id }) => results[id]?.status)).toEqual(['SUCCEEDED', 'FAILED', 'SUCCEEDED']);
  expect(await stored('twice')).toMatchObject({ title: 'three' });
});

it('SY27 of two requests that create one job at the same time, one is told that it exists', async () => {
  const created = await Promise.all(
    Array.from({ length: 4 }, () => outcome(posting('race', { jobPostingOperationType: 'CREATE' }))),
  );
  expect(created.filter((each) => each === 'SUCCEEDED')).toHaveLength(1);
});

it('SY28 RENEW extends the end by 30 days', async () => {
  const days30 = 30 * 24 * 3_600_000;
  await post(posting('renewed', { expireAt: world.clock.now() + 1_000 }));
  await post(posting('renewed', { jobPostingOperationType: 'RENEW' }));
  expect(await stored('renewed')).toMatchObject({ expireAt: world.clock.now() + 1_000 + days30 });
  await post(posting('endless'));
  await post(posting('endless', { jobPostingOperationType: 'RENEW' }));
  expect(await stored('endless')).toMatchObject({ expireAt: world.clock.now() + days30 });
});

it('SY29 a public job needs 100 characters and stays public while it is open', async () => {
  expect(await outcome(posting('public', { availability: 'PUBLIC' }))).toContain(
    'JOB_FIELD_PROCESSOR_DESCRIPTION',
  );
  expect(await stored('public')).toBeUndefined();
  expect(await outcome(posting('public', { availability: 'PUBLIC', description: LONG_DESCRIPTION }))).toBe(
    'SUCCEEDED',
  );
  expect(await outcome(posting('public'))).toContain('cannot be made private');
  expect(await outcome(posting('public', { availability: 'PUBLIC', state: 'CLOSED' }))).toBe('SUCCEEDED');
  expect(await outcome(posting('public'))).toBe('SUCCEEDED');
  expect(await stored('public')).toMatchObject({
    availability: 'PRIVATE_TO_ATS_INTEGRATION',
    state: 'LISTED',
  });
});

it('SY30 tasks are read by their own ATS, for 30 days', async () => {
  const [good, bad] = await post(posting('task'), posting('task', { jobPostingOperationType: 'CREATE' }));
  const unknown = 'urn:li:simpleJobPostingTask:00000000-0000-4000-8000-000000000000';
  const { results, errors } = await tasks([good!.id, bad!.id, unknown, 'urn:li:person:1']);
  expect(results).toEqual({
    [good!.id]: {
      id: good!.id,
      status: 'SUCCEEDED',
      externalJobPostingId: 'task',
      jobPosting: expect.any(String),
      warningMessage: expect.stringContaining('/description'),
    },
    [bad!.id]: {
      id: bad!.id,
      status: 'FAILED',
      externalJobPostingId: 'task',
      errorMessage: expect.stringContaining('Duplicate'),
    },
  });
  expect(errors).toMatchObject({ [unknown]: { status: 404 }, 'urn:li:person:1': { status: 422 } });
  const other = await world.ats();
  expect((await tasks([good!.id], other)).errors).toMatchObject({ [good!.id]: { status: 404 } });
  const sibling = await world.ats({ of: ats });
  expect((await tasks([good!.id], sibling)).errors).toMatchObject({ [good!.id]: { status: 404 } });
});

it('SY30 SY34 a task that has had its 30 days is gone', async () => {
  const [{ id } = { id: '' }] = await post(posting('old'));
  world.clock.advance(30 * 24 * 3_600_000 + 1);
  await purgeRecords(world.store);
  ats = { ...ats, token: (await world.ats({ of: ats })).token };
  expect((await tasks([id])).errors).toMatchObject({ [id]: { status: 404 } });
});
