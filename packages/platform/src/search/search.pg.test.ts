import type { PersonRow, SearchAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AppWorld,
  type AtsSide,
  aCandidate,
  anApplication,
  type Browser,
  type Company,
  openAppWorld,
} from '../access/testing/app-world.ts';

let world: AppWorld;
let acme: Company;
let ats: AtsSide;
let rita: Browser;
let rolf: Browser;
let members: Map<string, number>;

const AT = Date.UTC(2018, 0, 3);
const stage = (name: string, day: number) => ({ stage: name, atsCreatedAt: AT + day * 86_400_000 });
const titled = (title: string) => ({ positions: [{ title, companyName: 'Globex', startDate: '2019-03' }] });
const person = (id: string, lastName: string, given: object = {}) => ({
  id,
  firstName: 'Pat',
  lastName,
  ...given,
});

/** Rita is an assignee of the secured job's group, Rolf is not. */
beforeAll(async () => {
  world = await openAppWorld();
  acme = await world.addCompany('Acme');
  ats = await acme.addAts('OpenCATS', { isOpen: true });
  const ritaSeat = await acme.addSeat('Rita One');
  const rolfSeat = await acme.addSeat('Rolf Two');
  members = await world.addMembers([
    person('advanced', 'Ahmed', { ...titled('Account Manager'), location: 'Oslo', openToWork: true }),
    person('disposed', 'Baker', { ...titled('Account Manager'), location: 'Lisbon' }),
    person('closed-job', 'Cole', { ...titled('Nurse'), location: 'Oslo', followsOrganizations: [acme.urn] }),
    person('applied', 'Diaz', {
      ...titled('Nurse'),
      location: 'Lisbon',
      connections: [`seat:${rolfSeat.email}`],
    }),
    person('candidate-only', 'Evans', titled('Nurse')),
    person('secured', 'Fox', { ...titled('Pilot'), location: 'Secret Valley' }),
    person('stranger', 'Gómez', { ...titled('Account Manager'), openToWork: true, connections: ['applied'] }),
    person('far', 'Hall', { connections: ['stranger'] }),
    person('gone', 'Ivanova', { closed: true }),
  ]);
  await ats.putJob('J1');
  await ats.putJob('J2', { isClosed: true });
  await ats.putJob('SEC1', { title: 'Director' });
  await ats.put('entityAcl', ['JOB_POSTING', 'SEC1', 'board']);
  await ats.put('entityAclAssignee', [ritaSeat.memberId, 'JOB_POSTING', 'board']);
  for (const [id, memberId] of members) {
    if (['stranger', 'far'].includes(id)) continue;
    await ats.put('candidate', [id], aCandidate());
    await ats.link(id, memberId);
  }
  const apply = async (id: string, job: string, stages: object[], given: object = {}) => {
    await ats.put('application', [`${id} ${job}`], anApplication(id, job, given));
    for (const [index, each] of stages.entries())
      await ats.put('stage', [`${id} ${job}`, String(index)], each);
  };
  await apply('advanced', 'J1', [stage('Applied', 0), stage('Phone screen', 5)]);
  await apply('disposed', 'J1', [stage('Applied', 0)], { dispositionReason: 'Not this time' });
  await apply('closed-job', 'J2', [stage('Applied', 0)]);
  await apply('applied', 'J1', [stage('Applied', 0)]);
  await apply('secured', 'SEC1', [stage('Interview', 3)]);
  await apply('gone', 'J1', [stage('Hired', 3)]);
  rita = await world.signIn(ritaSeat.email);
  rolf = await world.signIn(rolfSeat.email);
});
afterAll(() => world.close());

const search = (query = '', browser = rita) => browser.read<SearchAnswer>(`/app/api/search?${query}`);
const names = ({ people }: SearchAnswer) => people.map((each) => each.name.split(' ')[1]);
const countOf = (answer: SearchAnswer, id: string) =>
  answer.spotlights.find((spotlight) => spotlight.id === id)?.count;
const find = async (name: string, browser = rita): Promise<PersonRow> => {
  const [row] = (await search(`q=${name}`, browser)).people;
  if (!row) throw new Error(`${name} was not found`);
  return row;
};

test('SE22 L-050 L-085 L-086 the indicator stands on the matched and on nobody else, without a spotlight', async () => {
  const { people } = await search();
  const marked = people.filter((each) => each.inAts.length > 0);
  expect(marked.map((each) => each.name.split(' ')[1])).toEqual([
    'Ahmed',
    'Baker',
    'Cole',
    'Diaz',
    'Evans',
    'Fox',
  ]);
  expect(marked[0]?.inAts).toEqual([{ atsNo: ats.atsNo, name: 'OpenCATS' }]);
});

test('SE23 SE24 SE25 L-079 past applicants are those whose visible application advanced or closed', async () => {
  const all = await search();
  const past = await search('spotlights=pastApplicants');
  expect(names(past)).toEqual(['Ahmed', 'Baker', 'Cole', 'Fox']);
  expect(past.total).toBe(4);
  expect(countOf(all, 'pastApplicants')).toBe(4);
  expect(past.people.every((each) => each.inAts.length === 1)).toBe(true);
});

test('AC9 SE23 L-070 L-079 a secured job changes no row, count, spotlight or facet of somebody who may not see it', async () => {
  const past = await search('spotlights=pastApplicants', rolf);
  expect(names(past)).toEqual(['Ahmed', 'Baker', 'Cole']);
  expect(past.facets.title.map((facet) => facet.value)).not.toContain('Pilot');
  expect(past.facets.location.map((facet) => facet.value)).not.toContain('Secret Valley');
  expect(countOf(await search('', rolf), 'pastApplicants')).toBe(3);
  expect((await find('Fox')).spotlights).toEqual(['pastApplicants']);
  const fox = await find('Fox', rolf);
  expect(fox.spotlights).toEqual([]);
  expect(fox.inAts).toHaveLength(1);
});

test('SE25 SE26 L-080 L-081 every spotlight counts what it leaves, alone and together', async () => {
  const all = await search('', rolf);
  for (const { id, count } of all.spotlights) {
    expect([id, (await search(`spotlights=${id}`, rolf)).total]).toEqual([id, count]);
  }
  expect(names(await search('spotlights=openToWork', rolf))).toEqual(['Ahmed', 'Gómez']);
  expect(names(await search('spotlights=companyConnections', rolf))).toEqual(['Diaz']);
  expect(names(await search('spotlights=engagedWithBrand', rolf))).toEqual(['Cole']);
  const both = await search('spotlights=openToWork,pastApplicants', rolf);
  expect(names(both)).toEqual(['Ahmed']);
  expect(countOf(await search('spotlights=openToWork', rolf), 'pastApplicants')).toBe(1);
  expect(countOf(both, 'engagedWithBrand')).toBe(0);
  expect(all.spotlights.find(({ id }) => id === 'likelyToRespond')).toEqual({
    id: 'likelyToRespond',
    count: 0,
    unavailable: 'no-data',
  });
});

test('SE27 without an enabled ATS nothing of it is shown', async () => {
  const zeta = await world.addCompany('Zeta');
  const browser = await world.signIn((await zeta.addSeat('Zoe Zero')).email);
  const answer = await search('', browser);
  expect(answer.spotlights[0]).toEqual({ id: 'pastApplicants', count: 0, unavailable: 'no-ats' });
  expect(answer.people.flatMap((each) => each.inAts)).toEqual([]);
  expect((await search('spotlights=pastApplicants', browser)).total).toBe(0);
});

test('SE28 only and exclude divide the results', async () => {
  const [any, only, exclude] = await Promise.all([search(), search('inAts=only'), search('inAts=exclude')]);
  expect(names(only)).toEqual(['Ahmed', 'Baker', 'Cole', 'Diaz', 'Evans', 'Fox']);
  expect(only.total + exclude.total).toBe(any.total);
  expect(exclude.people.flatMap((each) => each.inAts)).toEqual([]);
});

test('SE29 L-084 facets count what choosing them would leave', async () => {
  const all = await search();
  for (const { value, count } of all.facets.title) {
    expect([value, (await search(`title=${value}`)).total]).toEqual([value, count]);
  }
  for (const { value, count } of all.facets.location) {
    expect([value, (await search(`location=${value}`)).total]).toEqual([value, count]);
  }
  const managers = await search('title=Account+Manager');
  expect(managers.facets.title).toEqual(all.facets.title);
  expect(managers.facets.location.find((facet) => facet.value === 'Oslo')?.count).toBe(1);
  const two = await search('title=Account+Manager&title=Nurse');
  expect(two.total).toBe(6);
  const none = await search('title=Astronaut');
  expect(none.total).toBe(0);
  expect(none.facets.title.at(-1)).toEqual({ value: 'Astronaut', count: 0 });
});

describe('SE20 keywords', () => {
  test.each([
    ['account manager', ['Ahmed', 'Baker', 'Gómez']],
    ['gomez', ['Gómez']],
    ['Gómez', ['Gómez']],
    ['acc', ['Ahmed', 'Baker', 'Gómez']],
    ['nurse oslo', ['Cole']],
    ['nurse -oslo', ['Diaz', 'Evans']],
    ['(pilot OR nurse) globex', ['Cole', 'Diaz', 'Evans', 'Fox']],
    ['"manager account"', []],
    ['ivanova', []],
  ])('SE20 SE31 %s', async (q, expected) => {
    expect(names(await search(`q=${encodeURIComponent(q)}`)).toSorted()).toEqual(expected);
  });
});

test.each(['%27', '%5C%5C%27%28', '!!!%26', '%00', '(((', '%E0%A4', "a'b%5C%5C"])(
  'SE21 %s is no error',
  async (q) => {
    expect((await rita.get(`/app/api/search?q=${q}`)).status).toBe(200);
  },
);

test('SE32 degrees go over connections of either direction', async () => {
  const degreeOf = async (name: string) => (await find(name, rolf)).degree;
  expect(await degreeOf('Diaz')).toBe(1);
  expect(await degreeOf('Gómez')).toBe(2);
  expect(await degreeOf('Hall')).toBe(3);
  expect(await degreeOf('Ahmed')).toBeNull();
  expect(await degreeOf('Rolf')).toBeNull();
});

test.each([
  [null, 1],
  [null, 3],
  [null, 4],
  [null, 100],
  ["'pat'", 1],
  ["'pat'", 3],
  ["'pat'", 100],
])(
  'SE98 of what %s finds %i past applicants are there as soon as they are found, whoever stands between them',
  async (words, most) => {
    const open = [ats.atsNo];
    const [row] = await world.ctx.db.read(
      acme.tenantId,
      async (tx) => tx<{ found: number }>`
      select count(*) as found
      from find_matched(${words}, false, 0, ${open}::int[], ${open}::int[], '{}', '{}', '{}', '', true, false, ${most}::int)`,
    );
    expect(row?.found).toBe(Math.min(most, 3));
  },
);

test('SE30 L-082 pages follow each other and rows hold what the directory knows', async () => {
  await world.addMembers(
    Array.from({ length: 60 }, (_, n) =>
      person(`many-${n}`, `Many${String(n).padStart(2, '0')}`, {
        ...titled('Welder'),
        headline: 'Welds',
        industry: 'Metal',
        pictureUrl: n ? 'https://pictures.example/p.png' : 'javascript:alert(1)',
        educations: [{ school: 'Trade School', degree: 'Diploma' }],
      }),
    ),
  );
  const pages = await Promise.all([1, 2, 3, 4].map((page) => search(`q=welder&page=${page}`)));
  expect(pages.map((page) => page.people.length)).toEqual([25, 25, 10, 0]);
  expect(pages.flatMap(names)).toEqual(
    Array.from({ length: 60 }, (_, n) => `Many${String(n).padStart(2, '0')}`),
  );
  expect(pages[0]?.people[0]).toEqual({
    id: expect.stringMatching(/^[\w-]{32}$/),
    name: 'Pat Many00',
    degree: null,
    headline: 'Welds',
    location: null,
    industry: 'Metal',
    pictureUrl: null,
    current: [{ title: 'Welder', companyName: 'Globex', startDate: '2019-03', endDate: null }],
    past: [],
    educations: [{ school: 'Trade School', degree: 'Diploma', field: null, startDate: null, endDate: null }],
    spotlights: [],
    activity: { views: 0, notes: 0 },
    inAts: [],
    maybeInAts: [],
    isExportable: false,
  });
  expect(pages[0]?.people[1]?.pictureUrl).toBe('https://pictures.example/p.png');
  expect((await rita.get('/app/api/search?page=nonsense')).status).toBe(200);
});

test('SE33 AC9 L-082 a row counts views once an hour and the notes that may be read', async () => {
  await ats.put('candidateNote', ['secured', 'n1'], { note: 'On the candidate' });
  await ats.put('applicationNote', ['secured SEC1', 'n2'], { note: 'On the secured job' });
  const { id } = await find('Fox');
  for (let looks = 0; looks < 3; looks++) await rita.read(`/app/api/people/${id}`);
  expect((await find('Fox')).activity).toEqual({ views: 1, notes: 2 });
  world.clock.advance(3_600_000);
  await rita.read(`/app/api/people/${id}`);
  await rolf.read(`/app/api/people/${id}`);
  expect((await find('Fox', rolf)).activity).toEqual({ views: 3, notes: 1 });
});

test('AC12 another organisation with the same people and ids sees only its own', async () => {
  const other = await world.addCompany('Other');
  const otherAts = await other.addAts('Rival', { isOpen: true });
  const browser = await world.signIn((await other.addSeat('Otto Other')).email);
  await otherAts.putJob('J1');
  await otherAts.put('candidate', ['applied'], aCandidate());
  await otherAts.put(
    'application',
    ['applied J1'],
    anApplication('applied', 'J1', { dispositionReason: 'No' }),
  );
  await otherAts.link('applied', members.get('stranger') ?? 0);
  const past = await search('spotlights=pastApplicants', browser);
  expect(names(past)).toEqual(['Gómez']);
  expect(past.people[0]?.inAts).toEqual([{ atsNo: otherAts.atsNo, name: 'Rival' }]);
  expect(past.people[0]?.id).not.toBe((await find('Gómez')).id);
  expect((await find('Gómez')).inAts).toEqual([]);
});
