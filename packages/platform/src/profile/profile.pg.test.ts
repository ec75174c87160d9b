import type { AtsCard, AtsTab, Profile, SearchAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AppWorld,
  type AtsSide,
  aCandidate,
  anApplication,
  type Browser,
  openAppWorld,
} from '../access/testing/app-world.ts';

let world: AppWorld;
let ats: AtsSide;
let other: AtsSide;
let rita: Browser;
let rolf: Browser;
let members: Map<string, number>;
const ids = new Map<string, string>();

const day = (month: number, date: number, year = 2016) => Date.UTC(year, month - 1, date);
const REBEKKAH = { firstName: 'Rebekkah', lastName: 'Murray' };

beforeAll(async () => {
  world = await openAppWorld();
  const acme = await world.addCompany('Acme');
  ats = await acme.addAts('OpenCATS', { isOpen: true });
  other = await acme.addAts('Greenlight', { isOpen: true });
  const ritaSeat = await acme.addSeat('Rita One');
  const rolfSeat = await acme.addSeat('Rolf Two');
  members = await world.addMembers([
    {
      id: 'm1',
      firstName: 'Mia',
      lastName: 'Uno',
      headline: 'Account executive',
      summary: 'Sells.',
      industry: 'Software',
      location: 'Oslo',
      pictureUrl: 'data:text/html,x',
      websites: ['https://mia.example', 'javascript:alert(1)', 'ftp://mia.example'],
      positions: [
        { title: 'Executive', companyName: 'Globex', startDate: '2019-03' },
        { title: 'Manager', companyName: 'Initech', startDate: '2015', endDate: '2019-02' },
      ],
      educations: [{ school: 'Uni', degree: 'BSc', field: 'Economics', startDate: '2010', endDate: '2014' }],
      skills: ['sales', 'crm'],
      recommendations: [{ author: 'Boss', authorTitle: 'CEO', text: 'Great' }],
      connections: ['m2', 'not in the directory'],
      openToWork: true,
    },
    { id: 'm2', firstName: 'Max', lastName: 'Dos' },
    { id: 'm5', firstName: 'Mo', lastName: 'Cinco' },
    { id: 'closed', firstName: 'Cy', lastName: 'Closed' },
  ]);
  await ats.putJob('JX1200', { title: 'Senior Account Manager' });
  await ats.putJob('JX2320', { title: 'Account Manager' });
  await ats.putJob('SB220', { title: 'Sales', isClosed: true });
  await ats.putJob('SEC1', { title: 'Director' });
  await ats.put('entityAcl', ['JOB_POSTING', 'SEC1', 'board']);
  await ats.put('entityAclAssignee', [ritaSeat.memberId, 'JOB_POSTING', 'board']);
  await ats.put(
    'candidate',
    ['12345'],
    aCandidate({
      firstName: 'Mia',
      emailAddresses: ['mia@example.com', 'old@example.com'],
      externalProfileUrl: 'https://ats.example.com/candidates/12345',
      phoneNumbers: [{ number: '555-544-5123', extension: '12' }],
      addresses: [{ line1: 'Street 1', city: 'Oslo', country: 'NO' }],
      currentJobTitle: 'Executive',
      currentCompanyName: 'Globex',
    }),
  );
  await ats.link('12345', members.get('m1') ?? 0);
  await ats.put('candidate', ['5'], aCandidate({ externalProfileUrl: 'javascript:alert(1)' }));
  await ats.link('5', members.get('m5') ?? 0);
  await ats.put(
    'application',
    ['active'],
    anApplication('12345', 'JX1200', { atsCreatedAt: day(1, 2, 2018), source: 'Referral' }),
  );
  await ats.put(
    'application',
    ['rejected'],
    anApplication('12345', 'JX2320', { atsCreatedAt: day(9, 28), dispositionReason: 'Chose another' }),
  );
  await ats.put(
    'application',
    ['closed'],
    anApplication('12345', 'SB220', { atsCreatedAt: day(3, 1, 2015) }),
  );
  await ats.put('application', ['secret'], anApplication('5', 'SEC1', { atsCreatedAt: day(2, 1, 2018) }));
  await ats.put('stage', ['active', '1'], { stage: 'Applied', atsCreatedAt: day(1, 2, 2018) });
  await ats.put('stage', ['active', '2'], { stage: 'Phone screen', atsCreatedAt: day(1, 8, 2018) });
  for (const [id, stage, at] of [
    ['2', 'Phone screen', day(11, 1)],
    ['1', 'Applied', day(9, 28)],
    ['4', 'On-site interview', day(11, 12)],
    ['3', 'Recruiter call', day(11, 6)],
  ] as const) {
    await ats.put('stage', ['rejected', id], { stage, atsCreatedAt: at });
  }
  await ats.put('applicationNote', ['rejected', 'n1'], {
    note: 'Call back',
    author: REBEKKAH,
    atsCreatedAt: day(11, 2),
  });
  await ats.put('applicationNote', ['rejected', 'n2'], {
    note: 'Before all',
    author: REBEKKAH,
    atsCreatedAt: day(9, 1),
  });
  await ats.put('applicationNote', ['rejected', 'n3'], { note: 'Undated' });
  await ats.put('interviewFeedback', ['rejected', 'f1'], {
    feedback: 'Strong',
    interviewer: REBEKKAH,
    interviewType: 'ONSITE',
    atsCreatedAt: day(11, 13),
    evaluations: [{ attribute: 'Skills', result: '4 of 5' }, { attribute: 'Culture' }],
  });
  await ats.put('candidateNote', ['12345', 'c1'], {
    note: 'Met at a fair',
    author: REBEKKAH,
    atsCreatedAt: day(10, 22),
  });
  await ats.put('stage', ['secret', '1'], { stage: 'Interview', atsCreatedAt: day(2, 2, 2018) });
  await ats.put('applicationNote', ['secret', 'n'], {
    note: 'Confidential',
    author: { firstName: 'Eve', lastName: 'Hidden' },
    atsCreatedAt: day(2, 3, 2018),
  });
  rita = await world.signIn(ritaSeat.email);
  rolf = await world.signIn(rolfSeat.email);
  for (const { id, name } of (await rita.read<SearchAnswer>('/app/api/search')).people) ids.set(name, id);
});
afterAll(() => world.close());

const idOf = (name: string) => ids.get(name) ?? '';
const profile = (name: string, browser = rita) => browser.read<Profile>(`/app/api/people/${idOf(name)}`);
const tab = (name: string, browser = rita) => browser.read<AtsTab>(`/app/api/people/${idOf(name)}/ats`);
const card = (name: string, browser = rita) => browser.read<AtsCard>(`/app/api/people/${idOf(name)}/card`);

test('SE40 SE42 L-095 the profile holds what the directory knows, and only web addresses', async () => {
  expect(await profile('Mia Uno')).toMatchObject({
    name: 'Mia Uno',
    degree: null,
    headline: 'Account executive',
    location: 'Oslo',
    industry: 'Software',
    pictureUrl: null,
    current: [{ title: 'Executive', companyName: 'Globex', startDate: '2019-03', endDate: null }],
    past: [{ title: 'Manager', companyName: 'Initech', startDate: '2015', endDate: '2019-02' }],
    educations: [{ school: 'Uni', degree: 'BSc', field: 'Economics', startDate: '2010', endDate: '2014' }],
    summary: 'Sells.',
    skills: ['sales', 'crm'],
    recommendations: [{ author: 'Boss', authorTitle: 'CEO', text: 'Great' }],
    websites: ['https://mia.example/'],
    connections: 1,
    isOpenToWork: true,
  });
  expect((await profile('Max Dos')).connections).toBe(1);
});

test('SE22 SE45 L-050 L-086 L-097 L-098 L-099 L-100 the header says in which ATS the person is, with how many jobs, and how far', async () => {
  expect(await profile('Mia Uno')).toMatchObject({
    inAts: [{ atsNo: ats.atsNo, name: 'OpenCATS' }],
    atsJobs: 3,
    atsActiveJobs: 1,
    atsUrl: 'https://ats.example.com/candidates/12345',
    atsEntries: [
      {
        ats: { atsNo: ats.atsNo, name: 'OpenCATS' },
        job: { jobId: 'JX1200', title: 'Senior Account Manager', stage: 'Phone screen' },
        at: day(1, 8, 2018),
      },
    ],
    feedback: 1,
    attachments: 0,
  });
  expect(await profile('Max Dos')).toMatchObject({ inAts: [], atsJobs: 0, atsUrl: null, atsEntries: [] });
});

test('SE43 L-052 L-058 L-102 L-103 the tab shows each record with its applications, active first, then the latest', async () => {
  const { records } = await tab('Mia Uno');
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({
    ats: { atsNo: ats.atsNo, name: 'OpenCATS' },
    candidateId: '12345',
    name: 'Mia Novak',
    url: 'https://ats.example.com/candidates/12345',
    title: 'Executive',
    employer: 'Globex',
    emails: ['mia@example.com', 'old@example.com'],
    phones: ['555-544-5123 ext. 12'],
    addresses: ['Street 1, Oslo, NO'],
    source: 'Referral',
    doNotContact: false,
    matchedBy: 'automatic',
    matchReasons: ['email'],
  });
  expect(records[0]?.jobs.map(({ jobId, title, isActive }) => [jobId, title, isActive])).toEqual([
    ['JX1200', 'Senior Account Manager', true],
    ['JX2320', 'Account Manager', false],
    ['SB220', 'Sales', false],
  ]);
  expect(records[0]?.jobs[1]?.dispositionReason).toBe('Chose another');
  expect((await tab('Max Dos')).records).toEqual([]);
});

test('SE44 L-063 L-105 L-106 stages stand newest first, and every note and feedback under its application and stage', async () => {
  const job = (await tab('Mia Uno')).records[0]?.jobs[1];
  expect(job?.stages.map(({ stage, at }) => [stage, at])).toEqual([
    ['On-site interview', day(11, 12)],
    ['Recruiter call', day(11, 6)],
    ['Phone screen', day(11, 1)],
    ['Applied', day(9, 28)],
  ]);
  expect(job?.notes).toEqual([
    { id: 'n1', author: 'Rebekkah Murray', stage: 'Phone screen', at: day(11, 2), text: 'Call back' },
    { id: 'n2', author: 'Rebekkah Murray', stage: null, at: day(9, 1), text: 'Before all' },
    { id: 'n3', author: null, stage: null, at: null, text: 'Undated' },
  ]);
  expect(job?.feedback).toEqual([
    {
      id: 'f1',
      author: 'Rebekkah Murray',
      stage: 'On-site interview',
      at: day(11, 13),
      text: 'Strong',
      interviewType: 'ONSITE',
      evaluations: [
        { attribute: 'Skills', result: '4 of 5' },
        { attribute: 'Culture', result: null },
      ],
    },
  ]);
});

test('SE48 AC11 L-054 notes on the candidate stand by themselves', async () => {
  const { records } = await tab('Mia Uno', rolf);
  expect(records[0]?.notes).toEqual([
    { id: 'c1', author: 'Rebekkah Murray', stage: null, at: day(10, 22), text: 'Met at a fair' },
  ]);
  expect(records[0]).toMatchObject({ sharesNotes: true, sharesFeedback: true });
});

test('SE46 L-059 L-088 L-089 the card tells the standing in the ATS', async () => {
  expect(await card('Mia Uno')).toEqual({
    personId: idOf('Mia Uno'),
    possible: [],
    sections: [
      {
        ats: { atsNo: ats.atsNo, name: 'OpenCATS' },
        candidateId: '12345',
        candidateName: 'Mia Novak',
        email: 'mia@example.com',
        url: 'https://ats.example.com/candidates/12345',
        addedAt: Date.UTC(2018, 0, 3),
        activeJobs: 1,
        pastJobs: 2,
        newestJob: {
          jobId: 'JX1200',
          title: 'Senior Account Manager',
          isActive: true,
          stage: 'Phone screen',
          stageAt: day(1, 8, 2018),
        },
        latestContact: { author: 'Rebekkah Murray', at: day(11, 13) },
        syncedAt: world.clock.now(),
      },
    ],
  });
});

test('AC9 SE45 L-070 a secured job is absent from tab, card, header and counts of those who may not see it', async () => {
  expect((await tab('Mo Cinco')).records[0]?.jobs.map((job) => job.jobId)).toEqual(['SEC1']);
  expect((await profile('Mo Cinco')).atsJobs).toBe(1);
  const hidden = [
    await tab('Mo Cinco', rolf),
    await card('Mo Cinco', rolf),
    await profile('Mo Cinco', rolf),
  ] as const;
  expect(hidden[0].records[0]?.jobs).toEqual([]);
  expect(hidden[1].sections[0]).toMatchObject({
    activeJobs: 0,
    pastJobs: 0,
    newestJob: null,
    latestContact: null,
  });
  expect(hidden[2]).toMatchObject({
    atsJobs: 0,
    atsActiveJobs: 0,
    atsEntries: [{ job: null }],
    feedback: 0,
    activity: { notes: 0 },
    spotlights: [],
  });
  expect(hidden[2].inAts).toHaveLength(1);
  expect(JSON.stringify(hidden)).not.toMatch(/SEC1|Director|Confidential|Hidden/);
});

test('AC9 SE48 the only feedback of an ATS, on a secured job, does not show even in the sentence that there is some', async () => {
  await other.putJob('X1');
  await other.put('entityAcl', ['JOB_POSTING', 'X1', 'nobody']);
  await other.put('candidate', ['1'], aCandidate());
  await other.link('1', members.get('m2') ?? 0);
  const before = await tab('Max Dos', rolf);
  await other.put('application', ['x'], anApplication('1', 'X1'));
  await other.put('interviewFeedback', ['x', 'f'], { feedback: 'Hm' });
  await other.put('applicationNote', ['x', 'n'], { note: 'Hm' });
  await other.put('stage', ['x', 's'], { stage: 'Hired', atsCreatedAt: day(1, 1) });
  expect(await tab('Max Dos', rolf)).toEqual(before);
  expect(before.records[0]).toMatchObject({ sharesNotes: false, sharesFeedback: false });
});

test('SE42 a link into the ATS that is no web address is left out', async () => {
  expect((await tab('Mo Cinco')).records[0]?.url).toBeNull();
  expect((await card('Mo Cinco')).sections[0]?.url).toBeNull();
});

test('SE47 AC10 L-051 L-073 what the ATS changes, deletes or secures shows in the next answer', async () => {
  const jobsOf = async () => (await tab('Mo Cinco', rolf)).records[0]?.jobs ?? [];
  await ats.putJob('T1', { title: 'Temp' });
  await ats.put('application', ['t'], anApplication('5', 'T1'));
  await ats.put('applicationNote', ['t', 'n'], { note: 'First' });
  expect((await jobsOf()).map(({ notes }) => notes.map((note) => note.text))).toEqual([['First']]);
  await ats.put('applicationNote', ['t', 'n'], { note: 'Second' });
  expect((await jobsOf())[0]?.notes[0]?.text).toBe('Second');
  await ats.remove('applicationNote', ['t', 'n']);
  expect((await jobsOf())[0]?.notes).toEqual([]);
  await ats.putJob('T1', { title: 'Temp', isClosed: true });
  expect((await jobsOf())[0]?.isActive).toBe(false);
  await ats.put('entityAcl', ['JOB_POSTING', 'T1', 'others']);
  expect(await jobsOf()).toEqual([]);
  await ats.remove('entityAcl', ['JOB_POSTING', 'T1', 'others']);
  expect(await jobsOf()).toHaveLength(1);
  await ats.remove('application', ['t']);
  expect(await jobsOf()).toEqual([]);
  await ats.remove('candidate', ['5']);
  expect((await tab('Mo Cinco', rolf)).records).toEqual([]);
  expect(await profile('Mo Cinco')).toMatchObject({ inAts: [], spotlights: [] });
  await ats.put('candidate', ['5'], aCandidate());
  await ats.link('5', members.get('m5') ?? 0);
});

test('SE43 AC12 two ATSs with the same ids are two records, and the card has a section for each', async () => {
  await other.putJob('JX1200', { title: 'Other job' });
  await other.put('candidate', ['12345'], aCandidate({ firstName: 'Second' }));
  await other.put(
    'application',
    ['active'],
    anApplication('12345', 'JX1200', { atsCreatedAt: day(5, 5, 2019) }),
  );
  await other.link('12345', members.get('m1') ?? 0);
  const { records } = await tab('Mia Uno');
  expect(records.map((record) => [record.ats.name, record.jobs.map((job) => job.title)])).toEqual([
    ['Greenlight', ['Other job']],
    ['OpenCATS', ['Senior Account Manager', 'Account Manager', 'Sales']],
  ]);
  const { sections } = await card('Mia Uno');
  expect(sections.map((section) => [section.ats.name, section.activeJobs, section.pastJobs])).toEqual([
    ['Greenlight', 1, 0],
    ['OpenCATS', 1, 2],
  ]);
});

test('SE46 a person entered twice is one section that counts the jobs of both', async () => {
  await other.put('candidate', ['twin'], aCandidate());
  await other.put('application', ['twin'], anApplication('twin', 'JX1200'));
  await other.link('twin', members.get('m1') ?? 0);
  expect((await card('Mia Uno')).sections.map((section) => section.activeJobs)).toEqual([2, 1]);
  expect((await tab('Mia Uno')).records).toHaveLength(3);
});

test('SE41 AC12 unknown, foreign and closed people are the same 404', async () => {
  const zeta = await world.addCompany('Zeta');
  const foreigner = await world.signIn((await zeta.addSeat('Zoe Zero')).email);
  const closed = (await rita.read<SearchAnswer>('/app/api/search?q=closed')).people[0]?.id ?? '';
  await world.addMembers([{ id: 'closed', firstName: 'Cy', lastName: 'Closed', closed: true }]);
  const answers: [Browser, string][] = [
    [foreigner, idOf('Mia Uno')],
    [rita, closed],
    [rita, 'nonsense'],
    [rita, `${idOf('Mia Uno').slice(0, -1)}_`],
  ];
  const bodies = new Set<string>();
  for (const [browser, id] of answers) {
    for (const part of ['', '/card', '/ats', '/unknown', '/ats/more']) {
      const response = await browser.get(`/app/api/people/${id}${part}`);
      expect([id, part, response.status]).toEqual([id, part, 404]);
      bodies.add(await response.text());
    }
  }
  expect(bodies.size).toBe(1);
});
