import { escapeForm, escapeForUrl, escapeName, escapeReduced } from './escape.ts';
import { type ComplexKeyShape, type KeyShape, partsByName, type TypedKey } from './key-shape.ts';
import type { ProtocolVersion } from './version.ts';

type WritePart = (name: string, value: string) => string;

/** The canonical key of `entities`, `results` and `errors`: parts by name, `$params` never. */
export function encodeBodyKey(key: TypedKey, shape: KeyShape, version: ProtocolVersion): string {
  if (shape.simple) return simpleValue(key);
  if (version === '1.0.0') return joinPairs(key, shape, escapeForm);
  return joinMap(key, shape, (name, value) => `${escapeReduced(name)}:${escapeReduced(value) || "''"}`);
}

/** Whether `text` is the canonical key, mostly without writing that: a batch asks it a hundred times, and the answer is yes. */
export function isBodyKey(text: string, key: TypedKey, shape: KeyShape, version: ProtocolVersion): boolean {
  if (shape.simple || version !== '1.0.0') return text === encodeBodyKey(key, shape, version);
  let at = 0;
  for (const index of partsByName(shape)) {
    const name = pairName(shape.parts[index] ?? '');
    const value = escapeForm(key[index] ?? '');
    const valueAt = at + name.length + 1;
    if (!text.startsWith(name, at) || text[valueAt - 1] !== '=' || !text.startsWith(value, valueAt))
      return false;
    at = valueAt + value.length + 1;
    if (at <= text.length && text[at - 1] !== '&') return false;
  }
  return at === text.length + 1;
}

/** The key as one path segment (also what `Location` carries). */
export function encodePathKey(key: TypedKey, shape: KeyShape, version: ProtocolVersion): string {
  if (shape.simple) return writeToken(simpleValue(key), version);
  return version === '1.0.0' ? joinPairs(key, shape, escapeForUrl) : joinMap(key, shape, writeMapPart);
}

/** The query of a batch: `ids[0].a=…`, `ids=a&ids=b` or `ids=List(…)`. */
export function encodeBatchIds(keys: readonly TypedKey[], shape: KeyShape, version: ProtocolVersion): string {
  if (version === '2.0.0') {
    const written = keys.map((key) => encodePathKey(key, shape, version));
    return `ids=List(${written.join(',')})`;
  }
  if (shape.simple) return keys.map((key) => `ids=${escapeForUrl(simpleValue(key))}`).join('&');
  return keys
    .map((key, index) =>
      join(key, shape, '&', (name, value) => `ids[${index}].${pairName(name)}=${escapeForUrl(value)}`),
    )
    .join('&');
}

function pairName(name: string): string {
  let written = PAIR_NAMES.get(name);
  if (written === undefined) {
    written = escapeForUrl(escapeName(name)).replaceAll('%7E', '~');
    PAIR_NAMES.set(name, written);
  }
  return written;
}
// Names of parts come from shapes, a handful of constants.
const PAIR_NAMES = new Map<string, string>();

const writeToken = (text: string, version: ProtocolVersion): string =>
  text === '' && version === '2.0.0' ? "''" : escapeForUrl(text);

const writeMapPart: WritePart = (name, value) => `${escapeForUrl(name)}:${writeToken(value, '2.0.0')}`;

function joinPairs(key: TypedKey, shape: ComplexKeyShape, writeValue: (text: string) => string): string {
  return join(key, shape, '&', (name, value) => `${pairName(name)}=${writeValue(value)}`);
}

function joinMap(key: TypedKey, shape: ComplexKeyShape, write: WritePart): string {
  return `(${join(key, shape, ',', write)})`;
}

function join(key: TypedKey, shape: ComplexKeyShape, separator: string, write: WritePart): string {
  if (key.length !== shape.parts.length) throw new TypeError('The key does not have the parts of its shape');
  let text = '';
  for (const index of partsByName(shape))
    text += `${text && separator}${write(shape.parts[index] ?? '', key[index] ?? '')}`;
  return text;
}

function simpleValue(key: TypedKey): string {
  const [value, ...more] = key;
  if (value === undefined || more.length > 0) throw new TypeError('A simple key has exactly one part');
  return value;
}
