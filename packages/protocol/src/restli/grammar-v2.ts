import { percentDecode } from './escape.ts';
import { checkTokens, MAX_DEPTH } from './limits.ts';
import type { ParamValue } from './params.ts';
import { excerpt, RestliError } from './restli-error.ts';

/**
 * The 2.0 grammar: `(k:v,k2:v2)`, `List(a,b)`, tokens. It is read on the raw characters; each token
 * is percent-decoded afterwards, once, so an escaped `(` never structures anything.
 */
export type RawNode =
  | { readonly kind: 'token'; readonly raw: string }
  | { readonly kind: 'list'; readonly items: readonly RawNode[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [rawName: string, value: RawNode])[] };

const LIST_OPEN = 'List(';
const RESERVED_END = /[(),:]/g;

/** Whether a raw value is written as a list or a map rather than as a plain token. */
export function isStructured(text: string): boolean {
  return text.startsWith('(') || text.startsWith(LIST_OPEN);
}

/** Throws 400 where the text is not exactly one value of the grammar. */
export function parseGrammar(text: string): RawNode {
  const cursor = { text, at: 0, tokens: 0 };
  const node = readValue(cursor, 0);
  if (cursor.at < text.length) refuse(cursor);
  return node;
}

interface Cursor {
  readonly text: string;
  at: number;
  tokens: number;
}

function readValue(cursor: Cursor, depth: number): RawNode {
  if (depth > MAX_DEPTH) throw new RestliError(400, `'${excerpt(cursor.text)}' is nested too deep`);
  cursor.tokens += 1;
  checkTokens(cursor.tokens);
  if (cursor.text.startsWith(LIST_OPEN, cursor.at)) {
    cursor.at += LIST_OPEN.length;
    const items: RawNode[] = [];
    if (accept(cursor, ')')) return { kind: 'list', items };
    do items.push(readValue(cursor, depth + 1));
    while (accept(cursor, ','));
    expect(cursor, ')');
    return { kind: 'list', items };
  }
  if (accept(cursor, '(')) {
    const entries: [string, RawNode][] = [];
    if (accept(cursor, ')')) return { kind: 'map', entries };
    do {
      const name = readToken(cursor);
      expect(cursor, ':');
      entries.push([name, readValue(cursor, depth + 1)]);
    } while (accept(cursor, ','));
    expect(cursor, ')');
    return { kind: 'map', entries };
  }
  return { kind: 'token', raw: readToken(cursor) };
}

function readToken(cursor: Cursor): string {
  RESERVED_END.lastIndex = cursor.at;
  const end = RESERVED_END.exec(cursor.text)?.index ?? cursor.text.length;
  // A token is never empty: the empty string is written ''.
  if (end === cursor.at) refuse(cursor);
  const raw = cursor.text.slice(cursor.at, end);
  cursor.at = end;
  return raw;
}

function accept(cursor: Cursor, char: string): boolean {
  if (cursor.text[cursor.at] !== char) return false;
  cursor.at += 1;
  return true;
}

function expect(cursor: Cursor, char: string): void {
  if (!accept(cursor, char)) refuse(cursor);
}

function refuse(cursor: Cursor): never {
  const near = cursor.text.slice(Math.max(0, cursor.at - 20), cursor.at + 20);
  throw new RestliError(400, `Not a protocol 2.0.0 value at character ${cursor.at}, near '${near}'`);
}

/**
 * The elements of a raw `List(…)`, cut at its own commas by counting brackets only, so that a broken
 * element can fail alone. Undefined when the brackets do not balance or it is no list.
 */
export function splitList(text: string): readonly string[] | undefined {
  if (!text.startsWith(LIST_OPEN) || !text.endsWith(')')) return undefined;
  const end = text.length - 1;
  if (end === LIST_OPEN.length) return [];
  const elements: string[] = [];
  let depth = 0;
  let start = LIST_OPEN.length;
  for (let at = start; at < end; at += 1) {
    const char = text[at];
    if (char === '(') depth += 1;
    else if (char === ')') {
      depth -= 1;
      if (depth < 0) return undefined;
    } else if (char === ',' && depth === 0) {
      elements.push(text.slice(start, at));
      checkTokens(elements.length);
      start = at + 1;
    }
  }
  if (depth !== 0) return undefined;
  elements.push(text.slice(start, end));
  return elements;
}

export type TokenContext = 'query' | 'path' | 'body';

/**
 * Whether a raw token stands for the empty string. In queries `%27%27` counts too: WHATWG URL
 * parsers rewrite `''` to it, so a value of exactly two apostrophes cannot be sent there.
 */
export function isEmptyToken(raw: string, context: TokenContext): boolean {
  return raw === "''" || (context === 'query' && raw === '%27%27');
}

/** Throws 400 for bad escapes and repeated names. */
export function decodeNode(node: RawNode): ParamValue {
  switch (node.kind) {
    case 'token':
      return isEmptyToken(node.raw, 'query') ? '' : percentDecode(node.raw);
    case 'list':
      return node.items.map(decodeNode);
    case 'map': {
      const values = new Map<string, ParamValue>();
      for (const [rawName, value] of node.entries) {
        const name = percentDecode(rawName);
        if (values.has(name)) throw new RestliError(400, `'${excerpt(name)}' is given more than once`);
        values.set(name, decodeNode(value));
      }
      return values;
    }
  }
}
