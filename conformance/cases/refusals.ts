import assert from 'node:assert/strict';
import { DIALECT_VERSION_HEADER, PROTOCOL_VERSION_HEADER, type RestliMethod } from '@carrick/protocol';
import type { Case, CaseMaker } from '../case.ts';
import { bodyKey, idsQuery, keyOf, pathOf, type Subject } from '../subject.ts';
import { assertRefused, type Sent, type World } from '../world.ts';

const VERBS: { readonly [M in RestliMethod]?: Sent['verb'] } = {
  get: 'GET',
  finder: 'GET',
  batch_get: 'GET',
  batch_update: 'PUT',
  batch_partial_update: 'POST',
  batch_delete: 'DELETE',
  batch_create: 'POST',
  create: 'POST',
  partial_update: 'POST',
  action: 'POST',
};
const BODIES: readonly RestliMethod[] = ['batch_update', 'batch_partial_update'];

/** What every method of every resource refuses. */
export const refusalCases: CaseMaker = (subject) => {
  const { methods } = subject.definition;
  return [...methods.flatMap((method) => methodCases(subject, method)), ...resourceCases(subject)];
};

function methodCases(subject: Subject, method: RestliMethod): readonly Case[] {
  const verb = VERBS[method];
  if (verb === undefined) return [];
  const of = (outcome: Case['outcome'], title: string, run: Case['run']): Case => ({
    subject,
    method,
    outcome,
    title,
    run,
  });
  const ask = (world: World, changes: Partial<Sent> = {}) =>
    world.send(subject, { verb, method, ...requestOf(world, subject, method), ...changes });
  return [
    of('EMPTY_ACCESS_TOKEN', 'a request without a token', async (world) =>
      assertRefused(subject, await ask(world, { token: null }), 'EMPTY_ACCESS_TOKEN'),
    ),
    of('INVALID_ACCESS_TOKEN', 'a token that nobody gave', async (world) => {
      const answer = await ask(world, { token: 'AQForged' });
      assertRefused(subject, answer, 'INVALID_ACCESS_TOKEN');
      assert.equal(answer.json().serviceErrorCode, 65_600);
    }),
    ...(subject.base === 'rest' ? dialectCases(subject, of, ask) : []),
    ...(isBatchByIds(subject, method) ? batchCases(subject, method, of, ask) : []),
  ];
}

type Make = (outcome: Case['outcome'], title: string, run: Case['run']) => Case;
type Ask = (world: World, changes?: Partial<Sent>) => ReturnType<World['send']>;

function dialectCases(subject: Subject, of: Make, ask: Ask): readonly Case[] {
  return [
    of('VERSION_MISSING', 'the versioned dialect without its header', async (world) =>
      assertRefused(
        subject,
        await ask(world, { headers: { [DIALECT_VERSION_HEADER]: '' } }),
        'VERSION_MISSING',
      ),
    ),
    of('NONEXISTENT_VERSION', 'a version that is retired', async (world) =>
      assertRefused(
        subject,
        await ask(world, { headers: { [DIALECT_VERSION_HEADER]: '202001' } }),
        'NONEXISTENT_VERSION',
      ),
    ),
  ];
}

/** A resource whose key the suite can make up; the others answer with what they need. */
function isBatchByIds({ definition }: Subject, method: RestliMethod): boolean {
  const needsMore = ['attachment', 'integration', 'integrationConfiguration'].includes(definition.kind);
  return !needsMore && method.startsWith('batch_') && method !== 'batch_create';
}

function batchCases(subject: Subject, method: RestliMethod, of: Make, ask: Ask): readonly Case[] {
  const withBody = BODIES.includes(method);
  const path = (world: World) => pathOf(subject, world.values);
  const query = (world: World, count: number) =>
    idsQuery(
      subject,
      Array.from({ length: count }, () => keyOf(subject, world.id('N'), world.values)),
    );
  const refused = async (world: World, changes: Partial<Sent>) =>
    assertRefused(subject, await ask(world, changes), 'BAD_REQUEST');
  const overlong = (world: World) => {
    const ids = query(world, 101);
    return { verb: 'POST', url: path(world), headers: tunnelled(VERBS[method] ?? 'GET'), body: ids } as const;
  };
  return [
    of('BAD_REQUEST', 'a version of the protocol that is none', async (world) => {
      const version = '3.0.0';
      const answer = await ask(world, { headers: { [PROTOCOL_VERSION_HEADER]: version } });
      assertRefused({ version }, answer, 'BAD_REQUEST');
    }),
    of('BAD_REQUEST', 'a method header that contradicts the request', (world) =>
      refused(world, { method: 'create' }),
    ),
    of('BAD_REQUEST', 'a method header that is none', (world) =>
      refused(world, { headers: { 'X-RestLi-Method': 'frobnicate' } }),
    ),
    of(
      'BAD_REQUEST',
      'an id that cannot be decoded, refused by itself or with the request',
      async (world) => {
        const answer = await ask(world, { url: `${path(world)}?ids=%ZZ` });
        if (answer.status !== 200) return assertRefused(subject, answer, 'BAD_REQUEST');
        const failed = Object.values(Object(answer.json().errors));
        assert.deepEqual(
          failed.map((each) => Reflect.get(Object(each), 'status')),
          [400],
        );
      },
    ),
    of('BAD_REQUEST', 'more than a hundred keys', (world) => refused(world, overlong(world))),
    of('URI_TOO_LONG', 'a query over 4 KB that is not in the body', async (world) =>
      assertRefused(
        subject,
        await ask(world, { url: `${path(world)}?${query(world, 60)}&${'x'.repeat(5_000)}=1` }),
        'URI_TOO_LONG',
      ),
    ),
    ...(withBody
      ? [
          of('BAD_REQUEST', 'a body that is none', async (world) => {
            for (const body of ['{', '[]', '7', '{}', '{"entities":[]}']) await refused(world, { body });
          }),
          of('BAD_REQUEST', 'keys of the body that are not those of the query', async (world) => {
            const other = bodyKey(subject, keyOf(subject, world.id('OTHER'), world.values));
            await refused(world, { body: { entities: { [other]: {} } } });
          }),
        ]
      : []),
  ];
}

const tunnelled = (verb: string) => ({
  'X-HTTP-Method-Override': verb,
  'Content-Type': 'application/x-www-form-urlencoded',
});

/** Of a resource as such: what it does not offer. */
function resourceCases(subject: Subject): readonly Case[] {
  const { methods, kind } = subject.definition;
  const [method = 'get'] = methods;
  const of = (outcome: Case['outcome'], title: string, run: Case['run']): Case => ({
    subject,
    method,
    outcome,
    title,
    run,
  });
  if (!['candidate', 'application', 'entityAcl', 'jobTask'].includes(kind)) return [];
  return [
    of('BAD_REQUEST', 'a method that the resource does not offer', async (world) => {
      const answer = await world.send(subject, {
        verb: 'GET',
        url: pathOf(subject, world.values),
        method: 'get_all',
      });
      assertRefused(subject, answer, 'BAD_REQUEST');
    }),
    of('NOT_FOUND', 'a resource that does not exist', async (world) => {
      const answer = await world.send(subject, { verb: 'GET', url: `/${subject.base}/none-of-these?ids=1` });
      assert.equal(answer.status, 404, answer.text);
    }),
  ];
}

function requestOf(
  world: World,
  subject: Subject,
  method: RestliMethod,
): { readonly url: string; readonly body?: unknown } {
  const path = pathOf(subject, world.values);
  const key = keyOf(subject, world.id('N'), world.values);
  switch (method) {
    case 'batch_update':
    case 'batch_partial_update':
      return {
        url: `${path}?${idsQuery(subject, [key])}`,
        body: { entities: { [bodyKey(subject, key)]: {} } },
      };
    case 'batch_get':
    case 'batch_delete':
      return { url: `${path}?${idsQuery(subject, [key])}` };
    case 'finder':
      return { url: `${path}?q=${subject.definition.finders?.[0] ?? ''}` };
    case 'action':
      return { url: `${path}/1?action=${subject.definition.actions?.[0] ?? ''}`, body: {} };
    case 'partial_update':
      return { url: `${path}/1`, body: { patch: {} } };
    case 'batch_create':
      return { url: path, body: { elements: [] } };
    case 'create':
      return { url: path, body: {} };
    default:
      return { url: path };
  }
}
