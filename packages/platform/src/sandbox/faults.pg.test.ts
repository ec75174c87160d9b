import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type OnboardingWorld, openOnboardingWorld } from '../tenancy/testing/onboarding-world.ts';
import { addMagicMembers, MAGIC_MEMBERS } from './magic-members.ts';
import { openSandboxAts } from './testing/ats.ts';
import { getCandidates, putCandidates } from './testing/candidates.ts';

const within = { timeout: 60_000, interval: 20 };
const JSON_TYPE = { 'content-type': 'application/json' };

let world: OnboardingWorld;
let ats: Awaited<ReturnType<typeof openSandboxAts>>;
let names = 0;
beforeAll(async () => {
  world = await openOnboardingWorld(
    { callbackUrls: 'loopback' },
    { sandbox: { hasClock: false, hasFaults: true } },
  );
  const { ctx, memberHooks } = world.platform.deployment;
  await addMagicMembers(ctx, memberHooks);
  ats = await openSandboxAts(world, 'Fern');
  await vi.waitFor(() => expect(ats.receiver.ids).toHaveLength(1), within);
});
beforeEach(async () => {
  await world.call('', '/sandbox/faults', { method: 'DELETE' });
});
afterAll(async () => {
  await ats.receiver.close();
  await world.close();
});

const addFault = (body: unknown) =>
  world.call('', '/sandbox/faults', { method: 'POST', body, headers: JSON_TYPE });
/** Puts a candidate that nobody has seen yet. */
async function put(token = ats.token): Promise<{ readonly id: string; readonly status: number | 'cut' }> {
  names += 1;
  const id = `C${names}`;
  return putCandidates(world, { ...ats, token }, { [id]: {} }).then(
    ({ status }) => ({ id, status }),
    (error: Error) => {
      if (error.message !== 'fetch failed') throw error;
      return { id, status: 'cut' as const };
    },
  );
}
const isStored = async (id: string) => id in (await getCandidates(world, ats, [id]));

describe('rules', () => {
  test('SB6 a rule strikes its route and method so often, and the first that fits wins', async () => {
    const { body } = await addFault({
      rules: [
        { fault: 'throttled', route: '/v2/atsCandidates', method: 'PUT', count: 2, retryAfterMs: 3_000 },
        { fault: 'unavailable', route: '/v2/atsCandidates', count: 1 },
        { fault: 'server-error', route: '/v2/atsCand' },
      ],
    });
    expect(body.rules).toMatchObject([{ fault: 'throttled', count: 2, happened: 0 }, {}, {}]);
    expect([(await put()).status, (await put()).status, (await put()).status, (await put()).status]).toEqual([
      429, 429, 503, 200,
    ]);
    const rules = (await world.call('', '/sandbox/faults')).body.rules;
    expect(rules.map(({ happened }: { happened: number }) => happened)).toEqual([2, 1, 0]);
    await world.call('', '/sandbox/faults', { method: 'DELETE' });
    expect((await world.call('', '/sandbox/faults')).body).toEqual({ rules: [] });
  });

  test('SB6 a probability of a half strikes some, of nought none', async () => {
    await addFault({
      rules: [
        { fault: 'server-error', probability: 0 },
        { fault: 'throttled', probability: 0.5 },
      ],
    });
    const statuses = new Set<number | 'cut'>();
    for (let i = 0; i < 40; i++) statuses.add((await put()).status);
    expect(statuses).toEqual(new Set([200, 429]));
  });

  test('SB6 what is no rule is refused with the reason, and none of its neighbours is taken', async () => {
    for (const bad of [
      { fault: 'earthquake' },
      { fault: 'slow', delayMs: 999_999 },
      { fault: 'late-notification', delayMs: 60_000 },
      { fault: 'cut', route: 'v2' },
      { fault: 'cut', often: 3 },
      { fault: 'cut', probability: 2 },
      7,
    ])
      expect(await addFault({ rules: [{ fault: 'throttled' }, bad] })).toMatchObject({
        status: 400,
        body: { message: expect.stringMatching(/^Not a rule: /) },
      });
    expect((await world.call('', '/sandbox/faults')).body).toEqual({ rules: [] });
  });
});

describe('requests', () => {
  test('SB7 429 and 500 come in the form of the wire, with what a client goes by', async () => {
    await addFault({
      rules: [
        { fault: 'throttled', count: 1, retryAfterMs: 3_000 },
        { fault: 'server-error', count: 1 },
      ],
    });
    const throttled = await putCandidates(world, ats, { x: {} });
    expect([throttled.status, throttled.headers.get('retry-after'), throttled.body]).toEqual([
      429,
      '3',
      expect.objectContaining({ code: 'THROTTLED', serviceErrorCode: 101 }),
    ]);
    expect(throttled.headers.get('x-linkedin-error-response')).toBe('true');
    const failed = await putCandidates(world, ats, { x: {} });
    expect([failed.status, failed.body]).toEqual([
      500,
      expect.objectContaining({ requestId: expect.any(String) }),
    ]);
    expect(await isStored('x')).toBe(false);
  });

  test('SB7 a slow answer is the right one', async () => {
    await addFault({ fault: 'slow', count: 1, delayMs: 300 });
    const startedAt = performance.now();
    const { id, status } = await put();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(295);
    expect([status, await isStored(id)]).toEqual([200, true]);
  });

  test('SB7 a connection is cut before the work is done, or after it', async () => {
    await addFault({
      rules: [
        { fault: 'cut', count: 1 },
        { fault: 'answer-lost', count: 1 },
      ],
    });
    const before = await put();
    const after = await put();
    expect([before.status, after.status]).toEqual(['cut', 'cut']);
    expect([await isStored(before.id), await isStored(after.id)]).toEqual([false, true]);
    expect((await put()).status).toBe(200);
  });

  test('SB7 a stale token stays stale until a new one is fetched', async () => {
    const token = await world.tokenOf(ats.credentials);
    await addFault({ fault: 'stale-token', route: '/v2/atsCandidates', count: 1 });
    expect([(await put(token)).status, (await put(token)).status]).toEqual([401, 401]);
    expect((await put(await world.tokenOf(ats.credentials))).status).toBe(200);
    expect((await put()).status).toBe(200);
  });

  test('SB7 the token endpoint fails too; the app and the sandbox itself do not', async () => {
    await addFault({ fault: 'unavailable' });
    expect(await world.tokenOf(ats.credentials)).toBeUndefined();
    expect((await world.call('', '/app/api/me')).status).toBe(401);
    expect((await world.call('', '/sandbox/faults')).status).toBe(200);
  });
});

describe('notifications', () => {
  async function notified(): Promise<string> {
    isOn = !isOn;
    const id = await ats.switchTo(isOn);
    if (id === null) throw new Error('nothing was switched');
    return id;
  }
  let isOn = true;
  const timesOf = (id: string) => ats.receiver.ids.filter((each) => each === id).length;

  test('SB8 one comes twice, byte for byte', async () => {
    await addFault({ fault: 'duplicate-notification', count: 1 });
    const id = await notified();
    await expect.poll(() => timesOf(id), within).toBe(2);
    const [one, other] = ats.receiver.received.filter((each) => each.id === id);
    expect([other?.body, other?.headers['x-li-signature']]).toEqual([
      one?.body,
      one?.headers['x-li-signature'],
    ]);
    const next = await notified();
    await expect.poll(() => timesOf(next), within).toBe(1);
  });

  test('SB8 one comes late, and one not before its next attempt', async () => {
    await addFault({ rules: [{ fault: 'late-notification', count: 1, delayMs: 400 }] });
    const startedAt = performance.now();
    const late = await notified();
    await expect.poll(() => timesOf(late), within).toBe(1);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(395);
    await addFault({ fault: 'lost-notification', count: 1 });
    const lost = await notified();
    await expect
      .poll(async () => (await world.call('', '/sandbox/faults')).body.rules.at(-1).happened, within)
      .toBe(1);
    expect(timesOf(lost)).toBe(0);
    await expect
      .poll(() => {
        world.clock.advance(12_000);
        world.platform.deployment.outbox.signal();
        return timesOf(lost);
      }, within)
      .toBe(1);
  });
});

describe('magic records', () => {
  test('SB9 a magic key is refused for itself, its neighbours are stored', async () => {
    const { status, outcomes } = await putCandidates(world, ats, {
      'magic-key-403': {},
      'magic-key-404': {},
      'magic-key-422': {},
      'magic-key-429.a': {},
      'magic-key-500-once.a': {},
      'magic-key-5000': {},
      plain: {},
    });
    expect(status).toBe(200);
    const statuses = Object.fromEntries(
      Object.entries(outcomes).map(([id, outcome]) => [id, outcome.status]),
    );
    expect(statuses).toEqual({
      'magic-key-403': 403,
      'magic-key-404': 404,
      'magic-key-422': 422,
      'magic-key-429.a': 429,
      'magic-key-500-once.a': 500,
      'magic-key-5000': 204,
      plain: 204,
    });
    const again = await putCandidates(world, ats, { 'magic-key-500-once.a': {}, 'magic-key-500-once.b': {} });
    expect([
      again.outcomes['magic-key-500-once.a']?.status,
      again.outcomes['magic-key-500-once.b']?.status,
    ]).toEqual([204, 500]);
  });

  test('SB10 an id that is called like a fault strikes the request, with -once the first time', async () => {
    const statusOf = (id: string) =>
      putCandidates(world, ats, { [id]: {}, neighbour: {} }).then(
        ({ status }) => status,
        () => 'cut',
      );
    expect(await statusOf('magic-throttled')).toBe(429);
    expect(await statusOf('magic-throttled')).toBe(429);
    expect(await statusOf('magic-server-error')).toBe(500);
    expect(await statusOf('magic-unavailable')).toBe(503);
    expect([await statusOf('magic-cut-once.1'), await statusOf('magic-cut-once.1')]).toEqual(['cut', 200]);
    expect(await statusOf('not-magic-throttled')).toBe(200);
  });

  test('SB10 a magic request id has expired, or is unknown', async () => {
    const ask = (id: string) => world.call(ats.token, `/v2/exportedCandidates?q=request&requestId=${id}`);
    expect(await ask('magic-request-expired')).toMatchObject({
      status: 404,
      body: { code: 'REQUEST_EXPIRED' },
    });
    expect(await ask('magic-request-unknown')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  test('SB11 candidates with the names and addresses of magic members are matched, or not', async () => {
    const people = Object.fromEntries(MAGIC_MEMBERS.map((member) => [`of-${member.id}`, member]));
    await putCandidates(world, ats, people);
    const stored = await getCandidates(world, ats, Object.keys(people));
    const matches = Object.fromEntries(
      Object.entries(stored).map(([id, { matchedMembers = [] }]) => [id, matchedMembers.length]),
    );
    expect(matches).toEqual({
      'of-magic-member-matched': 1,
      'of-magic-member-not-shared': 1,
      'of-magic-member-closed': 0,
      'of-magic-member-twin-a': 0,
      'of-magic-member-twin-b': 0,
    });
  });
});
