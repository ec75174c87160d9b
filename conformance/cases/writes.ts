import assert from 'node:assert/strict';
import { needsTunnel, tunnel } from '@carrick/protocol';
import type { Case, CaseMaker } from '../case.ts';
import {
  bodyKey,
  exampleRecord,
  idsQuery,
  keyOf,
  pathKey,
  pathOf,
  recordKind,
  requiredFields,
  type Subject,
} from '../subject.ts';
import { assertKeyRefused, assertUuid, outcomes, type World } from '../world.ts';

/** PUT and DELETE of records by their keys. */
export const writeCases: CaseMaker = (subject) => {
  const kind = recordKind(subject);
  const { methods } = subject.definition;
  if (!kind || !methods.includes('batch_update')) return [];
  const record = () => exampleRecord(subject, kind);
  const isKeyOnly = Object.keys(record()).length === 0;
  const needs = kind === 'entityAclAssignee' ? ({ needs: 'person' } as const) : {};
  const of = (method: Case['method'], outcome: Case['outcome'], title: string, run: Case['run']): Case => ({
    subject,
    method,
    outcome,
    title,
    ...needs,
    run,
  });
  const put = (world: World, ids: readonly string[], change: (index: number) => object = () => ({})) =>
    putRecords(world, subject, ids, (index) => ({ ...record(), ...change(index) }));
  return [
    of(
      'batch_update',
      'success',
      'new records, with any characters in their ids, answer 204',
      async (world) => {
        const stored = await put(world, [world.id('NEW'), world.awkwardId('NEW')]);
        assert.deepEqual(
          stored.map(({ status }) => status),
          [204, 204],
        );
        await clear(world, subject, stored);
      },
    ),
    of('batch_update', 'success', 'a known record is replaced, with 204 as well', async (world) => {
      const id = world.id('KNOWN');
      const first = await put(world, [id]);
      const again = await put(world, [id]);
      assert.equal(again[0]?.status, 204);
      await clear(world, subject, first);
    }),
    of('batch_update', 'success', 'a query that is too long travels in the body', async (world) => {
      const keys = Array.from({ length: 100 }, () =>
        keyOf(subject, world.id(`LONG-${'x'.repeat(40)}`), world.values),
      );
      const path = pathOf(subject, world.values);
      const query = idsQuery(subject, keys);
      assert.ok(needsTunnel(path, query));
      const entities = Object.fromEntries(keys.map((key) => [bodyKey(subject, key), record()]));
      const {
        method,
        path: url,
        headers,
        body,
      } = tunnel({ method: 'PUT', path, query, body: JSON.stringify({ entities }) });
      const answer = await world.send(subject, { verb: method, url, headers, body, method: 'batch_update' });
      for (const { status } of outcomes(subject, answer, keys)) assert.equal(status, 204);
      const gone = tunnel({ method: 'DELETE', path, query });
      const deleted = await world.send(subject, {
        ...gone,
        verb: gone.method,
        url: gone.path,
        method: 'batch_delete',
      });
      for (const { status } of outcomes(subject, deleted, keys)) assert.equal(status, 204);
    }),
    ...requiredFields(subject, kind).map((field) =>
      of(
        'batch_update',
        'INVALID_RECORD',
        `without ${field} a record is refused by that name, and its neighbour is stored`,
        async (world) => {
          const stored = await put(world, [world.id('GOOD'), world.id('BAD')], (index) =>
            index === 0 ? {} : { [field]: undefined },
          );
          assert.equal(stored[0]?.status, 204);
          assertKeyRefused(stored[1], 422, new RegExp(`^ERROR :: /${field} :: field is required`));
          await clear(world, subject, stored.slice(0, 1));
        },
      ),
    ),
    ...(isKeyOnly
      ? []
      : [
          of(
            'batch_update',
            'INVALID_RECORD',
            'a value of the wrong type is refused by its name',
            async (world) => {
              const field = Object.keys(record()).find((name) => /At$/.test(name)) ?? '';
              const [stored] = await put(world, [world.id('BAD')], () => ({ [field]: 'soon' }));
              assertKeyRefused(stored, 422, new RegExp(`^ERROR :: /${field} :: .*cannot be coerced to Long`));
            },
          ),
        ]),
    of(
      'batch_update',
      'CONTEXT_NOT_OWNED',
      'a key of another organization is refused, and its neighbour is stored',
      async (world) => {
        if (subject.definition.key.simple) return foreignParent(world, subject, record());
        const own = keyOf(subject, world.id('OWN'), world.values);
        const foreign = keyOf(subject, world.id('FOREIGN'), {
          ...world.values,
          integrationContext: 'urn:li:organization:1',
        });
        const keys = [own, foreign];
        const entities = Object.fromEntries(keys.map((key) => [bodyKey(subject, key), record()]));
        const answer = await world.batch(subject, 'PUT', 'batch_update', keys, { body: { entities } });
        const [kept, refused] = outcomes(subject, answer, keys);
        assert.equal(kept?.status, 204);
        assertKeyRefused(refused, 403);
        await clear(world, subject, kept ? [kept] : []);
      },
    ),
    of('batch_delete', 'success', 'a known record answers 204, and what is gone 404', async (world) => {
      const stored = await put(world, [world.id('GONE')]);
      const keys = stored.map(({ key }) => key);
      const [first] = outcomes(subject, await world.batch(subject, 'DELETE', 'batch_delete', keys), keys);
      assert.equal(first?.status, 204);
      const [second] = outcomes(subject, await world.batch(subject, 'DELETE', 'batch_delete', keys), keys);
      assertKeyRefused(second, 404);
    }),
    of('batch_delete', 'NOT_FOUND', 'a record that never was answers 404 by itself', async (world) => {
      const stored = await put(world, [world.id('HERE')]);
      const keys = [...stored.map(({ key }) => key), keyOf(subject, world.id('NEVER'), world.values)];
      const [here, never] = outcomes(
        subject,
        await world.batch(subject, 'DELETE', 'batch_delete', keys),
        keys,
      );
      assert.equal(here?.status, 204);
      assertKeyRefused(never, 404);
    }),
    of('update', 'success', 'one record by the key in the path', async (world) => {
      const key = keyOf(subject, world.id('ONE'), world.values);
      const url = `${pathOf(subject, world.values)}/${pathKey(subject, key)}`;
      const stored = await world.send(subject, { verb: 'PUT', url, body: record() });
      assert.equal(stored.status, 204, stored.text);
      assertUuid(stored);
      assert.equal((await world.send(subject, { verb: 'DELETE', url })).status, 204);
      assert.equal((await world.send(subject, { verb: 'DELETE', url })).status, 404);
    }),
  ];
};

/** A simple key has no context of its own: its parent's counts. */
async function foreignParent(world: World, subject: Subject, record: object): Promise<void> {
  const key = keyOf(subject, world.id('FOREIGN'), world.values);
  const url = `${pathOf(subject, { ...world.values, integrationContext: 'urn:li:organization:1' })}?${idsQuery(subject, [key])}`;
  const body = { entities: { [bodyKey(subject, key)]: record } };
  const answer = await world.send(subject, { verb: 'PUT', url, method: 'batch_update', body });
  assertKeyRefused(outcomes(subject, answer, [key])[0], 403);
}

/** Stores records of these ids; one outcome for each, in order. */
export async function putRecords(
  world: World,
  subject: Subject,
  ids: readonly string[],
  record: (index: number) => object,
) {
  const keys = ids.map((id) => keyOf(subject, id, world.values));
  const entities = Object.fromEntries(keys.map((key, index) => [bodyKey(subject, key), record(index)]));
  return outcomes(
    subject,
    await world.batch(subject, 'PUT', 'batch_update', keys, { body: { entities } }),
    keys,
  );
}

/** What a case stored, it deletes: the platform is somebody's. */
export async function clear(
  world: World,
  subject: Subject,
  stored: readonly { readonly key: readonly string[] }[],
): Promise<void> {
  const keys = stored.map(({ key }) => key);
  if (keys.length > 0) outcomes(subject, await world.batch(subject, 'DELETE', 'batch_delete', keys), keys);
}
