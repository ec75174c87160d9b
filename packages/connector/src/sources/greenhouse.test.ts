import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dryRun } from '../dry-run.ts';
import { type Mapping, readMapping } from '../mapping.ts';
import { rowShaper } from '../shape-row.ts';
import { type FakeGreenhouse, fakeGreenhouse } from './greenhouse.fixture.ts';
import { type GreenhouseSource, openGreenhouse } from './greenhouse.ts';
import { greenhouseWebhook } from './greenhouse-webhook.ts';

const CREATED = '2026-01-05T10:00:00.000Z';
let now = Date.parse('2026-02-01T00:00:00Z');
const waited: number[] = [];
let fake: FakeGreenhouse;
let source: GreenhouseSource;
let mapping: Mapping;

const times = { created_at: CREATED, updated_at: CREATED };
const person = (id: number, isPrivate = false) => ({
  id,
  first_name: 'Ada',
  last_name: `Lovelace ${id}`,
  company: 'Analytical Engines',
  title: 'Engineer',
  private: isPrivate,
  email_addresses: [{ value: `ada${id}@people.example`, type: 'personal' }],
  phone_numbers: [],
  addresses: [{ value: '1 Mill Lane, London', type: 'home' }],
  social_media_addresses: [],
  ...times,
});

beforeAll(async () => {
  fake = await fakeGreenhouse(
    {
      jobs: [
        { id: 1, name: 'Engineer', status: 'open', requisition_id: 'R-1', ...times },
        { id: 2, name: 'Miller', status: 'closed', requisition_id: null, ...times },
        { id: 3, name: 'Draft', status: 'draft', requisition_id: null, ...times },
      ],
      job_posts: [{ id: 11, job_id: 1, content: '<p>Builds <b>engines</b>.</p>', ...times }],
      user_job_permissions: [{ id: 21, user_id: 31, job_id: 1, ...times }],
      users: [{ id: 31, first_name: 'Rita', last_name: 'Recruiter' }],
      candidates: [person(41), person(42), person(43), person(44, true), person(45)],
      notes: [
        {
          id: 51,
          candidate_id: 41,
          user_id: 31,
          body: '<p>Called.</p>',
          visibility: 'public',
          type: 'NOTE',
          ...times,
        },
        {
          id: 52,
          candidate_id: 41,
          user_id: 31,
          body: 'Secret',
          visibility: 'private',
          type: 'NOTE',
          ...times,
        },
        {
          id: 53,
          candidate_id: 44,
          user_id: 31,
          body: 'Of a private one',
          visibility: 'public',
          type: 'NOTE',
          ...times,
        },
      ],
      applications: [
        {
          id: 61,
          candidate_id: 41,
          job_id: 1,
          source_id: 71,
          status: 'in_process',
          prospect: false,
          ...times,
        },
        {
          id: 62,
          candidate_id: 42,
          job_id: 2,
          source_id: null,
          status: 'rejected',
          prospect: false,
          ...times,
        },
        {
          id: 63,
          candidate_id: 44,
          job_id: 1,
          source_id: null,
          status: 'in_process',
          prospect: false,
          ...times,
        },
        {
          id: 64,
          candidate_id: 43,
          job_id: null,
          source_id: null,
          status: 'in_process',
          prospect: true,
          ...times,
        },
      ],
      sources: [{ id: 71, name: 'Careers page' }],
      application_stages: [
        { id: 81, application_id: 61, job_interview_stage_id: 91, entered_at: CREATED, ...times },
      ],
      job_interview_stages: [{ id: 91, name: 'Phone screen', job_id: 1 }],
    },
    () => now,
  );
  source = openGreenhouse({
    apiUrl: fake.url,
    authUrl: fake.url,
    clientId: 'id',
    clientSecret: 'secret',
    now: () => now,
    pause: async (ms) => {
      waited.push(ms);
      now += ms;
      fake.remaining = Number.POSITIVE_INFINITY;
    },
  });
  mapping = await readMapping(join(import.meta.dirname, '../../mappings/greenhouse.yaml'));
});
afterAll(() => fake.close());

async function records(kind: 'job' | 'candidate' | 'candidateNote' | 'application' | 'stage') {
  const kindMapping = mapping.kinds.get(kind);
  if (!kindMapping) throw new Error(`no ${kind}`);
  const shape = rowShaper(mapping, kindMapping);
  const shaped: Record<string, unknown> = {};
  for await (const row of source.all(kindMapping.select)) {
    const { id, parentId, record } = shape(row);
    shaped[parentId === '' ? id : `${parentId}/${id}`] = record;
  }
  return shaped;
}

test('CO85 Greenhouse’s lists become valid records of every kind that is mapped; what is private or a draft stays there', async () => {
  const { kinds, warnings } = await dryRun(mapping, source);
  expect(warnings).toEqual([]);
  expect(kinds.job?.reasons).toEqual({});
  expect(Object.entries(kinds).map(([kind, { source: rows, valid }]) => [kind, rows, valid])).toEqual([
    ['job', 2, 2],
    ['entityAcl', 2, 2],
    ['entityAclAssignee', 1, 0],
    ['candidate', 4, 4],
    ['candidateNote', 1, 1],
    ['application', 2, 2],
    ['stage', 1, 1],
  ]);
  expect(kinds.entityAclAssignee?.reasons).toEqual({
    'ATS user 31 is not bound to a person: add it under "users" in the mapping': 1,
  });
  expect(await records('job')).toMatchObject({
    1: {
      title: 'Engineer',
      description: 'Builds engines.',
      state: 'LISTED',
      accessRestricted: true,
      companyJobCode: 'R-1',
    },
    2: { title: 'Miller', state: 'CLOSED' },
  });
  expect(await records('candidateNote')).toMatchObject({
    '41/51': { note: 'Called.', author: { firstName: 'Rita', lastName: 'Recruiter' } },
  });
  expect(await records('application')).toMatchObject({
    61: { atsJobPostingName: 'Engineer', lastName: 'Lovelace 41', source: 'Careers page' },
    62: { dispositionReason: 'Rejected' },
  });
  expect(await records('stage')).toMatchObject({
    '61/81': { stage: 'Phone screen', atsCreatedAt: Date.parse(CREATED) },
  });
});

test('CO86 one token serves all pages; a cursor stands alone; an increment asks for a window, and not too often', async () => {
  expect(fake.tokens).toBe(1);
  expect(fake.asked.filter((url) => url.includes('cursor=')).every((url) => !url.includes('&'))).toBe(true);
  const select = mapping.kinds.get('candidate')?.select ?? '';
  const since = async () => {
    const ids: unknown[] = [];
    for await (const { id } of source.since(select, '2026-01-20T00:00:00.000Z')) ids.push(id);
    return ids;
  };
  fake.asked.length = 0;
  expect(await since()).toEqual([]);
  expect(fake.asked).toEqual([
    '/v3/candidates?per_page=500&updated_at=gte|2026-01-20T00:00:00.000Z|lte|2026-02-01T00:00:00.000Z',
  ]);
  fake.lists.candidates?.push({ ...person(46), updated_at: '2026-01-31T00:00:00.000Z' });
  expect(await since()).toEqual([]);
  source.wake();
  expect(await since()).toEqual([46]);
  now += 60_000;
  expect(await since()).toEqual([46]);
});

test('CO87 with nothing left in the window it waits for the next one and causes no 429; a 429, a failure and an old token are survived', async () => {
  fake.remaining = 2;
  waited.length = 0;
  expect(Object.keys(await records('candidate'))).toHaveLength(5);
  expect(waited).toEqual([30_000]);
  fake.faults.push({ status: 429, headers: { 'retry-after': '7' } }, { status: 503 }, { status: 401 });
  waited.length = 0;
  const tokens = fake.tokens;
  expect(await source.count('jobs')).toBe(3);
  expect(waited).toEqual([7_000, 1_000]);
  expect(fake.tokens).toBe(tokens + 1);
  fake.faults.push({ status: 403 });
  await expect(source.count('jobs')).rejects.toThrow(/refused \/v3\/jobs \(403\).*scope/);
  const stranger = openGreenhouse({
    apiUrl: fake.url,
    authUrl: fake.url,
    clientId: 'id',
    clientSecret: 'wrong',
    now: () => now,
    pause: async () => {},
  });
  await expect(stranger.count('jobs')).rejects.toThrow(/gave no access token \(401\).*GREENHOUSE_CLIENT_ID/);
});

test('CO88 a web hook wakes the source when its signature is right, and tells it nothing', async () => {
  let woken = 0;
  const answer = greenhouseWebhook('hook-secret', () => woken++);
  const body = '{"action":"candidate_stage_change","payload":{"application":{"id":61}}}';
  const sent = (signature: string, method = 'POST') =>
    answer(
      new Request('http://ats.example/hook', {
        method,
        headers: { signature },
        ...(method === 'POST' && { body }),
      }),
    );
  const signature = createHmac('sha256', 'hook-secret').update(body).digest('hex');
  expect((await sent(`sha256 ${signature}`)).status).toBe(204);
  expect((await sent(`sha256=${signature}`)).status).toBe(401);
  expect((await sent(`sha256 ${'00'.repeat(32)}`)).status).toBe(401);
  expect((await sent('')).status).toBe(401);
  expect((await sent(`sha256 ${signature}`, 'GET')).status).toBe(405);
  expect(woken).toBe(1);
});
