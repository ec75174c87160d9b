/** A request that the protocol itself refuses; `message` is safe to send. */
export class RestliError extends Error {
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RestliError';
    this.status = status;
  }
}

const EXCERPT_LENGTH = 80;

/** Input quoted in a message, cut so that a hostile request cannot fill the log. */
export function excerpt(text: string): string {
  return text.length <= EXCERPT_LENGTH ? text : `${text.slice(0, EXCERPT_LENGTH)}…`;
}
