import { excerpt, RestliError } from './restli-error.ts';

export interface MultipartPart {
  readonly contentType: string | undefined;
  readonly body: string;
}

const HEADER_LINE = /^([A-Za-z][A-Za-z0-9-]*):(.*)$/;
const MAX_PARTS = 8;

/**
 * Reads hand-written multipart as well: bare LF line ends, blank lines after the boundary, no closing
 * boundary and no last line end. Throws 400 where there is no boundary to go by.
 */
export function parseMultipart(text: string, contentType: string): readonly MultipartPart[] {
  const delimiter = `--${boundaryOf(contentType)}`;
  const parts: MultipartPart[] = [];
  let partAt = -1;
  for (let at = findDelimiter(text, delimiter, 0); ; at = findDelimiter(text, delimiter, at + 1)) {
    if (partAt >= 0) {
      const part = readPart(text.slice(partAt, at < 0 ? text.length : at));
      if (part !== undefined) parts.push(part);
      if (parts.length > MAX_PARTS) throw new RestliError(400, 'Too many parts in the multipart body');
    }
    if (at < 0) break;
    const after = at + delimiter.length;
    if (text.startsWith('--', after)) break;
    const lineEnd = text.indexOf('\n', after);
    partAt = lineEnd < 0 ? text.length : lineEnd + 1;
  }
  if (parts.length === 0)
    throw new RestliError(400, `The multipart body has no part between '${excerpt(delimiter)}' lines`);
  return parts;
}

function boundaryOf(contentType: string): string {
  const match = /;\s*boundary=("[^"]*"|[^;]*)/i.exec(contentType);
  const boundary = match?.[1]?.trim().replace(/^"|"$/g, '');
  if (boundary === undefined || boundary === '' || boundary.length > 200)
    throw new RestliError(400, 'Content-Type multipart without a boundary');
  return boundary;
}

/** A delimiter stands at the start of a line and fills it, but for white space and the closing `--`. */
function findDelimiter(text: string, delimiter: string, from: number): number {
  for (let at = text.indexOf(delimiter, from); at >= 0; at = text.indexOf(delimiter, at + 1)) {
    const next = text[at + delimiter.length];
    const isWhole =
      next === undefined || '\r\n \t'.includes(next) || text.startsWith('--', at + delimiter.length);
    if (isWhole && (at === 0 || text[at - 1] === '\n')) return at;
  }
  return -1;
}

function readPart(text: string): MultipartPart | undefined {
  let at = skipBlankLines(text, 0);
  let contentType: string | undefined;
  for (;;) {
    const { line, next } = lineAt(text, at);
    const header = HEADER_LINE.exec(line);
    if (header === null) break;
    if (header[1]?.toLowerCase() === 'content-type') contentType = header[2]?.trim();
    at = next;
  }
  const body = text.slice(skipBlankLines(text, at)).replace(/\r?\n$/, '');
  return body === '' && contentType === undefined ? undefined : { contentType, body };
}

function lineAt(text: string, at: number): { line: string; next: number } {
  const end = text.indexOf('\n', at);
  const stop = end < 0 ? text.length : end;
  const line = text.slice(at, text[stop - 1] === '\r' && stop > at ? stop - 1 : stop);
  return { line, next: end < 0 ? text.length : end + 1 };
}

function skipBlankLines(text: string, from: number): number {
  let at = from;
  for (;;) {
    if (text[at] === '\n') at += 1;
    else if (text[at] === '\r' && text[at + 1] === '\n') at += 2;
    else return at;
  }
}

/** Chooses a boundary that no part contains. */
export function formatMultipart(parts: readonly { readonly contentType: string; readonly body: string }[]): {
  readonly contentType: string;
  readonly text: string;
} {
  let boundary = 'restli-tunnel';
  for (let n = 1; parts.some(({ body }) => body.includes(`--${boundary}`)); n += 1)
    boundary = `restli-tunnel-${n}`;
  const written = parts.map(
    ({ contentType, body }) => `--${boundary}\r\nContent-Type: ${contentType}\r\n\r\n${body}\r\n`,
  );
  return {
    contentType: `multipart/mixed; boundary=${boundary}`,
    text: `${written.join('')}--${boundary}--\r\n`,
  };
}
