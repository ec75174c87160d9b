import { isUtf8 } from 'node:buffer';

export const MAX_LINE_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/** One line, or why it could not be read. `number` counts from 1, blank lines included. */
export type Line = { readonly number: number } & ({ readonly text: string } | { readonly refused: string });

/** Splits a stream into lines in bounded memory: of a line that is too long nothing is kept. */
async function* splitLines(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let bytes = 0;
  let number = 1;

  const take = (): Line | null => {
    const line = readLine(number, parts, bytes);
    parts = [];
    bytes = 0;
    return line;
  };
  const keep = (part: Buffer): void => {
    bytes += part.length;
    if (bytes > MAX_LINE_BYTES) parts = [];
    else parts.push(part);
  };

  for await (const piece of input) {
    const chunk =
      typeof piece === 'string'
        ? Buffer.from(piece)
        : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      const line = take();
      if (line) yield line;
      number++;
      start = end + 1;
    }
    if (start < chunk.length) keep(chunk.subarray(start));
  }
  const last = take();
  if (last) yield last;
}

function readLine(number: number, parts: readonly Buffer[], bytes: number): Line | null {
  if (bytes > MAX_LINE_BYTES) return { number, refused: 'longer than 1 MB' };
  const whole = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  if (!isUtf8(whole)) return { number, refused: 'not UTF-8' };
  const text = whole
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  return text ? { number, text } : null;
}

/** A value of the file, with the line it begins on, or why there is none. */
export type FileValue = { readonly number: number } & (
  | { readonly value: unknown }
  | { readonly refused: string }
);

/**
 * One JSON value per line; or, where the first line only opens an object, the whole file as one. A file that looks like one
 * object and is none is read line by line after all: one broken first line must not cost its neighbours.
 */
export async function* readValues(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<FileValue> {
  let opened: Line[] | null = null;
  let chars = 0;
  let isFirst = true;
  for await (const line of splitLines(input)) {
    if (isFirst && 'text' in line && /^\{$|^\{.*[{[,]$/.test(line.text) && !isJson(line.text)) opened = [];
    isFirst = false;
    if (!opened) {
      yield parse(line);
      continue;
    }
    opened.push(line);
    chars += 'text' in line ? line.text.length : 0;
    if ('refused' in line || chars > MAX_LINE_BYTES) {
      for (const kept of opened) yield parse(kept);
      opened = null;
    }
  }
  if (!opened) return;
  const whole = opened.map((line) => ('text' in line ? line.text : '')).join('\n');
  const [first] = opened;
  if (first && isJson(whole)) yield { number: first.number, value: JSON.parse(whole) };
  else for (const kept of opened) yield parse(kept);
}

function parse(line: Line): FileValue {
  if ('refused' in line) return line;
  try {
    return { number: line.number, value: JSON.parse(line.text) };
  } catch {
    return { number: line.number, refused: 'invalid JSON' }; // the parser's own message quotes the line
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
