import type { DeliveriesAnswer, DeliveryAnswer, DestinationsAnswer } from '@carrick/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createContract, createSeat, findAts } from '../tenancy/index.ts';
import { type Customer, company, openCustomer } from '../tenancy/testing/onboarding-customer.ts';
import {
  configurationsPath,
  integrationsPath,
  naming,
  type OnboardingWorld,
  openOnboardingWorld,
  putting,
} from '../tenancy/testing/onboarding-world.ts';
import { challengeResponse, signature } from './sign.ts';
import { type Behaviour, Receiver } from './testing/receiver.ts';

const TYPE = 'ONE_CLICK_EXPORT';
const PASSWORD = 'a long enough password';

let world: OnboardingWorld;
const receivers: Receiver[] = [];
beforeAll(async () => {
  world = await openOnboardingWorld({ callbackUrls: 'loopback' });
});
afterEach(() => {
  for (const receiver of receivers) receiver.answerAll();
});
afterAll(async () => {
  for (const receiver of receivers) await receiver.close();
  await world.close();
});

const within = { timeout: 60_000, interval: 10 };

async function openReceiver(): Promise<Receiver> {
  const receiver = await Receiver.open();
  receivers.push(receiver);
  return receiver;
}

/** An ATS as its vendor sets it up: named, with a callback URL. */
async function openAts(name: string, ...types: (typeof TYPE | 'IN_ATS_INDICATOR' | 'PROFILE_PLUGIN')[]) {
  const receiver = await openReceiver();
  const customer = await openCustomer(world, name);
  await customer.request(...company(customer, TYPE, ...types));
  const keys = [TYPE, ...types].map((type) => customer.key(type));
  await world.call(customer.token, integrationsPath(keys), naming(keys, { integrationName: 'Hire' }));
  const put = await putCallback(customer, receiver.url);
  expect(put.body.errors).toEqual({});
  return { ...customer, receiver };
}

function putCallback(customer: Customer, url: string, by: OnboardingWorld = world) {
  const path = configurationsPath(customer.key(TYPE), ['CALLBACK_URL']);
  return by.call(customer.token, path, putting({ CALLBACK_URL: url }));
}

describe('a switch', () => {
  test('PU21 L-150 L-153 every integration that is enabled is one notification, whose id finds it', async () => {
    const ats = await openAts('Acorn', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN');
    const ids: (string | null)[] = [];
    for (const type of [TYPE, 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN'] as const)
      ids.push(await ats.turn(type, true));
    await expect.poll(() => ats.receiver.ids, within).toEqual(ids);
    for (const [index, received] of ats.receiver.received.entries()) {
      expect(JSON.parse(received.body)).toEqual({
        id: ids[index],
        type: 'INTEGRATION_STATUS_CHANGE',
        expiresAt: world.clock.now() + 7 * 24 * 3_600_000,
      });
      const { body } = await world.call(ats.token, `/v2/atsIntegrations?q=request&requestId=${received.id}`);
      expect(body.elements).toMatchObject([{ onboardingStatus: 'ENABLED', integrationName: 'Hire' }]);
    }
    const off = await ats.turn(TYPE, false);
    await expect.poll(() => ats.receiver.ids.at(-1), within).toBe(off);
  });

  test('PU15 an integration with a callback URL of its own is notified there', async () => {
    const ats = await openAts('Almond', 'IN_ATS_INDICATOR');
    const own = await openReceiver();
    const path = configurationsPath(ats.key('IN_ATS_INDICATOR'), ['CALLBACK_URL']);
    await world.call(ats.token, path, putting({ CALLBACK_URL: own.url }));
    const id = await ats.turn('IN_ATS_INDICATOR', true);
    await expect.poll(() => own.ids, within).toEqual([id]);
    expect(ats.receiver.ids).toEqual([]);
  });
});

test('PU17 L-152 after a rotation the former secret signs until the ATS has fetched a token with the new one', async () => {
  const ats = await openAts('Aspen');
  const switched = async () => {
    const before = ats.receiver.received.length;
    await ats.turn(TYPE, ats.receiver.received.length % 2 === 0);
    await expect.poll(() => ats.receiver.received.length, within).toBe(before + 1);
    return ats.receiver.received[before];
  };
  const { body: former } = await world.call(
    ats.vendor,
    '/v2/provisionedApplications?q=credentialsByUniqueForeignId&uniqueForeignId=Aspen',
  );
  const [{ key, credentials: old }] = former.elements;
  const first = await switched();
  expect(first?.headers['x-li-signature']).toBe(signature(old.client_secret, first?.body ?? ''));
  const rotated = await world.call(ats.vendor, `/v2/provisionedApplications/${key}?action=rotateSecret`, {
    method: 'POST',
    body: {},
  });
  const secret = (rotated.body.value ?? rotated.body).credentials.client_secret;
  const second = await switched();
  expect(second?.headers['x-li-signature']).toBe(signature(old.client_secret, second?.body ?? ''));
  expect(String(second?.headers['webhook-signature']).split(' ')).toHaveLength(2);
  await world.tokenOf({ clientId: ats.clientId, clientSecret: old.client_secret });
  const third = await switched();
  expect(third?.headers['x-li-signature']).toBe(signature(old.client_secret, third?.body ?? ''));
  await world.tokenOf({ clientId: ats.clientId, clientSecret: secret });
  const fourth = await switched();
  expect(fourth?.headers['x-li-signature']).toBe(signature(secret, fourth?.body ?? ''));
  expect(String(fourth?.headers['webhook-signature']).split(' ')).toHaveLength(2);
});

describe('the challenge', () => {
  let strict: OnboardingWorld;
  beforeAll(async () => {
    strict = await openOnboardingWorld({ callbackUrls: 'loopback', callbackValidation: 'on-set' });
  });
  afterAll(() => strict.close());

  test('PU20 a callback URL is taken when it answers the challenge, and with its reason not otherwise', async () => {
    const receiver = await openReceiver();
    const customer = await openCustomer(strict, 'Bay');
    await customer.request(...company(customer, TYPE));
    const found = await strict.call(
      customer.vendor,
      '/v2/provisionedApplications?q=credentialsByUniqueForeignId&uniqueForeignId=Bay',
    );
    const [{ key, credentials }] = found.body.elements;
    const answering =
      (answer: (code: string) => object): Behaviour =>
      (response, { path }) => {
        const query = new URL(path, 'http://x').searchParams;
        expect(query.get('applicationId')).toBe(key);
        const body = JSON.stringify(answer(query.get('challengeCode') ?? ''));
        response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      };
    const right = (code: string) => ({
      challengeCode: code,
      challengeResponse: challengeResponse(credentials.client_secret, code),
    });
    const outcome = async () => {
      const { body } = await putCallback(customer, `${receiver.url}?of=bay`, strict);
      return body.errors.CALLBACK_URL ?? body.results.CALLBACK_URL;
    };
    const refused = (why: RegExp) => ({
      status: 422,
      message: expect.stringMatching(
        new RegExp(`did not pass the security challenge check: .*${why.source}`),
      ),
    });
    receiver.behaviour = answering((code) => ({ ...right(code), challengeResponse: 'f'.repeat(64) }));
    expect(await outcome()).toMatchObject(refused(/not the expected one/));
    receiver.behaviour = answering((code) => right(`${code}x`));
    expect(await outcome()).toMatchObject(refused(/not the expected one/));
    receiver.behaviour = 204;
    expect(await outcome()).toMatchObject(refused(/HTTP 204/));
    receiver.behaviour = 302;
    expect(await outcome()).toMatchObject(refused(/HTTP 302/));
    receiver.behaviour = 'hang';
    expect(await outcome()).toMatchObject(refused(/no answer within 3 s/));
    receiver.behaviour = answering(right);
    expect(await outcome()).toEqual({ status: 204 });
    expect(receiver.received.at(-1)?.path).toMatch(/^\/callbacks\?of=bay&challengeCode=[0-9a-f-]{36}&/);
  });
});

describe('the log', () => {
  async function signedIn(customer: Customer, isAdmin: boolean) {
    const { tenantId } = customer.organisation;
    const contract = await createContract(world.ctx, tenantId, { name: `C ${isAdmin}` });
    const email = `${isAdmin ? 'admin' : 'recruiter'}@${tenantId}.example`;
    await createSeat(world.ctx, [], tenantId, {
      contractId: contract.contractId,
      firstName: 'Ada',
      lastName: 'Byron',
      email,
      password: PASSWORD,
      isAdmin,
    });
    const { baseUrl } = world.platform;
    const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(baseUrl + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-carrick': '1', ...headers },
        body: JSON.stringify(body),
      });
    const answer = await post('/app/api/sign-in', { email, password: PASSWORD });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return {
      get: (path: string) => fetch(baseUrl + path, { headers: { cookie } }),
      async read<Answer>(path: string): Promise<Answer> {
        return (await (await fetch(baseUrl + path, { headers: { cookie } })).json()) as Answer;
      },
      post: (path: string, body: unknown = {}) => post(path, body, { cookie }),
    };
  }

  test('PU22 PU23 an administrator sees every attempt, resends one or all since a time, and enables again', async () => {
    const ats = await openAts('Beech');
    const admin = await signedIn(ats, true);
    ats.receiver.behaviour = 500;
    const startedAt = world.clock.now();
    const id = await ats.turn(TYPE, true);
    const one = () => admin.read<DeliveryAnswer>(`/app/api/deliveries/${id}`);
    await expect.poll(async () => (await one()).log.length, within).toBe(1);
    const failed = await one();
    expect(failed).toMatchObject({
      id,
      atsNo: 1,
      type: 'INTEGRATION_STATUS_CHANGE',
      state: 'pending',
      attempts: 1,
      failure: 'REFUSED',
      detail: 'HTTP 500',
      status: 500,
      log: [{ at: startedAt, status: 500, failure: 'REFUSED', host: new URL(ats.receiver.url).host }],
    });
    expect(failed.nextAt).toBeGreaterThan(startedAt);
    ats.receiver.behaviour = 200;
    expect(await (await admin.post(`/app/api/deliveries/${id}/resend`)).json()).toEqual({ resent: 1 });
    await expect.poll(async () => (await one()).state, within).toBe('delivered');
    expect((await one()).log.map(({ status }) => status)).toEqual([500, 200]);
    const second = await ats.turn(TYPE, false);
    await expect.poll(() => ats.receiver.ids, within).toEqual([id, id, second]);
    const all = await admin.read<DeliveriesAnswer>('/app/api/deliveries?state=delivered');
    expect(new Set(all.deliveries.map((each) => each.id))).toEqual(new Set([id, second]));
    const [first] = (await admin.read<DeliveriesAnswer>('/app/api/deliveries?most=1')).deliveries;
    const { next } = await admin.read<DeliveriesAnswer>('/app/api/deliveries?most=1');
    const rest = await admin.read<DeliveriesAnswer>(`/app/api/deliveries?most=1&before=${next}`);
    expect(new Set([first?.id, rest.deliveries[0]?.id])).toEqual(new Set([id, second]));
    const again = await admin.post('/app/api/deliveries/resend', { atsNo: 1, since: startedAt });
    expect(await again.json()).toEqual({ resent: 2 });
    await expect.poll(() => ats.receiver.ids, within).toEqual([id, id, second, id, second]);
    const none = await admin.post('/app/api/deliveries/resend', {
      atsNo: 1,
      since: startedAt,
      onlyDead: true,
    });
    expect(await none.json()).toEqual({ resent: 0 });
    expect(await admin.read<DestinationsAnswer>('/app/api/destinations')).toMatchObject({
      destinations: [{ atsNo: 1, state: 'well', reason: null, dead: 0 }],
    });
    const scope = await findAts(world.ctx, ats.applicationId);
    await world.ctx.db.pipeline(scope!.tenantId, (tx) => [
      tx`update destination set disabled_at = 1, reason = 'gone', wake_at = ${Number.MAX_SAFE_INTEGER} where tenant_id = ${scope!.tenantId}`,
    ]);
    expect(await admin.read<DestinationsAnswer>('/app/api/destinations')).toMatchObject({
      destinations: [{ state: 'disabled', reason: 'gone', since: 1 }],
    });
    const missed = await ats.turn(TYPE, true);
    await expect
      .poll(async () => (await admin.read<DeliveryAnswer>(`/app/api/deliveries/${missed}`)).failure, within)
      .toBe('DISABLED');
    expect((await admin.post('/app/api/destinations/enable', { atsNo: 1 })).status).toBe(204);
    await expect.poll(() => ats.receiver.ids.at(-1), within).toBe(missed);
  });

  test('PU22 nobody else sees it: no recruiter, no other organisation, nobody without a session', async () => {
    const [ats, other] = [await openAts('Birch'), await openAts('Box')];
    const id = await ats.turn(TYPE, true);
    const [recruiter, stranger] = [await signedIn(ats, false), await signedIn(other, true)];
    for (const path of ['/app/api/deliveries', `/app/api/deliveries/${id}`, '/app/api/destinations']) {
      const refused = await recruiter.get(path);
      expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'ADMINISTRATORS_ONLY' }]);
      expect((await fetch(world.platform.baseUrl + path)).status).toBe(401);
    }
    expect((await stranger.get(`/app/api/deliveries/${id}`)).status).toBe(404);
    expect((await stranger.post(`/app/api/deliveries/${id}/resend`)).status).toBe(404);
    expect((await stranger.read<DeliveriesAnswer>('/app/api/deliveries')).deliveries).toEqual([]);
    expect((await stranger.post('/app/api/destinations/enable', { atsNo: 7 })).status).toBe(404);
    for (const path of ['?state=lost', '?most=0', '?most=x', '?before=x', '?atsNo=-1'])
      expect([path, (await stranger.get(`/app/api/deliveries${path}`)).status]).toEqual([path, 400]);
    for (const body of [
      {},
      { atsNo: 1 },
      { atsNo: '1', since: 0 },
      null,
      { atsNo: 1, since: 0, onlyDead: 1 },
    ])
      expect((await stranger.post('/app/api/deliveries/resend', body)).status).toBe(400);
    expect((await stranger.get('/app/api/deliveries/%00')).status).toBe(404);
  });
});
