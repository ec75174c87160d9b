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
  NO_SUCH_INTEGRATION: { status: 404, message: 'There is no such integration.' },
  NO_SUCH_SEAT: { status: 404, message: 'Your contract has no such seat.' },
  NOT_READY: { status: 409, message: 'The vendor has yet to finish its setup.' },
  STILL_ENABLED: { status: 409, message: 'An integration that is switched on cannot be removed.' },
  STILL_SYNCING: { status: 409, message: 'Data can be erased once nothing of this ATS syncs any more.' },
  NAME_DIFFERS: { status: 400, message: 'The name that was typed is not the name of this ATS.' },
  TOO_SOON: { status: 409, message: 'The vendor was told less than ten minutes ago.' },
  NO_SUCH_DELIVERY: { status: 404, message: 'There is no such delivery.' },
  NO_SUCH_PROJECT: { status: 404, message: 'There is no such project.' },
  NO_SUCH_STAGE: { status: 404, message: 'This stage was removed meanwhile.' },
  NO_SUCH_JOB: { status: 404, message: 'There is no such job.' },
  STAGE_IN_USE: { status: 409, message: 'Somebody is still in a stage that you removed; archived people count too.' },
  MAY_NOT_HIDE: { status: 403, message: 'Only the owner of a project can make it private.' },
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
