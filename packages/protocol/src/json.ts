import { ProtocolError } from './errors.ts';

/** Arrays and objects inside each other. A parser that has no limit is made to spend memory by a short text. */
const MAX_JSON_DEPTH = 2_000;

/**
 * JSON from outside. Whole numbers that a double would round come as BigInt, so that they are refused by their schema and never
 * stored as others than were sent.
 * @throws ProtocolError BAD_REQUEST
 */
export function parseJson(text: string): unknown {
  if (hasMoreBrackets(text, MAX_JSON_DEPTH) && depthOf(text) > MAX_JSON_DEPTH)
    throw new ProtocolError('BAD_REQUEST', `The body is nested more than ${MAX_JSON_DEPTH} deep`);
  try {
    // A reviver makes parsing several times slower: only where a text has such a number at all.
    return SIXTEEN.test(text) && LONG_NUMBER.test(text) ? JSON.parse(text, exactly) : JSON.parse(text);
  } catch (cause) {
    throw new ProtocolError('BAD_REQUEST', 'The body is not JSON', { cause });
  }
}

/** Skips sixteen characters at a time, but finds digits inside of strings too. */
const SIXTEEN = /\d{16}/;
const LONG_NUMBER = /[:[,]\s*-?\d{16}/;

/** `context.source` is the text of a number: in every runtime that JSON.parse with source access has reached. */
function exactly(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || context?.source === undefined) return value;
  // Cut: it is refused in any case, and a text of millions of digits would take seconds to become one number.
  return /^-?\d+$/.test(context.source) ? BigInt(context.source.slice(0, 40)) : value;
}

const QUOTE = 34;
const BACKSLASH = 92;

/** Whether more are opened than `most`: fewer cannot nest deeper, and to count them takes a tenth of the time. */
function hasMoreBrackets(text: string, most: number): boolean {
  let opened = 0;
  for (const bracket of '{[')
    for (let at = text.indexOf(bracket); at >= 0 && opened <= most; at = text.indexOf(bracket, at + 1))
      opened += 1;
  return opened > most;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at + 1);
    } else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 93 || code === 125) depth -= 1;
  }
  return deepest;
}

function endOfString(text: string, from: number): number {
  for (let at = from; ; at++) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
}
