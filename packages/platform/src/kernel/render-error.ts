import {
  ERRORS,
  type ErrorCode,
  type ErrorDefinition,
  errorBody,
  ProtocolError,
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
 * `message`) and the app (`code`, `message`, `errorId`). Of a bug only the id is told.
 */
export function renderError(error: unknown, errorId: string): RenderedError {
  const [code, status, message] = classify(error);
  const definition: ErrorDefinition = ERRORS[code];
  return {
    level: definition.log,
    response: {
      status,
      headers: {
        'content-type': 'application/json',
        'x-restli-error-response': 'true',
        ...(definition.retry === 'later' && status !== 403
          ? { 'retry-after': String(RETRY_AFTER_SECONDS) }
          : {}),
      },
      body: JSON.stringify({ ...errorBody(code, message), status, errorId }),
    },
  };
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
