import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Receiver } from '../push/testing/receiver.ts';
import { applyBatch } from '../records/index.ts';
import { findAts } from '../tenancy/index.ts';
import { type OnboardingWorld, openOnboardingWorld } from '../tenancy/testing/onboarding-world.ts';
import { openSandboxAts } from './testing/ats.ts';
import { putCandidates } from './testing/candidates.ts';

const DAY_MS = 86_400_000;
const sandbox = { hasClock: true, hasFaults: false };
const within = { timeout: 60_000, interval: 20 };

let world: OnboardingWorld;
const opened: OnboardingWorld[] = [];
const receivers: Receiver[] = [];
beforeAll(async () => {
  world = await openOnboardingWorld({ callbackUrls: 'loopback', quotas: true }, { sandbox });
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});
afterAll(async () => {
  for (const receiver of receivers) await receiver.close();
  await world.close();
});

const turn = (body: unknown, by = world) =>
  by.call('', '/sandbox/clock', { method: 'POST', body, headers: JSON_TYPE });
const JSON_TYPE = { 'content-type': 'application/json' };
const time = async (by: OnboardingWorld): Promise<number> => (await by.call('', '/sandbox/clock')).body.now;

async function openAts(name: string) {
  const ats = await openSandboxAts(world, name);
  receivers.push(ats.receiver);
  await expect.poll(() => ats.receiver.ids.length, within).toBe(1);
  return ats;
}

describe('turning', () => {
  test('SB1 the clock goes forward by a while or to a moment, says so, and never back', async () => {
    const before = await time(world);
    expect(before).toBe(world.clock.now());
    const { body } = await turn({ advance: '36h' });
    expect(body).toEqual({
      now: before + 1.5 * DAY_MS,
      time: new Date(before + 1.5 * DAY_MS).toISOString(),
      offsetMs: 1.5 * DAY_MS,
    });
    expect((await turn({ advance: 500 })).body.offsetMs).toBe(1.5 * DAY_MS + 500);
    const at = before + 3 * DAY_MS;
    expect((await turn({ set: new Date(at).toISOString() })).body.now).toBe(at);
    expect(await turn({ set: at - 1 })).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect(await turn({ advance: -1 })).toMatchObject({ status: 409 });
    expect(await turn({ advance: '9000d', set: at })).toMatchObject({ status: 400 });
    for (const body of [{}, { advance: 'soon' }, { set: 'tomorrow' }, { advance: 1, by: 2 }, '[]', 'x'])
      expect(await turn(body)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
    expect(await turn({ advance: 1e300 })).toMatchObject({ status: 409 });
    expect(await time(world)).toBe(at);
  });

  test('SB1 no page of another site turns it', async () => {
    const before = await time(world);
    const plain = await world.call('', '/sandbox/clock', { method: 'POST', body: { advance: '1d' } });
    const foreign = await world.call('', '/sandbox/clock', {
      method: 'POST',
      body: { advance: '1d' },
      headers: { ...JSON_TYPE, origin: 'https://elsewhere.example' },
    });
    expect([plain.status, foreign.status, await time(world)]).toEqual([400, 403, before]);
  });

  test('SB2 its offset is that of every process, and outlives them', async () => {
    const second = await openOnboardingWorld(
      {},
      { sandbox: { hasClock: false, hasFaults: false }, beside: world },
    );
    opened.push(second);
    expect(second.platform.deployment.ctx.clock.now()).toBe(await time(world));
    await turn({ advance: '1d' });
    await expect.poll(() => second.platform.deployment.ctx.clock.now(), within).toBe(await time(world));
    const third = await openOnboardingWorld({}, { sandbox, beside: world });
    opened.push(third);
    await turn({ advance: '1d' }, third);
    expect(await time(third)).toBe(third.clock.now() + third.platform.deployment.turnedClock.offsetMs);
    await expect.poll(() => time(world), within).toBe(await time(third));
    expect(await second.call('', '/sandbox/clock')).toMatchObject({ status: 404 });
  });

  test('SB3 a platform that is no sandbox has none of its doors and does not serve its data', async () => {
    await expect(openOnboardingWorld({}, { beside: world })).rejects.toThrow(
      /sandbox whose clock can be turned/,
    );
    const plain = await openOnboardingWorld();
    opened.push(plain);
    for (const path of ['/sandbox/clock', '/sandbox/faults'])
      for (const method of ['GET', 'POST'] as const)
        expect(
          (
            await plain.call('', path, {
              method,
              headers: JSON_TYPE,
              ...(method === 'POST' ? { body: {} } : {}),
            })
          ).status,
        ).toBe(404);
  });
});

describe('what follows it', () => {
  test('SB4 tokens', async () => {
    const ats = await openAts('Tulip');
    const path = '/v2/atsIntegrations?q=request&requestId=none';
    await turn({ advance: '1m' }); // behind the pause between two calls of the same resource
    expect((await world.call(ats.token, path)).status).toBe(404);
    await turn({ advance: '31m' });
    expect(await world.call(ats.token, path)).toMatchObject({
      status: 401,
      body: { code: 'EXPIRED_ACCESS_TOKEN' },
    });
    expect((await world.call(await world.tokenOf(ats.credentials), path)).status).toBe(404);
  });

  test('SB4 retries and expiries of notifications', async () => {
    const ats = await openAts('Thistle');
    const { receiver } = ats;
    receiver.behaviour = 500;
    const id = await ats.switchTo(false);
    await expect.poll(() => receiver.ids, within).toContain(id);
    receiver.behaviour = 204;
    // Written when it is recorded that the first attempt has failed: then it is due again in about 10 s.
    await expect
      .poll(async () => {
        await turn({ advance: '12s' });
        return receiver.ids.filter((each) => each === id).length;
      }, within)
      .toBe(2);
    const found = async () => {
      const token = await world.tokenOf(ats.credentials);
      return world.call(token, `/v2/atsIntegrations?q=request&requestId=${id}`);
    };
    expect((await found()).status).toBe(200);
    await turn({ advance: '7d' });
    expect(await found()).toMatchObject({ status: 404, body: { code: 'REQUEST_EXPIRED' } });
  });

  test('SB4 quotas and the 30 days of records without a parent', async () => {
    const ats = await openAts('Teasel');
    const now = await time(world);
    await turn({ set: now - (now % DAY_MS) + DAY_MS });
    const token = await world.tokenOf(ats.credentials);
    const { headers } = await putCandidates(world, { ...ats, token }, { 1: {} });
    const left = Number(/"requests-per-day";r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
    await turn({ advance: '1d' });
    const again = await putCandidates(
      world,
      { ...ats, token: await world.tokenOf(ats.credentials) },
      { 2: {} },
    );
    expect(/"requests-per-day";r=(\d+)/.exec(again.headers.get('ratelimit') ?? '')?.[1]).toBe(String(left));
    const { records, ctx } = world.platform.deployment;
    const scope = await findAts(ctx, ats.applicationId);
    if (!scope) throw new Error('not bound');
    const note = { note: 'x', atsCreatedAt: 1, externalLastModifiedAt: 1 };
    const items = [{ key: ['nobody', 'n1'], record: note }];
    const outcomes = await applyBatch(records, scope, 'candidateNote', 'upsert', items);
    expect([...outcomes.values()]).toEqual([{ status: 204 }]);
    const notes = () =>
      ctx.db.read(scope.tenantId, async (tx) => [
        ...(await tx<{ id: string }>`select id from candidate_note where tenant_id = ${scope.tenantId}`),
      ]);
    await turn({ advance: '29d' });
    expect(await notes()).toEqual([{ id: 'n1' }]);
    await turn({ advance: '2d' });
    expect(await notes()).toEqual([]);
  });
});
