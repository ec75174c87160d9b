/** A failure the operator can act on; its message says what to do. */
export class ConnectorError extends Error {
  override readonly name: string = 'ConnectorError';
}

/** The platform refuses a request as a whole; sent again as it is, it would be refused again. */
export class RefusedRequest extends ConnectorError {
  override readonly name = 'RefusedRequest';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A failure that may pass: the platform is away, overloaded, or its answer cannot be read. */
export class PassingFailure extends Error {
  readonly retryAfterMs: number;
  constructor(message: string, { retryAfterMs = 0, cause }: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.retryAfterMs = retryAfterMs;
  }
}
