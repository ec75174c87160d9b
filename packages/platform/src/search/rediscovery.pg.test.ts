import type { AtsCard, AtsTab, PersonRow, Profile, SearchAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AppWorld,
  type AtsSide,
  aCandidate,
  anApplication,
  type Browser,
  openAppWorld,
} from '../access/testing/app-world.ts';

const DAY_MS = 86_400_000;
let world: AppWorld;
let ats: AtsSide;
let rita: Browser;
let rolf: Browser;
let matched: number;
let tenantId: number;
let ritaEmail: string;

const stage = (name: string, at: number) => ({ stage: name, atsCreatedAt: at });

/** An ATS that was there before the directory: five candidates, of whom Lin is matched. Rita is on the secured job's list, Rolf is not. */
beforeAll(async () => {
  world = await openAppWorld();
  const acme = await world.addCompany('Acme');
  tenantId = acme.tenantId;
  ats = await acme.addAts('OpenCATS', { isOpen: true });
  const ritaSeat = await acme.addSeat('Rita One');
  const rolfSeat = await acme.addSeat('Rolf Two');
  const members = await world.addMembers([
    { id: 'lin', firstName: 'Pat', lastName: 'Lin', location: 'Oslo' },
    { id: 'free', firstName: 'Pat', lastName: 'Free', location: 'Oslo' },
  ]);
  matched = members.get('lin') ?? 0;
  await ats.putJob('J1');
  await ats.putJob('SEC1', { title: 'Director' });
  await ats.put('entityAcl', ['JOB_POSTING', 'SEC1', 'board']);
  await ats.put('entityAclAssignee', [ritaSeat.memberId, 'JOB_POSTING', 'board']);
  const now = world.clock.now();
  const candidates: [string, string, object][] = [
    [
      'welder',
      'Ünal',
      { currentJobTitle: 'Welder', currentCompanyName: 'Globex', addresses: [{ city: 'Bergen' }] },
    ],
    ['secret', 'Quist', { currentJobTitle: 'Pilot' }],
    ['waiting', 'Rao', {}],
    ['old', 'Sato', { currentJobTitle: 'Welder' }],
    ['matched', 'Lin', { currentJobTitle: 'Welder' }],
  ];
  for (const [id, lastName, given] of candidates)
    await ats.put('candidate', [id], aCandidate({ firstName: 'Cand', lastName, ...given }));
  await ats.link('matched', matched);
  const apply = async (id: string, job: string, daysAgo: number, names: string[], given: object = {}) => {
    const at = now - daysAgo * DAY_MS;
    await ats.put(
      'application',
      [`${id} ${job}`],
      anApplication(id, job, { atsCreatedAt: at, atsLastModifiedAt: at, ...given }),
    );
    for (const [index, name] of names.entries())
      await ats.put('stage', [`${id} ${job}`, String(index)], stage(name, at + index));
  };
  await apply('welder', 'J1', 10, ['Applied', 'Interview'], { dispositionReason: 'Salary' });
  await apply('welder', 'SEC1', 1, ['Offer'], { dispositionReason: 'Secret reason' });
  await apply('secret', 'SEC1', 20, ['Applied']);
  await apply('old', 'J1', 800, ['Applied'], { dispositionReason: 'Location' });
  await apply('matched', 'J1', 100, ['Applied', 'Offer'], { dispositionReason: 'Salary' });
  ritaEmail = ritaSeat.email;
  rita = await world.signIn(ritaEmail);
  rolf = await world.signIn(rolfSeat.email);
});
afterAll(() => world.close());

const search = (query = '', browser = rita) => browser.read<SearchAnswer>(`/app/api/search?${query}`);
const names = ({ people }: SearchAnswer) => people.map((each) => each.name.split(' ')[1]);
const ofAts = ({ people }: SearchAnswer) => people.filter((each) => each.onlyInAts);
const find = async (query: string, browser = rita): Promise<PersonRow> => {
  const [row] = (await search(query, browser)).people;
  if (!row) throw new Error(`nobody was found by ${query}`);
  return row;
};

test('SE90 candidates nobody is matched with are found as people of their ATS', async () => {
  const all = await search();
  expect(ofAts(all).map((each) => each.name)).toEqual(['Cand Quist', 'Cand Sato', 'Cand Ünal']);
  expect(await find('q=unal')).toMatchObject({
    name: 'Cand Ünal',
    location: 'Bergen',
    current: [{ title: 'Welder', companyName: 'Globex' }],
    inAts: [{ atsNo: ats.atsNo, name: 'OpenCATS' }],
    spotlights: [],
    onlyInAts: { lastAppliedAt: world.clock.now() - DAY_MS },
  });
  expect(names(await search('q=welder+-bergen'))).toEqual(['Sato']);
  expect(all.total).toBe(all.people.length);
  expect(ofAts(await search('among=members'))).toEqual([]);
});

test.each([1, 2, 3, 100])(
  'SE98 without words %i candidates are found as soon as there are so many, whoever stands between them',
  async (most) => {
    const open = [ats.atsNo];
    const [row] = await world.ctx.db.read(
      tenantId,
      async (tx) => tx<{ found: number }>`
        select count(*) as found
        from find_candidates(null, false, 0, ${open}::int[], ${open}::int[], '{}', ${most}::int)`,
    );
    expect(row?.found).toBe(Math.min(most, 2));
  },
);

test('SE91 AC9 a candidate is there for those who see an application of it, in rows, counts and facets', async () => {
  const [mine, theirs] = [await search(), await search('', rolf)];
  expect(names(theirs)).not.toContain('Quist');
  expect(names(mine)).not.toContain('Rao');
  expect(mine.total - theirs.total).toBe(1);
  expect(theirs.facets.title.map((facet) => facet.value)).not.toContain('Pilot');
  expect(theirs.facets.reason.map((facet) => facet.value)).toEqual(['Salary', 'Location']);
  expect(mine.facets.reason.map((facet) => facet.value)).toContain('Secret reason');
  expect((await search('q=quist', rolf)).total).toBe(0);
  expect((await find('q=unal', rolf)).onlyInAts?.lastAppliedAt).toBe(world.clock.now() - 10 * DAY_MS);
  expect((await search('stage=OFFER', rolf)).total).toBe(1);
  expect((await search('stage=OFFER')).total).toBe(2);
});

test('SE28 SE92 every choice of In ATS counts what it leaves', async () => {
  for (const more of ['', '&title=Welder', '&stage=INTERVIEW', '&q=cand']) {
    const { inAts } = await search(more);
    for (const choice of ['any', 'only', 'exclude'] as const)
      expect([more, choice, (await search(`inAts=${choice}${more}`)).total]).toEqual([
        more,
        choice,
        inAts[choice],
      ]);
  }
});

test('SE93 SE29 stage reached, last applied and closed reason count what choosing them leaves', async () => {
  const all = await search();
  const filters = {
    stage: all.facets.stage,
    reason: all.facets.reason,
    applied: all.facets.applied,
    title: all.facets.title,
  };
  for (const [name, facets] of Object.entries(filters)) {
    expect(facets.length).toBeGreaterThan(0);
    for (const { value, count } of facets)
      expect([name, value, (await search(`${name}=${encodeURIComponent(value)}`)).total]).toEqual([
        name,
        value,
        count,
      ]);
  }
  expect(all.facets.applied.map((facet) => facet.value)).toEqual(['month', 'halfYear', 'longer']);
  const salary = await search('reason=Salary');
  expect(names(salary)).toEqual(['Lin', 'Ünal']);
  expect(salary.facets.reason).toEqual(all.facets.reason);
  expect(salary.facets.applied.find(({ value }) => value === 'longer')).toBeUndefined();
  expect((await search('reason=Salary&applied=longer')).total).toBe(0);
});

test('SE94 people are sorted by name and by when they applied last, those who never did at the end', async () => {
  expect(names(await search('sort=lastApplied')).slice(0, 4)).toEqual(['Ünal', 'Quist', 'Lin', 'Sato']);
  const byName = names(await search('sort=name'));
  expect(byName).toEqual(names(await search('sort=nonsense')));
});

test('SE95 opening shows what the ATS holds, and nothing to who may not see it', async () => {
  const { id } = await find('q=quist');
  const profile = await rita.read<Profile>(`/app/api/people/${id}`);
  expect(profile).toMatchObject({ id, name: 'Cand Quist', atsJobs: 1, onlyInAts: {}, summary: null });
  const tab = await rita.read<AtsTab>(`/app/api/people/${id}/ats`);
  expect(tab.records).toMatchObject([{ candidateId: 'secret', matchedBy: null, jobs: [{ jobId: 'SEC1' }] }]);
  const card = await rita.read<AtsCard>(`/app/api/people/${id}/card`);
  expect(card.sections).toMatchObject([{ candidateId: 'secret', activeJobs: 1 }]);
  for (const part of ['', '/ats', '/card', '/attachments/1'])
    expect([part, (await rolf.get(`/app/api/people/${id}${part}`)).status]).toEqual([part, 404]);
  const [sec] = (await rita.read<AtsTab>(`/app/api/people/${(await find('q=unal')).id}/ats`)).records;
  expect(sec?.jobs).toHaveLength(2);
  expect(
    (await rolf.read<AtsTab>(`/app/api/people/${(await find('q=unal')).id}/ats`)).records[0]?.jobs,
  ).toHaveLength(1);
  for (const unknown of ['ats.1.', 'ats.0.eA', `ats.${ats.atsNo}.eA`, `ats.999.c2VjcmV0`])
    expect((await rita.get(`/app/api/people/${unknown}`)).status).toBe(404);
});

test('SE95 AC12 another organisation finds and opens none of it', async () => {
  const other = await world.addCompany('Other');
  await other.addAts('Rival', { isOpen: true });
  const browser = await world.signIn((await other.addSeat('Otto Other')).email);
  expect(ofAts(await search('', browser))).toEqual([]);
  expect((await search('q=unal', browser)).total).toBe(0);
  const { id } = await find('q=unal');
  expect((await browser.get(`/app/api/people/${id}/ats`)).status).toBe(404);
});

test('SE96 once matched, a candidate is the member, under its former address too', async () => {
  const { id } = await find('q=sato');
  const before = await search();
  await ats.link('old', matched);
  const after = await search();
  expect(after.total).toBe(before.total - 1);
  expect(names(after)).not.toContain('Sato');
  const profile = await rita.read<Profile>(`/app/api/people/${id}`);
  expect(profile).toMatchObject({ name: 'Pat Lin', atsJobs: 2 });
  expect(profile.onlyInAts).toBeUndefined();
  expect((await rita.read<AtsTab>(`/app/api/people/${id}/ats`)).personId).toBe(profile.id);
});

test('SE97 while a newly enabled ATS is sending the answer says that counts will grow', async () => {
  const send = (at: number) =>
    world.ctx.db.lookup`select append_api_requests(${JSON.stringify([
      {
        tenant_id: 1,
        request_id: crypto.randomUUID(),
        at,
        application_id: 1,
        http_method: 'PUT',
        resource: 'atsCandidates',
        method: 'batch_update',
        status: 200,
        records: 50,
        failed: 0,
        ms: 1,
        failures: [],
        warnings: {},
      },
    ])})`;
  expect((await search()).isFirstSync).toBe(false);
  await send(world.clock.now());
  expect((await search()).isFirstSync).toBe(true);
  world.clock.advance(3 * 60_000);
  expect((await search()).isFirstSync).toBe(false);
  world.clock.advance(DAY_MS);
  await send(world.clock.now());
  const nextDay = await world.signIn(ritaEmail);
  expect((await search('', nextDay)).isFirstSync).toBe(false);
});
