import { ProtocolError } from './errors.ts';

/** Arrays and objects inside each other. A parser that has no limit is made to spend memory by a short text. */
const MAX_JSON_DEPTH = 2_000;

/**
 * JSON from outside. Whole numbers that a double would round come as BigInt, so that they are refused by their schema and never
 * stored as others than were sent.
 * @throws ProtocolError BAD_REQUEST
 */
export function parseJson(text: string): unknown {
  if (isTooDeep(text))
    throw new ProtocolError('BAD_REQUEST', `The body is nested more than ${MAX_JSON_DEPTH} deep`);
  try {
    // A reviver makes parsing several times slower: only where a text has such a number at all.
    return hasLongNumber(text) ? JSON.parse(text, exactly) : JSON.parse(text);
  } catch (cause) {
    throw new ProtocolError('BAD_REQUEST', 'The body is not JSON', { cause });
  }
}

/**
 * The members of a body `{"entities":{"key":{…},…}}`, or undefined for any other text, which parseJson reads. An object with a hundred
 * names that no other object has costs more to make than all of its values, whose names are always the same.
 */
export function parseEntities(text: string): ReadonlyMap<string, unknown> | undefined {
  if (isTooDeep(text) || hasLongNumber(text)) return undefined;
  const found = cutEntities(text);
  if (found === undefined) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(`[${found.values.join(',')}]`);
  } catch {
    return undefined; // parseJson says what is wrong
  }
  // Cut otherwise than JSON is: a text of unbalanced values can make an array of others.
  if (!Array.isArray(values) || values.length !== found.keys.length) return undefined;
  const entities = new Map<string, unknown>();
  for (const [index, key] of found.keys.entries()) entities.set(key, values[index]);
  return entities;
}

const ENTITIES = /^[ \t\r\n]*\{[ \t\r\n]*"entities"[ \t\r\n]*:[ \t\r\n]*\{[ \t\r\n]*/;
const TO_VALUE = /[ \t\r\n]*:[ \t\r\n]*(?=\{)/y;
const TO_NEXT = /[ \t\r\n]*(?:,[ \t\r\n]*(?=")|\}[ \t\r\n]*\}[ \t\r\n]*$)/y;
/** Escapes, and what has to be one; and numbers, in whose order an object has its members, and not in that of the text. */
const NO_PLAIN_KEY = /[\\\p{Cc}]|^\d+$/u;

function cutEntities(text: string): { readonly keys: string[]; readonly values: string[] } | undefined {
  const keys: string[] = [];
  const values: string[] = [];
  let at = ENTITIES.exec(text)?.[0].length ?? text.length;
  while (at < text.length) {
    const keyEnd = text.indexOf('"', at + 1);
    if (text.charCodeAt(at) !== QUOTE || keyEnd < 0) return undefined;
    const key = text.slice(at + 1, keyEnd);
    TO_VALUE.lastIndex = keyEnd + 1;
    if (NO_PLAIN_KEY.test(key) || !TO_VALUE.test(text)) return undefined;
    const end = endOfObject(text, TO_VALUE.lastIndex);
    keys.push(key);
    values.push(text.slice(TO_VALUE.lastIndex, end));
    TO_NEXT.lastIndex = end;
    if (!TO_NEXT.test(text)) return undefined;
    at = TO_NEXT.lastIndex;
  }
  return keys.length > 0 ? { keys, values } : undefined;
}

/** Behind the bracket that closes the one at `from`; the end of the text where none does. */
function endOfObject(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at + 1);
    else if (code === OPEN) depth += 1;
    else if (code === CLOSE && --depth === 0) return at + 1;
  }
  return text.length;
}

function hasLongNumber(text: string): boolean {
  return SIXTEEN.test(text) && LONG_NUMBER.test(text);
}

function isTooDeep(text: string): boolean {
  return hasMoreBrackets(text, MAX_JSON_DEPTH) && depthOf(text) > MAX_JSON_DEPTH;
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
const OPEN = 123;
const CLOSE = 125;
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
