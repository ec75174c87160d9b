import type { Facet, SavedSearch, SearchAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AppWorld,
  type AtsSide,
  aCandidate,
  anApplication,
  type Browser,
  type Company,
  openAppWorld,
} from '../access/testing/app-world.ts';
import { askConsent, giveConsent } from '../consent/index.ts';
import { createContract } from '../tenancy/index.ts';

let world: AppWorld;
let acme: Company;
let ats: AtsSide;
let rita: Browser;
let rolf: Browser;
let members: Map<string, number>;

const profile = (id: string, title: string, companyName: string, startDate: string, given: object = {}) => ({
  id,
  firstName: 'Pat',
  lastName: id,
  positions: [{ title, companyName, startDate }],
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
    profile('Shares', 'Senior Nurse', 'Globex', '2001-05', {
      skills: ['Triage', 'Care'],
      industry: 'Hospitals',
      location: 'Oslo',
      shareWithThirdParties: true,
      emails: ['shares@private.example'],
    }),
    profile('Keeps', 'Nurse', 'Initech', '2017-01', {
      industry: 'Hospitals',
      emails: ['keeps@private.example'],
    }),
    profile('Matched', 'Director of Care', 'Globex', '2015-01', { skills: ['Care'] }),
    profile('Former', 'Pilot', 'Airline', '2016-01', {
      positions: [{ title: 'Pilot', companyName: 'Airline', startDate: '2016-01', endDate: '2017-01' }],
    }),
  ]);
  await ats.putJob('J1');
  await ats.putJob('SEC1');
  await ats.put('entityAcl', ['JOB_POSTING', 'SEC1', 'board']);
  await ats.put('entityAclAssignee', [ritaSeat.memberId, 'JOB_POSTING', 'board']);
  const candidate = (id: string, given: object) => ats.put('candidate', [id], aCandidate(given));
  await candidate('C1', {
    firstName: 'Mat',
    lastName: 'Ched',
    emailAddresses: ['mat@record.example'],
    phoneNumbers: [{ number: '+47 555 01' }],
  });
  await ats.link('C1', members.get('Matched') ?? 0);
  await candidate('C2', { firstName: '=Anna', lastName: 'Alone', currentCompanyName: 'Secret Corp' });
  await ats.put('application', ['A2'], anApplication('C2', 'SEC1'));
  rita = await world.signIn(ritaSeat.email);
  rolf = await world.signIn(rolfSeat.email);
});
afterAll(() => world.close());

const search = (query = '', browser = rita) => browser.read<SearchAnswer>(`/app/api/search?${query}`);
const names = ({ people }: SearchAnswer) => people.map((each) => each.name).sort();
const saved = async (browser = rita) =>
  (await browser.read<{ saved: SavedSearch[] }>('/app/api/saved-searches')).saved;

test('SE80 people are filtered by company, skill, industry, seniority and years; each value counts what it would leave', async () => {
  expect(names(await search('company=Globex'))).toEqual(['Pat Matched', 'Pat Shares']);
  expect(names(await search('company=Airline'))).toEqual([]);
  expect(names(await search('skill=Triage'))).toEqual(['Pat Shares']);
  expect(names(await search('industry=Hospitals&seniority=senior'))).toEqual(['Pat Shares']);
  const { facets } = await search('among=members');
  expect(facets.company).toContainEqual({ value: 'Globex', count: 2 });
  expect(facets.skill[0]).toEqual({ value: 'Care', count: 2 });
  expect(facets.seniority.map(({ value }) => value).sort()).toEqual(['director', 'professional', 'senior']);
  expect(facets.experience).toContainEqual({ value: 'over10', count: 3 });
  for (const filter of ['company', 'skill', 'industry', 'seniority', 'experience'] as const)
    for (const { value, count } of facets[filter])
      expect((await search(`among=members&${filter}=${encodeURIComponent(value)}`)).total).toBe(count);
  const some = await search('facets=title,company');
  expect([some.facets.title.length > 0, some.facets.skill]).toEqual([true, []]);
});

test('SE81 L-071 typing in a filter finds values beyond the commonest, with counts of visible people only', async () => {
  const values = (query: string, browser = rita) => browser.read<Facet[]>(`/app/api/search/values?${query}`);
  expect(await values('filter=company&begins=glo')).toEqual([{ value: 'Globex', count: 2 }]);
  expect(await values('filter=company&begins=glo&skill=Triage')).toEqual([{ value: 'Globex', count: 1 }]);
  expect(await values('filter=company&begins=secret')).toEqual([{ value: 'Secret Corp', count: 1 }]);
  expect(await values('filter=company&begins=secret', rolf)).toEqual([]);
  expect(await values('filter=company&begins=%25')).toEqual([]);
  expect((await rita.get('/app/api/search/values?filter=nothing')).status).toBe(400);
});

test('SE82 a saved search tells how many are new since it was opened; it is renamed, deleted, brought back, and nobody else has it', async () => {
  const post = (path: string, body: object, browser = rita) =>
    browser.post(`/app/api/saved-searches${path}`, body);
  const made = await post('', { name: 'Nurses', query: 'q=nurse' });
  expect(made.status).toBe(201);
  expect(await saved()).toMatchObject([{ name: 'Nurses', query: 'q=nurse', total: 2, newCount: 0 }]);
  const [{ id } = { id: '' }] = await saved();
  await world.addMembers([profile('Newest', 'Nurse', 'Globex', '2018-01')]);
  expect(await saved()).toMatchObject([{ total: 3, newCount: 1 }]);
  await post(`/${id}`, { isSeen: true });
  expect(await saved()).toMatchObject([{ total: 3, newCount: 0 }]);
  await post(`/${id}`, { name: 'All nurses' });
  expect(await saved(rolf)).toEqual([]);
  expect((await post(`/${id}`, { name: 'Mine' }, rolf)).status).toBe(404);
  await post(`/${id}`, { isDeleted: true });
  expect(await saved()).toEqual([]);
  await post(`/${id}`, { isDeleted: false });
  expect(await saved()).toMatchObject([{ id, name: 'All nurses' }]);
  expect((await post('', { name: ' ', query: '' })).status).toBe(400);
});

test('SE83 SE84 L-165 L-166 L-168 the people found as a file: what the company holds, with its source, and nothing of whom it may not see', async () => {
  const file = async (query: string, browser = rita) => {
    const response = await browser.get(`/app/api/search/export.csv?${query}`);
    expect(response.headers.get('content-type')).toContain('text/csv');
    return (await response.text()).trimEnd().split('\r\n');
  };
  const [header, ...lines] = await file('sort=name');
  expect(header).toBe(
    'name,name_source,title,title_source,company,company_source,place,place_source,email,email_source,phone,phone_source,in_ats,last_applied',
  );
  expect(lines).toEqual([
    expect.stringMatching(/^'=Anna Alone,OpenCATS,.*Secret Corp,OpenCATS,/),
    expect.stringMatching(
      /^Mat Ched,OpenCATS,.*mat@record\.example,OpenCATS,'\+47 555 01,OpenCATS,OpenCATS,$/,
    ),
    'Pat Shares,shared profile,Senior Nurse,shared profile,Globex,shared profile,Oslo,shared profile,,,,,,',
  ]);
  expect((await file('sort=name', rolf)).join('\n')).not.toMatch(/Secret|Anna|Keeps|private\.example/);
  const entries = await world.ctx.db.read(
    acme.tenantId,
    async (tx) => tx`select subject from audit_entry where action = 'people-exported' order by entry_no`,
  );
  expect(entries).toEqual([{ subject: { people: 8 } }, { subject: { people: 7 } }]);
});

test('SE85 what is known of a matched member is what the directory says, from the same commit on', async () => {
  const memberId = members.get('Matched') ?? 0;
  await world.addMembers([profile('Matched', 'Astronaut', 'Orbit', '2015-01')]);
  expect((await search('q=astronaut')).people.map(({ inAts }) => inAts.length)).toEqual([1]);
  expect((await search('company=Globex&inAts=only')).total).toBe(0);
  await world.addMembers([profile('Matched', 'Astronaut', 'Orbit', '2015-01', { closed: true })]);
  expect((await search('q=astronaut')).total).toBe(0);
  await world.addMembers([profile('Matched', 'Astronaut', 'Orbit', '2015-01')]);
  await ats.link('C1', memberId);
  expect((await search('q=astronaut&inAts=only')).total).toBe(1);
  await ats.remove('candidate', ['C1']);
  expect((await search('q=astronaut&inAts=only')).total).toBe(0);
  expect((await search('q=astronaut')).total).toBe(1);
});

test('SE84 MS11 contact data out of a consented reply is in the file of the contract that asked, and of no other', async () => {
  const { tenantId, contractId } = acme;
  const memberId = members.get('Keeps') ?? 0;
  const scope = { tenantId, memberId };
  const at = world.clock.now();
  await world.ctx.db.transaction(tenantId, async (tx) => {
    await askConsent(tx, { ...scope, contractId, seatId: 1, conversationId: 'c', at });
    const contact = { email: 'keeps@consented.example', phone: null };
    expect(await giveConsent(tx, [], scope, { contact, language: 'en', at })).toBe(true);
  });
  const other = await createContract(world.ctx, tenantId, { name: 'Second' });
  const olga = await world.signIn((await acme.addSeat('Olga Other', { contractId: other.contractId })).email);
  const file = async (browser: Browser) => (await browser.get('/app/api/search/export.csv?q=initech')).text();
  expect(await file(rita)).toContain('keeps@consented.example');
  expect(await file(olga)).not.toContain('consented.example');
});
