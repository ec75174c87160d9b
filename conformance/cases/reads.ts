import assert from 'node:assert/strict';
import { nameOnWire } from '@carrick/protocol';
import type { Case, CaseMaker } from '../case.ts';
import { bodyKey, exampleRecord, keyOf, pathKey, pathOf, recordKind, type Subject } from '../subject.ts';
import { assertKeyRefused, assertRefused, type Json, outcomes, type World } from '../world.ts';
import { clear, putRecords } from './writes.ts';

/** What was written is read; changed in part; found. */
export const readCases: CaseMaker = (subject) => {
  const kind = recordKind(subject);
  const { methods } = subject.definition;
  if (!kind || !methods.includes('batch_update')) return [];
  const record = exampleRecord(subject, kind);
  const needs = kind === 'entityAclAssignee' ? ({ needs: 'person' } as const) : {};
  const of = (method: Case['method'], outcome: Case['outcome'], title: string, run: Case['run']): Case => ({
    subject,
    method,
    outcome,
    title,
    ...needs,
    run,
  });
  const read = async (world: World, keys: readonly (readonly string[])[], query = '') =>
    outcomes(subject, await world.batch(subject, 'GET', 'batch_get', keys, { query }), keys);
  const reading: readonly Case[] = [
    of('batch_get', 'success', 'what was sent reads back field by field', async (world) => {
      const stored = await putRecords(
        world,
        subject,
        [world.id('READ'), world.awkwardId('READ')],
        () => record,
      );
      for (const { status, entity } of await read(
        world,
        stored.map(({ key }) => key),
      )) {
        assert.equal(status, 200);
        assertHolds(entity, record);
      }
      await clear(world, subject, stored);
    }),
    of('batch_get', 'success', 'a PUT replaces: what is omitted is gone', async (world) => {
      const id = world.id('REPLACED');
      const stored = await putRecords(world, subject, [id], () => record);
      const { currentJobTitle: _, ...less } = record;
      await putRecords(world, subject, [id], () => less);
      const [again] = await read(
        world,
        stored.map(({ key }) => key),
      );
      assertHolds(again?.entity, less);
      assert.equal(again?.entity?.currentJobTitle ?? null, null);
      await clear(world, subject, stored);
    }),
    of('batch_get', 'success', 'only the fields that are asked for', async (world) => {
      const stored = await putRecords(world, subject, [world.id('FIELDS')], () => record);
      const [one] = await read(
        world,
        stored.map(({ key }) => key),
        '&fields=firstName',
      );
      assert.deepEqual(one?.entity, { firstName: record.firstName });
      await clear(world, subject, stored);
    }),
    of('batch_get', 'NOT_FOUND', 'a record that never was answers 404 by itself', async (world) => {
      const stored = await putRecords(world, subject, [world.id('HERE')], () => record);
      const keys = [...stored.map(({ key }) => key), keyOf(subject, world.id('NEVER'), world.values)];
      const [here, never] = await read(world, keys);
      assert.equal(here?.status, 200);
      assertKeyRefused(never, 404);
      await clear(world, subject, stored);
    }),
    of('get', 'success', 'one record by the key in the path', async (world) => {
      const [stored] = await putRecords(world, subject, [world.id('ONE')], () => record);
      assert.ok(stored);
      const answer = await world.send(subject, { verb: 'GET', url: singleUrl(world, subject, stored.key) });
      assert.equal(answer.status, 200, answer.text);
      assertHolds(answer.json(), record);
      await clear(world, subject, [stored]);
    }),
    of('get', 'NOT_FOUND', 'a record that never was answers 404', async (world) => {
      const url = singleUrl(world, subject, keyOf(subject, world.id('NEVER'), world.values));
      assertRefused(subject, await world.send(subject, { verb: 'GET', url }), 'NOT_FOUND');
    }),
  ];
  const patching: readonly Case[] = [
    of('batch_partial_update', 'success', 'the named field changes and nothing else', async (world) => {
      const stored = await putRecords(world, subject, [world.id('PATCHED')], () => record);
      const keys = stored.map(({ key }) => key);
      const [patched] = await patch(world, subject, keys, {
        $set: { currentJobTitle: 'Chief engineer' },
        $delete: ['prefix'],
      });
      assert.equal(patched?.status, 204);
      const [changed] = await read(world, keys);
      const { prefix: _, ...kept } = record;
      assertHolds(changed?.entity, { ...kept, currentJobTitle: 'Chief engineer' });
      assert.equal(changed?.entity?.prefix ?? null, null);
      await clear(world, subject, stored);
    }),
    of(
      'batch_partial_update',
      'NOT_FOUND',
      'a record that never was answers 404 by itself',
      async (world) => {
        const key = keyOf(subject, world.id('NEVER'), world.values);
        const [answered] = await patch(world, subject, [key], { $set: { currentJobTitle: 'x' } });
        assertKeyRefused(answered, 404);
      },
    ),
    of(
      'batch_partial_update',
      'INVALID_RECORD',
      'a change that would leave no valid record is refused',
      async (world) => {
        const stored = await putRecords(world, subject, [world.id('PATCHED')], () => record);
        const [answered] = await patch(
          world,
          subject,
          stored.map(({ key }) => key),
          { $delete: ['firstName'] },
        );
        assertKeyRefused(answered, 422, /firstName/);
        await clear(world, subject, stored);
      },
    ),
    of('partial_update', 'success', 'one record by the key in the path', async (world) => {
      const [stored] = await putRecords(world, subject, [world.id('ONE')], () => record);
      assert.ok(stored);
      const url = singleUrl(world, subject, stored.key);
      const body = { patch: { $set: { currentJobTitle: 'Chief engineer' } } };
      assert.equal((await world.send(subject, { verb: 'POST', url, body })).status, 204);
      const [changed] = await read(world, [stored.key]);
      assert.equal(changed?.entity?.currentJobTitle, 'Chief engineer');
      await clear(world, subject, [stored]);
    }),
  ];
  return [
    ...(methods.includes('batch_get') ? reading : []),
    ...(methods.includes('batch_partial_update') ? patching : []),
    ...(methods.includes('finder') ? findingCases(subject, of) : []),
  ];
};

type Make = (method: Case['method'], outcome: Case['outcome'], title: string, run: Case['run']) => Case;

/** Records that are nothing but their key. */
function findingCases(subject: Subject, of: Make): readonly Case[] {
  const aclId = nameOnWire(subject.definition, 'atsEntityAclId');
  return [
    of(
      'finder',
      'success',
      'what was stored is found, in full pages, and after its deletion not',
      async (world) => {
        const job = world.id('JOB');
        const values = { ...world.values, atsEntityId: job };
        // Of assignees the group is what a search can be narrowed to; of ACLs the job.
        const isAcl = subject.definition.kind === 'entityAcl';
        const groups = isAcl ? [1, 2, 3].map((number) => world.id(`TEAM-${number}`)) : [world.id('TEAM')];
        const keys = groups.map((group) => keyOf(subject, group, values));
        const entities = Object.fromEntries(keys.map((key) => [bodyKey(subject, key), {}]));
        for (const { status } of outcomes(
          subject,
          await world.batch(subject, 'PUT', 'batch_update', keys, { body: { entities } }),
          keys,
        ))
          assert.equal(status, 204);
        const criteria: Readonly<Record<string, string>> = isAcl
          ? { atsEntityId: job }
          : { atsEntityAclId: groups[0] ?? '' };
        const found: unknown[] = [];
        for (let start = 0; start < groups.length; start += 2) {
          const page = await find(world, subject, { ...criteria, start: `${start}`, count: '2' });
          assert.ok(Array.isArray(page.elements));
          assert.equal(
            page.elements.length,
            Math.min(2, groups.length - start),
            'a page is full until the last',
          );
          found.push(...page.elements.map((element: Json) => element[aclId]));
        }
        assert.deepEqual(found.sort(), [...groups].sort());
        await clear(
          world,
          subject,
          keys.map((key) => ({ key })),
        );
        assert.deepEqual((await find(world, subject, criteria)).elements, []);
      },
    ),
    of('finder', 'BAD_REQUEST', 'an unknown finder and a broken page are refused', async (world) => {
      const path = pathOf(subject, world.values);
      for (const query of ['q=nothing', `q=criteria&${contextQuery(world, subject)}&start=-1`])
        assertRefused(
          subject,
          await world.send(subject, { verb: 'GET', url: `${path}?${query}` }),
          'BAD_REQUEST',
        );
    }),
    of('finder', 'CONTEXT_NOT_OWNED', 'another organization is refused', async (world) => {
      const query = contextQuery(world, subject).replace(
        encodeURIComponent(world.target.organization),
        encodeURIComponent('urn:li:organization:1'),
      );
      const url = `${pathOf(subject, world.values)}?q=criteria&${query}`;
      assertRefused(subject, await world.send(subject, { verb: 'GET', url }), 'CONTEXT_NOT_OWNED');
    }),
  ];
}

function contextQuery(world: World, { base }: Subject): string {
  const context = `integrationContext=${encodeURIComponent(world.target.organization)}`;
  return base === 'v2' ? `${context}&dataProvider=ATS` : context;
}

async function find(
  world: World,
  subject: Subject,
  criteria: Readonly<Record<string, string>>,
): Promise<Json> {
  const pairs = Object.entries(criteria).map(
    ([name, value]) => `${nameOnWire(subject.definition, name)}=${encodeURIComponent(value)}`,
  );
  const url = `${pathOf(subject, world.values)}?q=criteria&${contextQuery(world, subject)}&${pairs.join('&')}`;
  const answer = await world.send(subject, { verb: 'GET', url });
  assert.equal(answer.status, 200, answer.text);
  return answer.json();
}

async function patch(world: World, subject: Subject, keys: readonly (readonly string[])[], change: object) {
  const entities = Object.fromEntries(keys.map((key) => [bodyKey(subject, key), { patch: change }]));
  const answer = await world.batch(subject, 'POST', 'batch_partial_update', keys, { body: { entities } });
  return outcomes(subject, answer, keys);
}

function singleUrl(world: World, subject: Subject, key: readonly string[]): string {
  return `${pathOf(subject, world.values)}/${pathKey(subject, key)}`;
}

function assertHolds(entity: Json | undefined, record: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(record))
    assert.deepEqual(entity?.[field], value, `${field} reads back`);
}
