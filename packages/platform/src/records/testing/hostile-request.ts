import {
  encodeBatchIds,
  encodeBodyKey,
  encodePathKey,
  type ProtocolVersion,
  RESOURCES,
  REST_RESOURCES,
  type ResourceDefinition,
} from '@carrick/protocol';
import fc from 'fast-check';

/** A request as bytes: no client stands between it and the server. */
export interface HostileRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** Says neither how long its body is nor that it comes in chunks. */
  readonly hasNoLength?: boolean;
}

const NASTY = [
  '',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '%',
  '%zz',
  '%00',
  '%ED%A0%80',
  '%C0%AF',
  '+',
  "''",
  '%27%27',
  '(',
  ')',
  'List(',
  'List()',
  '()',
  '$params',
  '$set',
  '~2E',
  '../..',
  '%2F',
  'a&b=c',
  "it's, (so): 100% + 1",
  '👩🏽‍💻',
  'e\u0301',
  '\u202e',
  '-1',
  '1e400',
  '9223372036854775807',
  'urn:li:organization:1',
  'urn:li:person:',
  'urn:li:person:AAAA',
  'urn:li:simpleJobPostingTask:00000000-0000-4000-8000-000000000000',
  'urn:li:simpleJobPostingTask:x',
  'JOB_POSTING',
  'x'.repeat(300),
  'x'.repeat(5_000),
];

export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
);

/** Numbers that JSON.stringify cannot write, put in as text afterwards. */
const RAW_NUMBERS = [
  '9223372036854775807',
  '-9223372036854775808',
  '1e400',
  '0.1234567890123456789',
  '9'.repeat(500),
];
const RAW_MARK = '@raw-number-';
const rawNumber = fc.nat({ max: RAW_NUMBERS.length - 1 }).map((index) => `${RAW_MARK}${index}@`);

export function jsonText(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replace(
    new RegExp(`"${RAW_MARK}(\\d+)@"`, 'g'),
    (_, index: string) => RAW_NUMBERS[Number(index)] ?? '0',
  );
}

export const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    hostileText,
    rawNumber,
    fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1_700_000_000_000, [], {}),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(hostileText, tie('value'), { maxKeys: 3 }),
  ),
}));

/** Good values of fields that several kinds share, so that a record gets past its schema now and then. */
const GOOD: Readonly<Record<string, unknown>> = {
  atsCreatedAt: 1_700_000_000_000,
  atsLastModifiedAt: 1_700_000_000_001,
  externalCreatedAt: 1_700_000_000_000,
  externalLastModifiedAt: 1_700_000_000_001,
  firstName: 'Ada',
  lastName: 'Byron',
  emailAddresses: ['ada@example.com'],
  atsJobPostingId: 'J1',
  atsJobPostingName: 'Engineer',
  stage: 'Applied',
  note: 'n',
  externalJobPostingId: 'J1',
  title: 'Engineer',
  description: 'd'.repeat(100),
  location: 'Berlin, Germany',
  companyApplyUrl: 'https://jobs.example.com/1',
  listedAt: 1_700_000_000_000,
  uniqueForeignId: 'C1',
  name: 'Hire - One',
  integrationName: 'Hire',
  configurationValue: { string: 'https://ats.example.com/hook' },
};
const FIELDS = [
  ...Object.keys(GOOD),
  'author',
  'addresses',
  'phoneNumbers',
  'evaluations',
  'compensation',
  'manualMatchedMember',
  'workplaceTypes',
  'accessRestricted',
  'validJsSdkDomains',
  'credentials',
];

const record = fc
  .tuple(
    fc.boolean(),
    fc.dictionary(fc.oneof(fc.constantFrom(...FIELDS), hostileText), anyValue, { maxKeys: 3 }),
  )
  .map(([isGood, odd]) => (isGood ? { ...GOOD, ...odd } : odd));
const { patch } = fc.letrec<{ patch: unknown }>((tie) => ({
  patch: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ $set: record }),
    fc.record({ $delete: fc.array(fc.oneof(fc.constantFrom(...FIELDS), hostileText), { maxLength: 3 }) }),
    fc.dictionary(
      fc.oneof(fc.constantFrom(...FIELDS, '$set', '$delete', '$reorder'), hostileText),
      tie('patch'),
      {
        maxKeys: 3,
      },
    ),
    anyValue,
  ),
}));
const entity = fc.oneof(
  { weight: 4, arbitrary: record },
  { weight: 2, arbitrary: patch.map((each) => ({ patch: each })) },
  { weight: 1, arbitrary: anyValue },
);

const TABLE: readonly (readonly [root: string, resource: ResourceDefinition])[] = [
  ...RESOURCES.map((resource) => ['/v2/', resource] as const),
  ...REST_RESOURCES.map((resource) => ['/rest/', resource] as const),
];

/** Values by the name of a key part: most are what the part wants. */
function partArb(name: string, organisation: string): fc.Arbitrary<string> {
  const good: Readonly<Record<string, string>> = {
    dataProvider: 'ATS',
    integrationType: 'ONE_CLICK_EXPORT',
    tenantType: 'RECRUITER',
    integrationContext: organisation,
    atsEntityType: 'JOB_POSTING',
    entityType: 'JOB_POSTING',
  };
  const usual = good[name];
  const plain = fc.constantFrom('A1', 'A2', 'J1', 'urn:li:person:AAAA');
  const likely = usual === undefined ? plain : fc.constant(usual);
  return fc.oneof({ weight: usual === undefined ? 2 : 20, arbitrary: likely }, hostileText);
}

function keyArb({ key }: ResourceDefinition, organisation: string): fc.Arbitrary<string[]> {
  const parts = key.simple ? ['id'] : key.parts;
  return fc.tuple(...parts.map((part) => partArb(part, organisation)));
}

/** What cannot be written (half of a surrogate pair has no UTF-8) is sent as something else. */
function written(write: () => string): string {
  try {
    return write();
  } catch {
    return '%ED%A0%80';
  }
}

const version = fc.constantFrom<ProtocolVersion>('1.0.0', '2.0.0');
const SAID = ['1.0.0', '2.0.0', '', '3.0.0', '2.0.0, 1.0.0', ' 2.0.0 '];
const VERBS: Readonly<Record<string, string>> = {
  get: 'GET',
  batch_get: 'GET',
  finder: 'GET',
  update: 'PUT',
  batch_update: 'PUT',
  partial_update: 'POST',
  batch_partial_update: 'POST',
  create: 'POST',
  batch_create: 'POST',
  action: 'POST',
  delete: 'DELETE',
  batch_delete: 'DELETE',
};
const TYPES = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/mixed; boundary=xyz',
  'multipart/mixed',
  'json',
  '',
];
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, arbitrary);

const extraParams = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'q=criteria',
        'q=',
        'bq=x',
        'action=x',
        'start=-1',
        'start=999999999999999',
        'count=0',
        'count=1000',
        'count=99999',
        'fields=a,b:(c)',
        'fields=-firstName',
        'fields=emailAddresses:($start:0,$count:1)',
        'fields=((((',
        'pagingFields=total',
        'ids=List()',
        'ids[-1].a=1',
        'ids[0]=x',
        'a[0].b=1&a=2',
        'ids',
        '=',
        '&&',
      ),
      fc
        .tuple(hostileText, hostileText)
        .map(([name, value]) => `${written(() => encodeURIComponent(name))}=${value}`),
    ),
    { maxLength: 2 },
  )
  .map((params) => params.map((param) => `&${param}`).join(''));

/** Cuts, doubles or replaces a piece of a text. */
function damaged(original: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(original, fc.nat(), fc.nat({ max: 8 }), rarely(hostileText))
    .map(([whole, at, length, piece]) => {
      if (piece === undefined) return whole;
      const start = whole.length === 0 ? 0 : at % whole.length;
      return whole.slice(0, start) + piece + whole.slice(start + length);
    });
}

const DEEP = [
  '['.repeat(100_000),
  `{"entities":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}`,
  `{"entities":{"__proto__":{"firstName":"x"}}}`,
  '{"entities":{"a":1,"a":2}}',
  'null',
  '""',
  '\ufeff{}',
];

/** Requests that are nearly right: of a real resource and method, with keys, headers and body that fit each other most of the time. */
export function hostileRequest(organisation: string): fc.Arbitrary<HostileRequest> {
  return fc
    .constantFrom(...TABLE)
    .chain(([root, resource]) =>
      planArb(resource, organisation).chain((plan) => sentArb(root, resource, plan)),
    );
}

const parentOf = ({ parent }: ResourceDefinition) => RESOURCES.find(({ name }) => name === parent);

function planArb(resource: ResourceDefinition, organisation: string) {
  const parent = parentOf(resource);
  const method = fc.constantFrom(...resource.methods);
  return fc.record({
    version,
    method,
    oddVerb: rarely(fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS')),
    keys: fc.array(keyArb(resource, organisation), { minLength: 1, maxLength: 4 }),
    parentKey: parent ? keyArb(parent, organisation) : fc.constant([]),
    isSingle: rarely(fc.constant(true)),
    entities: fc.array(entity, { minLength: 4, maxLength: 4 }),
    params: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, extraParams),
    oddVersion: rarely(fc.constantFrom(...SAID)),
    says: fc.boolean(),
    oddMethod: rarely(fc.constantFrom('get', 'batch_create', 'BATCH_DELETE', 'x')),
    type: rarely(fc.constantFrom(...TYPES)),
    oddOverride: rarely(fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH', '')),
    oddBody: rarely(fc.constantFrom(...DEEP)),
    tunnel: fc.constantFrom('none', 'none', 'form', 'multipart'),
    criteria: fc.tuple(keyArb(resource, organisation), fc.nat({ max: 30 })),
  });
}

type Plan = typeof planArb extends (...args: never[]) => fc.Arbitrary<infer T> ? T : never;

function sentArb(root: string, resource: ResourceDefinition, plan: Plan): fc.Arbitrary<HostileRequest> {
  const { key: shape } = resource;
  const { version: spoken, method, keys } = plan;
  const parent = parentOf(resource);
  const path = (key: readonly string[], keyShape: typeof shape) =>
    written(() => encodePathKey(key, keyShape, spoken));
  const above = parent ? `${parent.name}/${path(plan.parentKey, parent.key)}/` : '';
  const single = plan.isSingle && keys[0] ? keys[0] : null;
  const verb = plan.oddVerb ?? VERBS[method] ?? 'GET';
  const query = `${queryOf(resource, plan, single !== null)}${plan.params}`;
  const json = plan.oddBody ?? bodyOf(resource, plan, single !== null);
  const hasBody = verb === 'PUT' || verb === 'POST';
  const tunnel = plan.tunnel === 'multipart' && !hasBody ? 'form' : plan.tunnel;
  const said =
    plan.oddMethod ?? (plan.says || method === 'batch_create' || method === 'create' ? method : undefined);
  const override = plan.oddOverride ?? (tunnel === 'none' ? undefined : verb);
  const type = plan.type ?? CONTENT_TYPES[tunnel] ?? '';
  const headers: [string, string][] = [
    ['X-RestLi-Protocol-Version', plan.oddVersion ?? spoken],
    ['LinkedIn-Version', '202604'],
    ['Content-Type', type],
  ];
  if (said !== undefined && single === null) headers.push(['X-RestLi-Method', said]);
  if (override !== undefined) headers.push(['X-HTTP-Method-Override', override]);
  const target = `${above}${resource.name}${single ? `/${path(single, shape)}` : ''}`;
  const bodies = { none: hasBody ? json : '', form: query, multipart: multipartOf(query, json) };
  return fc.record({
    method: fc.constant(tunnel === 'none' ? verb : 'POST'),
    // The root stays whole: outside of it there is another door.
    target: damaged(fc.constant(tunnel === 'none' ? `${target}?${query}` : target)).map(
      (rest) => root + rest,
    ),
    headers: fc.constant(headers),
    body: damaged(fc.constant(bodies[tunnel])),
  });
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  none: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/mixed; boundary=xyz',
};

const multipartOf = (query: string, json: string): string =>
  `--xyz\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n${query}\r\n--xyz\r\nContent-Type: application/json\r\n\r\n${json}\r\n--xyz--`;

function queryOf({ key, finders }: ResourceDefinition, plan: Plan, isSingle: boolean): string {
  if (isSingle || plan.method === 'create' || plan.method === 'batch_create') return '';
  if (plan.method !== 'finder') return written(() => encodeBatchIds(plan.keys, key, plan.version));
  const [values, mask] = plan.criteria;
  const criteria = (key.simple ? [] : key.parts).flatMap((part, index) =>
    part === 'integrationContext' || part === 'dataProvider' || (mask >> index) & 1
      ? [`&${part}=${written(() => encodeURIComponent(values[index] ?? ''))}`]
      : [],
  );
  return `q=${finders?.[0] ?? 'x'}${criteria.join('')}`;
}

function bodyOf({ key }: ResourceDefinition, plan: Plan, isSingle: boolean): string {
  const [first] = plan.entities;
  if (isSingle || plan.method === 'create') return jsonText(first);
  if (plan.method === 'batch_create') return jsonText({ elements: plan.entities });
  const texts = plan.keys.map((each) => written(() => encodeBodyKey(each, key, plan.version)));
  return jsonText({ entities: Object.fromEntries(texts.map((text, i) => [text, plan.entities[i]])) });
}
