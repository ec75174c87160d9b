import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configOf } from '../config.ts';
import { createLog, createPlatform, type Platform } from '../index.ts';
import { FakeClock, systemClock } from '../kernel/clock.ts';
import { TEST_MASTER_KEY, type TestDatabase, testDatabase } from '../kernel/testing.ts';
import { createContract, createOrganisation, createSeat } from '../tenancy/index.ts';

/** Who signs in at the provider next, and what it says of them. */
const account = { email: 'rita@acme.example', email_verified: true };
let clock: FakeClock;
let database: TestDatabase;
let platform: Platform;
let provider: Server;

beforeAll(async () => {
  clock = new FakeClock(systemClock.now());
  database = await testDatabase();
  provider = createServer();
  provider.listen(0, '127.0.0.1');
  await once(provider, 'listening');
  const issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  platform = createPlatform(
    configOf({
      databaseUrl: database.ownerUrl,
      masterKey: TEST_MASTER_KEY.toString('hex'),
      port: 0,
      oidcIssuer: issuer,
      oidcClientId: 'carrick',
      oidcClientSecret: 'a secret of the client',
      oidcName: 'Acme login',
    }),
    { clock, log: createLog('silent') },
  );
  await platform.start();
  const oidc = new Provider(issuer, {
    clients: [
      {
        client_id: 'carrick',
        client_secret: 'a secret of the client',
        redirect_uris: [`${platform.baseUrl}/app/oidc/callback`],
      },
    ],
    claims: { openid: ['sub', 'email', 'email_verified'] },
    conformIdTokenClaims: false,
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: ['cookie key of the test'] },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, ...account }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  });
  const callback = oidc.callback();
  provider.on('request', async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return callback(request, response);
    // The provider's own pages: this one always says yes.
    const { prompt, params, grantId } = await oidc.interactionDetails(request, response);
    if (prompt.name === 'login')
      return oidc.interactionFinished(request, response, { login: { accountId: account.email } });
    const grant = grantId
      ? await oidc.Grant.find(grantId)
      : new oidc.Grant({ accountId: account.email, clientId: String(params.client_id) });
    grant?.addOIDCScope('openid email');
    return oidc.interactionFinished(request, response, { consent: { grantId: (await grant?.save()) ?? '' } });
  });
  const { ctx, memberHooks } = platform.deployment;
  const { tenantId } = await createOrganisation(ctx, { name: 'Acme' });
  for (const [email, contracts] of [
    ['rita@acme.example', 1],
    ['bo@acme.example', 2],
  ] as const) {
    for (let i = 0; i < contracts; i++) {
      const { contractId } = await createContract(ctx, tenantId, { name: `Contract ${email} ${i}` });
      await createSeat(ctx, memberHooks, tenantId, {
        contractId,
        email,
        password: 'a long enough password',
        firstName: 'Some',
        lastName: 'Body',
        isAdmin: false,
      });
    }
  }
});
afterAll(async () => {
  await platform.stop();
  provider.closeAllConnections();
  provider.close();
  await database.drop();
});

/** A browser with cookies by host, that follows what it is told until it is back at the platform's own page. */
class TestBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async go(address: string): Promise<{ readonly path: string; readonly cookie: string }> {
    let url = new URL(address, platform.baseUrl);
    for (let hops = 0; hops < 15; hops++) {
      const response = await fetch(url, { redirect: 'manual', headers: { cookie: this.cookie(url) } });
      const jar = this.#cookies.get(url.host) ?? new Map<string, string>();
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      this.#cookies.set(url.host, jar);
      const to = response.headers.get('location');
      if (to === null) return { path: `${url.pathname}${url.search}`, cookie: this.cookie(url) };
      url = new URL(to, url);
      if (url.origin === platform.baseUrl && !url.pathname.startsWith('/app/'))
        return { path: `${url.pathname}${url.search}`, cookie: this.cookie(url) };
    }
    throw new Error('too many redirects');
  }

  cookie(url: URL): string {
    return [...(this.#cookies.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

const me = async (cookie: string) => {
  const response = await fetch(`${platform.baseUrl}/app/api/me`, { headers: { cookie } });
  return response.status === 200 ? ((await response.json()) as { email: string }).email : response.status;
};

test('SH6 a seat holder signs in at the provider and is where they wanted to be; with several seats the next page asks', async () => {
  const offered = await fetch(`${platform.baseUrl}/app/api/sign-in/providers`);
  expect(await offered.json()).toEqual({ oidc: 'Acme login' });
  Object.assign(account, { email: 'rita@acme.example', email_verified: true });
  const there = await new TestBrowser().go('/app/oidc/start?to=/search?q=Mae');
  expect(there.path).toBe('/search?q=Mae');
  expect(await me(there.cookie)).toBe('rita@acme.example');
  expect(there.cookie).not.toContain('carrick_oidc');
  Object.assign(account, { email: 'bo@acme.example' });
  expect((await new TestBrowser().go('/app/oidc/start')).path).toBe('/contracts?to=%2Fhome');
});

test('SH6 an address that is not confirmed, one without a seat, and an answer to no question sign nobody in', async () => {
  Object.assign(account, { email: 'rita@acme.example', email_verified: false });
  const refused = await new TestBrowser().go('/app/oidc/start');
  expect([refused.path, await me(refused.cookie)]).toEqual(['/signin?problem=refused', 401]);
  Object.assign(account, { email: 'stranger@acme.example', email_verified: true });
  expect((await new TestBrowser().go('/app/oidc/start')).path).toBe('/signin?problem=no-seat');
  expect((await new TestBrowser().go('/app/oidc/callback?code=x&state=y')).path).toBe(
    '/signin?problem=expired',
  );
  // A link that somebody else began: state of another browser.
  const started = await fetch(`${platform.baseUrl}/app/oidc/start`, { redirect: 'manual' });
  const cookie = started.headers.get('set-cookie')?.split(';')[0] ?? '';
  const forged = await fetch(`${platform.baseUrl}/app/oidc/callback?code=x&state=other`, {
    redirect: 'manual',
    headers: { cookie },
  });
  expect(forged.headers.get('location')).toBe('/signin?problem=refused');
  clock.advance(11 * 60_000);
  const late = await fetch(`${platform.baseUrl}/app/oidc/callback?code=x&state=y`, {
    redirect: 'manual',
    headers: { cookie },
  });
  expect(late.headers.get('location')).toBe('/signin?problem=expired');
  const elsewhere = await new TestBrowser().go('/app/oidc/start?to=//elsewhere.example/');
  expect(elsewhere.path).toMatch(/^\/signin\?problem=no-seat/);
});
