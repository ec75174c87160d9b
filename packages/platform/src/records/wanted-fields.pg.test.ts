import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpEdge } from '../kernel/http.ts';
import { openTraffic } from '../traffic/index.ts';
import { recordRoutes } from './routes.ts';
import { candidateRecord } from './testing/store.ts';
import { batch, byId, resource, type TestAts, type TestWire, testWire } from './testing/wire.ts';

const candidates = resource('atsCandidates');
let world: TestWire;
let ats: TestAts;

beforeAll(async () => {
  world = await testWire();
  ats = await world.ats();
});
afterAll(() => world.close());

const key = (id: string) => [id, 'ATS', ats.organisation] as const;
const complete = { externalProfileUrl: 'https://ats.example.com/1', phoneNumbers: [], addresses: [] };

test('TR14 a candidate without the fields that are wanted is taken', async () => {
  const answer = await batch(world, ats, 'PUT', candidates, [
    [key('C1'), candidateRecord()],
    [key('C2'), candidateRecord(complete)],
  ]);
  expect([...byId(answer, candidates).values()]).toEqual([{ status: 204 }, { status: 204 }]);
});

test('TR14 a strict platform refuses it, names every such field, and takes an empty list', async () => {
  const ctx = { ...world.ctx, config: { ...world.ctx.config, quotas: false, strict: true } };
  const edge = createHttpEdge(ctx.log, () => {});
  const { port } = await edge.listen('127.0.0.1', 0);
  try {
    edge.open(recordRoutes({ ...world.store, ctx }, openTraffic(ctx)));
    const strict = { ...world, baseUrl: `http://127.0.0.1:${port}` };
    const answer = await batch(strict, ats, 'PUT', candidates, [
      [key('C1'), candidateRecord()],
      [key('C2'), candidateRecord(complete)],
      [key('C3'), candidateRecord({ ...complete, phoneNumbers: null })],
    ]);
    const missing = (field: string) =>
      `ERROR :: /${field} :: field is required but not found and has no default value\n`;
    expect(Object.fromEntries(byId(answer, candidates))).toMatchObject({
      C1: {
        status: 422,
        message: missing('externalProfileUrl') + missing('phoneNumbers') + missing('addresses'),
      },
      C2: { status: 204 },
      C3: { status: 422, message: missing('phoneNumbers') },
    });
  } finally {
    await edge.close();
  }
});
