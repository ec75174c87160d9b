import { PROTOCOL_VERSION_HEADER } from '@carrick/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTraffic } from '../traffic/index.ts';
import { exchange, faultOf, type HostileAnswer } from './testing/hostile-exchange.ts';
import { type HostileRequest, hostileRequest } from './testing/hostile-request.ts';
import { candidateRecord } from './testing/store.ts';
import { batch, byId, call, resource, type TestAts, type TestWire, testWire } from './testing/wire.ts';

let world: TestWire;
let ats: TestAts;
beforeAll(async () => {
  world = await testWire();
  ats = await world.ats();
});
afterAll(() => world.close());

const CANDIDATES = resource('atsCandidates');
const JSON_TYPE = ['Content-Type', 'application/json'] as const;

async function send(request: Partial<HostileRequest>): Promise<HostileAnswer> {
  const whole = { method: 'GET', target: '/v2/atsCandidates', headers: [], body: '', ...request };
  const answer = await exchange(Number(new URL(world.baseUrl).port), ats.token, whole);
  expect(faultOf(whole, answer)).toBeNull();
  return answer;
}

const errorsOf = ({ body }: HostileAnswer): { status: number; message: string }[] =>
  Object.values((JSON.parse(body) as { errors: Record<string, { status: number; message: string }> }).errors);

const idsOf = (id: string) =>
  `ids[0].atsCandidateId=${id}&ids[0].dataProvider=ATS&ids[0].integrationContext=${ats.organisation}`;

describe('hostile requests', () => {
  it('WP37 whatever is sent, the answer is a result or a refusal with its reason', async () => {
    await fc.assert(
      fc.asyncProperty(hostileRequest(ats.organisation), async (request) => {
        await send(request);
      }),
      { numRuns: 600, seed: 2_026 },
    );
  });

  it('WP37 a NUL is refused in keys that are read and in criteria', async () => {
    expect(errorsOf(await send({ target: `/v2/atsCandidates?${idsOf('%00')}` }))).toMatchObject([
      { status: 422, message: expect.stringContaining('/atsCandidateId') },
    ]);
    const criteria = `q=criteria&integrationContext=${ats.organisation}&atsEntityAclId=a%00b`;
    expect((await send({ target: `/v2/atsEntityAcls?${criteria}` })).status).toBe(400);
    expect((await send({ target: `/v2/simpleJobPostingTasks?ids=%00` })).status).toBe(200);
  });

  it('WP37 a NUL in what a token is asked for with is a bad request', async () => {
    for (const name of ['client_id', 'client_secret', 'grant_type']) {
      const form = {
        grant_type: 'client_credentials',
        client_id: 'x',
        client_secret: 'x',
        [name]: 'a\u0000b',
      };
      const body = new URLSearchParams(form).toString();
      const answer = await call(world, ats, { method: 'POST', path: '/oauth/v2/accessToken', body });
      expect([name, answer.status]).toEqual([name, 400]);
    }
  });

  it('WP37 a key that cannot be stored does not stop the request log', async () => {
    const traffic = openTraffic(world.ctx);
    const error = { status: 422, message: 'x'.repeat(100_000), code: 'INVALID_RECORD' };
    const errors = { 'a\u0000b': error, [`\ud800${'@'.repeat(1_000_000)}`]: error };
    const body = JSON.stringify({ errors, results: {} });
    const [route] = traffic.observe([
      { method: 'GET', path: '/v2/x', handler: async () => ({ status: 200, body }) },
    ]);
    const request = {
      method: 'GET',
      path: '/v2/x',
      rawQuery: '',
      headers: {},
      body: Buffer.alloc(0),
    } as const;
    await route?.handler({
      ...request,
      id: '00000000-0000-4000-8000-000000000000',
      address: '127.0.0.1',
      origin: 'http://localhost',
    });
    await traffic.flush();
  });

  it('WP37 a name that cannot be stored, deep inside a value, is refused with its record: put, patched or posted', async () => {
    await batch(world, ats, 'PUT', CANDIDATES, [[['named', 'ATS', ats.organisation], candidateRecord()]]);
    const compensation = { compensations: [{ 'a\u0000b': 1 }] };
    const posted = await call(world, ats, {
      method: 'POST',
      path: '/v2/simpleJobPostings',
      headers: { 'X-RestLi-Method': 'batch_create' },
      body: {
        elements: [
          {
            integrationContext: ats.organisation,
            externalJobPostingId: 'J-named',
            title: 'Engineer',
            description: 'd'.repeat(100),
            location: 'Berlin, Germany',
            companyApplyUrl: 'https://jobs.example.com/1',
            listedAt: 1_700_000_000_000,
            compensation,
          },
        ],
      },
    });
    expect(posted.body.elements).toMatchObject([
      { status: 422, error: { message: expect.stringContaining('/compensation') } },
    ]);
    for (const name of ['a\u0000b', '\ud800']) {
      const addresses = [{ city: 'Köln', [name]: 'x' }];
      for (const [method, entity] of [
        ['PUT', candidateRecord({ addresses })],
        ['POST', { patch: { $set: { addresses } } }],
      ] as const) {
        const answer = await batch(world, ats, method, CANDIDATES, [
          [['named', 'ATS', ats.organisation], entity],
        ]);
        expect([method, byId(answer, CANDIDATES).get('named')]).toEqual([
          method,
          expect.objectContaining({ status: 422, message: expect.stringContaining('/addresses/0') }),
        ]);
      }
    }
  });

  it('WP38 whole numbers beyond a double are refused, never rounded, however deep they stand', async () => {
    const put = (record: string) =>
      send({
        method: 'PUT',
        target: `/v2/atsCandidates?${idsOf('big')}`,
        headers: [JSON_TYPE],
        body: `{"entities":{"atsCandidateId=big&dataProvider=ATS&integrationContext=${ats.organisation}":${record}}}`,
      });
    const good = JSON.stringify(candidateRecord()).slice(0, -1);
    for (const wrong of [
      '9223372036854775807',
      `${good},"atsLastModifiedAt":9223372036854775807}`,
      `${good},"addresses":[9007199254740993]}`,
      `${good},"addresses":{"a":[9007199254740993]}}`,
      `${good},"atsLastModifiedAt":${'9'.repeat(100_000)}}`,
      `${good},"atsLastModifiedAt":1e400}`,
    ])
      expect(errorsOf(await put(wrong))).toMatchObject([{ status: 422 }]);
    expect(errorsOf(await put(`${good},"atsLastModifiedAt":9007199254740991}`))).toEqual([]);
    const posted = await call(world, ats, {
      method: 'POST',
      path: '/v2/simpleJobPostings',
      headers: { 'X-RestLi-Method': 'batch_create' },
      body: '{"elements":[[9007199254740993],{"listedAt":9007199254740993,"compensation":{"a":9007199254740993}}]}',
    });
    expect(posted.body.elements.map(({ status }: { status: number }) => status)).toEqual([422, 400]);
  });

  it('WP39 floods of ids, brackets, pairs and fields are refused with 400 at once', async () => {
    const form = (query: string, version = '1.0.0') =>
      send({
        method: 'POST',
        headers: [
          [PROTOCOL_VERSION_HEADER, version],
          ['Content-Type', 'application/x-www-form-urlencoded'],
          ['X-HTTP-Method-Override', 'GET'],
        ],
        body: query,
      });
    const numbers = Array.from({ length: 10_000 }, (_, i) => i);
    const most = 'A batch takes at most 100 records';
    const floods: [string, Promise<HostileAnswer>][] = [
      [most, form(numbers.map((i) => idsOf(`${i}`).replaceAll('[0]', `[${i}]`)).join('&'))],
      [most, form(`ids=List(${numbers.map((i) => `(atsCandidateId:${i})`).join(',')})`, '2.0.0')],
      ['values', form('&a'.repeat(4_000_000))],
      ['values', form(`ids=List(${'a,'.repeat(4_000_000)}a)`, '2.0.0')],
      ['values', form(`q=List(${'a,'.repeat(4_000_000)}a)`, '2.0.0')],
      ['deep', form(`q=${'List('.repeat(1_000_000)}`, '2.0.0')],
      ['values', form(`${idsOf('1')}&fields=${'a,'.repeat(4_000_000)}a`)],
      [
        'deep',
        send({ method: 'PUT', target: `/v2/atsCandidates?${idsOf('1')}`, body: '['.repeat(9_000_000) }),
      ],
    ];
    for (const [message, answer] of floods) {
      const { status, body } = await answer;
      expect([status, body]).toEqual([400, expect.stringContaining(message)]);
    }
  });

  it('WP40 refusals of the edge speak the protocol too: 413, 411, 414, 404, 405', async () => {
    const marker = { '1.0.0': 'x-linkedin-error-response', '2.0.0': 'x-restli-error-response' } as const;
    for (const version of ['1.0.0', '2.0.0'] as const) {
      const headers = [[PROTOCOL_VERSION_HEADER, version]] as const;
      for (const [status, request] of [
        [413, { method: 'PUT', body: 'x'.repeat(10 * 1024 * 1024 + 1) }],
        [414, { target: `/v2/atsCandidates?a=${'x'.repeat(5_000)}` }],
        [404, { target: '/v2/atsOffers?ids=1' }],
        [404, { target: '/rest/atsOffers?ids=1' }],
        [405, { method: 'PATCH' }],
        [411, { method: 'POST', hasNoLength: true }],
      ] as const) {
        const answer = await send({ ...request, headers });
        expect([status, answer.status]).toEqual([status, status]);
        expect(answer.headers.get(marker[version])).toBe('true');
        expect(answer.headers.get('x-restli-protocol-version')).toBe(version);
        expect(JSON.parse(answer.body)).toMatchObject({ status, message: expect.any(String) });
      }
    }
    const unknown = await send({ target: '/v2/atsOffers' });
    expect(JSON.parse(unknown.body)).toMatchObject({ message: 'Resource atsOffers does not exist' });
  });

  it('WP41 a body is read whatever its type says; one that is not UTF-8 is refused', async () => {
    for (const type of [
      'application/json',
      'text/plain',
      'json',
      'x/y/z',
      '',
      'application/json; charset=utf-16',
    ]) {
      const answer = await batch(
        world,
        ats,
        'PUT',
        CANDIDATES,
        [[['t', 'ATS', ats.organisation], candidateRecord()]],
        {
          headers: { 'Content-Type': type },
        },
      );
      expect([type, byId(answer, CANDIDATES).get('t')]).toEqual([type, { status: 204 }]);
    }
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
    const response = await fetch(`${world.baseUrl}/v2/atsCandidates?${idsOf('1')}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${ats.token}` },
      body: bytes,
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { message: 'The body is not UTF-8' },
    ]);
  });
});
