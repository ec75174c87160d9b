import { quotaOf } from '@carrick/protocol';
import { expect, test } from 'vitest';
import { DaySpent, Pacer } from './pacer.ts';

/** A clock that waiting turns, and what the platform would have counted in its own minutes. */
function world(startAt = Date.UTC(2026, 0, 5, 9, 0, 31)) {
  let now = startAt;
  const minutes = new Map<number, number>();
  const clock = {
    now: () => now,
    pause: async (ms: number) => {
      now += ms;
    },
  };
  return {
    clock,
    minutes,
    turn: (ms: number) => {
      now += ms;
    },
    async send(pacer: Pacer, resource: string, records: number) {
      await pacer.admit({ resource, records });
      await pacer.leaveGap({ resource, records });
      const minute = Math.floor(now / 60_000);
      minutes.set(minute, (minutes.get(minute) ?? 0) + records);
    },
  };
}

test.each(['v2/atsCandidates', 'v2/simpleJobPostings'])(
  'CO34 %s: no minute of the platform passes the quota, however often the connector starts, and the rate is near it',
  async (resource) => {
    const most = quotaOf(resource).limits.find(({ per }) => per === 'minute')?.most ?? 0;
    const { clock, minutes, send } = world();
    const startedAt = clock.now();
    let used = new Map();
    let sent = 0;
    for (let start = 0; start < 20; start++) {
      const pacer = new Pacer(clock, used);
      for (let batch = 0; batch < 20; batch++, sent += 100) await send(pacer, resource, 100);
      used = new Map([...used, ...pacer.takeUsed()]);
    }
    expect(Math.max(...minutes.values())).toBeLessThanOrEqual(most);
    const rate = sent / ((clock.now() - startedAt) / 60_000);
    expect(rate).toBeGreaterThan(most * 0.9);
    expect(rate).toBeLessThanOrEqual(most * 0.951);
  },
);

test('CO34 the day ends at 95 %, over a restart too, and begins anew at midnight', async () => {
  const { clock, send, turn } = world(Date.UTC(2026, 0, 5, 23));
  const day = Math.floor(clock.now() / 86_400_000);
  const used = new Map([['v2/atsCandidates', { day, requests: 94_999, records: 0 }]]);
  const pacer = new Pacer(clock, used);
  await send(pacer, 'v2/atsCandidates', 1);
  await expect(send(pacer, 'v2/atsCandidates', 1)).rejects.toThrow(DaySpent);
  await send(pacer, 'v2/atsApplications', 1);
  turn(3_600_000);
  await send(pacer, 'v2/atsCandidates', 1);
  expect(pacer.takeUsed().get('v2/atsCandidates')).toEqual({ day: day + 1, requests: 1, records: 1 });
});

test('CO35 calls about integrations are at least a second apart, also where the connector starts anew or a call waits for its place', async () => {
  const { clock, turn } = world();
  const call = { resource: 'v2/atsIntegrations', records: 4 };
  const answeredAt: { leftAt: number; at: number }[] = [];
  let used = new Map();
  for (let start = 0; start < 3; start++) {
    const pacer = new Pacer(clock, used);
    for (const waitedMs of [0, 5_000, 0]) {
      await pacer.admit(call);
      turn(waitedMs);
      await pacer.leaveGap(call);
      const leftAt = clock.now();
      turn(700); // on its way, or being answered: nobody knows when it was counted
      answeredAt.push({ leftAt, at: clock.now() });
      pacer.ended(call);
    }
    used = new Map([...used, ...pacer.takeUsed()]);
  }
  for (const [index, { leftAt }] of answeredAt.entries())
    expect(leftAt - (answeredAt[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
});
