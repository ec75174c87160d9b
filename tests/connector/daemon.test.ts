import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  applyPlan,
  type ConnectorOptions,
  type DatabaseSource,
  openPostgres,
  parseMapping,
  planCapture,
  planRemoval,
  planText,
  type Source,
} from '../../packages/connector/src/daemon.ts';
import { connect } from '../../packages/platform/src/kernel/connect.ts';
import { testDatabase } from '../../packages/platform/src/kernel/testing.ts';
import { missing, personOf, type SmallAts, useSmallAts } from './small-ats.ts';
import { writes } from './wire-proxy.ts';
import { openWorld, type World } from './world.ts';

/**
 * Runs the connector's loop against the turned clock: each step happens in one of its pauses, and after the last it is
 * stopped. Returns what it said.
 */
async function runThrough(
  { world, connector }: Pick<SmallAts, 'world' | 'connector'>,
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

const open = useSmallAts();

describe.skipIf(missing !== null)('a small ATS', () => {
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

/** An ATS that does not say when a row changed; its SQL is of both dialects. */
interface CapturedAts {
  readonly world: World;
  readonly source: DatabaseSource;
  sql(text: string): Promise<unknown>;
  rows(text: string): Promise<readonly Record<string, unknown>[]>;
}

const TABLES = join(import.meta.dirname, 'fixtures', 'captured-ats.sql');
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function onPostgres(): Promise<CapturedAts> {
  const database = await testDatabase({ from: 'empty' });
  closers.push(() => database.drop());
  const sql = connect(database.ownerUrl, { max: 1 });
  closers.push(() => sql.end({ timeout: 1 }));
  await sql.unsafe(await readFile(TABLES, 'utf8'));
  const world = await openWorld();
  closers.push(() => world.close());
  const source = await openPostgres(database.ownerUrl);
  closers.push(() => source.close());
  return { world, source, sql: (text) => sql.unsafe(text), rows: (text) => sql.unsafe(text) };
}

describe.each([
  ['PostgreSQL', null],
  ['MariaDB', missing],
] as const)('changes captured on %s', (name, reason) => {
  test.skipIf(reason)(
    'CO22 CO23 L-033 L-038 L-057 L-067 what triggers note arrives at the next poll, what is gone included; nothing is left behind when they are removed',
    async () => {
      const isMariadb = name === 'MariaDB';
      const ats = isMariadb ? await open(TABLES) : await onPostgres();
      const { world, source, sql, rows } = ats;
      const text = await readFile(TABLES.replace('.sql', '.yaml'), 'utf8');
      const mapping = parseMapping(isMariadb ? text.replaceAll('"', '`') : text);
      const swept: string[] = [];
      const watched: DatabaseSource = {
        ...source,
        all: (select) => {
          swept.push(select);
          return source.all(select);
        },
      };
      const connector: SmallAts['connector'] = async (options) =>
        world.connector(mapping, watched, { capture: true, ...options });
      const noted = () => rows('select watched, key_text from carrick_capture order by seq');
      /** What the platform holds: by kind, and by the record's own key. */
      const dump = async () => {
        const records = Map.groupBy(await world.dump(), ({ kind }) => kind);
        return (kind: string) =>
          Object.fromEntries(
            (records.get(kind) ?? []).map(({ key, record }) => [key.map(String).join(' '), record] as const),
          );
      };
      await sql(`insert into team_member values ('leadership', '${personOf(world, 'r1')}')`);

      await expect((await connector({ state: 'early' })).runOnce()).rejects.toThrow(
        'carrick capture install',
      );
      const plan = await planCapture(source, mapping);
      expect(planText(source, plan)).toContain('create table if not exists');
      expect(await rows('select person_no from person')).toHaveLength(6);
      await applyPlan(source, plan);
      await applyPlan(source, await planCapture(source, mapping));

      await runThrough({ world, connector }, [
        () => expect(swept).toHaveLength(6),
        async () => {
          // Once more, because the triggers were replaced; from now on only what is noted is read.
          expect(swept).toHaveLength(12);
          // What is rolled back was never noted.
          await sql(`update person set last_name = 'Moved' where person_no = 1`);
          await sql(`update opening set title = 'Head rigger' where opening_no = 2`);
          await sql(`begin; delete from person where person_no = 2; rollback`);
          await sql('update submission set submission_no = 13 where submission_no = 12');
          await sql('update step set submission_no = 13 where submission_no = 12');
          await sql('delete from step where submission_no = 11 and step_no = 2');
          await sql('delete from team_member');
          await sql('delete from person where person_no = 6');
          await sql(`insert into person values (7, 'Gil', 'New')`);
          const keys = (await noted()).map(({ watched: of, key_text: key }) => `${of} ${key}`);
          expect(keys).toContain('person.person_no 6');
          expect(keys).not.toContain('person.person_no 2');
          expect(keys.filter((key) => key.startsWith('submission.'))).toEqual([
            'submission.submission_no 13',
            'submission.submission_no 12',
          ]);
        },
        async () => {
          expect(swept).toHaveLength(12);
          expect(await noted()).toEqual([]);
          const held = await dump();
          expect(Object.keys(held('candidate')).sort()).toEqual(['1', '2', '3', '4', '5', '7']);
          expect(held('candidate')['1']).toMatchObject({ lastName: 'Moved' });
          expect(held('application')).toMatchObject({
            11: { lastName: 'Moved' },
            13: { atsJobPostingName: 'Head rigger' },
          });
          expect(Object.keys(held('application'))).toHaveLength(2);
          expect(Object.keys(held('stage')).sort()).toEqual(['11 1', '13 1']);
          expect(held('entityAclAssignee')).toEqual({});
          expect(held('job')['2']).toMatchObject({ title: 'Head rigger' });
          world.proxy.seen.length = 0;
          // A note about a row that did not change is no call.
          await sql('update opening set title = title');
          await sql(
            'insert into carrick_capture (watched, key_text) select watched, key_text from carrick_capture',
          );
        },
        async () => {
          expect(await noted()).toEqual([]);
          expect(writes(world.proxy.seen)).toEqual([]);
          // A job that goes is closed, and its rule stays with it.
          await sql(
            'delete from team_opening where opening_no = 2; delete from opening where opening_no = 2',
          );
        },
        async () => {
          const held = await dump();
          expect(held('job')['2']).toMatchObject({ state: 'CLOSED' });
          expect(Object.keys(held('entityAcl'))).toHaveLength(2);
          // So much at once is asked about first, by a sweep of that kind alone.
          await sql('delete from person');
        },
        () => {},
        async () => {
          expect((await world.counts()).candidate).toBe(6);
          expect(swept).toHaveLength(13);
          world.inspectState((state) => state.confirmHeld());
        },
        async () => {
          expect((await world.counts()).candidate).toBeUndefined();
          await sql(isMariadb ? 'delete from step' : 'truncate step');
        },
        () => {},
      ]);
      expect((await world.counts()).stage).toBeUndefined();
      await applyPlan(source, await planRemoval(source));
      await applyPlan(source, await planRemoval(source));
      await sql(`insert into person values (8, 'Hal', 'Free')`);
      await expect(noted()).rejects.toThrow('carrick_capture');
    },
  );
});

test('CO89 rows of PostgreSQL are read with their dates as the mapping counts them, from the cursor on, by their values', async () => {
  const database = await testDatabase({ from: 'empty' });
  closers.push(() => database.drop());
  const source = await openPostgres(database.ownerUrl, { timezone: '+02:00' });
  closers.push(() => source.close());
  const select = `select n as id, timestamptz '2024-03-01 10:00:00.25+00' + n * interval '1 hour' as "cursor", n % 2 = 0 as "isEven",
    date '2024-03-01' as day, 9007199254740993::bigint as large, '{"a":1}'::jsonb as json from generate_series(1, 1200) n`;
  const read = async (rows: AsyncIterable<object>) => {
    const all: object[] = [];
    for await (const row of rows) all.push(row);
    return all;
  };
  expect(await source.count(select)).toBe(1200);
  expect(await source.columns(select)).toEqual(['id', 'cursor', 'isEven', 'day', 'large', 'json']);
  const [first, ...rest] = await read(source.all(select));
  expect(first).toEqual({
    id: 1,
    cursor: '2024-03-01 13:00:00.25',
    isEven: false,
    day: '2024-03-01',
    large: '9007199254740993',
    json: '{"a": 1}',
  });
  expect(rest).toHaveLength(1199);
  expect(await read(source.since(select, '2024-04-20 11:00:00.25'))).toHaveLength(2);
  expect(await read(source.having(select, 'id', ['7', '9', '5000']))).toMatchObject([{ id: 7 }, { id: 9 }]);
  await expect(read(source.all('select nothing'))).rejects.toThrow('refused a SELECT of the mapping');
  // Left in the middle, the connection is free again.
  for await (const row of source.all(select)) if (row.id) break;
  expect(await source.count(select)).toBe(1200);
  await expect(openPostgres('postgres://somebody:hushhush@127.0.0.1:9/ats')).rejects.toThrow(
    /cannot be reached(?!.*hushhush)/,
  );
});
