import {
  encodeBatchIds,
  encodeBodyKey,
  encodePathKey,
  needsTunnel,
  type ProtocolVersion,
  RESOURCES,
  type ResourceDefinition,
  ROOTS,
  tunnel,
} from '@carrick/protocol';

/** Where requests go. */
export interface Door {
  readonly baseUrl: string;
}

/** Whose they are. */
export interface Bearer {
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test expects it to be
  readonly body: any;
}

export interface Call {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly token?: string | null;
}

export async function call(
  world: Door,
  ats: Bearer,
  { method, path, headers, body, token = ats.token }: Call,
): Promise<Answer> {
  const response = await fetch(`${world.baseUrl}${path}`, {
    method,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

export function resource(name: string, parent?: string): ResourceDefinition {
  const found = RESOURCES.find((each: ResourceDefinition) => each.name === name && each.parent === parent);
  if (!found) throw new Error(`no resource ${name}`);
  return found;
}

export interface BatchOptions {
  readonly version?: ProtocolVersion;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | null;
  /** For a child: its parent's key. */
  readonly parentKey?: readonly string[];
  /** Appended to the query. */
  readonly more?: string;
  /** Entities beside those of the keys, by their keys as text; one that is undefined is left out. */
  readonly entities?: Readonly<Record<string, unknown>>;
}

/** A batch as a faithful client writes it; `entries` are keys with, for a write, their entities. */
export async function batch(
  world: Door,
  ats: Bearer,
  method: Call['method'],
  definition: ResourceDefinition,
  entries: readonly (readonly [key: readonly string[], entity?: unknown])[],
  {
    version = '1.0.0',
    headers = {},
    parentKey,
    more = '',
    entities: extra = {},
    ...options
  }: BatchOptions = {},
): Promise<Answer> {
  const { name, parent, key: shape } = definition;
  const above =
    parent && parentKey ? `${parent}/${encodePathKey(parentKey, resource(parent).key, version)}/` : '';
  const ids = encodeBatchIds(
    entries.map(([key]) => key),
    shape,
    version,
  );
  const own = entries.map(([key, entity]) => [encodeBodyKey(key, shape, version), entity] as const);
  const entities = { ...Object.fromEntries(own), ...extra };
  const path = `${'replaces' in definition ? ROOTS.rest : ROOTS.v2}${above}${name}`;
  const query = `${ids}${more}`;
  const body = method === 'PUT' || method === 'POST' ? { body: JSON.stringify({ entities }) } : {};
  const plain = { method, path: `${path}?${query}`, headers: {}, ...body };
  const sent = needsTunnel(path, query) ? tunnel({ method, path, query, ...body }) : plain;
  return call(world, ats, {
    ...sent,
    headers: { 'X-RestLi-Protocol-Version': version, ...headers, ...sent.headers },
    ...options,
  });
}

/** Every result and error of a batch answer by the first part of its key. */
export function byId(
  answer: Answer,
  definition: ResourceDefinition,
): Map<string, { status: number; message?: string; code?: string }> {
  const part = definition.key.simple ? null : (definition.key.parts[0] ?? '');
  const idOf = (text: string) => (part === null ? text : (new URLSearchParams(text).get(part) ?? text));
  return new Map(
    [...Object.entries(answer.body.results), ...Object.entries(answer.body.errors)].map(([key, value]) => [
      idOf(key),
      value as { status: number },
    ]),
  );
}
