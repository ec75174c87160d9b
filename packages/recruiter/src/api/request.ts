import type { AppError } from '@carrick/protocol/recruiter';
import { explainRefusal } from '../language.ts';
import { renewSession } from '../session/renewal.ts';

/** A refusal of the server, or, with status 0, no answer at all. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;

  constructor(status: number, error: AppError) {
    super(explainRefusal(error));
    this.status = status;
    this.code = error.code;
    this.requestId = error.requestId;
  }
}

interface RequestOptions {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** True where a 401 is an answer, not the end of a session. */
  readonly isAnonymous?: boolean;
}

/**
 * Asks the app's API. When the session ended meanwhile, it waits until the user signed in again and asks once more,
 * so that nobody loses what they were doing.
 * @throws {RequestFailure}
 */
export async function request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const response = await send(path, options);
  if (response.status === 401 && !options.isAnonymous) {
    await renewSession(options.signal);
    return request(path, options);
  }
  if (!response.ok) throw new RequestFailure(response.status, await readError(response));
  // 204 has no body; its callers expect none.
  return response.status === 204 ? (undefined as Answer) : await response.json();
}

async function send(path: string, { method = 'GET', body, signal }: RequestOptions): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        // A page of another site cannot set it: the server refuses changes without.
        'x-carrick': '1',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestFailure(0, { code: 'UNREACHABLE', message: 'no answer' });
  }
}

/** The body of a refusal; a proxy in between may answer with something else. */
async function readError(response: Response): Promise<AppError> {
  const body: unknown = await response.json().catch(() => undefined);
  return isAppError(body) ? body : { code: 'UNKNOWN', message: response.statusText };
}

function isAppError(body: unknown): body is AppError {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body;
}
