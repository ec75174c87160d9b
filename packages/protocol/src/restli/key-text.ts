import { tryFormDecode, tryPercentDecode, unescapeName } from './escape.ts';
import { isEmptyToken, parseGrammar, type TokenContext } from './grammar-v2.ts';
import { type ComplexKeyShape, isKeyParams, type KeyReading, PartCollector } from './key-shape.ts';
import { splitPairs } from './query-pairs.ts';
import { RestliError } from './restli-error.ts';

type Decode = (raw: string) => string | undefined;

/** 1.0 key text `a=1&b=2`, split first and decoded afterwards. */
export function readPairs(text: string, shape: ComplexKeyShape, decode: Decode): KeyReading {
  const parts = new PartCollector(shape);
  for (const [rawName, rawValue] of splitPairs(text)) {
    parts.add(unescapeName(tryFormDecode(rawName) ?? rawName), decode(rawValue));
  }
  return parts.finish();
}

/**
 * 1.0 key text whose values were not escaped at all: cut only where a declared part name begins, so
 * values keep their `&`, `=`, `%` and `+`.
 */
export function readUnescaped(text: string, shape: ComplexKeyShape): KeyReading {
  const parts = new PartCollector(shape);
  let name: string | undefined;
  let valueAt = 0;
  for (let at = 0; at >= 0 && at < text.length; ) {
    const found = nameAt(text, at, shape);
    if (found !== undefined) {
      if (name !== undefined) parts.add(name, text.slice(valueAt, at - 1));
      name = found;
      valueAt = at + found.length + 1;
    } else if (name === undefined) {
      return { problem: 'The key does not begin with a part name' };
    }
    const ampersand = text.indexOf('&', Math.max(at, valueAt));
    at = ampersand < 0 ? -1 : ampersand + 1;
  }
  if (name !== undefined) parts.add(name, text.slice(valueAt));
  return parts.finish();
}

function nameAt(text: string, at: number, shape: ComplexKeyShape): string | undefined {
  const isHere = (part: string): boolean => text.startsWith(part, at) && text[at + part.length] === '=';
  const declared = shape.parts.find(isHere) ?? shape.ignored?.find(isHere);
  if (declared !== undefined || !text.startsWith('$params', at)) return declared;
  const name = text.slice(at, text.indexOf('=', at));
  return isKeyParams(name) ? name : undefined;
}

/** 2.0 key text `(a:1,b:2)`. */
export function readMap(text: string, shape: ComplexKeyShape, context: TokenContext): KeyReading {
  const parts = new PartCollector(shape);
  try {
    const node = parseGrammar(text);
    if (node.kind !== 'map') return { problem: 'A key is written (name:value,…)' };
    for (const [rawName, value] of node.entries) {
      const name = tryPercentDecode(rawName) ?? rawName;
      if (isKeyParams(name)) continue;
      if (value.kind !== 'token') parts.fail(`Key part '${name.slice(0, 80)}' is not a single value`);
      else parts.add(name, isEmptyToken(value.raw, context) ? '' : tryPercentDecode(value.raw));
    }
  } catch (error) {
    if (error instanceof RestliError) return { problem: error.message };
    throw error;
  }
  return parts.finish();
}

/** 2.0 key text whose URNs kept their colons: only for reading answers, never for requests. */
export function readMapWithColons(text: string, shape: ComplexKeyShape): KeyReading {
  const parts = new PartCollector(shape);
  const inner = text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text;
  for (const pair of inner.split(',')) {
    const colon = pair.indexOf(':');
    if (colon < 0) return { problem: 'A key part has no value' };
    const raw = pair.slice(colon + 1);
    parts.add(pair.slice(0, colon), isEmptyToken(raw, 'body') ? '' : tryPercentDecode(raw));
  }
  return parts.finish();
}
