import {
  DIALECT_VERSION_HEADER,
  decodeBatchIds,
  decodePathKey,
  escapeRawBytes,
  inferMethod,
  keyIdentity,
  keyParts,
  matchEntities,
  negotiateVersion,
  PROTOCOL_VERSION_HEADER,
  type ProtocolVersion,
  parseQuery,
  type RawParams,
  RESOURCES,
  REST_RESOURCES,
  RESTLI_METHOD_HEADER,
  type ResourceDefinition,
  type RestliMethod,
  recordFromWire,
  type TypedKey,
  untunnel,
} from '@carrick/protocol';
import type { NewmanRequest } from './newman.ts';

export interface Exchange {
  readonly name: string;
  readonly verb: string;
  readonly path: string;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** The answer's JSON; null where it is empty. */
  readonly answer: unknown;
  readonly hasToken: boolean;
  /** What it means on the wire; null outside of /v2 and /rest. */
  readonly call: WireCall | null;
}

export interface WireCall {
  readonly version: ProtocolVersion;
  readonly resource: ResourceDefinition;
  readonly method: RestliMethod;
  readonly params: RawParams;
  readonly keys: readonly WireKey[];
  /** Of a batch create, in order. */
  readonly elements: readonly unknown[];
}

export interface WireKey {
  readonly key: TypedKey;
  /** A name of ours for the record: the same through both dialects. */
  readonly identity: string;
  /** What was sent for it, under the names of /v2. */
  readonly value?: unknown;
}

const header = (headers: Record<string, string>, name: string): string | undefined =>
  Object.entries(headers).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];

export function exchangeOf({ item, request, response }: NewmanRequest): Exchange {
  if (!response) throw new Error(`${item.name}: no answer came`);
  const url = request.url.toString();
  const target = url.replace(/^https?:\/\/[^/]*/, '');
  const [path = '', query = ''] = target.split('?');
  const sent = request.headers.toObject();
  const text = response.stream?.toString('utf8') ?? '';
  return {
    name: item.name,
    verb: request.method,
    path,
    status: response.code,
    headers: new Map(
      Object.entries(response.headers.toObject()).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    answer: text === '' ? null : JSON.parse(text),
    hasToken: header(sent, 'authorization') !== undefined,
    call: callOf(request.method, path, query, sent, request.body?.toString() ?? ''),
  };
}

function callOf(
  verb: string,
  path: string,
  query: string,
  headers: Record<string, string>,
  body: string,
): WireCall | null {
  const [, root = '', first = '', second, third] = path.split('/');
  if (root !== 'v2' && root !== 'rest') return null;
  const table: readonly ResourceDefinition[] = root === 'rest' ? REST_RESOURCES : RESOURCES;
  const parentDefinition = third === undefined ? undefined : table.find(({ name }) => name === first);
  const resource = third
    ? table.find((each) => each.parent === first && each.name === third)
    : table.find((each) => each.parent === undefined && each.name === first);
  if (!resource) throw new Error(`no resource at ${path}`);
  if (root === 'rest' && header(headers, DIALECT_VERSION_HEADER) === undefined)
    throw new Error(`no version: ${path}`);
  const version = negotiateVersion(header(headers, PROTOCOL_VERSION_HEADER));
  const plain = untunnel({
    httpMethod: verb,
    override: header(headers, 'x-http-method-override'),
    contentType: header(headers, 'content-type'),
    rawQuery: escapeRawBytes(query),
    bodyText: body,
  });
  const params = parseQuery(plain.rawQuery, version);
  const method = inferMethod({
    httpMethod: plain.httpMethod,
    hasPathKey: (second ?? '') !== '' && third === undefined,
    params,
    headerMethod: header(headers, RESTLI_METHOD_HEADER),
  });
  const parent =
    parentDefinition &&
    keyParts(decodePathKey(escapeRawBytes(second ?? ''), parentDefinition.key, version), parentDefinition);
  const json = (plain.bodyText === '' ? {} : JSON.parse(plain.bodyText)) as {
    entities?: Record<string, unknown>;
    elements?: unknown[];
  };
  const identity = (key: TypedKey) => identityOf(resource, keyParts(key, resource, parent));
  const ids = params.ids ? decodeBatchIds(params, resource.key, version) : { keys: [], malformed: [] };
  const values = new Map<string, unknown>();
  if (json.entities && params.ids) {
    const sent = new Map(ids.keys.map((key) => [keyIdentity(key), key]));
    for (const { key, value } of matchEntities(
      new Map(Object.entries(json.entities)),
      sent,
      resource.key,
      version,
      ids.malformed,
    ))
      values.set(keyIdentity(key), recordFromWire(resource, value));
  }
  const keys = ids.keys.map((key) => ({ key, identity: identity(key), value: values.get(keyIdentity(key)) }));
  return { version, resource, method, params, keys, elements: json.elements ?? [] };
}

/** Parts of a key that name the record, each kind's by itself; the context is the run's own. */
const NAMING = [
  'atsCandidateId',
  'atsJobApplicationId',
  'id',
  'atsEntityId',
  'atsEntityAclId',
  'integrationType',
];

function identityOf({ kind }: ResourceDefinition, parts: { get(name: string): string | undefined }): string {
  return JSON.stringify([kind, ...NAMING.flatMap((name) => parts.get(name) ?? [])]);
}
