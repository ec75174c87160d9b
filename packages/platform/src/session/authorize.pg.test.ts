import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  createPartner,
  createSeat,
  setApplicationAccess,
} from '../tenancy/index.ts';
import { type OnboardingWorld, openOnboardingWorld } from '../tenancy/testing/onboarding-world.ts';

const PATH = '/oauth/v2/authorization';
const PASSWORD = 'a long enough password';
const CALLBACK = 'https://ats.example.com/bind?tenant=1';
const EMAIL = 'rita@acme.example';
let world: OnboardingWorld;
let memberId: number;
let tenantId: number;
let application: Application;
let other: Application;

interface Application {
  readonly clientId: string;
  readonly clientSecret: string;
}

beforeAll(async () => {
  world = await openOnboardingWorld();
  const { ctx, platform } = world;
  const vendor = await world.tokenOf(await createPartner(ctx, { name: 'Vendor' }));
  const provision = async (uniqueForeignId: string): Promise<Application> => {
    const { body } = await world.call(vendor, '/v2/provisionedApplications', {
      method: 'POST',
      body: {
        uniqueForeignId,
        name: `<Hire> ${uniqueForeignId}`,
        description: 'x',
        oauth2AuthorizedCallbackUrls: [CALLBACK],
      },
    });
    return { clientId: body.credentials.client_id, clientSecret: body.credentials.client_secret };
  };
  application = await provision('one');
  other = await provision('two');
  ({ tenantId } = await createOrganisation(ctx, { name: 'Acme' }));
  const { contractId } = await createContract(ctx, tenantId, { name: 'Acme' });
  const seat = {
    contractId,
    email: EMAIL,
    password: PASSWORD,
    firstName: 'Rita',
    lastName: 'Żak',
    isAdmin: false,
  };
  ({ memberId } = await createSeat(ctx, platform.deployment.memberHooks, tenantId, seat));
});
afterAll(() => world.close());

interface Asked {
  readonly client_id?: string;
  readonly redirect_uri?: string;
  readonly response_type?: string;
  readonly scope?: string;
  readonly state?: string;
}

const urlOf = (asked: Asked = {}): string => {
  const all = {
    response_type: 'code',
    client_id: application.clientId,
    redirect_uri: CALLBACK,
    scope: 'r_liteprofile',
    state: 's&1',
    ...asked,
  };
  return `${PATH}?${new URLSearchParams(all)}`;
};

async function open(
  path: string,
  init: { cookie?: string; form?: Record<string, string>; headers?: Record<string, string> } = {},
) {
  const response = await fetch(`${world.platform.baseUrl}${path}`, {
    redirect: 'manual',
    headers: { ...(init.cookie ? { cookie: init.cookie } : {}), ...init.headers },
    ...(init.form ? { method: 'POST', body: new URLSearchParams(init.form) } : {}),
  });
  return { status: response.status, headers: response.headers, html: await response.text() };
}

const signIn = (form: Record<string, string> = {}, asked: Asked = {}) =>
  open(urlOf(asked), { form: { step: 'sign-in', email: EMAIL, password: PASSWORD, ...form } });

async function cookieOf(): Promise<string> {
  return (await signIn()).headers.get('set-cookie')?.split(';')[0] ?? '';
}

const consentOf = (html: string): string => /name="consent" value="([\w-]+)"/.exec(html)?.[1] ?? '';

/** The whole way of a browser; answers what came back to the application. */
async function authorise(asked: Asked = {}): Promise<URLSearchParams> {
  const cookie = await cookieOf();
  const { html } = await open(urlOf(asked), { cookie });
  const allowed = await open(urlOf(asked), { cookie, form: { step: 'allow', consent: consentOf(html) } });
  expect(allowed.status).toBe(302);
  return new URL(allowed.headers.get('location') ?? '').searchParams;
}

const redeem = (code: string, { clientId, clientSecret } = application, more: Record<string, string> = {}) =>
  world.form('/oauth/v2/accessToken', {
    grant_type: 'authorization_code',
    code,
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: CALLBACK,
    ...more,
  });

const introspect = (token: string, { clientId, clientSecret } = application) =>
  world.form('/oauth/v2/introspectToken', { client_id: clientId, client_secret: clientSecret, token });

async function memberToken(): Promise<string> {
  return (await redeem((await authorise()).get('code') ?? '')).body.access_token;
}

describe('the page', () => {
  test('TE37 a member signs in, allows, and the application gets a code with the state it sent', async () => {
    const first = await open(urlOf());
    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(first.html).toContain('name="password"');
    expect(first.html).toContain('&lt;Hire&gt; one');
    expect(first.html).not.toContain('<script');
    const signedIn = await signIn();
    expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, urlOf()]);
    expect(signedIn.headers.get('set-cookie')).toMatch(/^carrick_session=.*HttpOnly; SameSite=Lax/);
    const back = await authorise();
    expect(Object.fromEntries(back)).toEqual({
      tenant: '1',
      code: expect.stringMatching(/^[\w-]{40,}$/),
      state: 's&1',
    });
  });

  test('TE37 the policy of the page lets its forms end at the application and nowhere else', async () => {
    const { headers } = await open(urlOf());
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("form-action 'self' https://ats.example.com;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-inline');
  });

  test('TE38 cancelling goes back with the reason, before and after signing in', async () => {
    const before = await open(urlOf(), { form: { step: 'cancel' } });
    const after = await open(urlOf(), { cookie: await cookieOf(), form: { step: 'cancel' } });
    for (const [answer, error] of [
      [before, 'user_cancelled_login'],
      [after, 'user_cancelled_authorize'],
    ] as const) {
      expect(answer.status).toBe(302);
      const url = new URL(answer.headers.get('location') ?? '');
      expect(url.origin).toBe('https://ats.example.com');
      expect(Object.fromEntries(url.searchParams)).toMatchObject({
        error,
        error_description: expect.any(String),
        state: 's&1',
      });
    }
  });

  test('TE39 an unknown client, an address that is not exactly one of its own and another scope stay on a page with 401', async () => {
    for (const asked of [
      { client_id: 'nobody' },
      { client_id: 'a\u0000' },
      { redirect_uri: 'https://ats.example.com/bind' },
      { redirect_uri: `${CALLBACK}&x=1` },
      { redirect_uri: CALLBACK.replace('https', 'http') },
      { scope: 'r_fullprofile' },
      { scope: '' },
      { response_type: 'token' },
    ]) {
      for (const form of [undefined, { step: 'cancel' }]) {
        const { status, headers } = await open(urlOf(asked), form ? { form } : {});
        expect([status, headers.get('location')]).toEqual([401, null]);
      }
    }
    await setApplicationAccess(world.ctx, other.clientId, 'pending');
    expect((await open(urlOf({ client_id: other.clientId }))).status).toBe(401);
    await setApplicationAccess(world.ctx, other.clientId, 'enabled');
  });

  test('TE40 a wrong password is said on the page, and what was typed comes back as text', async () => {
    const { status, html, headers } = await signIn({ email: '"><b>x', password: 'wrong' });
    expect([status, headers.get('set-cookie')]).toEqual([401, null]);
    expect(html).toContain('role="alert"');
    expect(html).toContain('value="&quot;&gt;&lt;b&gt;x"');
    const unreadable: Record<string, string>[] = [
      { email: 'a\u0000' },
      { password: '' },
      { email: 'x'.repeat(400) },
    ];
    for (const form of unreadable) expect((await signIn(form)).status).toBe(400);
  });

  test('TE40 somebody with several seats chooses one', async () => {
    const { ctx, platform } = world;
    const two = {
      email: 'two@acme.example',
      password: PASSWORD,
      firstName: 'Two',
      lastName: 'Seats',
      isAdmin: false,
    };
    for (const name of ['A', 'B']) {
      const { contractId } = await createContract(ctx, tenantId, { name });
      await createSeat(ctx, platform.deployment.memberHooks, tenantId, { ...two, contractId });
    }
    const asked = await signIn({ email: two.email });
    expect(asked.html).toContain('<select id="seat"');
    const seat = /<option value="(\d+)"/.exec(asked.html)?.[1] ?? '';
    expect((await signIn({ email: two.email, seat })).status).toBe(303);
  });

  test('TE41 consent counts only for what was shown, on our own page, in that session', async () => {
    const cookie = await cookieOf();
    const { html } = await open(urlOf(), { cookie });
    const consent = consentOf(html);
    const elsewhere = await open(urlOf({ client_id: other.clientId }), {
      cookie,
      form: { step: 'allow', consent },
    });
    expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([200, null]);
    const withoutSession = await open(urlOf(), { form: { step: 'allow', consent } });
    expect(withoutSession.html).toContain('name="password"');
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
    ];
    for (const headers of foreign) {
      expect((await open(urlOf(), { cookie, form: { step: 'allow', consent }, headers })).status).toBe(403);
    }
    expect((await open(urlOf(), { cookie, form: { step: 'dance' } })).status).toBe(400);
    expect((await open(urlOf(), { cookie, form: { step: 'allow', consent } })).status).toBe(302);
  });
});

describe('codes and tokens of members', () => {
  test('TE42 a code becomes a token of 60 days with its scope, once', async () => {
    const code = (await authorise()).get('code') ?? '';
    expect(await redeem(code)).toMatchObject({
      status: 200,
      body: { access_token: expect.any(String), expires_in: 5_184_000, scope: 'r_liteprofile' },
    });
    const notFound = {
      status: 401,
      body: {
        error: 'invalid_request',
        error_description: 'Unable to retrieve access token: authorization code not found',
      },
    };
    expect(await redeem(code)).toMatchObject(notFound);
    expect(await redeem('AQmadeup')).toMatchObject(notFound);
  });

  test('TE43 another application, another address and a code older than 30 minutes are refused as documented', async () => {
    const mismatch = {
      status: 400,
      body: {
        error: 'invalid_redirect_uri',
        error_description: expect.stringMatching(
          /appid\/redirect uri\/code verifier does not match authorization code. Or authorization code expired/,
        ),
      },
    };
    const code = async () => (await authorise()).get('code') ?? '';
    expect(await redeem(await code(), other)).toMatchObject(mismatch);
    expect(
      await redeem(await code(), application, { redirect_uri: 'https://ats.example.com/bind' }),
    ).toMatchObject(mismatch);
    const old = await code();
    world.clock.advance(30 * 60_000);
    expect(await redeem(old)).toMatchObject(mismatch);
    for (const name of ['code', 'redirect_uri']) {
      expect(await redeem('x', application, { [name]: '' })).toMatchObject({
        status: 400,
        body: { error: 'invalid_request', error_description: `A required parameter "${name}" is missing` },
      });
    }
    expect((await redeem('x', { ...application, clientSecret: 'wrong' })).body.error).toBe(
      'invalid_client_id',
    );
  });

  test('TE44 /v2/me names the member as this application knows them, in both versions', async () => {
    const token = await memberToken();
    const { body } = await world.call(token, '/v2/me?fields=id');
    expect(Object.keys(body)).toEqual(['id']);
    const id: string = body.id;
    const seats = await createCustomerApplication(world.ctx, { tenantId, name: 'Third' });
    expect(id).not.toBe(String(memberId));
    const whole = await world.call(token, '/v2/me', { headers: { 'x-restli-protocol-version': '2.0.0' } });
    expect(whole).toMatchObject({
      status: 200,
      body: { id, localizedFirstName: 'Rita', localizedLastName: 'Żak' },
    });
    const code = (await authorise({ client_id: other.clientId })).get('code') ?? '';
    const theirs = (await redeem(code, other)).body.access_token;
    expect((await world.call(theirs, '/v2/me?fields=id')).body.id).not.toBe(id);
    expect(await world.call(await world.tokenOf(seats), '/v2/me')).toMatchObject({
      status: 403,
      body: { code: 'ACCESS_DENIED' },
    });
    expect((await world.call(token, '/v2/me/x')).status).toBe(404);
    expect((await world.call('forged', '/v2/me')).status).toBe(401);
  });

  test("TE45 a member's token is for nothing else", async () => {
    const token = await memberToken();
    for (const path of [
      '/v2/atsIntegrations?q=request&requestId=1',
      '/v2/atsEntityAcls?q=criteria',
      '/v2/provisionedApplications',
    ]) {
      expect(await world.call(token, path)).toMatchObject({ status: 403, body: { code: 'ACCESS_DENIED' } });
    }
  });

  test('TE46 an application learns of its own tokens what they are, of others only that they are of no use', async () => {
    const own = await world.tokenOf(application);
    const now = Math.floor(world.clock.now() / 1000);
    expect(await introspect(own)).toMatchObject({
      status: 200,
      body: {
        active: true,
        client_id: application.clientId,
        authorized_at: now,
        created_at: now,
        status: 'active',
        expires_at: now + 1800,
        auth_type: '2L',
      },
    });
    expect((await introspect(own)).body).not.toHaveProperty('scope');
    expect((await introspect(await memberToken())).body).toMatchObject({
      active: true,
      scope: 'r_liteprofile',
      auth_type: '3L',
      expires_at: now + 5_184_000,
    });
    expect(await introspect(own, other)).toMatchObject({ status: 200, body: { active: false } });
    expect((await introspect(own, other)).body).toEqual({ active: false });
    expect(await introspect('AQmadeup')).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(await introspect(own, { ...application, clientSecret: 'wrong' })).toMatchObject({ status: 401 });
    expect(await introspect(own, { ...application, clientId: 'nobody' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_client_id' },
    });
    expect((await world.form('/oauth/v2/introspectToken', { token: own })).status).toBe(400);
    world.clock.advance(30 * 60_000);
    expect((await introspect(own)).body).toMatchObject({ active: false, status: 'expired' });
  });

  test('TE47 a blocked application gets no token, and those it has are revoked', async () => {
    const token = await world.tokenOf(other);
    await setApplicationAccess(world.ctx, other.clientId, 'blocked');
    const refused = await world.form('/oauth/v2/accessToken', {
      grant_type: 'client_credentials',
      client_id: other.clientId,
      client_secret: other.clientSecret,
    });
    expect(refused).toMatchObject({
      status: 401,
      body: {
        error: 'access_denied',
        error_description: 'This application is not allowed to create application tokens',
      },
    });
    expect(await world.call(token, '/v2/atsIntegrations?q=request&requestId=1')).toMatchObject({
      status: 401,
      body: { code: 'REVOKED_ACCESS_TOKEN' },
    });
    expect(
      (await introspect(token, { clientId: other.clientId, clientSecret: other.clientSecret })).body,
    ).toMatchObject({
      active: false,
      status: 'revoked',
    });
    await setApplicationAccess(world.ctx, other.clientId, 'enabled');
  });
});
