import type { AppError, Me, SignInAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppWorld, type Company, openAppWorld, PASSWORD } from '../access/testing/app-world.ts';
import { createContract } from '../tenancy/index.ts';

let world: AppWorld;
let acme: Company;
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  world = await openAppWorld();
  acme = await world.addCompany('Acme');
  await acme.addAts('OpenCATS');
  await acme.addSeat('Rita One', { isAdmin: true });
});
afterAll(() => world.close());

const signIn = (given: object, headers = {}) =>
  world.post('/app/api/sign-in', { email: 'rita.one@acme.example', password: PASSWORD, ...given }, headers);

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as AppError).code;
}

test('SE1 SE9 L-086 signing in opens a session of 12 hours that a script cannot read', async () => {
  const response = await signIn({ email: ' Rita.One@ACME.example ' });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const cookie = response.headers.get('set-cookie');
  expect(cookie).toMatch(/^carrick_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/);
  const answer = (await response.json()) as SignInAnswer;
  expect(answer).toEqual({
    status: 'signed-in',
    me: {
      name: 'Rita One',
      email: 'rita.one@acme.example',
      organisation: 'Acme',
      contract: 'Acme hiring',
      isAdmin: true,
      decidesMatches: true,
      hasOtherContracts: false,
      atss: [{ atsNo: 1, name: 'OpenCATS' }],
      atsLabel: 'OpenCATS',
      exportAtss: [],
      exportLabel: 'ATS',
    },
  });
  const me = await fetch(`${world.baseUrl}/app/api/me`, {
    headers: { cookie: `a=b; ${cookie?.split(';')[0]}` },
  });
  expect(await me.json()).toEqual((answer as { me: Me }).me);
});

test('SE1 behind https the cookie is Secure', async () => {
  const secure = await openAppWorld({ publicUrl: 'https://hire.example' });
  try {
    await (await secure.addCompany('Safe')).addSeat('Rita One');
    const response = await secure.post('/app/api/sign-in', {
      email: 'rita.one@safe.example',
      password: PASSWORD,
    });
    expect(response.headers.get('set-cookie')).toContain('; Secure');
  } finally {
    await secure.close();
  }
});

test('RU68 SE1 SE6 behind a trusted proxy with TLS the cookie is Secure and the page is our own; else neither', async () => {
  const email = 'rita.one@safe.example';
  const forwarded = {
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'hire.example',
    origin: 'https://hire.example',
  };
  for (const proxies of [['127.0.0.0/8', '::1'], []]) {
    const behind = await openAppWorld({ proxies });
    try {
      await (await behind.addCompany('Safe')).addSeat('Rita One');
      const response = await behind.post('/app/api/sign-in', { email, password: PASSWORD }, forwarded);
      const cookie = response.headers.get('set-cookie') ?? 'none';
      if (proxies.length > 0) expect(cookie).toContain('; Secure');
      else expect([response.status, cookie]).toEqual([403, 'none']);
    } finally {
      await behind.close();
    }
  }
});

test('SE2 SE9 somebody with two contracts chooses, and stays with the choice', async () => {
  const zeta = await world.addCompany('Zeta');
  const seat = await zeta.addSeat('Tom Two');
  const second = await createContract(world.ctx, zeta.tenantId, { name: 'Second' });
  await zeta.addSeat('Tom Two', { contractId: second.contractId });
  const asked = (await (await signIn({ email: seat.email })).json()) as SignInAnswer;
  if (asked.status !== 'choose-contract') throw new Error('no choice');
  expect(asked.seats.map(({ contract, organisation }) => [contract, organisation])).toEqual([
    ['Second', 'Zeta'],
    ['Zeta hiring', 'Zeta'],
  ]);
  const browser = await world.signIn(seat.email, asked.seats[0]?.seatId);
  const me = await browser.read<Me>('/app/api/me');
  expect(me).toMatchObject({ contract: 'Second', hasOtherContracts: true, atss: [], atsLabel: 'ATS' });
  const foreign = await signIn({ email: seat.email, seatId: '999999' });
  expect(((await foreign.json()) as SignInAnswer).status).toBe('choose-contract');
});

test('SE3 a wrong password and an unknown address get the same answer', async () => {
  const wrong = await signIn({ password: 'not it' });
  const unknown = await signIn({ email: 'nobody@acme.example' });
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(await wrong.json()).toEqual(await unknown.json());
  expect(wrong.headers.get('set-cookie')).toBeNull();
});

test('SE4 after ten failures an address waits, the right password included, until the time is over', async () => {
  await acme.addSeat('Sam Slow');
  for (const email of ['sam.slow@acme.example', 'unknown@acme.example']) {
    const tries = await Promise.all(Array.from({ length: 10 }, () => signIn({ email, password: 'guess' })));
    expect(new Set(tries.map((tried) => tried.status))).toEqual(new Set([401]));
    const blocked = await signIn({ email: email.toUpperCase() });
    expect(blocked.status).toBe(429);
    expect(blocked.headers.get('retry-after')).toBe('900');
  }
  world.clock.advance(15 * 60_000);
  expect((await signIn({ email: 'sam.slow@acme.example' })).status).toBe(200);
});

test('SE5 a seat that is switched off is told so, also in the middle of a session', async () => {
  const seat = await acme.addSeat('Olga Off');
  const browser = await world.signIn(seat.email);
  await world.ctx.db.pipeline(acme.tenantId, (tx) => [
    tx`update seat set is_active = false where seat_id = ${seat.seatId}`,
  ]);
  const answers = [await browser.get('/app/api/me'), await signIn({ email: seat.email })];
  expect(answers.map((answer) => answer.status)).toEqual([403, 403]);
  expect(await Promise.all(answers.map(codeOf))).toEqual(['SEAT_INACTIVE', 'SEAT_INACTIVE']);
  expect(await codeOf(await signIn({ email: seat.email, password: 'wrong' }))).toBe('WRONG_PASSWORD');
});

test.each([
  [{ 'x-carrick': '0' }],
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ origin: 'https://evil.example' }],
  [{ origin: 'null' }],
])('SE6 a request that another site caused is refused: %j', async (headers) => {
  const response = await signIn({}, headers);
  expect(response.status).toBe(403);
  expect(await codeOf(response)).toBe('FOREIGN_ORIGIN');
});

test('SE6 the app itself is let through', async () => {
  const response = await signIn({}, { 'sec-fetch-site': 'same-origin', origin: world.baseUrl });
  expect(response.status).toBe(200);
});

test.each([
  ['{'],
  ['[]'],
  ['{"email":"a"}'],
  ['{"email":1,"password":"x"}'],
  ['{"email":"a\\u0000","password":"x"}'],
])('SE6 a body that is no sign-in is refused: %s', async (body) => {
  const response = await fetch(`${world.baseUrl}/app/api/sign-in`, {
    method: 'POST',
    headers: { 'x-carrick': '1' },
    body,
  });
  expect([response.status, await codeOf(response)]).toEqual([400, 'BAD_REQUEST']);
});

test('SE7 without a session, after 12 hours and after signing out nothing is answered', async () => {
  const paths = [
    '/app/api/me',
    '/app/api/search',
    '/app/api/people/x',
    '/app/api/people/x/ats',
    '/app/api/events',
  ];
  const browser = await world.signIn('rita.one@acme.example');
  const other = await world.signIn('rita.one@acme.example');
  const out = await world.post('/app/api/sign-out', {}, { cookie: other.cookie });
  expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
  for (const path of paths) {
    expect((await fetch(world.baseUrl + path)).status).toBe(401);
    expect(
      (await fetch(world.baseUrl + path, { headers: { cookie: 'carrick_session=made-up' } })).status,
    ).toBe(401);
    expect((await other.get(path)).status).toBe(401);
  }
  expect((await browser.get('/app/api/me')).status).toBe(200);
  world.clock.advance(12 * HOUR_MS);
  expect((await browser.get('/app/api/me')).status).toBe(401);
});

test('SE8 no token stands in the database', async () => {
  const { cookie } = await world.signIn('rita.one@acme.example');
  const token = cookie.split('=')[1] ?? '';
  const rows = await world.ctx.db.read(
    acme.tenantId,
    async (tx) => tx<{ row: string }>`select session::text as row from session`,
  );
  expect(rows.length).toBeGreaterThan(0);
  const hex = Buffer.from(token, 'base64url').toString('hex');
  for (const { row } of rows) {
    expect(row).not.toContain(token);
    expect(row).not.toContain(hex);
  }
});
