import { DIALECT_VERSION_HEADER, ROOTS, requireDialectVersion } from './dialect.ts';
import { ProtocolError } from './errors.ts';
import { parseJson } from './json.ts';
import { type Located, locate } from './locate.ts';
import type { ResourceDefinition } from './resources.ts';
import { REST_RESOURCES, type RestResource } from './resources-rest.ts';
import {
  inferMethod,
  METHOD_OVERRIDE_HEADER,
  negotiateVersion,
  type PlainRequest,
  PROTOCOL_VERSION_HEADER,
  parseQuery,
  type RawParams,
  RESTLI_METHOD_HEADER,
  RestliError,
  type RestliMethod,
  untunnel,
} from './restli/index.ts';

/** A request that somebody recorded. Header names in lower case. */
export interface RecordedCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface DialectFinding {
  readonly rule:
    | 'version'
    | 'absent'
    | 'unseen'
    | 'path'
    | 'method'
    | 'key'
    | 'parameter'
    | 'field'
    | 'length'
    | 'unreadable';
  readonly message: string;
}

/** Why the versioned dialect would reject a call of /v2; null for a call that is none of /v2. */
export function lintCall(call: RecordedCall): readonly DialectFinding[] | null {
  const path = pathOf(call.url);
  if (!path.startsWith(ROOTS.v2)) return null;
  const located = locate(path);
  const name = 'unknown' in located ? located.unknown : nameOf(located);
  const rest: RestResource | undefined = REST_RESOURCES.find(({ replaces }) => replaces === name);
  if ('unknown' in located || !rest)
    return [
      ...versionFindings(call),
      finding('absent', `${name} has no documented counterpart under ${ROOTS.rest}`),
    ];
  return [...versionFindings(call), ...pathFindings(located, rest), ...requestFindings(call, located, rest)];
}

const finding = (rule: DialectFinding['rule'], message: string): DialectFinding => ({ rule, message });

function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] ?? '';
}

function nameOf({ resource }: Located): string {
  return resource.parent === undefined ? resource.name : `${resource.parent}/${resource.name}`;
}

function versionFindings({ headers }: RecordedCall): DialectFinding[] {
  try {
    requireDialectVersion(headers[DIALECT_VERSION_HEADER.toLowerCase()]);
    return [];
  } catch (error) {
    if (error instanceof ProtocolError) return [finding('version', error.message)];
    throw error;
  }
}

function pathFindings(located: Located, rest: RestResource): DialectFinding[] {
  const { resource, parent } = located;
  const findings: DialectFinding[] = [];
  if (rest.isUnseen)
    findings.push(
      finding('unseen', `${ROOTS.rest}${rest.name}: only its key is known, no body was ever documented`),
    );
  if (parent && !rest.key.simple)
    findings.push(
      finding(
        'path',
        `${nameOf(located)} is ${ROOTS.rest}${rest.name}, with a flat key: ${rest.key.parts.join(', ')}`,
      ),
    );
  else if (resource.name !== rest.name)
    findings.push(finding('path', `${nameOf(located)} is ${ROOTS.rest}${rest.name}`));
  const gone = [...shapeParts(parent?.resource), ...shapeParts(resource)];
  const known = new Set(rest.key.simple ? ['id'] : rest.key.parts);
  const renamed = new Map(Object.entries(rest.parts).map(([here, there]) => [there, here]));
  for (const part of new Set(gone)) {
    const now = renamed.get(part);
    if (now !== undefined) findings.push(finding('key', `the key part ${part} is called ${now}`));
    else if (!known.has(part)) findings.push(finding('key', `the key has no ${part} any more`));
  }
  return findings;
}

const shapeParts = (resource: ResourceDefinition | undefined): readonly string[] =>
  resource === undefined || resource.key.simple ? [] : resource.key.parts;

function requestFindings(call: RecordedCall, located: Located, rest: RestResource): DialectFinding[] {
  try {
    const plain = untunnel({
      httpMethod: call.method,
      override: call.headers[METHOD_OVERRIDE_HEADER.toLowerCase()],
      contentType: call.headers['content-type'],
      rawQuery: queryOf(call.url),
      bodyText: call.body,
    });
    const version = negotiateVersion(call.headers[PROTOCOL_VERSION_HEADER.toLowerCase()]);
    const params = parseQuery(plain.rawQuery, version);
    const method = inferMethod({
      httpMethod: plain.httpMethod,
      hasPathKey: located.rawKey !== undefined,
      params,
      headerMethod: call.headers[RESTLI_METHOD_HEADER.toLowerCase()],
    });
    return [
      ...methodFindings(method, rest),
      ...parameterFindings(params, method, rest),
      ...bodyFindings(plain, method, rest),
    ];
  } catch (error) {
    if (error instanceof ProtocolError || error instanceof RestliError)
      return [finding('unreadable', error.message)];
    throw error;
  }
}

function queryOf(url: string): string {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : (url.slice(mark + 1).split('#', 1)[0] ?? '');
}

function methodFindings(method: RestliMethod, { name, methods }: RestResource): DialectFinding[] {
  const offered: readonly string[] = methods;
  return offered.includes(method) || offered.includes(`batch_${method}`)
    ? []
    : [finding('method', `${ROOTS.rest}${name} is not documented to offer ${method}`)];
}

/** Criteria and fields of projections that have other names. */
function parameterFindings(params: RawParams, method: RestliMethod, rest: RestResource): DialectFinding[] {
  const criteria =
    method !== 'finder' ? [] : Object.entries(rest.parts).filter(([, there]) => params.values.has(there));
  const fields = params.projections.get('fields') ?? '';
  const projected = Object.entries(rest.fields).filter(
    ([here, there]) => here !== there && new RegExp(`(^|[^\\w])${there}($|[^\\w])`).test(fields),
  );
  return [...criteria, ...projected].map(([here, there]) =>
    finding('parameter', `${there} in the query is called ${here}`),
  );
}

function bodyFindings(
  { bodyText }: PlainRequest,
  method: RestliMethod,
  rest: RestResource,
): DialectFinding[] {
  if (bodyText === '') return [];
  const records = recordsOf(parseJson(bodyText), method);
  const findings = new Map<string, DialectFinding>();
  for (const record of records) {
    for (const [here, there] of Object.entries(rest.fields)) {
      if (here !== there && Object.hasOwn(record, there))
        findings.set(there, finding('field', `the field ${there} is called ${here}`));
    }
    for (const [field, most] of Object.entries(rest.longest ?? {})) {
      const value = record[field];
      if (typeof value === 'string' && value.length > most)
        findings.set(field, finding('length', `${field} has at most ${most} characters`));
    }
  }
  return [...findings.values()];
}

type Fields = Readonly<Record<string, unknown>>;

/** What a body holds of records: whole ones, and those parts that a patch sets or deletes. */
function recordsOf(body: unknown, method: RestliMethod): Fields[] {
  const { entities, elements } = fieldsOf(body);
  const values = method.startsWith('batch_') ? Object.values(fieldsOf(entities ?? elements)) : [body];
  return values.flatMap((value) => {
    const { patch } = fieldsOf(value);
    if (patch === undefined) return [fieldsOf(value)];
    const { $set, $delete, ...children } = fieldsOf(patch);
    const removed = Array.isArray($delete) ? $delete.map((field) => [String(field), null]) : [];
    return [fieldsOf($set), Object.fromEntries(removed), children];
  });
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}; // of an array the names are its indexes
}
