import { describe, expect, test } from 'vitest';
import type { ConnectorOptions, Source } from '../../packages/connector/src/daemon.ts';
import { missing, type SmallAts, useSmallAts } from './small-ats.ts';
import { writes } from './wire-proxy.ts';

/**
 * Runs the connector's loop against the turned clock: each step happens in one of its pauses, and after the last it is
 * stopped. Returns what it said.
 */
async function runThrough(
  { world, connector }: SmallAts,
  steps: readonly (() => unknown)[],
  options: Partial<ConnectorOptions> = {},
): Promise<string[]> {
  const said: string[] = [];
  const stopping = new AbortController();
  const rest = steps.values();
  const one = await connector({
    stopping: stopping.signal,
    report: { warning: (text) => said.push(text) },
    pause: async (ms) => {
      world.clock.advance(ms);
      const { done, value: step } = rest.next();
      if (done) stopping.abort();
      else await step();
    },
    ...options,
  });
  await one.run();
  one.close();
  return said;
}

describe.skipIf(missing !== null)('a small ATS', () => {
  const open = useSmallAts();

  test('CO18 L-033 L-038 L-053 L-057 L-062 L-064 what is new or changed arrives with the next poll, two seconds later', async () => {
    const ats = await open();
    const { world, sql } = ats;
    const counts: unknown[] = [];
    await runThrough(ats, [
      () =>
        sql(
          `insert into person values (201, 'Nora', 'New', 'nora@people.example', '2024-03-01 09:00:00', '2024-03-01 09:00:00');
           insert into submission values (14, 201, 1, '2024-03-01 10:00:00', '2024-03-01 10:00:00');
           insert into step values (25, 14, 'Applied', '2024-03-01 10:00:00');
           insert into remark values (43, 201, 14, 'Call on Monday.', '2024-03-01 11:00:00', 3);
           update opening set status = 'closed', changed_at = '2024-03-01 12:00:00' where opening_no = 1`,
        ),
      async () => {
        const { candidate, application, stage, applicationNote } = await world.counts();
        counts.push({ candidate, application, stage, applicationNote });
        const job = (await world.dump()).find(({ kind, key }) => kind === 'job' && key.at(-1) === '1');
        counts.push(job?.record.state);
      },
    ]);
    expect(counts).toEqual([{ candidate: 101, application: 4, stage: 5, applicationNote: 2 }, 'CLOSED']);
  });

  test('CO18 a poll reads only from the cursor on, two seconds earlier; it deletes nothing and moves nothing else', async () => {
    const ats = await open();
    const { world, sql, source } = ats;
    const read: string[] = [];
    const watched: Source = {
      ...source,
      all: (select) => {
        read.push(
          `all ${select.includes('FROM person\n') || select.endsWith('FROM person') ? 'people' : 'others'}`,
        );
        return source.all(select);
      },
      since: (select, cursor) => {
        if (select.endsWith('FROM person')) read.push(`people since ${cursor}`);
        return source.since(select, cursor);
      },
    };
    await runThrough(
      ats,
      [
        () => {
          read.length = 0;
          world.proxy.seen.length = 0;
          return sql('delete from person where person_no = 7');
        },
        () =>
          sql(`update person set last_name = 'Late', changed_at = '2024-02-01 10:39:59' where person_no = 8`),
        () => {},
        async () => {
          expect(read).toEqual([
            'people since 2024-02-01 10:39:58',
            'people since 2024-02-01 10:39:58',
            'people since 2024-02-01 10:39:58',
          ]);
          // A row that committed late, with a time before the newest one seen.
          expect(
            writes(world.proxy.seen).map(({ path, body }) => [path, body.match(/"Late"/g)?.length]),
          ).toEqual([['/v2/atsCandidates', 1]]);
          expect((await world.counts()).candidate).toBe(100);
        },
      ],
      { source: watched },
    );
  });

  test('CO9 a sweep every 15 seconds finds what moved no cursor and what is gone', async () => {
    const ats = await open();
    const { world, sql } = ats;
    let changedAt = 0;
    const seconds: number[] = [];
    const check = async () => {
      const people = (await world.dump()).filter(({ kind }) => kind === 'candidate');
      const isSwept = people.length === 99 && people.some(({ record }) => record.lastName === 'Unmoved');
      if (isSwept && seconds.length === 0) seconds.push((world.clock.now() - changedAt) / 1000);
    };
    await runThrough(ats, [
      () => {
        changedAt = world.clock.now();
        return sql(
          `update person set last_name = 'Unmoved' where person_no = 9; delete from person where person_no = 7`,
        );
      },
      ...Array.from({ length: 9 }, () => check),
    ]);
    expect(seconds[0]).toBeGreaterThan(10);
    expect(seconds[0]).toBeLessThanOrEqual(18);
  });

  test('CO9 after a restart a kind that was swept a moment ago is not swept again at once', async () => {
    const ats = await open();
    const { source } = ats;
    await runThrough(ats, []);
    const swept: string[] = [];
    const watched: Source = {
      ...source,
      all: (select) => {
        swept.push(select);
        return source.all(select);
      },
    };
    await runThrough(ats, [], { source: watched });
    expect(swept).toEqual([]);
  });

  test('CO10 CO20 what waits for a person is said once, and done once it is confirmed', async () => {
    const ats = await open();
    const { world, sql } = ats;
    const said = await runThrough(ats, [
      () => sql('delete from person where person_no > 80'),
      ...Array.from({ length: 20 }, () => () => {}),
      () => world.inspectState((state) => state.confirmHeld()),
      ...Array.from({ length: 9 }, () => () => {}),
    ]);
    expect(said.filter((text) => text.includes('are gone from the ATS at once'))).toHaveLength(1);
    expect((await world.counts()).candidate).toBe(80);
  });

  test('CO20 a failure that lasts is said once and asked about ever less often; the work goes on after it', async () => {
    const ats = await open();
    const { world, sql } = ats;
    const said = await runThrough(ats, [
      () => sql('rename table person to people'),
      ...Array.from({ length: 8 }, () => () => {}),
      () => sql('rename table people to person; update person set last_name = "Back" where person_no = 1'),
      ...Array.from({ length: 9 }, () => () => {}),
    ]);
    expect(said.filter((text) => text.includes('refused a SELECT'))).toHaveLength(1);
    expect(JSON.stringify(await world.dump())).toContain('"Back"');
  });

  test('CO20 stopping ends the wait for a platform that is away', async () => {
    const ats = await open();
    const { world, connector } = ats;
    world.proxy.fault = () => 'lose';
    const stopping = new AbortController();
    let pauses = 0;
    const one = await connector({
      stopping: stopping.signal,
      client: {
        baseUrl: world.proxy.baseUrl,
        authUrl: world.proxy.baseUrl,
        clientId: 'any',
        clientSecret: 'any',
        organization: world.tenant.organization,
        retryForMs: Number.POSITIVE_INFINITY,
      },
      pause: async (_, signal) => {
        if (++pauses === 5) stopping.abort();
        signal?.throwIfAborted();
      },
    });
    await one.run();
    expect(pauses).toBe(5);
  });
});
