import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../kernel/connect.ts';
import { forgetNotifications } from '../tenancy/index.ts';
import { STAGGER_MS } from './lane.ts';
import { MOST_ATTEMPTS, PAUSES_MS, TIMEOUT_MS } from './schedule.ts';
import { openPushWorld, type PushedAts, type PushWorld } from './testing/push-world.ts';

const HOUR_MS = 3_600_000;

let world: PushWorld;
beforeAll(async () => {
  world = await openPushWorld();
});
afterEach(() => world.quiet());
afterAll(() => world.close());

const statesOf = async (ats: PushedAts) => (await ats.deliveries()).map(({ state }) => state);

describe('a notification', () => {
  test('PU1 PU4 L-151 is JSON with exactly id, type and expiresAt, once', async () => {
    const ats = await world.addAts('Alder');
    const [id] = await ats.notify();
    await world.settle();
    expect(ats.receiver.received).toHaveLength(1);
    const [received] = ats.receiver.received;
    expect(received?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': id });
    expect(received?.body).toBe(
      `{"id":"${id}","type":"EXPORT_CANDIDATE_PROFILE","expiresAt":${world.clock.now() + 7 * 24 * HOUR_MS}}`,
    );
    expect(await ats.deliveries()).toMatchObject([
      { state: 'delivered', tried: 1, status: 204, failure: null },
    ]);
    await world.settle();
    expect(ats.receiver.received).toHaveLength(1);
  });

  test('PU5 L-150 without a callback URL none is sent, and with one every notification is', async () => {
    const ats = await world.addAts('Birch');
    await world.ctx.db.pipeline(ats.tenantId, (tx) => [tx`delete from integration_configuration`]);
    await ats.notify();
    await ats.setCallback(ats.receiver.url);
    const ids = await ats.notify(2);
    await world.settle();
    expect(ats.receiver.ids).toEqual(ids);
  });

  test('PU6 first attempts start in commit order, beside what fails', async () => {
    const ats = await world.addAts('Cedar');
    const bad = new Set<string>();
    ats.receiver.behaviour = (response, { id }) => response.writeHead(bad.has(id) ? 500 : 200).end();
    const ids: string[] = [];
    for (let round = 0; round < 4; round++) ids.push(...(await ats.notify(60)));
    for (const [index, id] of ids.entries()) if (index % 7 === 0) bad.add(id);
    await world.settle();
    expect(ats.receiver.ids).toEqual(ids);
  });

  test('PU6 a transaction that began earlier and commits later comes later', async () => {
    const ats = await world.addAts('Dogwood');
    const opened = Promise.withResolvers<void>();
    const ending = Promise.withResolvers<void>();
    const earlier = world.ctx.db.transaction(ats.tenantId, async (tx) => {
      await tx`insert into outbox (tenant_id, lane, payload, created_at) values (${ats.tenantId}, 'x', '{}', 0)`;
      opened.resolve();
      await ending.promise;
      return ats.notify();
    });
    await opened.promise;
    const first = await ats.notify();
    await world.settle();
    expect(ats.receiver.ids).toEqual(first);
    ending.resolve();
    const later = await earlier;
    await world.settle();
    expect(ats.receiver.ids).toEqual([...first, ...later]);
  });

  test('PU6 one that hangs holds back nobody: the next ones start beside it', async () => {
    const ats = await world.addAts('Elder');
    const [slow] = await ats.notify();
    ats.receiver.behaviour = (response, { id }) => {
      if (id !== slow) response.writeHead(200).end();
    };
    await world.until(() => ats.receiver.ids.length === 1);
    const others = await ats.notify(3);
    await world.sender.poll();
    world.clock.advance(STAGGER_MS);
    await world.until(() => ats.receiver.ids.length === 4);
    expect(ats.receiver.ids).toEqual([slow, ...others]);
    world.clock.advance(TIMEOUT_MS - STAGGER_MS);
    await world.settle();
    expect((await ats.deliveries())[0]).toMatchObject({ failure: 'TIMED_OUT' });
    expect(await statesOf(ats)).toEqual(['pending', 'delivered', 'delivered', 'delivered']);
  });
});

describe('what fails', () => {
  test('PU7 PU8 is tried 1 + 6 times on the schedule, with the same bytes, then dead; the destination is disabled with its reason', async () => {
    const ats = await world.addAts('Fir');
    ats.receiver.behaviour = 500;
    await ats.notify();
    for (const [index, pause] of PAUSES_MS.entries()) {
      await world.settle();
      expect(ats.receiver.received).toHaveLength(index + 1);
      expect(await ats.deliveries()).toMatchObject([
        {
          state: 'pending',
          attempts: index + 1,
          next_at: world.clock.now() + pause,
          failure: 'REFUSED',
          detail: 'HTTP 500',
        },
      ]);
      expect(await ats.destination()).toMatchObject({ disabled_at: null });
      world.clock.advance(pause - 1);
      await world.settle();
      expect(ats.receiver.received).toHaveLength(index + 1);
      world.clock.advance(1);
    }
    await world.settle();
    expect(ats.receiver.received).toHaveLength(MOST_ATTEMPTS);
    expect(new Set(ats.receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(await ats.deliveries()).toMatchObject([
      { state: 'dead', attempts: MOST_ATTEMPTS, tried: MOST_ATTEMPTS },
    ]);
    expect(await ats.destination()).toMatchObject({
      disabled_at: world.clock.now(),
      reason: expect.stringMatching(/^Every attempt since 20\d\d-.* failed, at last: REFUSED HTTP 500$/),
    });
    await ats.notify(2);
    await world.settle();
    expect(await ats.deliveries()).toMatchObject([
      {},
      { state: 'dead', failure: 'DISABLED' },
      { state: 'dead' },
    ]);
    expect(ats.receiver.received).toHaveLength(MOST_ATTEMPTS);
  });

  test('PU9 a destination that was given up begins anew when the ATS sets its callback URL, with what it missed', async () => {
    const ats = await world.addAts('Ginkgo');
    ats.receiver.behaviour = 500;
    const [given] = await ats.notify();
    for (const pause of PAUSES_MS) {
      await world.settle();
      world.clock.advance(pause);
    }
    await world.settle();
    const missed = await ats.notify(2);
    await world.settle();
    expect(await statesOf(ats)).toEqual(['dead', 'dead', 'dead']);
    ats.receiver.behaviour = 200;
    await ats.setCallback(ats.receiver.url);
    await world.settle();
    expect(ats.receiver.ids.slice(MOST_ATTEMPTS)).toEqual(missed);
    expect(ats.receiver.ids[0]).toBe(given);
    expect(await ats.destination()).toMatchObject({ disabled_at: null, reason: null, failures: 0 });
  });

  test('PU7 a time-out is ten seconds of the clock, a cut connection and a redirect are failures', async () => {
    const ats = await world.addAts('Hazel');
    const target = await world.addAts('Hazel 2');
    ats.receiver.behaviour = 'hang';
    await ats.notify();
    await world.until(() => ats.receiver.received.length === 1);
    world.clock.advance(TIMEOUT_MS - 1);
    await world.sender.poll();
    expect(await ats.deliveries()).toMatchObject([{ tried: 0 }]);
    world.clock.advance(1);
    await world.settle();
    expect(await ats.deliveries()).toMatchObject([{ tried: 1, failure: 'TIMED_OUT', status: null }]);
    ats.receiver.behaviour = 'cut';
    world.clock.advance(PAUSES_MS[0]);
    await world.settle();
    expect(await ats.deliveries()).toMatchObject([{ tried: 2, failure: 'CUT_OFF' }]);
    ats.receiver.behaviour = (response) => response.writeHead(307, { location: target.receiver.url }).end();
    world.clock.advance(PAUSES_MS[1]);
    await world.settle();
    expect(await ats.deliveries()).toMatchObject([{ tried: 3, failure: 'REDIRECTED', status: 307 }]);
    expect(target.receiver.received).toEqual([]);
    ats.receiver.behaviour = 202;
    world.clock.advance(PAUSES_MS[2]);
    await world.settle();
    expect(await statesOf(ats)).toEqual(['delivered']);
  });

  test('PU8 where others got through meanwhile, one that dies disables nothing', async () => {
    const ats = await world.addAts('Ivy');
    const [poison] = await ats.notify();
    ats.receiver.behaviour = (response, { id }) => response.writeHead(id === poison ? 400 : 200).end();
    for (const pause of PAUSES_MS) {
      await world.settle();
      world.clock.advance(pause);
      await ats.notify();
    }
    await world.settle();
    expect(await statesOf(ats)).toEqual(['dead', ...PAUSES_MS.map(() => 'delivered')]);
    expect(await ats.destination()).toMatchObject({ disabled_at: null });
  });
});

describe('the breaker', () => {
  test('PU10 after five failures the destination is parked and tried with its oldest; a success lets everything through in order', async () => {
    const ats = await world.addAts('Juniper');
    ats.receiver.behaviour = 503;
    const ids = await ats.notify(30);
    await world.settle();
    expect(ats.receiver.ids).toEqual(ids.slice(0, 5));
    expect(await ats.destination()).toMatchObject({ failures: 5, opened_at: world.clock.now() });
    world.clock.advance(PAUSES_MS[0]);
    await world.settle();
    expect(ats.receiver.ids.slice(5)).toEqual([ids[0]]);
    world.clock.advance(PAUSES_MS[1]);
    ats.receiver.behaviour = 200;
    await world.settle();
    expect(ats.receiver.ids.slice(6)).toEqual([ids[0], ...ids.slice(1)]);
    expect(new Set(await statesOf(ats))).toEqual(new Set(['delivered']));
    expect(await ats.destination()).toMatchObject({ failures: 0, opened_at: null });
  });

  test('PU10 while it is open it is also tried from time to time with the oldest that is due', async () => {
    const ats = await world.addAts('Katsura');
    ats.receiver.behaviour = 'cut';
    const ids = await ats.notify(20);
    await world.settle();
    world.clock.advance(60 * 60_000);
    await world.settle();
    // The oldest is due by its own schedule; it fails, and the next ones wait for the next probe.
    expect(ats.receiver.ids.slice(5)).toEqual([ids[0]]);
    world.clock.advance(4 * 60_000);
    await world.settle();
    expect(ats.receiver.ids.slice(6)).toEqual([ids[1]]);
    ats.receiver.behaviour = 200;
    world.clock.advance(10 * 60_000);
    await world.settle();
    expect(new Set(await statesOf(ats))).toEqual(new Set(['delivered']));
  });

  test('PU11 an ATS that was down for a day catches up without help, in order', async () => {
    const ats = await world.addAts('Larch');
    ats.receiver.behaviour = 'cut';
    const ids: string[] = [];
    for (let hour = 0; hour < 24; hour++) {
      ids.push(...(await ats.notify(5)));
      await world.settle();
      world.clock.advance(HOUR_MS);
    }
    await world.settle();
    const failed = ats.receiver.received.length;
    ats.receiver.behaviour = 200;
    for (let minutes = 0; minutes < 10; minutes++) {
      world.clock.advance(60_000);
      await world.settle();
    }
    expect(new Set(await statesOf(ats))).toEqual(new Set(['delivered']));
    const [probe, ...rest] = ats.receiver.ids.slice(failed);
    expect(rest).toEqual(ids.filter((id) => id !== probe));
  });

  test('PU12 dead ATSs hold back nobody else', async () => {
    const dead = await Promise.all(['Maple', 'Myrtle', 'Medlar'].map((name) => world.addAts(name)));
    const well = await world.addAts('Mulberry');
    for (const ats of dead) ats.receiver.behaviour = 'hang';
    for (const ats of dead) await ats.notify(50);
    await world.until(() => dead.every(({ receiver }) => receiver.ids.length > 0));
    const ids = await well.notify(100);
    await world.until(() => well.receiver.ids.length === 100);
    expect(well.receiver.ids).toEqual(ids);
  });
});

describe('processes', () => {
  test('PU13 several share the work: everything is delivered once, in order', async () => {
    const others = [world.addSender(), world.addSender()];
    const atss = await Promise.all(['Nutmeg', 'Olive', 'Pine', 'Quince'].map((name) => world.addAts(name)));
    const ids = new Map<PushedAts, string[]>(atss.map((ats) => [ats, []]));
    for (let round = 0; round < 5; round++)
      for (const ats of atss) ids.get(ats)?.push(...(await ats.notify(20)));
    await world.until(async () => {
      await Promise.all(others.map((other) => other.poll()));
      return atss.every(({ receiver }) => receiver.ids.length >= 100);
    });
    for (const ats of atss) expect(ats.receiver.ids).toEqual(ids.get(ats));
  });

  test('PU13 what a process had in hand when it ended another one takes over', async () => {
    const ats = await world.addAts('Rowan');
    ats.receiver.behaviour = 'hang';
    const other = world.addSender();
    const [id] = await ats.notify();
    await other.poll();
    await world.sender.poll();
    expect(ats.receiver.ids.length).toBeLessThanOrEqual(1);
    ats.receiver.behaviour = 200;
    await other.stop();
    await world.until(async () => (await statesOf(ats))[0] === 'delivered');
    expect(new Set(ats.receiver.ids)).toEqual(new Set([id]));
  });

  test('PU13 a process that loses its connection claims anew, and nothing is lost', async () => {
    const ats = await world.addAts('Sapele');
    ats.receiver.behaviour = 'hang';
    const ids = await ats.notify(3);
    await world.until(() => ats.receiver.ids.length === 1);
    const owner = connect(world.database.ownerUrl, { max: 1 });
    await owner`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'carrick-locks' and datname = current_database()`;
    await owner.end();
    ats.receiver.answerAll();
    world.clock.advance(PAUSES_MS[0] * 2);
    await world.until(async () => (await statesOf(ats)).every((state) => state === 'delivered'));
    expect(new Set(ats.receiver.ids)).toEqual(new Set(ids));
  });

  test('PU25 what expired long ago is forgotten, with its deliveries and attempts', async () => {
    const ats = await world.addAts('Sorrel');
    await ats.notify(3);
    await world.settle();
    world.clock.advance(36 * 24 * HOUR_MS);
    await forgetNotifications(world.ctx);
    expect(await ats.deliveries()).toHaveLength(3);
    world.clock.advance(2 * 24 * HOUR_MS);
    expect(await forgetNotifications(world.ctx)).toBeGreaterThanOrEqual(3);
    expect(await ats.deliveries()).toEqual([]);
    const [row] = await world.ctx.db.read(
      ats.tenantId,
      async (tx) => tx<{ count: number }>`select count(*) as count from delivery_attempt`,
    );
    expect(row?.count).toBe(0);
  });

  test('PU14 a transaction that notifies and stays open delays nobody else', async () => {
    const [held, free] = [await world.addAts('Spruce'), await world.addAts('Sumac')];
    await held.notify();
    const opened = Promise.withResolvers<void>();
    const ending = Promise.withResolvers<void>();
    const open = world.ctx.db.transaction(held.tenantId, async (tx) => {
      await tx`select 1 from destination where tenant_id = ${held.tenantId} for update`;
      opened.resolve();
      await ending.promise;
    });
    await opened.promise;
    await free.notify();
    await world.until(() => held.receiver.ids.length === 1 && free.receiver.ids.length === 1);
    ending.resolve();
    await open;
    await world.settle();
    expect([held.receiver.ids.length, free.receiver.ids.length]).toEqual([1, 1]);
  });

  test('PU15 a changed callback URL gets what is pending, one that was removed gets nothing', async () => {
    const ats = await world.addAts('Tamarind');
    const next = await world.addAts('Tamarind 2');
    ats.receiver.behaviour = 500;
    const [id] = await ats.notify();
    await world.settle();
    await ats.setCallback(next.receiver.url);
    await world.settle();
    expect(next.receiver.ids).toEqual([id]);
    const [late] = await ats.notify();
    await world.ctx.db.pipeline(ats.tenantId, (tx) => [tx`delete from integration_configuration`]);
    await world.settle();
    expect(await ats.deliveries()).toMatchObject([
      {},
      { state: 'dead', failure: 'NO_CALLBACK_URL', tried: 0 },
    ]);
    await ats.setCallback(next.receiver.url);
    await world.settle();
    expect(next.receiver.ids).toEqual([id, late]);
  });

  test('PU16 what has expired is not sent any more', async () => {
    const ats = await world.addAts('Ulmus');
    await ats.notify();
    world.clock.advance(8 * 24 * HOUR_MS);
    await world.settle();
    expect(await ats.deliveries()).toMatchObject([{ state: 'dead', failure: 'EXPIRED', tried: 0 }]);
    expect(ats.receiver.received).toEqual([]);
  });
});
