import {
  encodeBatchIds,
  encodeBodyKey,
  encodePathKey,
  exampleKey,
  RECORD_KINDS,
  RESOURCES,
  REST_RESOURCES,
  type ResourceDefinition,
  ROOTS,
} from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicationRecord, candidateRecord, dumped } from './testing/store.ts';
import { batch, call, resource, type TestAts, type TestWire, testWire } from './testing/wire.ts';

let world: TestWire;
let ats: TestAts;
beforeAll(async () => {
  world = await testWire();
  ats = await world.ats();
  const key = ['one', 'ATS', ats.organisation];
  await batch(world, ats, 'PUT', resource('atsCandidates'), [[key, candidateRecord()]]);
  await batch(world, ats, 'PUT', resource('atsApplications'), [[key, applicationRecord()]]);
});
afterAll(() => world.close());

/** Synced records, of both dialects, but the one that takes partial updates. */
const OTHERS = [
  ...RESOURCES.map((of: ResourceDefinition) => ({ ...of, base: 'v2' as const })),
  ...REST_RESOURCES.filter((of) => !('isUnseen' in of)).map((of: ResourceDefinition) => ({
    ...of,
    base: 'rest' as const,
  })),
].filter(
  ({ kind, methods }) =>
    RECORD_KINDS.some((each) => each === kind) && !methods.includes('batch_partial_update'),
);

test.each(OTHERS)('SY46 $base $parent $name takes no partial update, and nothing changes', async (of) => {
  const before = await dumped(world.ctx, ats);
  const values = {
    atsCandidateId: 'one',
    atsJobApplicationId: 'one',
    integrationContext: ats.organisation,
    assignee: ats.person(1),
  };
  const own = exampleKey(of, values);
  const parent = of.parent && resource(of.parent);
  const above = parent
    ? `${parent.name}/${encodePathKey(exampleKey(parent, values), parent.key, '1.0.0')}/`
    : '';
  const path = `${ROOTS[of.base]}${above}${of.name}`;
  const patch = { $set: { note: 'x', source: 'x', stage: 'Hired', feedback: 'x', firstName: 'Mallory' } };
  for (const [says, target, body] of [
    [
      'batch_partial_update',
      `${path}?${encodeBatchIds([own], of.key, '1.0.0')}`,
      { entities: { [encodeBodyKey(own, of.key, '1.0.0')]: { patch } } },
    ],
    ['partial_update', `${path}/${encodePathKey(own, of.key, '1.0.0')}`, { patch }],
  ] as const) {
    for (const isSaid of [true, false]) {
      const said: Record<string, string> = isSaid ? { 'X-RestLi-Method': says } : {};
      const headers = { ...said, 'LinkedIn-Version': '202604' };
      const answer = await call(world, ats, { method: 'POST', path: target, headers, body });
      // Postings refuse every other method than their own with 403: so the vendor documents it.
      const status = of.kind === 'job' ? 403 : 400;
      const message = of.kind === 'job' ? 'Not enough permissions' : `${of.name} does not offer ${says}`;
      expect([says, answer.status, answer.body]).toEqual([
        says,
        status,
        expect.objectContaining({ status, message: expect.stringContaining(message) }),
      ]);
    }
  }
  expect(await dumped(world.ctx, ats)).toEqual(before);
});
