import { isUtf8 } from 'node:buffer';
import {
  checkLimits,
  DIALECT_VERSION_HEADER,
  decodePathKey,
  escapeRawBytes,
  inferMethod,
  type KeyParts,
  keyParts,
  locate,
  METHOD_OVERRIDE_HEADER,
  type MethodSigns,
  negotiateVersion,
  PROTOCOL_VERSION_HEADER,
  ProtocolError,
  type ProtocolVersion,
  parseJson,
  parseQuery,
  type RawParams,
  RESTLI_METHOD_HEADER,
  type ResourceDefinition,
  type RestliMethod,
  ROOTS,
  requireDialectVersion,
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
  readonly parent?: KeyParts | undefined;
  readonly path: string;
  readonly rawQuery: string;
  readonly bodyText: string;
}

const header = ({ headers }: HttpRequest, name: string): string | undefined => {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
};

export function versionOf(request: HttpRequest): ProtocolVersion {
  return negotiateVersion(header(request, PROTOCOL_VERSION_HEADER));
}

/** @throws ProtocolError NOT_FOUND for an unknown resource; ACCESS_DENIED, BAD_REQUEST for a method it does not offer */
export function readWireRequest(request: HttpRequest): WireRequest {
  if (request.path.startsWith(ROOTS.rest)) requireDialectVersion(header(request, DIALECT_VERSION_HEADER));
  const version = versionOf(request);
  checkLimits(request.rawQuery === '' ? request.path : `${request.path}?${request.rawQuery}`);
  const located = locate(request.path);
  if ('unknown' in located) throw unknownResource(located.unknown);
  const { resource, parent, rawKey } = located;
  const plain = untunnel({
    httpMethod: request.method,
    override: header(request, METHOD_OVERRIDE_HEADER),
    contentType: header(request, 'content-type'),
    rawQuery: escapeRawBytes(request.rawQuery),
    bodyText: textOf(request.body),
  });
  const params = parseQuery(plain.rawQuery, version);
  const method = methodOf(resource, {
    httpMethod: plain.httpMethod,
    hasPathKey: rawKey !== undefined || resource.isSingleton === true,
    params,
    headerMethod: header(request, RESTLI_METHOD_HEADER),
  });
  const keyOf = (raw: string, { key }: ResourceDefinition) =>
    decodePathKey(escapeRawBytes(raw), key, version);
  return {
    version,
    resource,
    method,
    params,
    key: rawKey === undefined ? null : keyOf(rawKey, resource),
    parent: parent && keyParts(keyOf(parent.rawKey, parent.resource), parent.resource),
    path: request.path,
    rawQuery: plain.rawQuery,
    bodyText: plain.bodyText,
  };
}

function textOf(body: Buffer): string {
  if (!isUtf8(body)) throw new ProtocolError('BAD_REQUEST', 'The body is not UTF-8');
  return body.toString('utf8');
}

/** A resource that takes a batch takes one record of the kind as well, with its key in the path. */
const SINGLE_KEY_METHODS: { readonly [M in RestliMethod]?: RestliMethod } = {
  get: 'batch_get',
  update: 'batch_update',
  partial_update: 'batch_partial_update',
  delete: 'batch_delete',
};

function methodOf(resource: ResourceDefinition, signs: MethodSigns): RestliMethod {
  const method = inferMethod(signs);
  const batch = SINGLE_KEY_METHODS[method];
  // The vendor answers a posting without its method header like this.
  const isUnnamedPosting = resource.name === 'simpleJobPostings' && !signs.headerMethod?.trim();
  const isOffered =
    resource.methods.includes(method) || (batch !== undefined && resource.methods.includes(batch));
  if (isOffered && !isUnnamedPosting) return method;
  if (resource.name === 'simpleJobPostings')
    throw new ProtocolError(
      'ACCESS_DENIED',
      `Not enough permissions to access: ${signs.httpMethod.toUpperCase()} /${resource.name}`,
    );
  throw new ProtocolError('BAD_REQUEST', `${resource.name} does not offer ${method}`);
}

export function unknownResource(name: string): ProtocolError {
  return new ProtocolError('NOT_FOUND', `Resource ${name.slice(0, 80)} does not exist`);
}

/** A body whatever its content type says. @throws ProtocolError BAD_REQUEST */
export function jsonBody({ bodyText }: WireRequest): Readonly<Record<string, unknown>> {
  const body = parseJson(bodyText);
  if (!isObject(body)) throw new ProtocolError('BAD_REQUEST', 'The body is not an object');
  return body;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
