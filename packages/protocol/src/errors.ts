/**
 * The error catalogue: every code the platform answers with, once. Status, log level and retry advice follow from it,
 * and so do the generated documentation and the client's behaviour.
 */
export interface ErrorDefinition {
  /** HTTP status, or the per-key status inside a batch. */
  readonly status: number;
  /** The wire's numeric code; 0 where the protocol names none. */
  readonly serviceErrorCode: number;
  /** May the same request succeed later without being changed? */
  readonly retry: 'never' | 'after-new-token' | 'later';
  readonly log: 'debug' | 'info' | 'warn' | 'error';
  /** The default message; the thrower may give a more exact one. */
  readonly message: string;
}

export const ERRORS = {
  EMPTY_ACCESS_TOKEN: {
    status: 401,
    serviceErrorCode: 401,
    retry: 'after-new-token',
    log: 'info',
    message: 'Empty oauth2_access_token',
  },
  INVALID_ACCESS_TOKEN: {
    status: 401,
    serviceErrorCode: 65600,
    retry: 'after-new-token',
    log: 'info',
    message: 'Invalid access token',
  },
  REVOKED_ACCESS_TOKEN: {
    status: 401,
    serviceErrorCode: 65601,
    retry: 'after-new-token',
    log: 'info',
    message: 'The token used in the request has been revoked by the user',
  },
  EXPIRED_ACCESS_TOKEN: {
    status: 401,
    serviceErrorCode: 65602,
    retry: 'after-new-token',
    log: 'info',
    message: 'The token used in the request has expired',
  },
  ACCESS_DENIED: {
    status: 403,
    serviceErrorCode: 100,
    retry: 'never',
    log: 'info',
    message: 'Not enough permissions to access this resource',
  },
  INTEGRATION_NOT_ENABLED: {
    status: 403,
    serviceErrorCode: 100,
    retry: 'later',
    log: 'info',
    message: 'No integration of this organization is enabled for sync',
  },
  CONTEXT_NOT_OWNED: {
    status: 403,
    serviceErrorCode: 100,
    retry: 'never',
    log: 'info',
    message: 'The integrationContext does not belong to this application',
  },
  APPLICATION_NOT_ENABLED: {
    status: 403,
    serviceErrorCode: 100,
    retry: 'later',
    log: 'info',
    message:
      'This application is not enabled for these endpoints yet: the administrator of the platform enables it',
  },
  INTEGRATION_NOT_OFFERED: {
    status: 403,
    serviceErrorCode: 100,
    retry: 'never',
    log: 'info',
    message: 'This integrationType is not offered here',
  },
  BAD_REQUEST: {
    status: 400,
    serviceErrorCode: 0,
    retry: 'never',
    log: 'info',
    message: 'The request cannot be read',
  },
  VERSION_MISSING: {
    status: 400,
    serviceErrorCode: 0,
    retry: 'never',
    log: 'info',
    message: 'A version must be present. Please specify a version by adding the LinkedIn-Version header.',
  },
  NONEXISTENT_VERSION: {
    status: 426,
    serviceErrorCode: 0,
    retry: 'never',
    log: 'info',
    message: 'Requested version is not active',
  },
  NOT_FOUND: { status: 404, serviceErrorCode: 0, retry: 'never', log: 'info', message: 'Not found' },
  REQUEST_EXPIRED: {
    status: 404,
    serviceErrorCode: 0,
    retry: 'never',
    log: 'info',
    message: 'This request id has expired',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    serviceErrorCode: 0,
    retry: 'never',
    log: 'info',
    message: 'This method is not offered here',
  },
  CONFLICT: { status: 409, serviceErrorCode: 0, retry: 'never', log: 'info', message: 'Conflict' },
  LENGTH_REQUIRED: {
    status: 411,
    serviceErrorCode: 0,
    retry: 'never',
    log: 'info',
    message: 'Content-Length is required',
  },
  BODY_TOO_LARGE: {
    status: 413,
    serviceErrorCode: 0,
    retry: 'never',
    log: 'info',
    message: 'The request body is too large',
  },
  URI_TOO_LONG: {
    status: 414,
    serviceErrorCode: 0,
    retry: 'never',
    log: 'info',
    message: 'The request line is too long: use query tunnelling',
  },
  INVALID_RECORD: {
    status: 422,
    serviceErrorCode: 100,
    retry: 'never',
    log: 'info',
    message: 'The record is not valid',
  },
  THROTTLED: {
    status: 429,
    serviceErrorCode: 101,
    retry: 'later',
    log: 'info',
    message: 'Resource level throttle limit for calls to this resource is reached.',
  },
  INTERNAL: { status: 500, serviceErrorCode: 0, retry: 'later', log: 'error', message: 'Internal error' },
  UNAVAILABLE: {
    status: 503,
    serviceErrorCode: 0,
    retry: 'later',
    log: 'warn',
    message: 'The platform is starting or stopping: try again shortly',
  },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof ERRORS;

/** The body of a refused request, and of one refused key inside a batch. */
export interface ErrorBody {
  readonly status: number;
  readonly message: string;
  readonly serviceErrorCode: number;
  readonly code: ErrorCode;
}

/** Refuses a whole request with a catalogued code. The message is shown to the caller: no secrets, no personal data. */
export class ProtocolError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  /** When the same request may succeed; absent, where nobody can tell. */
  readonly retryAfterMs: number | undefined;
  constructor(code: ErrorCode, message?: string, options?: { cause?: unknown; retryAfterMs?: number }) {
    super(message ?? ERRORS[code].message, options);
    this.name = 'ProtocolError';
    this.code = code;
    this.status = ERRORS[code].status;
    this.retryAfterMs = options?.retryAfterMs;
  }
}

/** The wire form of a catalogued error. */
export function errorBody(code: ErrorCode, message?: string): ErrorBody {
  const { status, serviceErrorCode } = ERRORS[code];
  return { status, code, serviceErrorCode, message: message ?? ERRORS[code].message };
}

/** A value that is refused, in the form of the protocol's data validator. `field` may be a path. */
export function invalidField(field: string, reason: string): ErrorBody {
  return errorBody('INVALID_RECORD', `ERROR :: /${field} :: ${reason}\n`);
}
