import type { AppError } from '@carrick/protocol';
import type { HttpResponse } from '../kernel/http.ts';

/** Everything the app API refuses, with the sentence a person reads. */
const REFUSALS = {
  BAD_REQUEST: { status: 400, message: 'This request cannot be read.' },
  SIGNED_OUT: { status: 401, message: 'Sign in to continue.' },
  WRONG_PASSWORD: { status: 401, message: 'E-mail or password is not right.' },
  SEAT_INACTIVE: {
    status: 403,
    message: 'Your seat is switched off. An administrator of your contract can switch it on.',
  },
  FOREIGN_ORIGIN: { status: 403, message: 'This request did not come from the app itself.' },
  MAY_NOT_DECIDE: {
    status: 403,
    message: 'Your seat does not decide who is who. An administrator of your contract can allow it.',
  },
  ADMINISTRATORS_ONLY: { status: 403, message: 'Only administrators of your contract may do this.' },
  NO_SUCH_DELIVERY: { status: 404, message: 'There is no such delivery.' },
  NOT_FOUND: { status: 404, message: 'This profile is no longer available.' },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    message: 'Too many attempts with this e-mail. Wait a few minutes, then try again.',
  },
} as const;
export type RefusalCode = keyof typeof REFUSALS;

/** Thrown to refuse a request of the app. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly retryAfterMs: number | null;
  constructor(code: RefusalCode, retryAfterMs: number | null = null) {
    super(REFUSALS[code].message);
    this.name = 'Refusal';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

export function statusOf(code: RefusalCode): number {
  return REFUSALS[code].status;
}

export function answerRefusal({ code, message, retryAfterMs }: Refusal): HttpResponse {
  const body: AppError = { code, message };
  const headers: Record<string, string> = {};
  if (retryAfterMs !== null) headers['retry-after'] = String(Math.ceil(retryAfterMs / 1000));
  return answer(statusOf(code), body, headers);
}

/** A JSON answer nobody may store: it is about people, and reduced to what one viewer may see. */
export function answer(
  status: number,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const all = { 'cache-control': 'no-store', ...headers };
  if (body === undefined) return { status, headers: all };
  return { status, headers: { ...all, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
