import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setBoardFedElsewhere } from '../job-board/index.ts';
import { aPosting, LONG_DESCRIPTION, postJobs } from './testing/postings.ts';
import { dumped, nameOf } from './testing/store.ts';
import { call, type TestAts, type TestWire, testWire } from './testing/wire.ts';

const DAY_MS = 24 * 3_600_000;

let world: TestWire;
let ats: TestAts;
beforeAll(async () => {
  world = await testWire();
  ats = await world.ats();
});
afterAll(() => world.close());

type Fields = Readonly<Record<string, unknown>>;

const posting = (id: string, changes: Fields = {}) =>
  aPosting(ats, id, { description: LONG_DESCRIPTION, availability: 'PUBLIC', ...changes });
const post = (...elements: unknown[]) => postJobs(world, ats, elements);

/** The error of a refused posting, or of its task; 'SUCCEEDED' with warnings where there are some. */
async function outcome(element: unknown): Promise<string> {
  const [posted] = await post(element);
  if (posted?.error) return `${posted.status} ${posted.error.message}`;
  const path = `/v2/simpleJobPostingTasks?ids=${encodeURIComponent(posted!.id)}`;
  const task = (await call(world, ats, { method: 'GET', path })).body.results[posted!.id];
  return [task.errorMessage ?? task.status, task.warningMessage].filter(Boolean).join('\n');
}

async function status(...ids: string[]) {
  const path = `/v2/jobPostingStatus?${ids.map((id) => `ids=${encodeURIComponent(id)}`).join('&')}`;
  return (await call(world, ats, { method: 'GET', path })).body;
}

const stored = async (id: string) => (await dumped(world.ctx, ats)).get(nameOf('job', [id]));

describe('fields', () => {
  it('SY28 L-163 L-162 all fields of the foundation, RSC and promoted schema are kept', async () => {
    const [{ contract_id: contractId } = { contract_id: 0 }] = await world.ctx.db.transaction(
      ats.tenantId,
      async (tx) => tx<{ contract_id: number }>`
        insert into contract (tenant_id, name, created_at) values (${ats.tenantId}, 'Acme', 1) returning contract_id`,
    );
    const all: Fields = {
      companyName: 'Acme',
      companyPageUrl: 'https://www.linkedin.com/company/acme/',
      alternateLocations: ['San Francisco, CA', 'Oslo, Norway'],
      categories: ['acct', 'sale'],
      industries: ['urn:li:industry:3'],
      skillsDescription: '<b>Steel</b>',
      companyJobCode: 'R-1',
      workplaceTypes: ['remote'],
      workRemoteAllowed: true,
      employmentStatus: 'FULL_TIME',
      experienceLevel: 'ASSOCIATE',
      trackingPixelUrl: 'https://pixel.example.com/p',
      expireAt: world.clock.now() + 40 * DAY_MS,
      listingType: 'PREMIUM',
      compensation: {
        compensations: [
          {
            period: 'YEARLY',
            type: 'BASE_SALARY',
            value: {
              range: {
                start: { amount: '4000', currencyCode: 'USD' },
                end: { amount: '5000.50', currencyCode: 'USD' },
              },
            },
          },
          { period: 'HOURLY', type: 'TIPS', value: { exactAmount: { amount: '12', currencyCode: 'EUR' } } },
        ],
      },
      requisitionOwnerEmail: 'owner@example.com',
      requisitionOwnerFirstName: 'Olga',
      requisitionOwnerLastName: 'Owner',
      partnerRequisitionId: 'REQ1',
      contract: `urn:li:contract:${contractId}`,
      posterEmail: 'poster@example.com',
      showPosterInfo: true,
      accessRestricted: true,
    };
    expect(await outcome(posting('all', all))).toMatch(/^SUCCEEDED/);
    expect(await stored('all')).toMatchObject(all);
    expect((await post(posting('foreign', { contract: 'urn:li:contract:999999' })))[0]).toMatchObject({
      status: 403,
      error: { message: 'Caller is not authorized to access the jobs for contract: urn:li:contract:999999' },
    });
  });

  it('SY14 SY37 several violations are told at once, one a line', async () => {
    const broken = posting('broken', { title: undefined, listedAt: 'soon', employmentStatus: 'SOME_TIME' });
    expect(await outcome(broken)).toBe(
      '422 ERROR :: /title :: field is required but not found and has no default value\n' +
        'ERROR :: /listedAt :: "soon" cannot be coerced to Long\n' +
        'ERROR :: /employmentStatus :: "SOME_TIME" is not an enum symbol\n',
    );
  });

  it.each<[Fields, string]>([
    [{ experienceLevel: 5 }, '422 ERROR :: /experienceLevel :: enum type is not backed by a String'],
    [{ workplaceTypes: ['Moon'] }, '422 ERROR :: /workplaceTypes/0 :: "Moon" is not an enum symbol'],
    [
      { workplaceTypes: ['Remote', 'Hybrid'] },
      '400 The workplaceTypes field cannot have more than one value',
    ],
    [{ companyApplyUrl: 'apply here' }, '400 The companyApplyUrl is not a valid URL'],
    [{ companyApplyUrl: 'javascript:alert(1)' }, '400 The companyApplyUrl'],
    [{ integrationContext: undefined }, '400 A posting names its company by'],
    [
      { alternateLocations: Array(8).fill('Oslo') },
      '422 ERROR :: /alternateLocations :: has too many elements',
    ],
    [{ categories: Array(4).fill('acct') }, '422 ERROR :: /categories :: has too many elements'],
    [{ industries: ['3'] }, '422 ERROR :: /industries/0 :: is not the URN of an industry'],
    [{ listingType: 'PREMIUM' }, '422 ERROR :: /contract :: field is required'],
    [{ availability: 'INTERNAL' }, '422 ERROR :: /contract :: field is required'],
    [{ trackingPixelUrl: 'pixel' }, '422 ERROR :: /trackingPixelUrl :: is not the address of a web page'],
    [{ requisitionOwnerEmail: 'owner' }, '422 ERROR :: /requisitionOwnerEmail :: is not an e-mail address'],
    [{ description: 'x'.repeat(25_001) }, '422 ERROR :: /description :: is longer than 25000 characters'],
    [
      { skillsDescription: 'x'.repeat(4_001) },
      '422 ERROR :: /skillsDescription :: is longer than 4000 characters',
    ],
    [{ companyJobCode: '' }, '422 ERROR :: /companyJobCode :: must not be empty'],
    [{ location: undefined }, '422 ERROR :: /location :: field is required'],
  ])('SY37 %#: a field that breaks its rule is refused', async (changes, message) => {
    expect(await outcome(posting('refused', changes))).toContain(message);
  });

  it.each<[unknown, string]>([
    [
      { value: { exactAmount: { amount: 'much', currencyCode: 'USD' } } },
      '/value/exactAmount/amount :: is not a decimal number',
    ],
    [
      { value: { exactAmount: { amount: '1', currencyCode: 'dollar' } } },
      '/value/exactAmount/currencyCode :: is not the code of a currency',
    ],
    [
      {
        value: {
          range: { start: { amount: '2', currencyCode: 'USD' }, end: { amount: '1', currencyCode: 'USD' } },
        },
      },
      '/value/range :: starts above its end',
    ],
    [{ period: 'NEVER' }, '/period :: "NEVER" is not an enum symbol'],
    [{ type: 'LUCK' }, '/type :: "LUCK" is not an enum symbol'],
  ])('SY37 a compensation %j is refused', async (compensation, message) => {
    const refused = await outcome(posting('paid', { compensation: { compensations: [compensation] } }));
    expect(refused).toContain(`ERROR :: /compensation/compensations/0${message}`);
  });

  it('SY35 a description keeps the allowed tags; the rest is told', async () => {
    const description = `<h1>Work</h1><p onclick="x()">${LONG_DESCRIPTION}</p><script>x()</script>`;
    expect(await outcome(posting('html', { description }))).toContain(
      'WARNING :: /description :: holds markup',
    );
    expect(await stored('html')).toMatchObject({ description: `Work<p>${LONG_DESCRIPTION}</p>` });
  });

  it('SY29 the 100 characters count without tags; a private job is warned instead', async () => {
    const short = { description: `<p>${'<b></b>'.repeat(30)}Short.</p>` };
    expect(await outcome(posting('short', short))).toContain('JOB_FIELD_PROCESSOR_DESCRIPTION');
    const told = await outcome(posting('short', { ...short, availability: 'PRIVATE_TO_ATS_INTEGRATION' }));
    expect(told).toMatch(/^SUCCEEDED\nWARNING :: \/description :: is shorter than 100/);
    expect(await outcome(posting('seconds', { listedAt: 1_700_000_000 }))).toContain('looks like seconds');
  });
});

describe('expiry', () => {
  it('SY38 a listed time in the future and an end in the past are refused, but for what is closed', async () => {
    const now = world.clock.now();
    expect(await outcome(posting('t', { listedAt: now + DAY_MS }))).toContain(
      '/listedAt :: is in the future',
    );
    expect(await outcome(posting('t', { expireAt: now - 1 }))).toContain('/expireAt :: is not in the future');
    expect(await outcome(posting('t', { expireAt: now - 1, state: 'CLOSED' }))).toBe('SUCCEEDED');
  });

  it('SY38 L-160 a job past its end is not listed; RENEW lists it for 30 days more', async () => {
    await post(posting('ends', { expireAt: world.clock.now() + DAY_MS }), posting('default'));
    await post(posting('private', { availability: 'PRIVATE_TO_ATS_INTEGRATION' }));
    const listed = async (...ids: string[]) => {
      const { results } = await status(...ids);
      return ids.map((id) => results[id].listingStatus);
    };
    expect(await listed('ends', 'default')).toEqual(['LISTED', 'LISTED']);
    world.clock.advance(DAY_MS);
    ats = await refreshed();
    expect(await listed('ends', 'default')).toEqual(['NOT_LISTED', 'LISTED']);
    expect((await status('ends')).results.ends.listingStatusDetail.statusMessage).toContain('RENEW');
    await post(posting('ends', { jobPostingOperationType: 'RENEW' }));
    expect(await listed('ends')).toEqual(['LISTED']);
    world.clock.advance(30 * DAY_MS);
    ats = await refreshed();
    expect(await listed('ends', 'default')).toEqual(['NOT_LISTED', 'LISTED']);
    world.clock.advance(149 * DAY_MS);
    ats = await refreshed();
    expect(await listed('default', 'private')).toEqual(['NOT_LISTED', 'LISTED']);
  });
});

describe('status', () => {
  it('SY39 tells whether a job is listed, where, and why not', async () => {
    await post(posting('open', { companyName: 'Acme Labs', alternateLocations: ['Oslo'] }));
    await post(posting('hidden', { availability: 'PRIVATE_TO_ATS_INTEGRATION' }));
    await post(posting('closed', { state: 'CLOSED' }));
    await post(posting('failed', { description: 'short' }));
    const { results, errors, statuses } = await status('open', 'hidden', 'closed', 'failed', 'never');
    expect(statuses).toEqual({});
    expect(results.open).toMatchObject({
      externalJobPostingId: 'open',
      listingStatus: 'LISTED',
      rawLocation: 'San Francisco, CA',
      jobPostingUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/jobs\/[^/]+\/\d+$/),
      jobPostingInfo: {
        listedAt: 1_700_000_000_000,
        expireAt: world.clock.now() + 180 * DAY_MS,
        location: 'San Francisco, CA',
        alternateLocations: ['Oslo'],
        companyDetails: { companyName: 'Acme Labs', companyPage: expect.stringContaining('/jobs/') },
        visibilityTag: 'PUBLIC',
      },
      linkedInApplyStatus: 'NOT_ENABLED',
      promotionStatus: 'NOT_PROMOTED',
    });
    expect(results.hidden).toMatchObject({
      listingStatus: 'LISTED',
      jobPostingInfo: { visibilityTag: 'PRIVATE' },
    });
    expect(results.hidden).not.toHaveProperty('jobPostingUrl');
    expect(results.closed).toMatchObject({ listingStatus: 'NOT_LISTED' });
    expect(results.failed).toMatchObject({
      listingStatus: 'NOT_LISTED',
      listingStatusDetail: {
        errorType: 'CUSTOMER_ERROR',
        statusMessage: expect.stringContaining('DESCRIPTION'),
      },
    });
    expect(errors).toMatchObject({ never: { status: 404 } });
    const sibling = await world.ats({ of: ats });
    const path = '/v2/jobPostingStatus?ids=open';
    expect((await call(world, sibling, { method: 'GET', path })).body.errors).toMatchObject({
      open: { status: 404 },
    });
  });

  it('SY30 L-161 where the board is fed from elsewhere a posting is PROCESSED, with its error if it has one', async () => {
    const feed = (isElsewhere: boolean) => setBoardFedElsewhere(world.ctx, ats.tenantId, isElsewhere);
    await feed(true);
    expect(await outcome(posting('elsewhere'))).toBe('PROCESSED');
    expect(await outcome(posting('elsewhere', { jobPostingOperationType: 'CREATE' }))).toContain('Duplicate');
    await feed(false);
    expect(await outcome(posting('elsewhere'))).toBe('SUCCEEDED');
  });
});

async function refreshed(): Promise<TestAts> {
  return { ...ats, token: await ats.newToken() };
}
