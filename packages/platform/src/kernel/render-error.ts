import type { IncomingHttpHeaders } from 'node:http';
import {
  ERRORS,
  type ErrorCode,
  type ErrorDefinition,
  errorBody,
  negotiateVersion,
  PROTOCOL_VERSION_HEADER,
  ProtocolError,
  type ProtocolVersion,
  RestliError,
} from '@carrick/protocol';

export interface RenderedError {
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: string;
  };
  readonly level: ErrorDefinition['log'];
}

const RETRY_AFTER_SECONDS = 5;

/**
 * The answer to a request that was refused or failed. One body serves the wire (`status`, `code`, `serviceErrorCode`,
 * `message`) and the app (`code`, `message`, `requestId`). Of a bug only the id is told. `version` is that of a request of the wire.
 */
export function renderError(error: unknown, requestId: string, version?: ProtocolVersion): RenderedError {
  const [code, status, message] = classify(error);
  const definition: ErrorDefinition = ERRORS[code];
  return {
    level: definition.log,
    response: {
      status,
      headers: {
        'content-type': 'application/json',
        [version === '1.0.0' ? 'x-linkedin-error-response' : 'x-restli-error-response']: 'true',
        ...(version === undefined ? {} : { [PROTOCOL_VERSION_HEADER]: version }),
        // The vendor's gateway refuses these before the resource is reached.
        ...(GATEWAY_CODES.has(code) ? { 'x-restli-gateway-error': 'true' } : {}),
        ...(definition.retry === 'later' && status !== 403 ? { 'retry-after': retryAfter(error) } : {}),
      },
      body: JSON.stringify({ ...errorBody(code, message), status, requestId }),
    },
  };
}

const GATEWAY_CODES: ReadonlySet<ErrorCode> = new Set(['VERSION_MISSING', 'NONEXISTENT_VERSION']);

/** The version in which a request is refused, also when it names none that exists: then the newest. */
export function refusalVersion(headers: IncomingHttpHeaders): ProtocolVersion {
  const sent = headers[PROTOCOL_VERSION_HEADER.toLowerCase()];
  try {
    return negotiateVersion(Array.isArray(sent) ? sent[0] : sent);
  } catch {
    return '2.0.0';
  }
}

function retryAfter(error: unknown): string {
  const ms = error instanceof ProtocolError ? error.retryAfterMs : undefined;
  return String(ms === undefined ? RETRY_AFTER_SECONDS : Math.max(1, Math.ceil(ms / 1000)));
}

function classify(error: unknown): [code: ErrorCode, status: number, message?: string] {
  if (error instanceof ProtocolError) return [error.code, error.status, error.message];
  if (error instanceof RestliError) return [codeOfStatus(error.status), error.status, error.message];
  // What the HTTP server refuses by itself (a content type that is none, a length that is not true) carries its status.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) return [codeOfStatus(status), status];
  return ['INTERNAL', ERRORS.INTERNAL.status];
}

const GENERAL_CODES = [
  'BAD_REQUEST',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'LENGTH_REQUIRED',
  'BODY_TOO_LARGE',
  'URI_TOO_LONG',
] as const satisfies readonly ErrorCode[];

function codeOfStatus(status: number): ErrorCode {
  return GENERAL_CODES.find((code) => ERRORS[code].status === status) ?? 'BAD_REQUEST';
}
