import { arrayElements } from './array-elements.ts';
import { type Line, LineBytes, MAX_LINE_BYTES } from './line-bytes.ts';

const NEWLINE = 0x0a;

/** Splits a stream into lines in bounded memory: of a line that is too long nothing is kept. */
async function* splitLines(input: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  const bytes = new LineBytes();
  let number = 1;
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      bytes.keep(chunk.subarray(start, end));
      const line = bytes.take(number);
      if (line) yield line;
      number++;
      start = end + 1;
    }
    if (start < chunk.length) bytes.keep(chunk.subarray(start));
  }
  const last = bytes.take(number);
  if (last) yield last;
}

/** A value of the file, with the line it begins on, or why there is none. */
export type FileValue = { readonly number: number } & (
  | { readonly value: unknown }
  | { readonly refused: string }
);

/**
 * The values of a file: the elements of an array, if the file begins with one; else one JSON value per line; or, where the first
 * line only opens an object, the whole file as one. A file that looks like one
 * object and is none is read line by line after all: one broken first line must not cost its neighbours.
 */
export async function* readValues(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<FileValue> {
  const { isArray, chunks } = await begin(input);
  if (!isArray) yield* readLines(chunks);
  else for await (const element of arrayElements(chunks)) yield parse(element);
}

const OPENING = 0x5b;
/** White space, and the bytes of a byte order mark. */
const BLANK: ReadonlySet<number> = new Set([0x20, 0x09, NEWLINE, 0x0d, 0xef, 0xbb, 0xbf]);

/** Looks at the first byte that says something, and hands all of them on. */
async function begin(
  input: AsyncIterable<Uint8Array | string>,
): Promise<{ readonly isArray: boolean; readonly chunks: AsyncIterable<Buffer> }> {
  const rest = input[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  let first: number | undefined;
  for (let next = await rest.next(); ; next = await rest.next()) {
    if (next.done) break;
    const chunk = bufferOf(next.value);
    head.push(chunk);
    first = chunk.find((byte) => !BLANK.has(byte));
    if (first !== undefined) break;
  }
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      yield* head;
      for (let next = await rest.next(); !next.done; next = await rest.next()) yield bufferOf(next.value);
    } finally {
      await rest.return?.();
    }
  }
  return { isArray: first === OPENING, chunks: chunks() };
}

function bufferOf(piece: Uint8Array | string): Buffer {
  return typeof piece === 'string'
    ? Buffer.from(piece)
    : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
}

async function* readLines(input: AsyncIterable<Buffer>): AsyncGenerator<FileValue> {
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
