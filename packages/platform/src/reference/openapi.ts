import {
  ERRORS,
  type ErrorDefinition,
  encodeBatchIds,
  encodeBodyKey,
  exampleKey,
  quotaOf,
  type RestliMethod,
} from '@carrick/protocol';
import { type ApiResource, apiResources } from './api-resources.ts';
import { exampleOf } from './example.ts';
import { finderParameter } from './finder-parameter.ts';
import { CREATED_APPLICATION, type JsonSchema } from './read-shapes.ts';

type Json = Readonly<Record<string, unknown>>;

const JSON_TYPE = 'application/json';
const ref = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` });

/** The API as an OpenAPI 3.1 document, out of the resource table, the record schemas and the catalogue of errors. */
export function openApi(): Json {
  const resources = apiResources();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Carrick',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      summary: 'Records of an applicant tracking system, sent over Rest.li',
      description: INTRODUCTION,
    },
    servers: [{ url: '/' }],
    security: [{ customerApplication: [] }],
    tags: resources.map(({ address }) => ({ name: address, description: quotaText(address) })),
    paths: {
      '/oauth/v2/accessToken': { post: TOKEN_OPERATION },
      ...Object.fromEntries(resources.flatMap((resource) => pathsOf(resource))),
    },
    components: {
      securitySchemes: {
        customerApplication: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: '/oauth/v2/accessToken', scopes: {} } },
        },
      },
      parameters: PARAMETERS,
      headers: HEADERS,
      responses: errorResponses(),
      schemas: { ...COMMON_SCHEMAS, ...Object.fromEntries(resources.flatMap(schemasOf)) },
    },
  };
}

const INTRODUCTION = [
  'Both versions of the Rest.li protocol are spoken on every route; `X-RestLi-Protocol-Version` chooses, and absent means 1.0.0.',
  '`/v2` is the unversioned dialect, `/rest` the versioned one, which needs a `LinkedIn-Version` header.',
  'A batch answers 200 with `results` and `errors` by key: each record stands for itself.',
  'A query over 4 KB travels in the body: POST with `X-HTTP-Method-Override`.',
].join('\n\n');

const TOKEN_OPERATION: Json = {
  operationId: 'accessToken',
  summary: 'A token for half an hour',
  tags: ['oauth'],
  security: [],
  requestBody: {
    required: true,
    content: {
      'application/x-www-form-urlencoded': {
        schema: {
          type: 'object',
          required: ['grant_type', 'client_id', 'client_secret'],
          properties: {
            grant_type: { const: 'client_credentials' },
            client_id: { type: 'string' },
            client_secret: { type: 'string' },
          },
        },
      },
    },
  },
  responses: {
    200: {
      description: 'The token',
      content: {
        [JSON_TYPE]: {
          schema: {
            type: 'object',
            required: ['access_token', 'expires_in'],
            properties: {
              access_token: { type: 'string' },
              expires_in: { type: 'integer', description: 'Seconds' },
            },
          },
        },
      },
    },
    400: oauthRefusal('A parameter is missing, or the client id is unknown'),
    401: oauthRefusal('The secret is wrong, or the application may not have tokens'),
  },
};

function oauthRefusal(description: string): Json {
  const properties = { error: { type: 'string' }, error_description: { type: 'string' } };
  return { description, content: { [JSON_TYPE]: { schema: { type: 'object', properties } } } };
}

const VERBS = {
  get: 'get',
  batch_get: 'get',
  finder: 'get',
  batch_finder: 'get',
  get_all: 'get',
  create: 'post',
  batch_create: 'post',
  partial_update: 'post',
  batch_partial_update: 'post',
  action: 'post',
  update: 'put',
  batch_update: 'put',
  delete: 'delete',
  batch_delete: 'delete',
} as const satisfies Record<RestliMethod, string>;

/** Methods on one record, whose key stands in the path. A resource that takes a batch takes one record as well. */
const SINGLE: { readonly [M in RestliMethod]?: RestliMethod } = {
  batch_get: 'get',
  batch_update: 'update',
  batch_partial_update: 'partial_update',
  batch_delete: 'delete',
};
const KEYED: readonly RestliMethod[] = ['get', 'update', 'partial_update', 'delete', 'action'];

function pathsOf(resource: ApiResource): [string, Json][] {
  const { methods, isSingleton } = resource.definition;
  const onPath = methods.filter((method) => isSingleton === true || !KEYED.includes(method));
  const onKey = [
    ...methods.filter((method) => isSingleton !== true && KEYED.includes(method)),
    ...methods.flatMap((method) => SINGLE[method] ?? []),
  ];
  const above = resource.path.includes('{parentKey}') ? [ref('parameters', 'parentKey')] : [];
  const versions = [
    ref('parameters', 'protocolVersion'),
    ...(resource.base === 'rest' ? [ref('parameters', 'dialectVersion')] : []),
  ];
  return [
    [resource.path, onPath, [...above, ...versions]] as const,
    [`${resource.path}/{key}`, onKey, [...above, ref('parameters', 'key'), ...versions]] as const,
  ]
    .filter(([, offered]) => offered.length > 0)
    .map(([path, offered, parameters]) => [path, { parameters, ...operationsOf(resource, offered) }]);
}

/** One operation for each verb; several methods of one verb differ by their query and share it. */
function operationsOf(resource: ApiResource, methods: readonly RestliMethod[]): Json {
  const byVerb = Map.groupBy(new Set(methods), (method) => VERBS[method]);
  return Object.fromEntries([...byVerb].map(([verb, group]) => [verb, operationOf(resource, group)]));
}

function operationOf(resource: ApiResource, methods: readonly RestliMethod[]): Json {
  const { definition, address } = resource;
  const parameters = [...new Set(methods.flatMap((method) => parametersOf(method)))];
  const bodies = methods.flatMap((method) => bodyOf(resource, method) ?? []);
  const criteria = (methods.includes('finder') && definition.criteria) || [];
  return {
    operationId: `${address.replaceAll('/', '.')}.${methods.join('-or-')}`,
    tags: [address],
    summary: `${methods.join(' or ')} of ${definition.kind} records`,
    'x-restli-methods': methods,
    ...(methods.includes('finder') && definition.finders ? { 'x-restli-finders': definition.finders } : {}),
    ...(methods.includes('action') && definition.actions ? { 'x-restli-actions': definition.actions } : {}),
    parameters: [
      ...parameters
        .filter((name) => !criteria.some((criterion) => criterion.name === name))
        .map((name) =>
          name === 'ids' ? idsParameter(resource, methods.length > 1) : ref('parameters', name),
        ),
      ...criteria.map((criterion) => finderParameter(criterion, definition)),
    ],
    ...(bodies.length === 0
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              [JSON_TYPE]: {
                schema: oneOf(bodies.map(({ schema }) => schema)),
                examples: examplesOf(bodies),
              },
            },
          },
        }),
    responses: responsesOf(resource, methods),
  };
}

function parametersOf(method: RestliMethod): string[] {
  if (method === 'finder') return ['restliMethod', 'q', 'start', 'count', 'fields'];
  if (method === 'batch_get' || method === 'get')
    return ['restliMethod', ...(method === 'get' ? [] : ['ids']), 'fields'];
  if (method === 'action') return ['restliMethod', 'action'];
  return method.startsWith('batch_') && method !== 'batch_create'
    ? ['restliMethod', 'ids']
    : ['restliMethod'];
}

function idsParameter({ definition }: ApiResource, isOneOfSeveral: boolean): Json {
  const keys = [exampleKey(definition)];
  const example = (version: '1.0.0' | '2.0.0') => ({
    summary: `Protocol ${version}`,
    value: encodeBatchIds(keys, definition.key, version),
  });
  const parts = definition.key.simple ? 'Plain ids' : `Keys of ${definition.key.parts.join(', ')}`;
  return {
    name: 'ids',
    in: 'query',
    required: !isOneOfSeveral,
    description: `${parts}, at most 100. The examples show the whole query.`,
    allowReserved: true,
    schema: { type: 'string' },
    examples: { 'protocol-1': example('1.0.0'), 'protocol-2': example('2.0.0') },
  };
}

interface Body {
  readonly method: RestliMethod;
  readonly schema: Json;
  readonly example: unknown;
}

function bodyOf(resource: ApiResource, method: RestliMethod): Body | null {
  const { definition, schema } = resource;
  const record = schema ? ref('schemas', schemaName(resource)) : { type: 'object' };
  const example = exampleOf(resource);
  const wireKey = encodeBodyKey(exampleKey(definition), definition.key, '1.0.0');
  const map = (content: Json, value: unknown): Body => ({
    method,
    schema: object({ entities: { type: 'object', additionalProperties: content } }, ['entities']),
    example: { entities: { [wireKey]: value } },
  });
  switch (method) {
    case 'batch_update':
      return map(record, example);
    case 'batch_partial_update':
      return map(PATCH, { patch: { $set: firstField(example) } });
    case 'batch_create':
      return {
        method,
        schema: object({ elements: { type: 'array', maxItems: 100, items: record } }, ['elements']),
        example: { elements: [example] },
      };
    case 'create':
    case 'update':
      return { method, schema: record, example };
    case 'partial_update':
      return { method, schema: PATCH, example: { patch: { $set: firstField(example) } } };
    default:
      return null;
  }
}

const PATCH: Json = ref('schemas', 'Patch');

function firstField(example: Json): Json {
  return Object.fromEntries(Object.entries(example).slice(0, 1));
}

function examplesOf(bodies: readonly Body[]): Json {
  return Object.fromEntries(bodies.map(({ method, example }) => [method, { value: example }]));
}

function oneOf(schemas: readonly (Json | JsonSchema)[]): Json | JsonSchema {
  const [only, ...others] = schemas;
  return only && others.length === 0 ? only : { oneOf: schemas };
}

/** Errors that every call of a resource may answer. */
const EVERY_CALL = [400, 401, 403, 411, 413, 414, 429, 500, 503];

function responsesOf(resource: ApiResource, methods: readonly RestliMethod[]): Json {
  const bodies = methods.map((method) => answerSchema(resource, method));
  const [first = 'batch_get'] = methods;
  const isEmpty = bodies.every((body) => body === null);
  const status = first === 'create' ? 201 : isEmpty ? 204 : 200;
  const statuses = [
    ...EVERY_CALL,
    ...(resource.base === 'rest' ? [426] : []),
    ...(isEmpty ? [404, 422] : []),
  ];
  return {
    [status]: {
      description: isEmpty ? 'Done' : 'Answered; of a batch every key by itself',
      headers: Object.fromEntries(Object.keys(HEADERS).map((name) => [name, ref('headers', name)])),
      ...(isEmpty
        ? {}
        : { content: { [JSON_TYPE]: { schema: oneOf(bodies.filter((body) => body !== null)) } } }),
    },
    ...Object.fromEntries(statuses.sort().map((code) => [code, ref('responses', `Refused${code}`)])),
  };
}

function answerSchema(resource: ApiResource, method: RestliMethod): Json | JsonSchema | null {
  const read =
    resource.readSchema || resource.schema ? ref('schemas', readName(resource)) : { type: 'object' };
  switch (method) {
    case 'get':
      return read;
    case 'action':
      return object({ value: { type: 'object' } }, ['value']);
    case 'batch_get':
      return object({ results: mapOf(read), errors: mapOf(ERROR), statuses: { type: 'object' } }, [
        'results',
        'errors',
      ]);
    case 'batch_update':
    case 'batch_partial_update':
    case 'batch_delete':
      return ref('schemas', 'BatchAnswer');
    case 'batch_create':
      return ref('schemas', 'BatchCreateAnswer');
    case 'finder':
    case 'get_all':
    case 'batch_finder':
      return object({ elements: { type: 'array', items: read }, paging: ref('schemas', 'Paging') }, [
        'elements',
        'paging',
      ]);
    case 'create':
      return resource.definition.kind === 'provisionedApplication' ? CREATED_APPLICATION : null;
    case 'update':
    case 'partial_update':
    case 'delete':
      return null;
  }
}

const ERROR: Json = ref('schemas', 'Error');
const mapOf = (content: Json): Json => ({ type: 'object', additionalProperties: content });
const object = (properties: Json, required: readonly string[] = []): Json => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
});

const schemaName = ({ address }: ApiResource): string => address.replaceAll('/', '.');
const readName = (resource: ApiResource): string => `${schemaName(resource)}.answer`;

function schemasOf(resource: ApiResource): [string, JsonSchema | Json][] {
  const { schema, readSchema } = resource;
  const named: [string, JsonSchema | Json][] = schema ? [[schemaName(resource), schema]] : [];
  if (schema && readSchema)
    named.push([readName(resource), { allOf: [ref('schemas', schemaName(resource)), readSchema] }]);
  else if (schema ?? readSchema)
    named.push([readName(resource), readSchema ?? ref('schemas', schemaName(resource))]);
  return named;
}

const COMMON_SCHEMAS: Json = {
  Error: object(
    {
      status: { type: 'integer' },
      message: { type: 'string' },
      serviceErrorCode: { type: 'integer' },
      code: { type: 'string', enum: Object.keys(ERRORS) },
      errorDetails: { type: 'object' },
    },
    ['status', 'message'],
  ),
  Status: object({ status: { type: 'integer' } }, ['status']),
  BatchAnswer: object({ results: mapOf(ref('schemas', 'Status')), errors: mapOf(ERROR) }, [
    'results',
    'errors',
  ]),
  BatchCreateAnswer: object(
    {
      elements: {
        type: 'array',
        description: 'In the order of the request.',
        items: object(
          { status: { type: 'integer' }, id: { type: 'string' }, location: { type: 'string' }, error: ERROR },
          ['status'],
        ),
      },
    },
    ['elements'],
  ),
  Patch: object(
    {
      patch: object({
        $set: { type: 'object' },
        $delete: { type: 'array', items: { type: 'string' } },
      }),
    },
    ['patch'],
  ),
  Paging: object(
    {
      start: { type: 'integer' },
      count: { type: 'integer' },
      total: { type: 'integer' },
      links: {
        type: 'array',
        items: object({
          rel: { type: 'string', enum: ['prev', 'next'] },
          href: { type: 'string' },
          type: { type: 'string' },
        }),
      },
    },
    ['start', 'count', 'links'],
  ),
};

const query = (name: string, description: string, schema: Json): Json => ({
  name,
  in: 'query',
  description,
  schema,
});
const header = (name: string, description: string, schema: Json, required = false): Json => ({
  name,
  in: 'header',
  description,
  required,
  schema,
});

const PARAMETERS: Json = {
  protocolVersion: header('X-RestLi-Protocol-Version', 'Absent means 1.0.0.', { enum: ['1.0.0', '2.0.0'] }),
  dialectVersion: header(
    'LinkedIn-Version',
    'YYYYMM, from 202504 on.',
    { type: 'string', examples: ['202602'] },
    true,
  ),
  restliMethod: header('X-RestLi-Method', 'Needed for batch_create; else it follows from the request.', {
    type: 'string',
  }),
  key: {
    name: 'key',
    in: 'path',
    required: true,
    description: 'The key of one record.',
    schema: { type: 'string' },
  },
  parentKey: {
    name: 'parentKey',
    in: 'path',
    required: true,
    description: 'The key of the record above, in one path segment.',
    schema: { type: 'string' },
  },
  q: query('q', 'The name of the finder.', { type: 'string' }),
  action: query('action', 'The name of the action.', { type: 'string' }),
  start: query('start', 'Of a page; 0, if not given.', { type: 'integer', minimum: 0 }),
  count: query('count', 'Of a page; 10, if not given.', { type: 'integer', minimum: 0 }),
  fields: query('fields', 'Only these fields: a,b:(c).', { type: 'string' }),
};

const HEADERS: Json = {
  'x-li-uuid': {
    description: 'Names this answer in the request log.',
    schema: { type: 'string', format: 'uuid' },
  },
  'RateLimit-Policy': { description: 'The limits of this resource.', schema: { type: 'string' } },
  RateLimit: { description: 'What is left of each, and for how many seconds.', schema: { type: 'string' } },
};

function errorResponses(): Json {
  const definitions = Object.entries<ErrorDefinition>(ERRORS);
  const byStatus = Map.groupBy(definitions, ([, { status }]) => status);
  const example = (code: string, { status, serviceErrorCode, message }: ErrorDefinition) => ({
    value: { status, code, serviceErrorCode, message },
  });
  return Object.fromEntries(
    [...byStatus].map(([status, errors]) => [
      `Refused${status}`,
      {
        description: errors.map(([, { message }]) => message).join(' / '),
        ...(status === 429
          ? { headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } } }
          : {}),
        content: {
          [JSON_TYPE]: {
            schema: ERROR,
            examples: Object.fromEntries(errors.map(([code, error]) => [code, example(code, error)])),
          },
        },
      },
    ]),
  );
}

export function quotaText(address: string): string {
  return `At most ${quotaOf(address)
    .limits.map(({ unit, per, most }) => `${most.toLocaleString('en')} ${unit} a ${per}`)
    .join(', ')}.`;
}
