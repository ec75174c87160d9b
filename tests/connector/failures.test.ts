import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Pause } from '../../packages/connector/src/wire-call.ts';
import { missing, useSmallAts } from './small-ats.ts';
import { type SeenRequest, writes } from './wire-proxy.ts';

const MORE_PEOPLE = `insert into person select seq, concat('First', seq), concat('Last', seq), concat('person', seq, '@people.example'),
  '2024-02-02 09:00:00' + interval seq minute, '2024-02-02 09:00:00' + interval seq minute from seq_101_to_500`;

const isPut = (path: string) => (request: SeenRequest) =>
  request.path === path && request.headers['x-restli-method'] === 'batch_update';
const isCandidatePut = isPut('/v2/atsCandidates');

describe.skipIf(missing !== null)('a small ATS', () => {
  const open = useSmallAts();

  test('CO8 L-032 a run broken off goes on where it stopped, and nothing is doubled', async () => {
    const { world, connector, sql } = await open();
    await sql(MORE_PEOPLE);
    // The third batch is stored, but its answer is lost, and then the connector dies.
    let batches = 0;
    world.proxy.fault = (request) => (isCandidatePut(request) && ++batches === 3 ? 'lose-answer' : undefined);
    const pause: Pause = async () => {
      throw new Error('killed');
    };
    const first = await connector({ pause });
    await expect(first.runOnce()).rejects.toThrow('killed');
    first.close();
    expect((await world.counts()).candidate).toBe(300);

    world.proxy.seen.length = 0;
    const second = await connector();
    expect((await second.runOnce()).kinds.candidate).toMatchObject({ source: 500, skipped: 200, sent: 300 });
    expect((await world.counts()).candidate).toBe(500);
    expect(world.proxy.seen.filter(isCandidatePut)).toHaveLength(3);
  });

  test('CO8 what was on its way when the connector died is settled, also where the ATS changed meanwhile', async () => {
    const { world, connector, sql } = await open();
    const one = await connector();
    await one.runOnce();
    one.close();
    // Three are stored by the platform, and the connector dies before it hears so.
    await sql(
      `update person set last_name = 'Passing' where person_no = 5;
       insert into person values (201, 'Nora', 'New', 'nora@people.example', '2024-03-01', '2024-03-01'),
                                 (202, 'Olaf', 'New', null, '2024-03-01', '2024-03-01')`,
    );
    world.proxy.fault = (request) => (isCandidatePut(request) ? 'lose-answer' : undefined);
    const dying = await connector({
      pause: async () => {
        throw new Error('killed');
      },
    });
    await expect(dying.runOnce()).rejects.toThrow('killed');
    dying.close();
    expect((await world.counts()).candidate).toBe(102);

    // One is back in its former state, one is gone, one stays.
    await sql(
      `update person set last_name = 'Last5' where person_no = 5; delete from person where person_no = 201`,
    );
    world.proxy.fault = () => undefined;
    const next = await connector();
    expect((await next.runOnce()).kinds.candidate).toMatchObject({ sent: 2, deleted: 1, acknowledged: 101 });
    const people = (await world.dump()).filter(({ kind }) => kind === 'candidate');
    expect(people).toHaveLength(101);
    expect(people.find(({ key }) => key.at(-1) === '5')?.record).toMatchObject({ lastName: 'Last5' });
    expect(people.some(({ key }) => key.at(-1) === '201')).toBe(false);
  });

  test('CO12 the platform is stopped in the middle and started again: nothing is lost, nothing is doubled', async () => {
    const { world, connector, sql } = await open();
    await sql(MORE_PEOPLE);
    let batches = 0;
    let stopping: Promise<void> | null = null;
    world.proxy.fault = (request) => {
      if (!isCandidatePut(request) || ++batches !== 2) return undefined;
      stopping = world.stopPlatform();
      return 'lose';
    };
    const warnings: string[] = [];
    let pauses = 0;
    const one = await connector({
      report: { warning: (text) => warnings.push(text) },
      pause: async (ms) => {
        world.clock.advance(ms);
        await stopping;
        if (++pauses === 3) await world.startPlatform();
      },
    });
    const { kinds } = await one.runOnce();
    expect(kinds.candidate).toMatchObject({ sent: 500, failed: 0, acknowledged: 500 });
    expect(await world.counts()).toMatchObject({ job: 3, candidate: 500, application: 3, stage: 4 });
    expect(pauses).toBeGreaterThanOrEqual(3);
    expect(warnings[0]).toMatch(/^the platform cannot be reached \(.+\); trying again$/);
  });

  test('CO12 a refused token is renewed once, and a second refusal is the end', async () => {
    const { world, connector } = await open();
    let refused: string | undefined;
    world.proxy.fault = (request) => {
      if (!isCandidatePut(request)) return undefined;
      refused ??= request.headers.authorization;
      return request.headers.authorization === refused
        ? { status: 401, body: '{"status":401,"serviceErrorCode":65601,"message":"revoked"}' }
        : undefined;
    };
    const one = await connector();
    expect((await one.runOnce()).kinds.candidate).toMatchObject({ sent: 100 });
    expect(world.proxy.seen.filter(({ path }) => path === '/oauth/v2/accessToken')).toHaveLength(2);

    world.proxy.seen.length = 0;
    world.proxy.fault = ({ path }) => (path.startsWith('/v2/') ? { status: 401, body: '{}' } : undefined);
    await expect(one.runOnce()).rejects.toThrow('(401)');
    expect(world.proxy.seen.filter(({ path }) => path.startsWith('/v2/'))).toHaveLength(2);
  });

  test.each([
    [{ status: 429, headers: { 'retry-after': '7' }, body: '{"message":"throttled"}' }, 7000],
    [{ status: 503, body: '<html>maintenance</html>' }, 125],
    [{ status: 200, body: '<html>a proxy in place of the platform</html>' }, 125],
    [{ status: 200, body: '[]' }, 125],
    ['lose-answer' as const, 125],
  ])('CO12 after %j the call is made again, at the earliest after %i ms', async (fault, earliestMs) => {
    const { world, connector } = await open();
    let isFirst = true;
    world.proxy.fault = (request) => {
      if (!isCandidatePut(request) || !isFirst) return undefined;
      isFirst = false;
      return fault;
    };
    const startedAt = world.clock.now();
    const { kinds } = await (await connector()).runOnce();
    expect(kinds.candidate).toMatchObject({ sent: 100, failed: 0 });
    expect(world.clock.now() - startedAt).toBeGreaterThanOrEqual(earliestMs);
    expect((await world.counts()).candidate).toBe(100);
  });

  test('CO12 a platform that stays away is given up after the time set, with its reason', async () => {
    const { world, connector } = await open();
    world.proxy.fault = () => 'lose';
    const startedAt = world.clock.now();
    await expect((await connector()).runOnce()).rejects.toThrow('Gave up: the platform cannot be reached');
    expect(world.clock.now() - startedAt).toBe(60_000);
  });

  test('CO12 a redirect is not followed: it could carry the secret elsewhere', async () => {
    const { world, connector } = await open();
    const elsewhere: string[] = [];
    const server = createServer((request, response) => {
      elsewhere.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo; // listening on a port: never a path
    world.proxy.fault = () => ({ status: 308, headers: { location: `http://127.0.0.1:${port}/oauth` } });
    await expect((await connector()).runOnce()).rejects.toThrow(
      `redirects to http://127.0.0.1:${port} (308)`,
    );
    expect(elsewhere).toEqual([]);
    await new Promise((done) => server.close(done));
  });

  test('CO13 the state belongs to one integration and to one connector at a time', async () => {
    const { world, connector, mapping } = await open();
    const one = await connector();
    const again = connector();
    await expect(again).rejects.toThrow('Another connector works with the state in');
    one.close();
    const renamed = await mapping((yaml) => yaml.replace('name: Small ATS', 'name: Other ATS'));
    await expect(connector({ mapping: renamed })).rejects.toThrow(
      'belongs to another integration (Small ATS →',
    );
    (await connector()).close();
    expect(world.proxy.seen).toEqual([]);
  });

  test('CO19 no message holds the secret or a token', async () => {
    const { world, connector } = await open();
    const said: string[] = [];
    const report = { warning: (text: string) => said.push(text) };
    const wrong = await connector({
      client: {
        baseUrl: world.proxy.baseUrl,
        authUrl: world.proxy.baseUrl,
        clientId: world.tenant.customer.clientId,
        clientSecret: 'not-the-secret',
        organization: world.tenant.organization,
        retryForMs: 0,
      },
      report,
    });
    await wrong.runOnce().catch((error: Error) => said.push(error.message));
    wrong.close();
    world.proxy.fault = ({ path }) => (path === '/v2/atsCandidates' ? { status: 502 } : undefined);
    const one = await connector({ report });
    await one.runOnce().catch((error: Error) => said.push(error.message));
    expect(said.join('\n')).toContain('The platform gave no access token (401');
    expect(said.join('\n')).toContain('the platform answered 502');
    const tokens = writes(world.proxy.seen).map(({ headers }) => headers.authorization?.slice(7) ?? '');
    for (const secret of ['not-the-secret', world.tenant.customer.clientSecret, ...tokens])
      expect(said.join('\n')).not.toContain(secret);
  });
});
