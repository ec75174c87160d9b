import { type Line, LineBytes } from './line-bytes.ts';

const [QUOTE, BACKSLASH, COMMA, NEWLINE] = [0x22, 0x5c, 0x2c, 0x0a];
const [LIST, LIST_END, MAP, MAP_END] = [0x5b, 0x5d, 0x7b, 0x7d];
const BLANK: ReadonlySet<number> = new Set([0x20, 0x09, NEWLINE, 0x0d]);

/**
 * Splits a stream that holds one JSON array into the texts of its elements, in bounded memory. `number` is the line on which an
 * element begins. What is wrong inside an element its parser finds; an array that is not closed, and what follows one, is refused.
 */
export async function* arrayElements(input: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  const element = new LineBytes();
  let depth = 0;
  let line = 1;
  let begunOn: number | null = null;
  let isText = false;
  let isEscaped = false;
  let isOver = false;
  for await (const chunk of input) {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte === NEWLINE) line += 1;
      const isInside: boolean = depth > 0 || isOver;
      if (isInside && begunOn === null && !BLANK.has(byte)) begunOn = line;
      if (isText) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isText = false;
        continue;
      }
      if (byte === QUOTE) isText = true;
      else if (byte === LIST || byte === MAP) depth += 1;
      else if (byte === LIST_END || byte === MAP_END) depth -= 1;
      if (isOver) continue;
      // Nothing before the array counts, be it a byte order mark.
      if (!isInside) start = at + 1;
      isOver = isInside && depth === 0;
      if (!isOver && !(byte === COMMA && depth === 1)) continue;
      element.keep(chunk.subarray(start, at));
      const found = element.take(begunOn ?? line);
      if (found) yield found;
      begunOn = null;
      start = at + 1;
    }
    if (depth > 0 || isOver) element.keep(chunk.subarray(start));
  }
  const rest = element.take(begunOn ?? line);
  if (!isOver) yield { number: rest?.number ?? line, refused: 'the array is not closed' };
  else if (rest) yield { number: rest.number, refused: 'something follows the array' };
}
