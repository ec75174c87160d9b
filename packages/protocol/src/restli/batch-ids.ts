import { tryFormDecode, tryPercentDecode } from './escape.ts';
import { isEmptyToken, splitList } from './grammar-v2.ts';
import { type KeyReading, type KeyShape, keyIdentity, PartCollector, type TypedKey } from './key-shape.ts';
import { readMap, readPairs } from './key-text.ts';
import { MAX_BATCH } from './limits.ts';
import type { RawIds, RawParams } from './params.ts';
import { parseName } from './query-v1.ts';
import { excerpt, RestliError } from './restli-error.ts';
import type { ProtocolVersion } from './version.ts';

export interface MalformedId {
  /** The id as received, to stand as its key in `errors`. */
  readonly raw: string;
  readonly message: string;
}

export interface BatchIds {
  /** Without repeats, in the order of the request. */
  readonly keys: readonly TypedKey[];
  /** The same by identity. */
  readonly byIdentity: ReadonlyMap<string, TypedKey>;
  readonly malformed: readonly MalformedId[];
}

/**
 * The keys of a batch. A malformed id fails alone; throws 400 where the request as a whole cannot be
 * read (no ids, a bad index, a repeated name, unbalanced brackets, a malformed simple id in 2.0) and
 * for more than `maxBatch` ids.
 */
export function decodeBatchIds(
  params: RawParams,
  shape: KeyShape,
  version: ProtocolVersion,
  maxBatch: number = MAX_BATCH,
): BatchIds {
  const { ids } = params;
  if (ids === undefined) throw new RestliError(400, "Query parameter 'ids' is missing");
  if (ids.version !== version) throw new TypeError('The query was parsed for another protocol version');
  const keys = new Map<string, TypedKey>();
  const plain = ids.version === '1.0.0' ? readPlainIds(ids.pairs, shape, maxBatch) : undefined;
  if (plain !== undefined) {
    for (const key of plain) keys.set(keyIdentity(key), key);
    return { keys: [...keys.values()], byIdentity: keys, malformed: [] };
  }
  const read = ids.version === '1.0.0' ? readIdsV1(ids, shape) : readIdsV2(ids.text, shape);
  const malformed = new Map<string, MalformedId>();
  for (const { raw, reading } of read) {
    if ('key' in reading) keys.set(keyIdentity(reading.key), reading.key);
    else malformed.set(raw(), { raw: raw(), message: reading.problem });
    // Readings are made one by one, so that a flood of ids costs no more than a full batch.
    if (keys.size + malformed.size > maxBatch)
      throw new RestliError(400, `A batch takes at most ${maxBatch} records`);
  }
  return { keys: [...keys.values()], byIdentity: keys, malformed: [...malformed.values()] };
}

/**
 * Ids as most clients write them: simple ones under their plain name; complex ones index by index, each declared part once, nothing else.
 * Undefined where anything is otherwise: the readings below are for all that can be written, and take three times as long.
 */
function readPlainIds(
  pairs: readonly (readonly [name: string, rawValue: string])[],
  shape: KeyShape,
  maxBatch: number,
): TypedKey[] | undefined {
  if (shape.simple) return readSimpleIds(pairs, maxBatch);
  const { parts } = shape;
  if (pairs.length % parts.length !== 0 || pairs.length > maxBatch * parts.length) return undefined;
  const keys: TypedKey[] = [];
  // A batch names its one context a hundred times.
  let decoded = { raw: '', value: '' as string | undefined };
  for (let first = 0; first < pairs.length; first += parts.length) {
    const prefix = `ids[${first / parts.length}].`;
    const key: (string | undefined)[] = parts.map(() => undefined);
    for (let at = first; at < first + parts.length; at++) {
      const [name = '', raw = ''] = pairs[at] ?? [];
      const index = partIn(name, prefix, parts);
      if (raw.includes('%') && raw !== decoded.raw) decoded = { raw, value: tryFormDecode(raw) };
      const value = raw === decoded.raw ? decoded.value : tryFormDecode(raw);
      if (index < 0 || key[index] !== undefined || value === undefined) return undefined;
      key[index] = value;
    }
    keys.push(key as string[]); // as many pairs as parts, and none of a part that was there
  }
  return keys;
}

function readSimpleIds(
  pairs: readonly (readonly [name: string, rawValue: string])[],
  maxBatch: number,
): TypedKey[] | undefined {
  if (pairs.length > maxBatch) return undefined;
  const keys: TypedKey[] = [];
  for (const pair of pairs) {
    const value = pair[0] === 'ids' ? tryFormDecode(pair[1]) : undefined;
    if (value === undefined) return undefined;
    keys.push([value]);
  }
  return keys;
}

/** Which part `prefix` + part names, without making a text of it; -1 where none. */
function partIn(name: string, prefix: string, parts: readonly string[]): number {
  if (!name.startsWith(prefix)) return -1;
  return parts.findIndex(
    (part) => name.length === prefix.length + part.length && name.startsWith(part, prefix.length),
  );
}

interface ReadId {
  /** As received; put together only for an id that cannot be read. */
  raw(): string;
  readonly reading: KeyReading;
}

function* readIdsV1(ids: RawIds & { readonly version: '1.0.0' }, shape: KeyShape): Generator<ReadId> {
  const plain: string[] = [];
  const indexed = new Map<number, [part: string, rawValue: string][]>();
  for (const [name, rawValue] of ids.pairs) {
    if (name === 'ids') {
      plain.push(rawValue);
      continue;
    }
    const { index, part } = readIdName(name);
    const pairs = indexed.get(index);
    if (pairs === undefined) indexed.set(index, [[part, rawValue]]);
    else if (pairs.length >= MAX_PARTS) throw new RestliError(400, `ids[${index}] has too many parts`);
    else if (pairs.some(([known]) => known === part))
      throw new RestliError(400, `Parameter '${excerpt(name)}' is given more than once`);
    else pairs.push([part, rawValue]);
  }
  if (plain.length > 0 && indexed.size > 0)
    throw new RestliError(400, "Parameter 'ids' is given in two forms");
  for (const raw of plain) yield { raw: () => raw, reading: readPlainId(raw, shape) };
  // An index only orders; holes are passed over.
  const ordered = [...indexed].sort(([a], [b]) => a - b);
  for (const [, pairs] of ordered) yield readIndexedId(pairs, shape);
}

interface IdName {
  readonly index: number;
  readonly part: string;
}

/** `ids[7].part`, three hundred of them in a batch: only what is written otherwise pays for the whole grammar of names. */
function readIdName(name: string): IdName {
  const [, digits, plainPart] = PLAIN_ID_NAME.exec(name) ?? [];
  if (digits !== undefined && plainPart !== undefined) return { index: Number(digits), part: plainPart };
  const [, index, ...path] = parseName(name);
  if (typeof index !== 'number')
    throw new RestliError(400, `Parameter name '${excerpt(name)}' has no index: write ids[0].…`);
  return { index, part: path.join('.') };
}
const PLAIN_ID_NAME = /^ids\[(\d{1,9})\]\.([A-Za-z0-9_$]+)$/;

// Also keeps the search for a repeated part from growing with the square of a hostile request.
const MAX_PARTS = 32;

/** `ids=a`; for complex keys the compound spelling, which is encoded twice. */
function readPlainId(rawValue: string, shape: KeyShape): KeyReading {
  const value = tryFormDecode(rawValue);
  if (value === undefined) return { problem: 'Bad percent-encoding' };
  if (shape.simple) return { key: [value] };
  if (value.startsWith('List('))
    throw new RestliError(400, 'ids=List(…) is protocol 2.0.0 syntax: send X-RestLi-Protocol-Version: 2.0.0');
  return readPairs(value, shape, tryFormDecode);
}

function readIndexedId(pairs: readonly [string, string][], shape: KeyShape): ReadId {
  const raw = () =>
    pairs.map(([part, rawValue]) => (part === '' ? rawValue : `${part}=${rawValue}`)).join('&');
  const [first] = pairs;
  if (first !== undefined && first[0] === '' && pairs.length === 1)
    return { raw, reading: readPlainId(first[1], shape) };
  if (shape.simple) return { raw, reading: { problem: 'The key has no parts: write ids=…' } };
  const parts = new PartCollector(shape);
  for (const [part, rawValue] of pairs) parts.add(part, tryFormDecode(rawValue));
  return { raw, reading: parts.finish() };
}

function* readIdsV2(text: string, shape: KeyShape): Generator<ReadId> {
  const elements = splitList(text);
  if (elements === undefined)
    throw new RestliError(400, `Query parameter 'ids' must be written List(…), not '${excerpt(text)}'`);
  // An id that is repeated letter by letter is not read again.
  for (const raw of new Set(elements)) {
    yield {
      raw: () => raw,
      reading: shape.simple ? { key: [readSimpleElement(raw)] } : readMap(raw, shape, 'query'),
    };
  }
}

function readSimpleElement(raw: string): string {
  const value = isEmptyToken(raw, 'query') ? '' : tryPercentDecode(raw);
  if (value === undefined || raw === '' || /[():]/.test(raw))
    throw new RestliError(400, `Id '${excerpt(raw)}' is not a valid protocol 2.0.0 value`);
  return value;
}
