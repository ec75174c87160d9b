import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FakeClock, type Platform } from '../index.ts';
import { encodePersonId } from '../kernel/secrets.ts';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  createPartner,
  createSeat,
  describeProvider,
  nameIntegrations,
  type OauthApplication,
  type Organisation,
  type Seat,
  setIntegrationStatus,
  setJsSdkDomains,
  switchIntegration,
} from '../tenancy/index.ts';
import { provisionApplication } from '../tenancy/provisioned-application.ts';
import { type ServedPlatform, servePlatform } from '../testing/served-platform.ts';
import { admitFrame } from './limits.ts';
import { widgetViewer } from './viewer.ts';

const PASSWORD = 'a long enough password';
const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;

const clock = new FakeClock();
let served: ServedPlatform;
let platform: Platform;
/** A company with an ATS that lists its pages, two contracts, an administrator of both and a recruiter. */
let partner: OauthApplication;
let acme: Organisation;
let ats: OauthApplication & { readonly atsNo: number };
let admin: Seat;
let adminElsewhere: Seat;
let rita: Seat;
let sales: string;
/** Another company, with an ATS and a seat of its own. */
let other: OauthApplication & { readonly atsNo: number };
let stranger: Seat;

beforeAll(async () => {
  served = await servePlatform({ mailbox: true }, { clock });
  platform = served.platform;
  const { ctx, memberHooks } = platform.deployment;
  partner = await createPartner(ctx, { name: 'Vendor' });
  await describeProvider(ctx, partner.clientId, { contactEmail: 'help@vendor.example' });
  const makeSeat = (tenantId: number, contractId: number, name: string, isAdmin: boolean) =>
    createSeat(ctx, memberHooks, tenantId, {
      contractId,
      email: `${name.toLowerCase()}@people.example`,
      password: PASSWORD,
      firstName: name,
      lastName: 'Example',
      isAdmin,
    });
  acme = await createOrganisation(ctx, { name: 'Acme' });
  const hiring = await createContract(ctx, acme.tenantId, { name: 'Hiring' });
  const elsewhere = await createContract(ctx, acme.tenantId, { name: 'Sales' });
  sales = elsewhere.urn;
  admin = await makeSeat(acme.tenantId, hiring.contractId, 'Ada', true);
  adminElsewhere = await makeSeat(acme.tenantId, elsewhere.contractId, 'Ada', true);
  rita = await makeSeat(acme.tenantId, hiring.contractId, 'Rita', false);
  ats = await createCustomerApplication(ctx, {
    name: 'Hire',
    tenantId: acme.tenantId,
    partnerClientId: partner.clientId,
  });
  await setJsSdkDomains(ctx, ats.clientId, ['https://ats.example.com', 'http://localhost:5000']);
  const scope = { tenantId: acme.tenantId, atsNo: ats.atsNo };
  await setIntegrationStatus(ctx, scope, [{ type: 'PROFILE_PLUGIN', contextUrn: acme.urn }], 'ENABLED');
  const globex = await createOrganisation(ctx, { name: 'Globex' });
  const contract = await createContract(ctx, globex.tenantId, { name: 'All' });
  stranger = await makeSeat(globex.tenantId, contract.contractId, 'Sam', true);
  other = await createCustomerApplication(ctx, { name: 'Other', tenantId: globex.tenantId });
});
afterAll(() => served.close());
beforeEach(() => clock.advance(HOUR_MS));

interface Sent {
  readonly key?: string;
  readonly cookie?: string;
  readonly context?: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

async function ask(
  path: string,
  { key = ats.clientId, cookie = '', context = '', body, headers = {} }: Sent = {},
) {
  const response = await fetch(`${platform.baseUrl}/widgets/api/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      'x-carrick-key': key,
      'x-carrick-context': encodeURIComponent(context),
      ...(cookie ? { cookie } : {}),
      ...(body ? { 'x-carrick': '1', 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const setCookie = response.headers.get('set-cookie') ?? '';
  return {
    status: response.status,
    body: JSON.parse(await response.text()),
    setCookie,
    cookie: setCookie.split(';')[0] ?? '',
  };
}

/** What a frame knows and what it sends as `state`. */
function makeState() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, state: createHash('sha256').update(verifier).digest('base64url') };
}

async function signInWindow(
  email: string,
  state: string,
  key = ats.clientId,
  form: Record<string, string> = {},
) {
  const query = new URLSearchParams({ api_key: key, state });
  const fields = { step: 'sign-in', email, password: PASSWORD, ...form };
  const response = await fetch(`${platform.baseUrl}/widgets/sign-in?${query}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  const html = await response.text();
  return {
    html,
    headers: response.headers,
    appCookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    code: /"code":"([\w-]+)"/.exec(html)?.[1] ?? '',
  };
}

/** Signs in through the window and returns the frame's cookie. */
async function signIn(email: string, key = ats.clientId, form: Record<string, string> = {}) {
  const { verifier, state } = makeState();
  const { code, appCookie } = await signInWindow(email, state, key, form);
  const opened = await ask('session', { key, body: { code, verifier } });
  expect(opened.status).toBe(200);
  return { ...opened, appCookie };
}

test('WI14 a code from the sign-in window opens a session once, within a minute, for the frame and the key that asked', async () => {
  const { verifier, state } = makeState();
  const { code, headers } = await signInWindow(rita.email, state);
  expect(headers.get('cross-origin-opener-policy')).toBeNull();
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  const opened = await ask('session', { body: { code, verifier } });
  expect(opened.body).toMatchObject({ state: 'signed-in', name: 'Rita Example', organisation: 'Acme' });
  expect(opened.setCookie).toMatch(
    /^__Host-rscw=[\w-]{43}; Path=\/; Max-Age=28800; HttpOnly; Secure; SameSite=None; Partitioned$/,
  );
  expect((await ask('me', { cookie: opened.cookie })).body).toMatchObject({ state: 'signed-in' });
  // Replayed; with another frame's secret; for another key; too late.
  const again = await ask('session', { body: { code, verifier } });
  expect([again.status, again.body.code]).toEqual([401, 'SIGNED_OUT']);
  const stolen = await signInWindow(rita.email, state);
  expect((await ask('session', { body: { code: stolen.code, verifier: makeState().verifier } })).status).toBe(
    401,
  );
  expect((await ask('session', { body: { code: stolen.code, verifier } })).status).toBe(401);
  const foreign = await signInWindow(rita.email, state);
  expect((await ask('session', { key: other.clientId, body: { code: foreign.code, verifier } })).status).toBe(
    401,
  );
  const late = await signInWindow(rita.email, state);
  clock.advance(60 * SECOND_MS);
  expect((await ask('session', { body: { code: late.code, verifier } })).status).toBe(401);
  // A code of the window is no token of the ATS's.
  const asToken = await signInWindow(rita.email, state);
  expect((await ask('session', { body: { token: asToken.code } })).status).toBe(401);
});

test('WI14 a frame’s session lasts eight hours, holds for its key only, and ends with signing out of the app', async () => {
  const { cookie, appCookie } = await signIn(rita.email);
  expect((await ask('me', { cookie, key: other.clientId })).body).toEqual({ state: 'signed-out' });
  const out = await fetch(`${platform.baseUrl}/app/api/sign-out`, {
    method: 'POST',
    headers: { cookie: appCookie, 'x-carrick': '1' },
  });
  expect(out.status).toBe(204);
  expect((await ask('me', { cookie })).body).toEqual({ state: 'signed-out' });
  const second = await signIn(rita.email);
  clock.advance(8 * HOUR_MS - 1);
  expect((await ask('me', { cookie: second.cookie })).body).toMatchObject({ state: 'signed-in' });
  clock.advance(1);
  expect((await ask('me', { cookie: second.cookie })).body).toEqual({ state: 'signed-out' });
});

test('WI14 who is signed in already goes on by one press, and the window is of use to our frames only', async () => {
  const { appCookie } = await signIn(rita.email);
  const { verifier, state } = makeState();
  const address = `${platform.baseUrl}/widgets/sign-in?${new URLSearchParams({ api_key: ats.clientId, state })}`;
  const shown = await fetch(address, { headers: { cookie: appCookie } });
  const html = await shown.text();
  expect(html).toContain(rita.email);
  expect(html).not.toContain('"code"');
  const press = (headers: Record<string, string>) =>
    fetch(address, { method: 'POST', headers, body: new URLSearchParams({ step: 'continue' }) });
  const foreign = await press({ cookie: appCookie, 'sec-fetch-site': 'cross-site' });
  expect([foreign.status, (await foreign.text()).includes('"code"')]).toEqual([400, false]);
  const pressed = await press({ cookie: appCookie });
  const code = /"code":"([\w-]+)"/.exec(await pressed.text())?.[1];
  expect((await ask('session', { body: { code, verifier } })).body).toMatchObject({ state: 'signed-in' });
  for (const query of [
    `api_key=${ats.clientId}`,
    `api_key=nobody&state=${state}`,
    `api_key=${ats.clientId}&state=x`,
  ])
    expect((await fetch(`${platform.baseUrl}/widgets/sign-in?${query}`)).status).toBe(400);
});

test('WI16 a key opens nothing: without a seat of its company and its context every refusal is the same', async () => {
  const { ctx } = platform.deployment;
  const own = await signIn(rita.email);
  const foreign = await signIn(stranger.email);
  expect(foreign.body).toEqual({ state: 'no-seat', reason: 'foreign' });
  const view = (cookie: string, apiKey: string, integrationContext: string) =>
    widgetViewer(ctx, { ...NO_REQUEST, headers: { cookie } }, { apiKey, integrationContext }).then(
      ({ session, atsNo }) => ({ seatId: session.seatId, atsNo }),
      ({ code, message }) => ({ code, message }),
    );
  expect(await view(own.cookie, ats.clientId, acme.urn)).toEqual({ seatId: rita.seatId, atsNo: ats.atsNo });
  const refusal = await view(foreign.cookie, ats.clientId, acme.urn);
  expect(refusal).toMatchObject({ code: 'WIDGET_BAD_CONTEXT' });
  expect(await view(own.cookie, 'nobody', acme.urn)).toEqual(refusal);
  expect(await view(own.cookie, ats.clientId, 'urn:li:organization:999')).toEqual(refusal);
  expect(await view(own.cookie, ats.clientId, '')).toEqual(refusal);
  expect(await view('', ats.clientId, acme.urn)).toMatchObject({ code: 'SIGNED_OUT' });
  const scope = { tenantId: acme.tenantId, atsNo: ats.atsNo };
  const plugin = { type: 'PROFILE_PLUGIN', contextUrn: acme.urn } as const;
  await switchIntegration(ctx, scope, plugin, false);
  expect(await view(own.cookie, ats.clientId, acme.urn)).toMatchObject({ code: 'WIDGET_OFF' });
  expect(await view(foreign.cookie, ats.clientId, acme.urn)).toEqual(refusal);
  await setIntegrationStatus(ctx, scope, [plugin], 'ENABLED');
});

const NO_REQUEST = {
  method: 'GET',
  path: '',
  rawQuery: '',
  body: Buffer.alloc(0),
  id: '1',
  address: '127.0.0.1',
  origin: 'http://localhost',
} as const;

test('WI17 what changes something comes from our own frame: header, origin and the browser’s word', async () => {
  const { cookie } = await signIn(admin.email, ats.clientId, { seat: String(admin.seatId) });
  const bundle = { bundle: 'RECRUITER_SYSTEM_CONNECT_CONTRACT' };
  for (const [name, value] of [
    ['x-carrick', ''],
    ['origin', 'https://ats.example.com'],
    ['sec-fetch-site', 'cross-site'],
    ['sec-fetch-site', 'same-site'],
  ] as const) {
    const { status, body } = await ask('onboarding/request', {
      cookie,
      body: bundle,
      headers: { [name]: value },
    });
    expect([status, body.code]).toEqual([403, 'FOREIGN_ORIGIN']);
  }
  const { body } = await ask('onboarding', { cookie });
  expect(body.bundles[1]).toMatchObject({ status: 'NOT_REQUESTED' });
});

test('WI22 1.15 A5 only administrators are shown what can be connected; the others learn whom to ask', async () => {
  const { cookie } = await signIn(rita.email);
  expect((await ask('onboarding', { cookie })).body).toEqual({
    for: 'others',
    administrators: ['Ada Example'],
  });
  const asked = await ask('onboarding/request', {
    cookie,
    body: { bundle: 'RECRUITER_SYSTEM_CONNECT_COMPANY' },
  });
  expect([asked.status, asked.body.code]).toEqual([403, 'ADMINISTRATORS_ONLY']);
  expect((await ask('onboarding/notify', { cookie, body: {} })).status).toBe(403);
});

test('WI22 an administrator of several contracts asks for the one that was chosen, and nobody chooses another’s seat', async () => {
  const { cookie, body } = await signIn(admin.email, ats.clientId, { seat: String(admin.seatId) });
  expect(body.seats).toMatchObject([
    { contract: 'Hiring', isCurrent: true },
    { contract: 'Sales', isCurrent: false },
  ]);
  const chosen = await ask('seat', { cookie, body: { seatId: String(adminElsewhere.seatId) } });
  expect(chosen.body.seats[1]).toMatchObject({ contract: 'Sales', isCurrent: true });
  for (const seatId of [rita.seatId, stranger.seatId, 0])
    expect((await ask('seat', { cookie, body: { seatId: String(seatId) } })).body.code).toBe('NO_SUCH_SEAT');
  const { body: requested } = await ask('onboarding/request', {
    cookie,
    body: { bundle: 'RECRUITER_SYSTEM_CONNECT_CONTRACT' },
  });
  expect(requested.integrations).toEqual([
    { integrationContext: sales, integrationType: 'CSA_API', tenantType: 'RECRUITER' },
  ]);
});

test('WI20 WI21 L-014 1.15 A3 A4 A7 a request waits for the vendor, who is told after ten minutes by mail and in its console', async () => {
  const { ctx } = platform.deployment;
  const scope = { tenantId: acme.tenantId, atsNo: ats.atsNo };
  const second = await createCustomerApplication(ctx, { name: 'Old ATS', tenantId: acme.tenantId });
  const exporting = { type: 'ONE_CLICK_EXPORT', contextUrn: acme.urn } as const;
  await setIntegrationStatus(ctx, { ...scope, atsNo: second.atsNo }, [exporting], 'ENABLED');
  const { cookie } = await signIn(admin.email, ats.clientId, { seat: String(admin.seatId) });
  const company = async () => (await ask('onboarding', { cookie })).body.bundles[0];
  expect(await company()).toMatchObject({ status: 'NOT_REQUESTED', elsewhere: ['Old ATS'] });
  for (const bundle of ['APPLY_CONNECT', 'toString'])
    expect((await ask('onboarding/request', { cookie, body: { bundle } })).status).toBe(400);
  const { body } = await ask('onboarding/request', {
    cookie,
    body: { bundle: 'RECRUITER_SYSTEM_CONNECT_COMPANY' },
  });
  expect(
    body.integrations.map(({ integrationType }: { integrationType: string }) => integrationType),
  ).toEqual(['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN']);
  expect(await company()).toMatchObject({ status: 'REQUESTED' });
  expect((await ask('onboarding/notify', { cookie, body: {} })).body.code).toBe('TOO_SOON');
  clock.advance(10 * 60 * SECOND_MS);
  expect((await ask('onboarding/notify', { cookie, body: {} })).status).toBe(200);
  expect((await ask('onboarding', { cookie })).body).toMatchObject({ notifiedAt: clock.now() });
  await expect
    .poll(async () => (await fetch(`${platform.baseUrl}/mailbox`)).text(), { timeout: 60_000 })
    .toContain('help@vendor.example');
  await nameIntegrations(ctx, scope, [{ type: 'IN_ATS_INDICATOR', contextUrn: acme.urn, name: 'Hire' }]);
  expect(await company()).toMatchObject({ status: 'REQUESTED' });
});

test('WI22 a key that serves another company takes no request, and one that serves nobody serves who asks first', async () => {
  const { ctx } = platform.deployment;
  const taken = await signIn(admin.email, other.clientId, { seat: String(admin.seatId) });
  const company = { bundle: 'RECRUITER_SYSTEM_CONNECT_COMPANY' };
  expect(
    (await ask('onboarding/request', { key: other.clientId, cookie: taken.cookie, body: company })).body.code,
  ).toBe('WIDGET_BAD_CONTEXT');
  expect((await ask('onboarding', { key: other.clientId, cookie: taken.cookie })).status).toBe(403);
  const details = { name: 'Free', description: '', callbackUrls: [], jsDomains: [] };
  const { clientId: freeKey } = await provisionApplication(ctx, ctx.db.lookup, partner.applicationId, {
    foreignId: 'free',
    details,
    credentials: null,
  });
  const first = await signIn(stranger.email, freeKey);
  expect(first.body).toMatchObject({ state: 'signed-in', organisation: 'Globex' });
  const { status } = await ask('onboarding/request', { key: freeKey, cookie: first.cookie, body: company });
  expect(status).toBe(200);
  const { cookie } = await signIn(admin.email, freeKey, { seat: String(admin.seatId) });
  expect((await ask('onboarding', { key: freeKey, cookie })).body.code).toBe('WIDGET_BAD_CONTEXT');
});

async function mint(body: object, { clientId, clientSecret } = ats) {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const granted = await fetch(`${platform.baseUrl}/oauth/v2/accessToken`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await granted.json()) as { access_token: string }; // the token endpoint's answer
  const minted = await fetch(`${platform.baseUrl}/widgets/session-tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: minted.status, body: (await minted.json()) as { token: string } };
}

test('WI15 the ATS vouches by a token: for who let it act, as that seat; for anybody else, for one candidate', async () => {
  const { ctx } = platform.deployment;
  const person = `urn:li:person:${encodePersonId(ctx.keys.personKey(ats.applicationId), rita.memberId)}`;
  expect((await mint({ person })).status).toBe(403);
  const now = clock.now();
  await ctx.db
    .lookup`select issue_access_token(${randomBytes(32)}, ${ats.applicationId}, ${rita.memberId}, 'r_liteprofile',
    ${now}, ${now}, ${now + HOUR_MS}, ${now})`;
  const { status, body } = await mint({ person });
  expect(status).toBe(201);
  const opened = await ask('session', { body: { token: body.token } });
  expect(opened.body).toMatchObject({ state: 'signed-in', name: 'Rita Example' });
  // The page is loaded again with the same token: its own session goes on, and without its cookie there is none.
  expect((await ask('session', { cookie: opened.cookie, body: { token: body.token } })).body).toMatchObject({
    name: 'Rita Example',
  });
  expect((await ask('session', { body: { token: body.token } })).status).toBe(401);
  const someoneElses = await signIn(admin.email, ats.clientId, { seat: String(admin.seatId) });
  expect((await ask('session', { cookie: someoneElses.cookie, body: { token: body.token } })).status).toBe(
    401,
  );

  const vouched = await mint({ atsCandidateId: 'C1' });
  const seatless = await ask('session', { body: { token: vouched.body.token } });
  expect(seatless.body).toEqual({ state: 'no-seat', reason: 'seatless' });
  expect((await ask('onboarding', { cookie: seatless.cookie })).body.code).toBe('WIDGET_NO_SEAT');
  const late = await mint({ atsCandidateId: 'C1' });
  clock.advance(60 * SECOND_MS);
  expect((await ask('session', { body: { token: late.body.token } })).status).toBe(401);

  const foreign = await mint({ person }, other);
  expect(foreign.status).toBe(403);
  for (const bad of [{}, { person: 7 }, { atsCandidateId: '\u0000' }])
    expect((await mint(bad)).status).toBe(400);
});

test('WI16 a seat that is switched off is signed out of its frames', async () => {
  const { ctx } = platform.deployment;
  const { cookie } = await signIn(rita.email);
  const switchSeat = (isActive: boolean) =>
    ctx.db.pipeline(acme.tenantId, (tx) => [
      tx`update seat set is_active = ${isActive} where tenant_id = ${acme.tenantId} and seat_id = ${rita.seatId}`,
    ]);
  await switchSeat(false);
  expect((await ask('me', { cookie })).body).toEqual({ state: 'signed-out' });
  await switchSeat(true);
  expect((await ask('me', { cookie })).body).toMatchObject({ state: 'signed-in' });
});

test('WI11 WI13 the frame’s document says who may frame it, and runs nothing that is not ours', async () => {
  const open = (query: Record<string, string>) =>
    fetch(`${platform.baseUrl}/widgets/onboarding?${new URLSearchParams(query)}`);
  const page = await open({ api_key: ats.clientId, lang: 'de_DE' });
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain('frame-ancestors https://ats.example.com http://localhost:5000');
  expect(policy).toContain("default-src 'none'; script-src 'nonce-");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toContain('unsafe');
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  expect(page.headers.get('x-frame-options')).toBeNull();
  for (const key of ['', 'nobody', other.clientId, '"><script>']) {
    const refused = await open({ api_key: key, lang: '"><script>' });
    expect(refused.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(await refused.text()).not.toContain('<script>');
  }
});

test('WI26 a session and a key ask so many times a minute, and no more', async () => {
  const { ctx } = platform.deployment;
  const [one, other] = [Buffer.from('one'), Buffer.from('other')];
  const key = { applicationId: 4711 };
  for (let n = 0; n < 600; n++) admitFrame(ctx, key, { tokenSha256: one });
  expect(() => admitFrame(ctx, key, { tokenSha256: one })).toThrow('Too many requests');
  admitFrame(ctx, key, { tokenSha256: other });
  clock.advance(60 * SECOND_MS);
  admitFrame(ctx, key, { tokenSha256: one });
});

test('WI26 codes are not tried without end', async () => {
  const answers = await Promise.all(
    Array.from({ length: 70 }, () => ask('session', { body: { code: 'x', verifier: 'y' } })),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses).toContain(429);
  expect(statuses).not.toContain(500);
});
