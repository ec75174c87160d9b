import { isUtf8 } from 'node:buffer';
import {
  checkLimits,
  decodePathKey,
  escapeRawBytes,
  inferMethod,
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
  untunnel,
} from '@carrick/protocol';
import type { HttpRequest } from '../kernel/http.ts';
import { type PartOf, partsOf } from './address.ts';

/** A request as the protocol means it: out of its tunnel, with its method, on one resource. */
export interface WireRequest {
  readonly version: ProtocolVersion;
  readonly resource: ResourceDefinition;
  readonly method: RestliMethod;
  readonly params: RawParams;
  /** The key parts of the parent that the path names. */
  readonly parent?: PartOf;
  readonly path: string;
  readonly rawQuery: string;
  readonly bodyText: string;
}

export const ROOT = '/v2/';

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
  const { resource, parentKey, hasPathKey } = locate(request.path);
  if (!isUtf8(request.body)) throw new ProtocolError('BAD_REQUEST', 'The body is not UTF-8');
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
    hasPathKey,
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

function locate(path: string): { resource: ResourceDefinition; parentKey?: string; hasPathKey: boolean } {
  // Split before anything is decoded: a key may hold an escaped slash.
  const segments = path.slice(ROOT.length).split('/');
  const [first = '', second, third] = segments;
  if (segments.length === 3) {
    const child = RESOURCES.find((each: ResourceDefinition) => each.parent === first && each.name === third);
    if (child)
      return { resource: child, ...(second === undefined ? {} : { parentKey: second }), hasPathKey: false };
  } else if (segments.length < 3) {
    const found = RESOURCES.find(
      (each: ResourceDefinition) => each.parent === undefined && each.name === first,
    );
    if (found) return { resource: found, hasPathKey: second !== undefined };
  }
  throw new ProtocolError('NOT_FOUND', `Resource ${(third ?? first).slice(0, 80)} does not exist`);
}

function definitionOf(name: string): ResourceDefinition {
  const found = RESOURCES.find((each: ResourceDefinition) => each.name === name && each.parent === undefined);
  if (!found) throw new Error(`no resource ${name}`);
  return found;
}

/** An object at `name` of a JSON body. @throws ProtocolError BAD_REQUEST */
export function bodyMember(bodyText: string, name: 'entities' | 'elements'): unknown {
  let body: unknown;
  try {
    body = JSON.parse(bodyText);
  } catch (cause) {
    throw new ProtocolError('BAD_REQUEST', 'The body is not JSON', { cause });
  }
  if (!isObject(body)) throw new ProtocolError('BAD_REQUEST', 'The body is not an object');
  return body[name];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
