import { ConnectorError, PassingFailure } from './connector-error.ts';

export interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
}

export interface Received {
  readonly status: number;
  readonly text: string;
}

const TIMEOUT_MS = 60_000;

/**
 * One HTTP exchange. Statuses below 500, but 429, are the caller's to judge.
 * @throws PassingFailure when there is no answer, or one that asks to come again later.
 * @throws ConnectorError for a redirect: following it could hand the secret to another host.
 */
export async function send(url: string, { method, headers, body }: Sent): Promise<Received> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch (cause) {
    throw new PassingFailure(`the platform cannot be reached (${reasonOf(cause)})`, { cause });
  }
  const { status } = response;
  if (status >= 300 && status < 400) {
    const location = response.headers.get('location') ?? '';
    const target = URL.canParse(location, url) ? new URL(location, url) : null;
    throw new ConnectorError(
      `The platform at ${new URL(url).origin} redirects${target ? ` to ${target.origin}` : ''} (${status}). Give the address it really has.`,
    );
  }
  if (status !== 429 && status < 500) return { status, text };
  const requestId = response.headers.get('x-li-uuid');
  throw new PassingFailure(
    `the platform answered ${status}${requestId ? ` (x-li-uuid ${requestId})` : ''}: ${messageOf(text)}`,
    { retryAfterMs: (Number(response.headers.get('retry-after')) || 0) * 1000 },
  );
}

/** The reason an answer gives; it is shown to the operator. */
export function messageOf(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'message' in answer) return String(answer.message);
  } catch {
    // Not JSON: a proxy's page, say; its beginning is the best there is.
  }
  return text.slice(0, 200);
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // Several addresses were tried: the reason stands in the first of their failures.
  const inner = cause.cause instanceof AggregateError ? cause.cause.errors[0] : cause.cause;
  return inner instanceof Error ? inner.message : cause.message;
}
