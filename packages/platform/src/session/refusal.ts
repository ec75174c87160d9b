import { type AppError, REFUSALS, type RefusalCode } from '@carrick/protocol';
import type { HttpResponse } from '../kernel/http.ts';

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
