import { isDeepStrictEqual } from 'node:util';
import {
  decodeResponseKey,
  encodeBodyKey,
  encodePathKey,
  keyIdentity,
  PROTOCOL_VERSION_HEADER,
  type ProtocolVersion,
  RESOURCES,
  REST_RESOURCES,
  type ResourceDefinition,
  type RestResource,
  ROOTS,
  recordToWire,
  type TypedKey,
} from '@carrick/protocol';
import fc from 'fast-check';
import { KINDS } from '../kinds.ts';
import type { Model, ModelBatch, ModelItem, ModelOutcome } from './model.ts';
import { type ModelWorld, modelBatch } from './model-batch.ts';
import { type Answer, batch, call, type Door } from './wire-batch.ts';

/** One ATS as the sender knows it, and what the platform should hold of it. */
export interface ModelAts extends Door {
  readonly token: string;
  readonly organisation: string;
  /** Another customer's. */
  readonly foreignOrganisation: string;
  readonly model: Model;
  person(memberId: number): string;
}

type Dialect = 'v2' | 'rest';
/** What is wrong with where a record is to go. */
type Fault = 'foreign' | 'noOrganisation' | 'provider' | 'person';
const FAULT_STATUSES: Readonly<Record<Fault, number>> = {
  foreign: 403,
  noOrganisation: 422,
  provider: 422,
  person: 422,
};

/** A batch with the way it is sent. */
export interface Delivery {
  readonly batch: ModelBatch;
  readonly dialect: Dialect;
  readonly version: ProtocolVersion;
  /** By the place of the item. */
  readonly faults: readonly (Fault | null)[];
  /**
   * `twice`: the same request again at the same time; `repeated`: ids that stand twice in it; `single`: each record by a path of its
   * own. The others must be refused as a whole.
   */
  readonly way: 'plain' | 'twice' | 'repeated' | 'single' | 'oneKeyTwice' | 'strayEntity' | 'noEntity';
}

export function delivery(world: ModelWorld): fc.Arbitrary<Delivery> {
  const many = modelBatch(world);
  const oneParent = modelBatch(world, true);
  return (
    fc
      .constantFrom<Dialect>('v2', 'v2', 'rest')
      .chain((dialect) =>
        fc.record({
          batch: dialect === 'v2' ? oneParent : many,
          dialect: fc.constant(dialect),
          version: fc.constantFrom<ProtocolVersion>('1.0.0', '2.0.0'),
          faults: fc.array(fault, { minLength: world.most, maxLength: world.most }),
          way: fc.oneof(
            { weight: 30, arbitrary: fc.constant('plain' as const) },
            {
              weight: 6,
              arbitrary: fc.constantFrom('twice' as const, 'repeated' as const, 'single' as const),
            },
            {
              weight: 2,
              arbitrary: fc.constantFrom('oneKeyTwice' as const, 'strayEntity' as const, 'noEntity' as const),
            },
          ),
        }),
      )
      // The versioned dialect documents no partial update.
      .map((made) => (made.batch.change === 'patch' ? { ...made, dialect: 'v2' } : made))
  );
}

const fault = fc.oneof(
  { weight: 90, arbitrary: fc.constant(null) },
  { weight: 10, arbitrary: fc.constantFrom<Fault>('foreign', 'noOrganisation', 'provider', 'person') },
);

export interface Delivered {
  /** One for each key that was sent. */
  readonly operations: number;
  /** Of these: broken on purpose. */
  readonly broken: number;
  readonly requests: number;
  /** By status, of the keys. */
  readonly statuses: readonly number[];
  /** What was not as the model says. */
  readonly mismatches: readonly string[];
}

const RESOURCE_OF = {
  v2: new Map<string, ResourceDefinition>(RESOURCES.map((each) => [each.kind, each])),
  rest: new Map<string, RestResource>(
    REST_RESOURCES.filter(({ name }) => name !== 'jobRequisitions').map((each) => [each.kind, each]),
  ),
} as const;

interface Addressed {
  readonly item: ModelItem;
  readonly wireKey: TypedKey;
  readonly entity: unknown;
  readonly fault: Fault | null;
}

/** Sends a batch, lets the model do the same, and compares every answer. */
export async function deliver(ats: ModelAts, given: Delivery): Promise<Delivered> {
  const resource = RESOURCE_OF[given.dialect].get(given.batch.kind);
  if (!resource) throw new Error(`no resource of ${given.batch.kind}`);
  if (given.batch.kind === 'job') return post(ats, given, resource);
  // A path has one context: what is wrong with it is wrong with every child below it.
  const shared = resource.parent === undefined ? undefined : (given.faults[0] ?? null);
  const all = given.batch.items.map((item, index): Addressed => {
    const own = shared === undefined ? (given.faults[index] ?? null) : shared;
    const isPossible =
      (own !== 'person' || given.batch.kind === 'entityAclAssignee') &&
      (own !== 'provider' || given.dialect === 'v2');
    const fault = isPossible ? own : null;
    return {
      item,
      fault,
      wireKey: wireKeyOf(ats, resource, given, item, fault),
      entity: entityOf(ats, resource, given.batch, item),
    };
  });
  const { wireKey: parentKey } = resource.parent
    ? parentOf(ats, resource, given, all[0]!) // a batch has at least one item
    : { wireKey: undefined };
  if (given.way === 'single') return sendSingly(ats, given, resource, all, parentKey);
  return sendBatch(ats, given, resource, all, parentKey);
}

function parentOf(ats: ModelAts, resource: ResourceDefinition, given: Delivery, first: Addressed) {
  const parent = RESOURCES.find(({ name }) => name === resource.parent);
  if (!parent) throw new Error(`no parent of ${resource.name}`);
  return { wireKey: wireKeyOf(ats, parent, given, first.item, first.fault) };
}

function wireKeyOf(
  ats: ModelAts,
  resource: ResourceDefinition & Partial<RestResource>,
  { batch: { kind } }: Delivery,
  { key }: ModelItem,
  fault: Fault | null,
): TypedKey {
  const places = KINDS[kind].key.map(({ part }) => part);
  if (resource.key.simple) return [key[places.indexOf('id')] ?? ''];
  return resource.key.parts.map((part) => {
    const name = resource.parts?.[part] ?? part;
    if (name === 'integrationContext')
      return fault === 'foreign'
        ? ats.foreignOrganisation
        : fault === 'noOrganisation'
          ? 'urn:li:contract:1'
          : ats.organisation;
    if (name === 'dataProvider') return fault === 'provider' ? 'CRM' : 'ATS';
    const value = key[places.indexOf(name)] ?? '';
    if (name === 'assignee') return fault === 'person' ? 'urn:li:person:AAAA' : ats.person(Number(value));
    return value;
  });
}

function entityOf(
  ats: ModelAts,
  resource: ResourceDefinition,
  { change }: ModelBatch,
  { record, link }: ModelItem,
): unknown {
  const manualMatchedMember = typeof link === 'number' ? ats.person(link) : link;
  const linked = link === undefined ? record : { ...record, manualMatchedMember };
  if (change !== 'patch') return recordToWire(resource, linked);
  const fields = Object.entries(linked);
  return {
    patch: {
      $set: Object.fromEntries(fields.filter(([, value]) => value !== null)),
      $delete: fields.filter(([, value]) => value === null).map(([name]) => name),
    },
  };
}

const VERBS = { upsert: 'PUT', patch: 'POST', delete: 'DELETE' } as const;
const verbOf = ({ change }: ModelBatch) => VERBS[change === 'post' ? 'upsert' : change];
const headersOf = ({ version }: Delivery) => ({
  [PROTOCOL_VERSION_HEADER]: version,
  'LinkedIn-Version': '202604',
});
const isBroken = ({ item, fault }: Addressed) => fault !== null || item.refusal !== undefined;

async function sendBatch(
  ats: ModelAts,
  given: Delivery,
  resource: ResourceDefinition,
  all: readonly Addressed[],
  parentKey: TypedKey | undefined,
): Promise<Delivered> {
  const { change } = given.batch;
  const method = verbOf(given.batch);
  const way = change === 'delete' && given.way !== 'repeated' ? 'plain' : given.way;
  const entries = all.map(({ wireKey, entity }) => [wireKey, entity] as const);
  const more = extraOf(way, given, resource, all);
  const sent = way === 'repeated' ? [...entries, ...entries.slice(0, 100 - entries.length)] : entries;
  const send = () =>
    batch(ats, ats, method, resource, sent, {
      version: given.version,
      headers: headersOf(given),
      ...(parentKey ? { parentKey } : {}),
      ...(more ? { entities: more } : {}),
    });
  const answers = await Promise.all(way === 'twice' ? [send(), send()] : [send()]);
  const operations = all.length * answers.length;
  if (more) {
    const mismatches = answers
      .filter(({ status }) => status !== 400)
      .map((answer) => shown(given, resource, `${way}: 400 expected`, answer));
    return { operations, broken: operations, requests: 1, statuses: all.map(() => 400), mismatches };
  }
  const expected = expectedOf(ats, given, all);
  const seen = answers.flatMap((answer) => compare(given, resource, all, expected, answer));
  return {
    operations,
    broken: all.filter(isBroken).length * answers.length,
    requests: answers.length,
    statuses: seen.map(({ status }) => status),
    mismatches: seen.flatMap(({ mismatch }) => mismatch ?? []),
  };
}

/** Entities, beside those of the batch, that make it one to be refused. */
function extraOf(
  way: Delivery['way'],
  { version }: Delivery,
  { key: shape }: ResourceDefinition,
  all: readonly Addressed[],
): Readonly<Record<string, unknown>> | null {
  const [first] = all;
  if (!first) return null;
  const { wireKey, entity } = first;
  const text = encodeBodyKey(wireKey, shape, version);
  switch (way) {
    case 'oneKeyTwice': {
      if (shape.simple) return null;
      // The same key with its parts in another order.
      const reversed =
        version === '1.0.0'
          ? text.split('&').reverse().join('&')
          : `(${text.slice(1, -1).split(',').reverse().join(',')})`;
      return { [reversed]: entity };
    }
    case 'strayEntity':
      return {
        [encodeBodyKey(
          wireKey.map((part) => (part.startsWith('urn:') || part === 'ATS' ? part : `${part}~`)),
          shape,
          version,
        )]: entity,
      };
    case 'noEntity':
      return { [text]: undefined };
    default:
      return null;
  }
}

/** By the key on the wire. */
function expectedOf(ats: ModelAts, { batch: sent }: Delivery, all: readonly Addressed[]) {
  const placed = all.filter(({ fault }) => fault === null);
  const outcomes = ats.model.apply({ ...sent, items: placed.map(({ item }) => item) });
  const expected = new Map<string, ModelOutcome>(
    all.flatMap(({ wireKey, fault }) =>
      fault === null ? [] : [[keyIdentity(wireKey), { status: FAULT_STATUSES[fault] }]],
    ),
  );
  for (const [index, { wireKey }] of placed.entries())
    expected.set(keyIdentity(wireKey), outcomes[index] ?? { status: 0 });
  return expected;
}

interface Seen {
  readonly status: number;
  readonly mismatch?: string;
}

function compare(
  given: Delivery,
  resource: ResourceDefinition,
  all: readonly Addressed[],
  expected: ReadonlyMap<string, ModelOutcome>,
  answer: Answer,
): Seen[] {
  if (answer.status !== 200)
    return [{ status: answer.status, mismatch: shown(given, resource, '200 expected', answer) }];
  const found = new Map(
    Object.entries<{ status: number }>({ ...answer.body.results, ...answer.body.errors }).map(
      ([text, { status }]) => [keyIdentity(decodeResponseKey(text, resource.key)), status],
    ),
  );
  const surplus = found.size - expected.size;
  return [
    ...(surplus === 0
      ? []
      : [{ status: 0, mismatch: shown(given, resource, `${surplus} keys more`, answer) }]),
    ...all.map(({ wireKey, entity }): Seen => {
      const identity = keyIdentity(wireKey);
      const status = found.get(identity) ?? 0;
      const wanted = expected.get(identity)?.status;
      return status === wanted
        ? { status }
        : {
            status,
            mismatch: `${describe(given, resource)} ${identity}: ${status}, not ${wanted}: ${JSON.stringify(entity)}`,
          };
    }),
  ];
}

const describe = ({ batch: sent, dialect, version, way }: Delivery, { name }: ResourceDefinition) =>
  `${sent.change} ${dialect} ${name} ${version} ${way}`;

function shown(given: Delivery, resource: ResourceDefinition, what: string, { status, body }: Answer) {
  return `${describe(given, resource)}: ${what}, got ${status} ${JSON.stringify(body)?.slice(0, 400)}`;
}

async function sendSingly(
  ats: ModelAts,
  given: Delivery,
  resource: ResourceDefinition,
  all: readonly Addressed[],
  parentKey: TypedKey | undefined,
): Promise<Delivered> {
  const seen: Seen[] = [];
  const few = all.slice(0, 5);
  for (const each of few) {
    const parent = RESOURCES.find(({ name }) => name === resource.parent);
    const above =
      parent && parentKey ? `${parent.name}/${encodePathKey(parentKey, parent.key, given.version)}/` : '';
    const path = `${ROOTS[given.dialect]}${above}${resource.name}/${encodePathKey(each.wireKey, resource.key, given.version)}`;
    const { status } = await call(ats, ats, {
      method: verbOf(given.batch),
      path,
      headers: headersOf(given),
      ...(given.batch.change === 'delete' ? {} : { body: each.entity }),
    });
    const wanted = expectedOf(ats, given, [each]).get(keyIdentity(each.wireKey))?.status;
    const mismatch = `${describe(given, resource)} ${path}: ${status}, not ${wanted}`;
    seen.push(status === wanted ? { status } : { status, mismatch });
  }
  return {
    operations: few.length,
    broken: few.filter(isBroken).length,
    requests: few.length,
    statuses: seen.map(({ status }) => status),
    mismatches: seen.flatMap(({ mismatch }) => mismatch ?? []),
  };
}

/** Postings answer in their order; what became of them their tasks tell. */
async function post(ats: ModelAts, given: Delivery, resource: ResourceDefinition): Promise<Delivered> {
  const { dialect, faults, batch: sent, version } = given;
  const all = sent.items.map((item, index) => {
    const own = faults[index];
    const fault = own === 'foreign' || own === 'noOrganisation' ? own : null;
    const integrationContext =
      fault === 'foreign'
        ? ats.foreignOrganisation
        : fault === 'noOrganisation'
          ? 'urn:li:contract:1'
          : ats.organisation;
    const posting = { ...item.record, externalJobPostingId: item.key[0], integrationContext };
    return { item, fault, posting: recordToWire(resource, posting) };
  });
  // Of one job twice in a request both count, in their order.
  const order = given.way === 'repeated' ? [...all, ...all.slice(0, 100 - all.length)] : all;
  const answer = await call(ats, ats, {
    method: 'POST',
    path: `${ROOTS[dialect]}${resource.name}`,
    headers: { ...headersOf(given), 'X-RestLi-Method': 'batch_create' },
    body: { elements: order.map(({ posting }) => posting) },
  });
  // What the schema refuses is refused before anybody looks whose it is.
  const wanted = order.map(({ item, fault }): ModelOutcome => {
    if (fault !== null && item.refusal === undefined) return { status: FAULT_STATUSES[fault] };
    return ats.model.apply({ ...sent, items: [item] })[0] ?? { status: 0 };
  });
  const elements: { status: number; id?: string }[] = answer.body?.elements ?? [];
  const mismatches = wanted.flatMap(({ status }, index) =>
    elements[index]?.status === status
      ? []
      : [
          `${describe(given, resource)} ${JSON.stringify(order[index]?.posting)}: ${JSON.stringify(elements[index])}, not ${status}`,
        ],
  );
  const tasks = elements.flatMap(({ id }, index) =>
    id === undefined ? [] : [{ id, task: wanted[index]?.task }],
  );
  if (tasks.length > 0) {
    const resourceOfTasks = RESOURCE_OF[dialect].get('jobTask')!; // both dialects have it
    const read = await batch(
      ats,
      ats,
      'GET',
      resourceOfTasks,
      tasks.map(({ id }) => [[id]]),
      { version, headers: headersOf(given) },
    );
    for (const { id, task } of tasks)
      if (read.body.results?.[id]?.status !== task)
        mismatches.push(
          `${describe(given, resource)}: task ${JSON.stringify(read.body.results?.[id])}, not ${task}`,
        );
  }
  return {
    operations: order.length,
    broken: order.filter(({ item, fault }) => fault !== null || item.refusal !== undefined).length,
    requests: tasks.length > 0 ? 2 : 1,
    statuses: elements.map(({ status }) => status),
    mismatches,
  };
}

/** Reads candidates through a dialect and compares them, with their links, field for field. */
export async function readBack(
  ats: ModelAts,
  ids: readonly string[],
  dialect: Dialect,
  version: ProtocolVersion,
): Promise<string[]> {
  const resource = RESOURCE_OF[dialect].get('candidate')!; // both dialects have it
  const given: Delivery = {
    batch: { kind: 'candidate', change: 'upsert', items: [] },
    dialect,
    version,
    faults: [],
    way: 'plain',
  };
  const keys = ids.map((id) => wireKeyOf(ats, resource, given, { key: [id], record: {} }, null));
  const answer = await batch(
    ats,
    ats,
    'GET',
    resource,
    keys.map((key) => [key]),
    { version, headers: headersOf(given) },
  );
  if (answer.status !== 200) return [shown(given, resource, 'read back', answer)];
  const found = new Map(
    Object.entries<Record<string, unknown>>(answer.body.results).map(([text, entity]) => [
      keyIdentity(decodeResponseKey(text, resource.key)),
      entity,
    ]),
  );
  return ids.flatMap((id, index) => {
    const { matchedMembers: _, ...entity } = found.get(keyIdentity(keys[index] ?? [])) ?? {};
    const record = ats.model.get('candidate', [id]);
    const link = record && ats.model.linkOf(id);
    const wanted = {
      ...recordToWire(resource, record ?? {}),
      ...(link === undefined ? {} : { manualMatchedMember: ats.person(link) }),
    };
    return isDeepStrictEqual(JSON.parse(JSON.stringify(wanted)), entity)
      ? []
      : [`${dialect} candidate ${id}: ${JSON.stringify(entity)}, not ${JSON.stringify(wanted)}`];
  });
}
