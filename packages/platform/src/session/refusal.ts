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
  LINK_SPENT: { status: 410, message: 'This link was used already, or is too old. Ask for a new one.' },
  PASSWORD_TOO_SHORT: { status: 400, message: 'A password has at least 10 characters.' },
  SEAT_TAKEN: { status: 409, message: 'This address has a seat on your contract already.' },
  FOREIGN_ORIGIN: { status: 403, message: 'This request did not come from the app itself.' },
  MAY_NOT_DECIDE: {
    status: 403,
    message: 'Your seat does not decide who is who. An administrator of your contract can allow it.',
  },
  ADMINISTRATORS_ONLY: { status: 403, message: 'Only administrators of your contract may do this.' },
  NO_SUCH_INTEGRATION: { status: 404, message: 'There is no such integration.' },
  NO_SUCH_SEAT: { status: 404, message: 'Your contract has no such seat.' },
  OWN_SEAT: { status: 409, message: 'Your own seat is changed or erased by another administrator.' },
  NOT_READY: { status: 409, message: 'The vendor has yet to finish its setup.' },
  STILL_ENABLED: { status: 409, message: 'An integration that is switched on cannot be removed.' },
  STILL_SYNCING: { status: 409, message: 'Data can be erased once nothing of this ATS syncs any more.' },
  NAME_DIFFERS: { status: 400, message: 'The name that was typed is not the name of this ATS.' },
  NO_SUCH_ERASURE: { status: 404, message: 'There is no such request.' },
  NOTHING_TO_ERASE: { status: 404, message: 'Nothing is stored of this person.' },
  ERASURE_CONFIRMED: { status: 409, message: 'This request was confirmed already.' },
  TOO_SOON: { status: 409, message: 'The vendor was told less than ten minutes ago.' },
  NO_SUCH_CUSTOMER: { status: 404, message: 'You have no such customer.' },
  NOT_VALID: { status: 400, message: 'This cannot be saved as it is.' },
  CUSTOMER_EXISTS: { status: 409, message: 'A customer with this id exists already.' },
  NO_CALLBACK_URL: { status: 409, message: 'This customer’s ATS has set no callback URL yet.' },
  NO_SUCH_DELIVERY: { status: 404, message: 'There is no such delivery.' },
  MESSAGES_OFF: { status: 409, message: 'This deployment sends no mail yet, so messages cannot be sent.' },
  MESSAGE_NOT_VALID: { status: 400, message: 'Write a subject and a message.' },
  MESSAGE_DO_NOT_CONTACT: {
    status: 409,
    message: 'Your ATS marks this person “do not contact”, so nothing is sent.',
  },
  MESSAGE_NO_ADDRESS: { status: 409, message: 'No message can reach this person: no address is known.' },
  MESSAGE_NO_CREDITS: {
    status: 429,
    message: 'Your message credits of this month are used up. One comes back with every answer.',
  },
  MESSAGE_TOO_MANY: {
    status: 429,
    message: 'You wrote to many people within the last hour. Wait a while, then send this one.',
  },
  THREAD_CLOSED: {
    status: 409,
    message: 'This person declined, so the conversation has ended. You can begin a new one.',
  },
  NOTE_NOT_VALID: { status: 400, message: 'Write a note of at most 10,000 characters.' },
  NO_SUCH_NOTE: { status: 404, message: 'This note is no longer there, or is not yours.' },
  TAG_NOT_VALID: { status: 400, message: 'A tag has 1 to 60 characters.' },
  NO_SUCH_CONVERSATION: { status: 404, message: 'There is no such conversation.' },
  NO_SUCH_PROJECT: { status: 404, message: 'There is no such project.' },
  NO_SUCH_STAGE: { status: 404, message: 'This stage was removed meanwhile.' },
  NO_SUCH_SEARCH: { status: 404, message: 'This saved search is no longer there.' },
  TOO_MANY_SAVED: { status: 409, message: 'You keep 50 searches already. Delete one, then save this one.' },
  NO_SUCH_JOB: { status: 404, message: 'There is no such job.' },
  STAGE_IN_USE: {
    status: 409,
    message: 'Somebody is still in a stage that you removed; archived people count too.',
  },
  MAY_NOT_HIDE: { status: 403, message: 'Only the owner of a project can make it private.' },
  MERGED_ALREADY: {
    status: 409,
    message:
      'One of these records was merged into another one before. Undo that merge first, under Matches, Merged.',
  },
  NOT_FOUND: { status: 404, message: 'This profile is no longer available.' },
  EXPORT_NOT_PERMITTED: {
    status: 403,
    message: 'This person’s settings no longer allow exporting.',
  },
  EXPORT_OFF: { status: 403, message: 'Export to this ATS is not switched on for your contract.' },
  EXPORT_JOB_REQUIRED: { status: 400, message: 'Choose the job to export to.' },
  EXPORT_JOB_UNAVAILABLE: {
    status: 409,
    message: 'This job is no longer open, or you are no longer allowed to see it. Choose another one.',
  },
  EXPORT_DO_NOT_CONTACT: {
    status: 409,
    message: 'Your ATS marks this person “do not contact”, so nothing is exported.',
  },
  EXPORT_ALREADY_ON_JOB: { status: 409, message: 'This person is already on that job.' },
  EXPORT_QUOTA_REACHED: { status: 429, message: 'You reached your exports of this month.' },
  EXPORT_TOO_MANY_PEOPLE: { status: 400, message: 'At most 25 people can be exported at once.' },
  WIDGET_BAD_CONTEXT: {
    status: 403,
    message: 'This cannot be shown here: key, customer and seat do not belong together.',
  },
  WIDGET_NO_SEAT: { status: 403, message: 'You need a seat here to see more.' },
  WIDGET_TOO_FAST: { status: 429, message: 'Too many requests. Wait a moment, then try again.' },
  WIDGET_OFF: { status: 403, message: 'This widget is not switched on for your company.' },
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
  /** `message`: a more exact one than the code's. */
  constructor(
    code: RefusalCode,
    retryAfterMs: number | null = null,
    message: string = REFUSALS[code].message,
  ) {
    super(message);
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

/** The same as a file for a spreadsheet. */
export function answerCsv(name: string, body: string): HttpResponse {
  return {
    status: 200,
    headers: {
      'cache-control': 'no-store',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'x-content-type-options': 'nosniff',
    },
    body,
  };
}
