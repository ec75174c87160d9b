import { RestliError } from './restli-error.ts';

export const MAX_QUERY_BYTES = 4096;
export const MAX_URL_BYTES = 8192;
export const MAX_SEGMENT_BYTES = 4096;
/** Headers and URL together. */
export const MAX_HEAD_BYTES = 28_672;
/** Records in one batch. */
export const MAX_BATCH = 100;
/** Nesting of lists, maps, projections and patches. */
export const MAX_DEPTH = 16;

/**
 * Names and values in one query, or in one value of it. Far above what a full batch needs; a tunnelled query of ten megabytes could
 * hold millions.
 */
const MAX_TOKENS = 50_000;

export function checkTokens(count: number): void {
  if (count > MAX_TOKENS) throw new RestliError(400, `The query has more than ${MAX_TOKENS} values`);
}

/**
 * Throws 414 for a request that must be tunnelled or shortened. `rawUrl` is the request target as
 * received, one char a byte; `headerBytes` the size of the header block where it is known.
 */
export function checkLimits(rawUrl: string, headerBytes = 0): void {
  if (rawUrl.length > MAX_URL_BYTES) refuse('URL', MAX_URL_BYTES);
  const mark = rawUrl.indexOf('?');
  if (mark >= 0 && rawUrl.length - mark - 1 > MAX_QUERY_BYTES) refuse('Query string', MAX_QUERY_BYTES);
  const path = mark < 0 ? rawUrl : rawUrl.slice(0, mark);
  if (path.split('/').some((segment) => segment.length > MAX_SEGMENT_BYTES))
    refuse('Path segment', MAX_SEGMENT_BYTES);
  if (headerBytes + rawUrl.length > MAX_HEAD_BYTES) refuse('URL with headers', MAX_HEAD_BYTES);
}

function refuse(what: string, limit: number): never {
  throw new RestliError(414, `${what} is longer than ${limit} bytes: tunnel the query in a POST`);
}

/**
 * HTTP servers hand over a URL with one char per byte. Bytes that a client should have escaped are
 * escaped here, so that they decode as the UTF-8 they are instead of as Latin-1.
 */
export function escapeRawBytes(rawUrl: string): string {
  return rawUrl.replace(/[\u0080-\u00ff]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
