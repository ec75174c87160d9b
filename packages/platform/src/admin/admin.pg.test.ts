import type {
  Administrators,
  AuditAnswer,
  IntegrationsAnswer,
  Me,
  NotifyAnswer,
  PeopleAnswer,
  PreviewAnswer,
  SearchAnswer,
  SwitchAnswer,
} from '@carrick/protocol';
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
import {
  createContract,
  nameIntegrations,
  requestIntegrations,
  type Seat,
  setIntegrationStatus,
} from '../tenancy/index.ts';

const MINUTE_MS = 60_000;
let world: AppWorld;
let company: Company;
let ats: AtsSide;
let admin: Browser;
let rita: Seat;
let recruiter: Browser;

beforeAll(async () => {
  world = await openAppWorld();
  company = await world.addCompany('Acme');
  ats = await company.addAts('Hireworks', { isOpen: true });
  await company.addSeat('Ada Admin', { isAdmin: true });
  rita = await company.addSeat('Rita One');
  const members = await world.addMembers([
    { id: 'mae', firstName: 'Mae', lastName: 'Norris', emails: ['mae@mail.example'] },
  ]);
  await ats.putJob('OPEN1', { title: 'Driver' });
  await ats.putJob('SEC1', { title: 'Chief Executive' });
  await ats.putJob('LOCK1', { title: 'Locked', isRestricted: true });
  await ats.put('entityAcl', ['JOB_POSTING', 'SEC1', 'eng_managers']);
  await ats.put('candidate', ['c1'], aCandidate({ emailAddresses: ['mae@mail.example'] }));
  await ats.put('application', ['a1'], anApplication('c1', 'OPEN1', { dispositionReason: 'Withdrew' }));
  await ats.link('c1', members.get('mae') ?? 0);
  admin = await world.signIn('ada.admin@acme.example');
  recruiter = await world.signIn('rita.one@acme.example');
});
afterAll(() => world.close());

const ADDRESSES = ['integrations', 'people', 'errors', 'audit', 'audit.csv'];
const CHANGES = [
  'integrations/switch',
  'integrations/remove',
  'integrations/notify',
  'integrations/viewers',
  'features',
  'preview',
  'seats',
];

async function post<Answer>(path: string, body: unknown): Promise<Answer> {
  const response = await admin.post(`/app/api/admin/${path}`, body);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}
const integrations = () => admin.read<IntegrationsAnswer>('/app/api/admin/integrations');
const previewed = (q: string, feature = 'indicator') =>
  post<PreviewAnswer>('preview', { seatId: String(rita.seatId), feature, q });

test('AD1 L-143 every other seat is refused, whatever it asks, and is told whom to ask', async () => {
  for (const path of ADDRESSES) {
    const response = await recruiter.get(`/app/api/admin/${path}`);
    expect([path, response.status, await response.json()]).toEqual([
      path,
      403,
      { code: 'ADMINISTRATORS_ONLY', message: 'Only administrators of your contract may do this.' },
    ]);
  }
  for (const path of CHANGES)
    expect([path, (await recruiter.post(`/app/api/admin/${path}`, {})).status]).toEqual([path, 403]);
  expect(await recruiter.read<Administrators>('/app/api/administrators')).toEqual({ names: ['Ada Admin'] });
});

test('AD10 a preview tells each job that a seat sees or not, and the reason chain', async () => {
  const answer = await previewed('');
  expect({
    ...answer,
    jobs: answer.jobs.map(({ jobId, isVisible, reasons }) => [jobId, isVisible, reasons]),
  }).toMatchObject({
    seat: 'Rita One',
    visible: 1,
    hidden: 2,
    jobs: [
      ['LOCK1', false, [{ code: 'restricted' }]],
      ['SEC1', false, [{ code: 'rule', aclId: 'eng_managers', people: 0, isNamed: false }]],
      ['OPEN1', true, [{ code: 'default-open' }]],
    ],
  });
  expect((await previewed('', 'export')).jobs.map(({ reasons }) => reasons)).toEqual(
    Array.from({ length: 3 }, () => [{ code: 'integration-off' }]),
  );
});

test('AD11 L-077 AC10 what the API adds and deletes shows in the next preview and among the groups', async () => {
  await ats.put('entityAclAssignee', [rita.memberId, 'JOB_POSTING', 'eng_managers']);
  expect((await previewed('SEC1')).jobs).toMatchObject([
    { isVisible: true, reasons: [{ code: 'rule', aclId: 'eng_managers', people: 1, isNamed: true }] },
  ]);
  const people = await admin.read<PeopleAnswer>('/app/api/admin/people');
  expect(people.groups).toEqual([
    {
      atsNo: ats.atsNo,
      ats: 'Hireworks',
      aclId: 'eng_managers',
      isEveryone: false,
      jobs: [{ id: 'SEC1', title: 'Chief Executive' }],
      jobCount: 1,
      people: [{ seatId: String(rita.seatId), name: 'Rita One' }],
      personCount: 1,
    },
  ]);
  expect(people.seats.find(({ name }) => name === 'Rita One')).toMatchObject({
    assignees: 1,
    hasConsented: false,
  });
});

test('AD12 a preview opens no session, stands in the audit log, and shows no seat of another contract', async () => {
  const count = async () => {
    const [row] = await world.ctx.db.read(
      company.tenantId,
      async (tx) =>
        tx<{ n: number }>`select count(*) as n from session where tenant_id = ${company.tenantId}`,
    );
    return row?.n;
  };
  const before = await count();
  await previewed('SEC1');
  expect(await count()).toBe(before);
  const { entries } = await admin.read<AuditAnswer>('/app/api/admin/audit?action=previewed');
  expect(entries[0]).toMatchObject({ by: 'Ada Admin', subject: { seat: 'Rita One', feature: 'indicator' } });
  const other = await world.addCompany('Globex');
  const stranger = await other.addSeat('Sam Stranger');
  expect(
    (await admin.post('/app/api/admin/preview', { seatId: String(stranger.seatId), feature: 'indicator' }))
      .status,
  ).toBe(404);
});

test('AC13 AD6 D2 a feature that a contract switches off is gone for its seats from the next request, and for no other', async () => {
  const second = await world.ctx.db.transaction(
    company.tenantId,
    async (tx) => tx<{ contract_id: number }>`
      insert into contract (tenant_id, name, created_at) values (${company.tenantId}, 'Second', 0) returning contract_id`,
  );
  await company.addSeat('Olga Other', { contractId: second[0]?.contract_id ?? 0 });
  const other = await world.signIn('olga.other@acme.example');
  const spotlight = async (browser: Browser) =>
    (await browser.read<SearchAnswer>('/app/api/search')).spotlights.find(
      ({ id }) => id === 'pastApplicants',
    );
  expect(await spotlight(recruiter)).toMatchObject({ count: 1 });

  await post('features', { feature: 'spotlight', isOn: false });
  expect(await spotlight(recruiter)).toEqual({ id: 'pastApplicants', count: 0, unavailable: 'switched-off' });
  expect(await spotlight(other)).toMatchObject({ count: 1 });

  await post('features', { feature: 'bare-indicator', isOn: false });
  const inAts = async (browser: Browser) => (await browser.read<SearchAnswer>('/app/api/search')).inAts.only;
  expect([await inAts(recruiter), await inAts(other)]).toEqual([1, 1]);

  await post('features', { feature: 'indicator', isOn: false });
  expect((await recruiter.read<Me>('/app/api/me')).atss).toEqual([]);
  expect(
    (await recruiter.read<SearchAnswer>('/app/api/search')).people.flatMap((each) => each.inAts),
  ).toEqual([]);
  expect((await other.read<Me>('/app/api/me')).atss).toHaveLength(1);
  expect((await previewed('OPEN1')).jobs).toMatchObject([
    { isVisible: false, reasons: [{ code: 'contract-off' }] },
  ]);

  await post('features', { feature: 'spotlight', isOn: true });
  await post('features', { feature: 'indicator', isOn: true });
  await post('features', { feature: 'bare-indicator', isOn: true });
  expect(await spotlight(recruiter)).toMatchObject({ count: 1 });
});

test('AD3 AD4 an integration passes from requested to enabled to disabled, and can only be switched when it is ready', async () => {
  const application = { applicationId: await applicationOf(), name: 'Hireworks' };
  const organisation = { tenantId: company.tenantId, urn: company.urn };
  const key = { type: 'PROFILE_PLUGIN', contextUrn: company.urn } as const;
  await requestIntegrations(world.ctx, organisation, application, [key]);
  const own = async () => (await integrations()).atss[0]?.company.find(({ type }) => type === key.type);
  const flip = (isOn: boolean) =>
    admin.post('/app/api/admin/integrations/switch', { atsNo: ats.atsNo, integrations: [key], isOn });
  expect(await own()).toMatchObject({ status: 'REQUESTED', missing: ['integrationName'] });
  expect(await (await flip(true)).json()).toMatchObject({ code: 'NOT_READY' });

  const scope = { tenantId: company.tenantId, atsNo: ats.atsNo };
  await nameIntegrations(world.ctx, scope, [{ ...key, name: 'Hireworks' }]);
  expect(await own()).toMatchObject({ status: 'PARTNER_READY', wasSwitchedOff: false, changedBy: null });
  expect(await (await flip(true)).json()).toEqual({
    switched: 1,
    erasedRecords: null,
  } satisfies SwitchAnswer);
  expect(await (await flip(true)).json()).toMatchObject({ switched: 0 });
  expect(await own()).toMatchObject({ status: 'ENABLED', changedBy: 'Ada Admin' });
  expect((await admin.post('/app/api/admin/integrations/remove', { atsNo: ats.atsNo, ...key })).status).toBe(
    409,
  );
  await flip(false);
  expect(await own()).toMatchObject({ status: 'PARTNER_READY', wasSwitchedOff: true });
  await post('integrations/remove', { atsNo: ats.atsNo, ...key });
  expect(await own()).toBeUndefined();
});

test('AD5 the vendor is told after ten minutes, and then not again for ten more', async () => {
  const key = { type: 'PROFILE_PLUGIN', contextUrn: company.urn } as const;
  const application = { applicationId: await applicationOf(), name: 'Hireworks' };
  await requestIntegrations(world.ctx, { tenantId: company.tenantId, urn: company.urn }, application, [key]);
  const notify = () => admin.post('/app/api/admin/integrations/notify', { atsNo: ats.atsNo });
  expect(await (await notify()).json()).toMatchObject({ code: 'TOO_SOON' });
  world.clock.advance(10 * MINUTE_MS);
  expect(await (await notify()).json()).toEqual({ isMailed: false } satisfies NotifyAnswer);
  expect((await notify()).status).toBe(409);
  await post('integrations/remove', { atsNo: ats.atsNo, ...key });
});

test('AD7 L-072 an administrator chooses who sees what has no access rule', async () => {
  const seen = async () => (await previewed('OPEN1')).jobs[0]?.reasons;
  await post('integrations/viewers', { atsNo: ats.atsNo, isOpen: false });
  expect((await integrations()).atss[0]).toMatchObject({ isOpen: false, unsecuredJobs: 2 });
  expect(await seen()).toEqual([{ code: 'default-hidden' }]);
  await post('integrations/viewers', { atsNo: ats.atsNo, isOpen: true });
  expect(await seen()).toEqual([{ code: 'default-open' }]);
});

test('AD15 1.12 A7 above ten integrations the page says so', async () => {
  const many = await world.addCompany('Manifold');
  const { atsNo } = await many.addAts('Hireworks');
  await many.addSeat('Max Manifold', { isAdmin: true });
  const max = await world.signIn('max.manifold@manifold.example');
  const tooMany = async () => (await max.read<IntegrationsAnswer>('/app/api/admin/integrations')).tooMany;
  const contracts = await Promise.all(
    Array.from({ length: 10 }, (_, n) => createContract(world.ctx, many.tenantId, { name: `Contract ${n}` })),
  );
  const keys = contracts.map(({ urn }) => ({ type: 'CSA_API', contextUrn: urn }) as const);
  const scope = { tenantId: many.tenantId, atsNo };
  await setIntegrationStatus(world.ctx, scope, keys.slice(1), 'ENABLED');
  expect(await tooMany()).toBeNull();
  await setIntegrationStatus(world.ctx, scope, keys, 'ENABLED');
  expect(await tooMany()).toBe(11);
});

test('AD26 1.13 a seat that is switched off is out with the next request; nobody changes the own or another contract’s', async () => {
  const seat = await company.addSeat('Lee Later');
  const lee = await world.signIn('lee.later@acme.example');
  const change = (body: object) => admin.post('/app/api/admin/seats', body);
  const seatId = String(seat.seatId);
  expect((await change({ seatId, isActive: false })).status).toBe(204);
  expect((await lee.get('/app/api/me')).status).toBe(403);
  await change({ seatId, isActive: true, isAdmin: true });
  expect((await lee.read<Me>('/app/api/me')).isAdmin).toBe(true);
  const { seats } = await admin.read<PeopleAnswer>('/app/api/admin/people');
  const own = seats.find(({ isOwn }) => isOwn);
  expect(own?.name).toBe('Ada Admin');
  expect(await (await change({ seatId: own?.seatId, isActive: false })).json()).toMatchObject({
    code: 'OWN_SEAT',
  });
  const elsewhere = await (await world.addCompany('Initech')).addSeat('Ina Elsewhere');
  expect((await change({ seatId: String(elsewhere.seatId), isAdmin: true })).status).toBe(404);
  const { entries } = await admin.read<AuditAnswer>('/app/api/admin/audit?action=seat-off');
  expect(entries).toMatchObject([{ by: 'Ada Admin', subject: { seat: 'Lee Later' } }]);
});

test('AD9 the audit log holds every change with who and when, by action and as a table', async () => {
  const { entries } = await admin.read<AuditAnswer>('/app/api/admin/audit');
  expect(new Set(entries.map(({ action }) => action))).toEqual(
    new Set([
      'integration-on',
      'integration-off',
      'integration-removed',
      'partner-notified',
      'viewers-opened',
      'viewers-closed',
      'feature-on',
      'feature-off',
      'previewed',
      'seat-off',
      'seat-on',
      'administrator-on',
    ]),
  );
  const { entries: chosen } = await admin.read<AuditAnswer>('/app/api/admin/audit?action=feature-off');
  expect(chosen.map(({ subject }) => subject.feature)).toEqual(['indicator', 'bare-indicator', 'spotlight']);
  const csv = await (await admin.get('/app/api/admin/audit.csv?action=feature-off')).text();
  expect(csv.split('\r\n')[0]).toBe('at,by,contract,action,ats,subject');
  expect(csv).toContain('Ada Admin,Acme hiring,feature-off,');
  expect(csv.trim().split('\r\n')).toHaveLength(4);
});

test('AD8 erasing needs the name, and everything off; then nothing that the ATS sent is left in any table', async () => {
  const key = { type: 'IN_ATS_INDICATOR', contextUrn: company.urn } as const;
  const off = (erase: string) =>
    admin.post('/app/api/admin/integrations/switch', {
      atsNo: ats.atsNo,
      integrations: [key],
      isOn: false,
      erase,
    });
  expect(await (await off('hireworks?')).json()).toMatchObject({ code: 'NAME_DIFFERS' });
  const scope = { tenantId: company.tenantId, atsNo: ats.atsNo };
  const plugin = { type: 'PROFILE_PLUGIN', contextUrn: company.urn } as const;
  await setIntegrationStatus(world.ctx, scope, [plugin], 'ENABLED');
  expect(await (await off('Hireworks')).json()).toMatchObject({ code: 'STILL_SYNCING' });
  await setIntegrationStatus(world.ctx, scope, [plugin], 'PARTNER_READY');

  expect(((await (await off('Hireworks')).json()) as SwitchAnswer).erasedRecords).toBeGreaterThan(6);
  expect(await rowsOf(ats.atsNo)).toEqual([]);
  expect((await integrations()).atss[0]?.records).toEqual({ jobs: 0, candidates: 0, applications: 0 });
});

/** Tables that name an ATS and hold what it never sent. */
const KEPT = [
  'ats_instance',
  'integration',
  'integration_configuration',
  'notification',
  'destination',
  'delivery',
  'audit_entry',
];

async function rowsOf(atsNo: number): Promise<string[]> {
  return world.ctx.db.read(company.tenantId, async (tx) => {
    const tables = await tx<{ name: string }>`
      select c.table_name as name from information_schema.columns c
      join information_schema.tables t on t.table_name = c.table_name and t.table_type = 'BASE TABLE'
      where c.column_name = 'ats_no' and c.table_schema = 'public'`;
    const left: string[] = [];
    for (const { name } of tables.filter((table) => !KEPT.includes(table.name))) {
      const [row] = await tx<{ n: number }>`
        select (xpath('/row/n/text()', query_to_xml(
          format('select count(*) as n from %I where tenant_id = %s and ats_no = %s', ${name}::text, ${company.tenantId}::bigint, ${atsNo}::int),
          false, true, ''
        )))[1]::text::int as n`;
      if (row?.n !== 0) left.push(name);
    }
    return left;
  });
}

async function applicationOf(): Promise<number> {
  const [row] = await world.ctx.db.read(
    company.tenantId,
    async (tx) => tx<{ application_id: number }>`
      select application_id from ats_instance where tenant_id = ${company.tenantId} and ats_no = ${ats.atsNo}`,
  );
  return row?.application_id ?? 0;
}
