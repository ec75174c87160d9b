import {
  type AtsCard,
  type AtsTab,
  keyIdentity,
  type Profile,
  RECORD_EXAMPLES,
  RESOURCES,
  REST_RESOURCES,
  type ResourceDefinition,
  type RestliMethod,
  type SearchAnswer,
} from '@carrick/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  createSeat,
  dumpRecords,
  encodePersonId,
  importMembers,
  openToEverySeat,
  type Platform,
  setIntegrationStatus,
} from './index.ts';
import { batch, call, resource } from './records/testing/wire-batch.ts';
import { type ServedPlatform, servePlatform } from './testing/served-platform.ts';

/** What an ATS deletes over the wire, and what the recruiter's pages show then. */
const PASSWORD = 'a long enough password';
const EMAIL = 'mia.uno@example.com';
const DESCRIPTION = 'Builds bridges, and tests them, and repairs those of others. '.repeat(2);

let served: ServedPlatform;
let platform: Platform;
let cookie: string;
let tenantId: number;
let organisation: string;
let ats: { readonly token: string };
let recruiter: string;

beforeAll(async () => {
  served = await servePlatform({ unseenResources: true });
  platform = served.platform;
  const { ctx, memberHooks } = platform.deployment;
  const lines = `${JSON.stringify({ id: 'mia', firstName: 'Mia', lastName: 'Uno', emails: [EMAIL] })}\n`;
  await importMembers(ctx, oneChunk(lines), { hooks: memberHooks });
  ({ tenantId, urn: organisation } = await createOrganisation(ctx, { name: 'Acme' }));
  const { contractId } = await createContract(ctx, tenantId, { name: 'Hiring' });
  const seat = {
    contractId,
    email: 'rita@acme.example',
    password: PASSWORD,
    firstName: 'Rita',
    lastName: 'One',
    isAdmin: false,
  };
  const { memberId } = await createSeat(ctx, memberHooks, tenantId, seat);
  const application = await createCustomerApplication(ctx, { name: 'ATS', tenantId });
  const scope = { tenantId, atsNo: application.atsNo };
  await setIntegrationStatus(ctx, scope, [{ type: 'IN_ATS_INDICATOR', contextUrn: organisation }], 'ENABLED');
  await openToEverySeat(ctx, scope, organisation);
  recruiter = `urn:li:person:${encodePersonId(ctx.keys.personKey(application.applicationId), memberId)}`;
  const form = {
    grant_type: 'client_credentials',
    client_id: application.clientId,
    client_secret: application.clientSecret,
  };
  const granted = await fetch(`${platform.baseUrl}/oauth/v2/accessToken`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  ats = { token: ((await granted.json()) as { access_token: string }).access_token }; // its own tests check the answer
  const signedIn = await fetch(`${platform.baseUrl}/app/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-carrick': '1' },
    body: JSON.stringify({ email: seat.email, password: PASSWORD }),
  });
  cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(() => served.close());

async function* oneChunk(text: string): AsyncGenerator<string> {
  yield text;
}

const key = (id: string) => [id, 'ATS', organisation];
const CANDIDATES = resource('atsCandidates');
const APPLICATIONS = resource('atsApplications');
const CANDIDATE_NOTES = resource('notes', 'atsCandidates');
const [NOTES, FEEDBACK, STAGES] = ['notes', 'interviewFeedback', 'stages'].map((name) =>
  resource(name, 'atsApplications'),
) as [ResourceDefinition, ResourceDefinition, ResourceDefinition]; // three names, three resources
const ACLS = resource('atsEntityAcls');
const ASSIGNEES = resource('atsEntityAclAssignees');
const aclKey = () => ['board', 'ATS', organisation, 'JOB_POSTING', 'J1'];
const assigneeKey = () => ['board', 'ATS', organisation, recruiter, 'JOB_POSTING'];

async function put(
  of: ResourceDefinition,
  id: readonly string[],
  entity: unknown,
  parentKey?: readonly string[],
) {
  const answer = await batch(platform, ats, 'PUT', of, [[id, entity]], parentKey ? { parentKey } : {});
  expect([of.name, Object.values(answer.body.results)]).toEqual([of.name, [{ status: 204 }]]);
}

async function remove(of: ResourceDefinition, id: readonly string[], parentKey?: readonly string[]) {
  const answer = await batch(platform, ats, 'DELETE', of, [[id]], parentKey ? { parentKey } : {});
  expect([of.name, Object.values(answer.body.results)]).toEqual([of.name, [{ status: 204 }]]);
}

async function post(changes: object) {
  const posting = {
    integrationContext: organisation,
    externalJobPostingId: 'J1',
    title: 'Bridge builder',
    description: DESCRIPTION,
    location: 'Oslo, Norway',
    companyApplyUrl: 'https://jobs.example.com/1',
    listedAt: 1_700_000_000_000,
    ...changes,
  };
  const { body } = await call(platform, ats, {
    method: 'POST',
    path: '/v2/simpleJobPostings',
    headers: { 'X-RestLi-Method': 'batch_create' },
    body: { elements: [posting] },
  });
  const [{ id }] = body.elements;
  const read = await batch(platform, ats, 'GET', resource('simpleJobPostingTasks'), [[[id]]]);
  return read.body.results[id];
}

async function read<Answer>(path: string): Promise<Answer> {
  const response = await fetch(`${platform.baseUrl}${path}`, { headers: { cookie } });
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Answer;
}

/** All that the recruiter can see of the person. */
async function screen() {
  const found = await read<SearchAnswer>('/app/api/search?q=Mia');
  const past = await read<SearchAnswer>('/app/api/search?q=Mia&spotlights=pastApplicants');
  const [row] = found.people;
  if (!row) throw new Error('the person is found in any case');
  const [profile, card, tab] = await Promise.all([
    read<Profile>(`/app/api/people/${row.id}`),
    read<AtsCard>(`/app/api/people/${row.id}/card`),
    read<AtsTab>(`/app/api/people/${row.id}/ats`),
  ]);
  const jobs = tab.records.flatMap((record) => record.jobs);
  return {
    indicator: row.inAts.length,
    pastApplicant: past.people.length,
    activity: row.activity.notes,
    atsJobs: profile.atsJobs,
    card: card.sections.length,
    records: tab.records.length,
    jobs: jobs.length,
    candidateNotes: tab.records.flatMap(({ notes }) => notes.map(({ text }) => text)),
    notes: jobs.flatMap(({ notes }) => notes.map(({ text }) => text)),
    feedback: jobs.flatMap(({ feedback }) => feedback.map(({ text }) => text)),
    stages: jobs.flatMap(({ stages }) => stages.map(({ stage }) => stage)),
  };
}

async function dumped(): Promise<Map<string, Readonly<Record<string, unknown>>>> {
  const found = new Map<string, Readonly<Record<string, unknown>>>();
  for await (const { kind, key: own, record } of dumpRecords(platform.deployment.ctx))
    found.set(`${kind} ${keyIdentity(own)}`, record);
  return found;
}

const SHOWN = {
  indicator: 1,
  pastApplicant: 1,
  activity: 2,
  atsJobs: 1,
  card: 1,
  records: 1,
  jobs: 1,
  candidateNotes: ['Called her'],
  notes: ['Was early'],
  feedback: ['Calm'],
  stages: ['Hired', 'Applied'],
};
const NOTHING = {
  indicator: 0,
  pastApplicant: 0,
  activity: 0,
  atsJobs: 0,
  card: 0,
  records: 0,
  jobs: 0,
  candidateNotes: [],
  notes: [],
  feedback: [],
  stages: [],
};

/** One of everything. */
beforeEach(async () => {
  const known = await dumped();
  const posted = await post(known.has('job ["J1"]') ? { state: 'LISTED' } : {});
  expect(posted).toMatchObject({ status: 'SUCCEEDED' });
  await put(ACLS, aclKey(), {});
  await put(ASSIGNEES, assigneeKey(), {});
  const times = { atsCreatedAt: 1_600_000_000_000, atsLastModifiedAt: 1_600_000_000_000 };
  const name = { firstName: 'Mia', lastName: 'Uno' };
  await put(CANDIDATES, key('C1'), { ...times, ...name, emailAddresses: [EMAIL] });
  await put(CANDIDATE_NOTES, ['N1'], { note: 'Called her', atsCreatedAt: 1 }, key('C1'));
  const job = { atsJobPostingId: 'J1', atsJobPostingName: 'Bridge builder' };
  await put(APPLICATIONS, key('A1'), { ...times, ...name, ...job, atsCandidateId: 'C1' });
  await put(NOTES, ['N1'], { note: 'Was early', atsCreatedAt: 1 }, key('A1'));
  await put(FEEDBACK, ['F1'], { feedback: 'Calm', atsCreatedAt: 1 }, key('A1'));
  await put(STAGES, ['S1'], { stage: 'Applied', atsCreatedAt: 1 }, key('A1'));
  await put(STAGES, ['S2'], { stage: 'Hired', atsCreatedAt: 2 }, key('A1'));
  expect(await screen()).toEqual(SHOWN);
});

test('SY6 L-074 a deleted candidate goes with its notes and its indicator; its applications stay, detached', async () => {
  const before = await dumped();
  await remove(CANDIDATES, key('C1'));
  expect(await screen()).toEqual(NOTHING);
  const gone = await batch(platform, ats, 'GET', CANDIDATES, [[key('C1')]]);
  expect(Object.values(gone.body.errors)).toEqual([expect.objectContaining({ status: 404 })]);
  const after = await dumped();
  expect([...before.keys()].filter((each) => !after.has(each)).sort()).toEqual([
    'candidate ["C1"]',
    'candidateNote ["C1","N1"]',
  ]);
  const { atsCandidateId, ...detached } = before.get('application ["A1"]') ?? {};
  expect(atsCandidateId).toBe('C1');
  expect(after.get('application ["A1"]')).toEqual(detached);
});

test('SY5 L-076 each note, feedback and stage is deleted by itself and leaves the screen, its neighbours stay', async () => {
  await remove(CANDIDATE_NOTES, ['N1'], key('C1'));
  expect(await screen()).toEqual({ ...SHOWN, activity: 1, candidateNotes: [] });
  await remove(NOTES, ['N1'], key('A1'));
  expect(await screen()).toEqual({ ...SHOWN, activity: 0, candidateNotes: [], notes: [] });
  await remove(FEEDBACK, ['F1'], key('A1'));
  const few = { ...SHOWN, activity: 0, candidateNotes: [], notes: [], feedback: [] };
  expect(await screen()).toEqual(few);
  await remove(STAGES, ['S2'], key('A1'));
  // Who did not advance is no past applicant.
  expect(await screen()).toEqual({ ...few, pastApplicant: 0, stages: ['Applied'] });
  const kept = await dumped();
  expect([...kept.keys()]).toEqual(
    expect.arrayContaining(['candidate ["C1"]', 'application ["A1"]', 'stage ["A1","S1"]']),
  );
  expect([...kept.keys()].filter((each) => /Note|Feedback|S2/.test(each))).toEqual([]);
});

test('SY48 L-078 after everything was deleted neither API nor screen shows any of it, and the jobs are closed', async () => {
  await remove(NOTES, ['N1'], key('A1'));
  await remove(FEEDBACK, ['F1'], key('A1'));
  for (const id of ['S1', 'S2']) await remove(STAGES, [id], key('A1'));
  await remove(APPLICATIONS, key('A1'));
  await remove(CANDIDATE_NOTES, ['N1'], key('C1'));
  await remove(CANDIDATES, key('C1'));
  await remove(ASSIGNEES, assigneeKey());
  await remove(ACLS, aclKey());
  expect(await post({ jobPostingOperationType: 'CLOSE' })).toMatchObject({ status: 'SUCCEEDED' });

  expect(await screen()).toEqual(NOTHING);
  const left = [...(await dumped())].map(([name, { state }]) => [name, state]);
  expect(left).toEqual([['job ["J1"]', 'CLOSED']]);
  const candidate = await batch(platform, ats, 'GET', CANDIDATES, [[key('C1')]]);
  expect([candidate.body.results, Object.keys(candidate.body.errors).length]).toEqual([{}, 1]);
  for (const [name, also] of [
    ['atsEntityAcls', 'atsEntityType=JOB_POSTING&atsEntityId=J1'],
    ['atsEntityAclAssignees', `assignee=${recruiter}`],
  ]) {
    const criteria = `q=criteria&dataProvider=ATS&integrationContext=${organisation}&${also}`;
    const found = await call(platform, ats, { method: 'GET', path: `/v2/${name}?${criteria}` });
    expect([name, found.body.elements]).toEqual([name, []]);
  }
  const status = await batch(platform, ats, 'GET', resource('jobPostingStatus'), [[['J1']]]);
  expect(status.body.results.J1).toMatchObject({ listingStatus: 'NOT_LISTED' });
  const board = await fetch(
    `${platform.baseUrl}/jobs/${encodeURIComponent(organisation.split(':').at(-1) ?? '')}`,
  );
  expect([board.status, (await board.text()).includes('Bridge builder')]).toEqual([200, false]);
});

const WRITES: readonly RestliMethod[] = [
  'create',
  'batch_create',
  'update',
  'batch_update',
  'partial_update',
  'batch_partial_update',
  'action',
];

test('SY47 L-065 an application comes and changes through its own resource only, whatever is sent elsewhere', async () => {
  await remove(APPLICATIONS, key('A1'));
  const entity = { ...RECORD_EXAMPLES.application, firstName: 'Mallory' };
  const entities = { A1: entity, 'atsJobApplicationId=A1': entity };
  const body = { ...entity, entities, elements: [entity], patch: { $set: entity } };
  const statuses: number[] = [];
  const send = async (method: 'PUT' | 'POST', path: string, says?: RestliMethod) => {
    const { status } = await call(platform, ats, {
      method,
      path,
      headers: { 'LinkedIn-Version': '202604', ...(says ? { 'X-RestLi-Method': says } : {}) },
      body,
    });
    statuses.push(status);
  };
  // Every other resource of both dialects, by every method that writes.
  for (const [base, table] of [
    ['/v2', RESOURCES],
    ['/rest', REST_RESOURCES],
  ] as const) {
    for (const { name, kind } of table as readonly ResourceDefinition[]) {
      if (kind === 'application') continue;
      for (const says of WRITES) {
        const method = says.endsWith('update') && !says.includes('partial') ? 'PUT' : 'POST';
        await send(method, `${base}/${name}?ids=A1`, says);
        await send(method, `${base}/${name}/A1`, says);
        await send(method, `${base}/atsApplications/atsJobApplicationId=A1/${name}?ids=A1`, says);
      }
    }
  }
  // Its own resource takes no more than whole records by their keys.
  for (const says of ['create', 'batch_create', 'partial_update', 'batch_partial_update', 'action'] as const)
    for (const base of ['/v2', '/rest']) await send('POST', `${base}/atsApplications`, says);
  // Doors that an application could come in by elsewhere.
  const board = `/jobs/${encodeURIComponent(organisation.split(':').at(-1) ?? '')}`;
  for (const path of [
    `${board}/1`,
    board,
    `${board}/1/apply`,
    '/v2/jobApplications',
    '/v2/applications',
    '/app/api/applications',
  ])
    for (const method of ['PUT', 'POST'] as const) await send(method, path);
  expect(statuses.filter((status) => status === 201 || status === 204 || status >= 500)).toEqual([]);
  const held = await dumped();
  expect([...held.keys()].filter((name) => name.startsWith('application '))).toEqual([]);
  expect(JSON.stringify([...held])).not.toContain('Mallory');
  await put(APPLICATIONS, key('A1'), entity);
  expect((await dumped()).get('application ["A1"]')).toMatchObject({ firstName: 'Mallory' });
});
