import {
  checkLimits,
  decodePathKey,
  escapeRawBytes,
  inferMethod,
  type KeyShape,
  METHOD_OVERRIDE_HEADER,
  type MethodSigns,
  negotiateVersion,
  PROTOCOL_VERSION_HEADER,
  ProtocolError,
  type ProtocolVersion,
  parseQuery,
  type RawParams,
  RESOURCES,
  RESTLI_METHOD_HEADER,
  type ResourceDefinition,
  type RestliMethod,
  type TypedKey,
  untunnel,
} from '@carrick/protocol';
import type { HttpRequest } from './http.ts';

/** A request as the protocol means it: out of its tunnel, with its method, on one resource. */
export interface WireRequest {
  readonly version: ProtocolVersion;
  readonly resource: ResourceDefinition;
  readonly method: RestliMethod;
  readonly params: RawParams;
  /** The key at the end of the path. */
  readonly key: TypedKey | null;
  /** The key parts of the parent that the path names. */
  readonly parent?: PartOf;
  readonly path: string;
  readonly rawQuery: string;
  readonly bodyText: string;
}

const ROOT = '/v2/';

const header = ({ headers }: HttpRequest, name: string): string | undefined => {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
};

export function versionOf(request: HttpRequest): ProtocolVersion {
  return negotiateVersion(header(request, PROTOCOL_VERSION_HEADER));
}

/** @throws ProtocolError NOT_FOUND for an unknown resource; ACCESS_DENIED, BAD_REQUEST for a method it does not offer */
export function readWireRequest(request: HttpRequest): WireRequest {
  const version = versionOf(request);
  checkLimits(request.rawQuery === '' ? request.path : `${request.path}?${request.rawQuery}`);
  const { resource, parentKey, pathKey } = locate(request.path);
  const plain = untunnel({
    httpMethod: request.method,
    override: header(request, METHOD_OVERRIDE_HEADER),
    contentType: header(request, 'content-type'),
    rawQuery: escapeRawBytes(request.rawQuery),
    bodyText: request.body.toString('utf8'),
  });
  const params = parseQuery(plain.rawQuery, version);
  const method = methodOf(resource, {
    httpMethod: plain.httpMethod,
    hasPathKey: pathKey !== undefined || resource.isSingleton === true,
    params,
    headerMethod: header(request, RESTLI_METHOD_HEADER),
  });
  const parentShape = resource.parent && definitionOf(resource.parent).key;
  const parent =
    parentShape && parentKey !== undefined
      ? partsOf(decodePathKey(escapeRawBytes(parentKey), parentShape, version), parentShape)
      : undefined;
  return {
    version,
    resource,
    method,
    params,
    key: pathKey === undefined ? null : decodePathKey(escapeRawBytes(pathKey), resource.key, version),
    parent,
    path: request.path,
    rawQuery: plain.rawQuery,
    bodyText: plain.bodyText,
  };
}

function methodOf(resource: ResourceDefinition, signs: MethodSigns): RestliMethod {
  const method = inferMethod(signs);
  if (resource.methods.includes(method)) return method;
  // The vendor answers a posting without its method header like this.
  if (resource.name === 'simpleJobPostings')
    throw new ProtocolError(
      'ACCESS_DENIED',
      `Not enough permissions to access: ${signs.httpMethod.toUpperCase()} /${resource.name}`,
    );
  throw new ProtocolError('BAD_REQUEST', `${resource.name} does not offer ${method}`);
}

interface Located {
  readonly resource: ResourceDefinition;
  readonly parentKey?: string | undefined;
  readonly pathKey?: string | undefined;
}

function locate(path: string): Located {
  // Split before anything is decoded: a key may hold an escaped slash. Some clients end the path with one of their own.
  const segments = path.slice(ROOT.length).replace(/\/$/, '').split('/');
  const [first = '', second, third] = segments;
  if (segments.length === 3) {
    const child = RESOURCES.find((each: ResourceDefinition) => each.parent === first && each.name === third);
    if (child) return { resource: child, parentKey: second };
  } else if (segments.length < 3) {
    const found = RESOURCES.find(
      (each: ResourceDefinition) => each.parent === undefined && each.name === first,
    );
    if (found && !(second !== undefined && 'isSingleton' in found))
      return { resource: found, pathKey: second };
  }
  throw new ProtocolError('NOT_FOUND', `Resource ${(third ?? first).slice(0, 80)} does not exist`);
}

function definitionOf(name: string): ResourceDefinition {
  const found = RESOURCES.find((each: ResourceDefinition) => each.name === name && each.parent === undefined);
  if (!found) throw new Error(`no resource ${name}`);
  return found;
}

/** The parts of a key by name. */
export type PartOf = (name: string) => string | undefined;

/** A simple key is its record's `id`. A child's key is preceded by the parts of its parent's. */
export function partsOf(key: TypedKey, shape: KeyShape, parent?: PartOf): PartOf {
  return (name) =>
    (shape.simple ? (name === 'id' ? key[0] : undefined) : key[shape.parts.indexOf(name)]) ?? parent?.(name);
}

/** A body whatever its content type says. @throws ProtocolError BAD_REQUEST */
export function jsonBody({ bodyText }: WireRequest): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(bodyText);
  } catch (cause) {
    throw new ProtocolError('BAD_REQUEST', 'The body is not JSON', { cause });
  }
  if (!isObject(body)) throw new ProtocolError('BAD_REQUEST', 'The body is not an object');
  return body;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
