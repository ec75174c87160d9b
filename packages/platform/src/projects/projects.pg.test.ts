import type {
  Moved,
  PeopleInProjects,
  Pipeline,
  ProjectCreated,
  ProjectList,
  ProjectPage,
  SavedToProject,
  TiableJobs,
} from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AppWorld,
  type AtsSide,
  type Browser,
  type Company,
  openAppWorld,
  PASSWORD,
} from '../access/testing/app-world.ts';
import { personIdOf } from '../search/index.ts';
import { createContract, createSeat } from '../tenancy/index.ts';

let world: AppWorld;
let acme: Company;
let ats: AtsSide;
let rita: Browser;
let rolf: Browser;
let elsewhere: Browser;
let stranger: Browser;
let members: Map<string, number>;

const memberOf = (id: string): number => members.get(id) ?? 0;
const personOf = (id: string): string => personIdOf(world.ctx, acme.tenantId, memberOf(id));

beforeAll(async () => {
  world = await openAppWorld();
  acme = await world.addCompany('Acme');
  ats = await acme.addAts('OpenCATS', { isOpen: true });
  const ritaSeat = await acme.addSeat('Rita One');
  await acme.addSeat('Rolf Two');
  const second = await createContract(world.ctx, acme.tenantId, { name: 'Acme campus' });
  await createSeat(world.ctx, [], acme.tenantId, {
    contractId: second.contractId,
    email: 'cara@acme.example',
    password: PASSWORD,
    firstName: 'Cara',
    lastName: 'Campus',
    isAdmin: true,
  });
  const other = await world.addCompany('Other');
  await other.addSeat('Sam Stranger');
  members = await world.addMembers([
    { id: 'ann', firstName: 'Ann', lastName: 'Lee', headline: 'Designer of bridges' },
    { id: 'ben', firstName: 'Ben', lastName: 'Moe', headline: 'Welder' },
    { id: 'cy', firstName: 'Cy', lastName: 'Nox' },
    { id: 'gone', firstName: 'Gone', lastName: 'Girl', closed: true },
  ]);
  rita = await world.signIn('rita.one@acme.example');
  rolf = await world.signIn('rolf.two@acme.example');
  elsewhere = await world.signIn('cara@acme.example');
  stranger = await world.signIn('sam.stranger@other.example');
  await ats.putJob('J1', { title: 'Bridge builder' });
  await ats.putJob('SEC', { title: 'Secret chief' });
  await ats.put('entityAcl', ['JOB_POSTING', 'SEC', 'board']);
  await ats.put('entityAclAssignee', [ritaSeat.memberId, 'JOB_POSTING', 'board']);
});
afterAll(() => world.close());

const create = async (fields: object, by = rita): Promise<string> => {
  const response = await by.post('/app/api/projects', fields);
  expect(response.status).toBe(200);
  return ((await response.json()) as ProjectCreated).id;
};
const at = (id: string, rest = '') => `/app/api/projects/${id}${rest}`;
const save = async (id: string, people: readonly string[], by = rita): Promise<SavedToProject> => {
  const response = await by.post(at(id, '/save'), { personIds: people.map(personOf) });
  expect(response.status).toBe(200);
  return (await response.json()) as SavedToProject;
};
const pipeline = (id: string, query = '', by = rita) => by.read<Pipeline>(at(id, `/people${query}`));
const namesIn = async (id: string, query = '') =>
  (await pipeline(id, query)).people.map(({ person }) => person.name);
const move = async (id: string, person: string, stageNo: number, version: number, by = rita) => {
  const response = await by.post(at(id, '/move'), { personId: personOf(person), stageNo, version });
  expect(response.status).toBe(200);
  return (await response.json()) as Moved;
};
const titles = async (by = rita, query = '') =>
  (await by.read<ProjectList>(`/app/api/projects${query}`)).projects.map(({ title }) => title);

describe('who sees a project', () => {
  test('PR1 PR2 the seats of its contract do, a private one its owner alone; for everybody else it is not there', async () => {
    const open = await create({ title: 'Open', company: 'Acme', place: 'Oslo' });
    const own = await create({ title: 'Own', isPrivate: true });
    await save(own, ['ann']);
    expect(await titles(rita)).toEqual(['Own', 'Open']);
    expect(await titles(rolf)).toEqual(['Open']);
    expect(await titles(elsewhere)).toEqual([]);
    expect(await titles(stranger)).toEqual([]);
    const answers = await Promise.all([
      rolf.get(at(own)),
      rolf.get(at('99999')),
      rolf.get(at('x')),
      elsewhere.get(at(open)),
      stranger.get(at(open)),
    ]);
    const bodies = await Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]?.[0]).toBe(404);
    const changes: [string, object][] = [
      ['/save', { personIds: [personOf('ann')] }],
      ['/move', { personId: personOf('ann'), stageNo: 2, version: 1 }],
      ['/archive-people', { personIds: [personOf('ann')], isArchived: true }],
      ['/remove', { personIds: [personOf('ann')] }],
      ['/archive', { isArchived: true }],
      ['/settings', { title: 'Mine now', stages: [{ name: 'A' }] }],
    ];
    for (const [what, body] of changes) {
      expect((await rolf.post(at(own, what), body)).status).toBe(404);
      expect((await stranger.post(at(own, what), body)).status).toBe(404);
    }
    expect((await rolf.get(at(own, '/people'))).status).toBe(404);
    const standing = await rolf.read<PeopleInProjects>(
      `/app/api/projects/standing?person=${personOf('ann')}`,
    );
    expect(standing.people[personOf('ann')]).toEqual([]);
    expect((await pipeline(own)).total).toBe(1);
    await rita.post(at(own, '/archive'), { isArchived: true });
    await rita.post(at(open, '/archive'), { isArchived: true });
  });

  test('PR3 a job is tied, found and named only by those who see it', async () => {
    const jobsOf = async (by: Browser) =>
      (await by.read<TiableJobs>('/app/api/projects/jobs?q=')).jobs.map(({ jobId }) => jobId).sort();
    expect(await jobsOf(rita)).toEqual(['J1', 'SEC']);
    expect(await jobsOf(rolf)).toEqual(['J1']);
    const tie = { title: 'Chief', job: { atsNo: ats.atsNo, jobId: 'SEC' } };
    expect((await rolf.post('/app/api/projects', tie)).status).toBe(404);
    const id = await create(tie);
    expect((await rita.read<ProjectPage>(at(id))).job?.title).toBe('Secret chief');
    expect((await rolf.read<ProjectPage>(at(id))).job).toBeNull();
    // Who does not see the job changes the rest and keeps it tied.
    const { stages } = await rolf.read<ProjectPage>(at(id));
    const kept = stages.map(({ no, name }) => ({ no, name }));
    expect((await rolf.post(at(id, '/settings'), { title: 'Chief of all', stages: kept })).status).toBe(204);
    expect(await rita.read<ProjectPage>(at(id))).toMatchObject({
      title: 'Chief of all',
      job: { jobId: 'SEC' },
    });
    await rita.post(at(id, '/archive'), { isArchived: true });
  });
});

describe('people in a project', () => {
  test('PR4 PR5 are saved once, counted by stage, found by keywords, moved on and archived', async () => {
    const id = await create({ title: 'Bridge' });
    expect(await save(id, ['ann', 'ben'])).toEqual({ saved: 2, already: 0 });
    expect(await save(id, ['ann', 'cy'], rolf)).toEqual({ saved: 1, already: 1 });
    expect(await namesIn(id, '?q=desig')).toEqual(['Ann Lee']);
    expect(await move(id, 'ann', 2, 1)).toEqual({ status: 'moved', version: 2 });
    expect(await namesIn(id, '?stage=2')).toEqual(['Ann Lee']);
    const archive = { personIds: [personOf('ben')], isArchived: true, reason: 'Wants to stay' };
    expect((await rita.post(at(id, '/archive-people'), archive)).status).toBe(204);
    const page = await rita.read<ProjectPage>(at(id));
    expect([page.active, page.archived]).toEqual([2, 1]);
    expect(page.stages.map(({ count }) => count)).toEqual([1, 1, 0, 0, 0, 0]);
    expect((await pipeline(id, '?archived=yes')).people[0]).toMatchObject({
      person: { name: 'Ben Moe' },
      archiveReason: 'Wants to stay',
      movedBy: 'Rita One',
    });
    await rita.post(at(id, '/archive-people'), { personIds: [personOf('ben')], isArchived: false });
    expect((await pipeline(id)).total).toBe(3);
    await rita.post(at(id, '/remove'), { personIds: [personOf('cy')] });
    expect(await namesIn(id)).not.toContain('Cy Nox');
    expect((await rita.read<ProjectPage>(at(id))).activity.map(({ change }) => change)).toEqual([
      'removed',
      'restored',
      'archived',
      'moved',
      'saved',
      'saved',
      'saved',
      'created',
    ]);
  });

  test('PR6 who moves somebody that moved meanwhile changes nothing and learns who was faster', async () => {
    const id = await create({ title: 'Race' });
    await save(id, ['ann']);
    expect(await move(id, 'ann', 3, 1, rolf)).toEqual({ status: 'moved', version: 2 });
    expect(await move(id, 'ann', 5, 1, rita)).toEqual({
      status: 'overtaken',
      by: 'Rolf Two',
      at: world.clock.now(),
      stageNo: 3,
      version: 2,
    });
    const both = await Promise.all([move(id, 'ann', 4, 2, rita), move(id, 'ann', 6, 2, rolf)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['moved', 'overtaken']);
  });

  test('PR7 what is unknown, closed or not understood is refused and changes nothing', async () => {
    const id = await create({ title: 'Refused' });
    const post = async (what: string, body: object) => (await rita.post(at(id, what), body)).status;
    expect(await post('/save', { personIds: [personOf('ann'), personOf('gone')] })).toBe(404);
    expect(await post('/save', { personIds: ['nobody'] })).toBe(404);
    expect(await post('/save', { personIds: [] })).toBe(400);
    expect(await post('/save', { personIds: [personOf('ann')], stageNo: 77 })).toBe(404);
    expect(await post('/move', { personId: personOf('ann'), stageNo: 1, version: 1 })).toBe(404);
    expect(await post('/nonsense', {})).toBe(404);
    for (const title of ['', '   ', 'a\u0000b', 'x'.repeat(121)])
      expect((await rita.post('/app/api/projects', { title })).status).toBe(400);
    expect((await pipeline(id)).total).toBe(0);
  });

  test('PR8 standing names the active projects first, with stage, who and when', async () => {
    const id = await create({ title: 'Standing' }, rolf);
    await save(id, ['cy'], rolf);
    const { people } = await rita.read<PeopleInProjects>(
      `/app/api/projects/standing?person=${personOf('cy')}&person=${personOf('ben')}`,
    );
    expect(people[personOf('cy')]?.[0]).toMatchObject({
      title: 'Standing',
      stage: 'Uncontacted',
      by: 'Rolf Two',
      isOwn: false,
      isActive: true,
    });
    await rolf.post(at(id, '/archive'), { isArchived: true });
    const after = await rita.read<PeopleInProjects>(`/app/api/projects/standing?person=${personOf('cy')}`);
    expect(after.people[personOf('cy')]?.map(({ isActive }) => isActive)).not.toContain(true);
  });
});

describe('settings', () => {
  test('PR9 stages are renamed, ordered, added and removed, but not while somebody is in them', async () => {
    const id = await create({ title: 'Stages' });
    await save(id, ['ann']);
    const set = async (stages: object[], more: object = {}, by = rita) =>
      (await by.post(at(id, '/settings'), { title: 'Stages', stages, ...more })).status;
    expect(await set([{ no: 2, name: 'Called' }, { name: 'New' }])).toBe(409);
    expect(await set([{ no: 2, name: 'Called' }, { no: 1, name: 'First' }, { name: 'New' }])).toBe(204);
    const { stages } = await rita.read<ProjectPage>(at(id));
    expect(stages).toEqual([
      { no: 2, name: 'Called', count: 0 },
      { no: 1, name: 'First', count: 1 },
      { no: 7, name: 'New', count: 0 },
    ]);
    expect(await set([{ no: 9, name: 'Not there' }])).toBe(400);
    expect(await set([{ no: 1, name: 'First' }], { isPrivate: true }, rolf)).toBe(403);
    expect(await set([{ no: 1, name: 'First' }], { isPrivate: true })).toBe(204);
    expect((await rolf.get(at(id))).status).toBe(404);
  });

  test('PR10 the list sorts by last use of the viewer, by creation and by name, archived ones apart', async () => {
    world.clock.advance(60_000);
    const b = await create({ title: 'B sorted' });
    world.clock.advance(60_000);
    await create({ title: 'A sorted' });
    world.clock.advance(60_000);
    await rita.get(at(b));
    const sorted = async (sort: string) =>
      (await titles(rita, `?sort=${sort}`)).filter((title) => title.endsWith('sorted'));
    expect(await sorted('used')).toEqual(['B sorted', 'A sorted']);
    expect(await sorted('created')).toEqual(['A sorted', 'B sorted']);
    expect(await sorted('name')).toEqual(['A sorted', 'B sorted']);
    await rita.post(at(b, '/archive'), { isArchived: true });
    expect(await sorted('used')).toEqual(['A sorted']);
    expect(await titles(rita, '?archived=yes')).toContain('B sorted');
    await rita.post(at(b, '/archive'), { isArchived: false });
    expect(await sorted('name')).toEqual(['A sorted', 'B sorted']);
  });
});
