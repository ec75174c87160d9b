import { percentDecode, tryFormDecode, tryPercentDecode } from './escape.ts';
import { isEmptyToken } from './grammar-v2.ts';
import { type KeyReading, type KeyShape, keyIdentity, type TypedKey } from './key-shape.ts';
import { readMap, readMapWithColons, readPairs, readUnescaped } from './key-text.ts';
import { excerpt, RestliError } from './restli-error.ts';
import type { ProtocolVersion } from './version.ts';

/** `rawSegment` is one path segment as received. Throws 400 for a malformed key. */
export function decodePathKey(rawSegment: string, shape: KeyShape, version: ProtocolVersion): TypedKey {
  if (shape.simple) {
    if (version === '2.0.0') return [isEmptyToken(rawSegment, 'path') ? '' : percentDecode(rawSegment)];
    const value = tryFormDecode(rawSegment);
    return value === undefined ? refuseKey(rawSegment, 'bad percent-encoding') : [value];
  }
  const reading =
    version === '1.0.0' ? readPairs(rawSegment, shape, tryFormDecode) : readMap(rawSegment, shape, 'path');
  return 'key' in reading ? reading.key : refuseKey(rawSegment, reading.problem);
}

function refuseKey(raw: string, problem: string): never {
  throw new RestliError(400, `Key '${excerpt(raw)}' is not valid: ${problem}`);
}

/**
 * The ways in which senders write a key in a body, most faithful to the protocol first. 1.0 servers
 * form-decode complex keys, 1.0 clients are known to write them unescaped; simple keys are specified
 * as unescaped, yet some clients escape them.
 */
export function bodyKeyReadings(
  raw: string,
  shape: KeyShape,
  version: ProtocolVersion,
): readonly (() => KeyReading)[] {
  if (shape.simple) {
    const decoded = (value: string | undefined): KeyReading =>
      value === undefined ? { problem: 'Bad percent-encoding' } : { key: [value] };
    const unescaped = (): KeyReading => ({ key: [raw] });
    const percent = (): KeyReading => decoded(tryPercentDecode(raw));
    return version === '1.0.0'
      ? [unescaped, () => decoded(tryFormDecode(raw)), percent]
      : [unescaped, percent];
  }
  if (version === '2.0.0') return [() => readMap(raw, shape, 'body')];
  return [
    () => readPairs(raw, shape, tryFormDecode),
    () => readPairs(raw, shape, tryPercentDecode),
    () => readUnescaped(raw, shape),
  ];
}

/**
 * The key that a body key stands for, found among the keys of the URL: the reading that is one of
 * them. Throws 400 when none is, or when two readings are different ones.
 */
export function decodeBodyKey(
  raw: string,
  shape: KeyShape,
  version: ProtocolVersion,
  urlKeys: ReadonlyMap<string, TypedKey>,
): TypedKey {
  return keyOrRefuse(raw, resolveKey(raw, shape, version, urlKeys)).key;
}

export function keyOrRefuse(raw: string, outcome: ResolvedKey): ResolvedKey & { readonly kind: 'found' } {
  switch (outcome.kind) {
    case 'found':
      return outcome;
    case 'ambiguous':
      throw new RestliError(
        400,
        `Entity key '${excerpt(raw)}' can be read as two different keys of the query parameter: percent-encode its values`,
      );
    case 'unreadable':
      return refuseKey(raw, outcome.problem);
    case 'foreign':
      throw new RestliError(
        400,
        `Batch request mismatch. Entity key '${excerpt(raw)}' not found in the query parameter.`,
      );
  }
}

export type ResolvedKey =
  | { readonly kind: 'found'; readonly key: TypedKey; readonly identity: string }
  | { readonly kind: 'ambiguous' | 'foreign' }
  | { readonly kind: 'unreadable'; readonly problem: string };

/**
 * As `decodeBodyKey`, with the outcome as a value. A key that is none of `among` is unreadable when
 * the protocol's own reading of it fails, else foreign.
 */
export function resolveKey(
  raw: string,
  shape: KeyShape,
  version: ProtocolVersion,
  among: ReadonlyMap<string, TypedKey>,
): ResolvedKey {
  let found: { key: TypedKey; identity: string } | undefined;
  let problem: string | undefined;
  for (const [index, read] of bodyKeyReadings(raw, shape, version).entries()) {
    const reading = read();
    if (!('key' in reading)) {
      if (index === 0) problem = reading.problem;
      continue;
    }
    const identity = keyIdentity(reading.key);
    if (!among.has(identity)) continue;
    // A simple key is specified as unescaped: when that reading hits, no other may contest it.
    if (shape.simple) return { kind: 'found', key: reading.key, identity };
    if (found !== undefined && found.identity !== identity) return { kind: 'ambiguous' };
    found = { key: reading.key, identity };
  }
  if (found !== undefined) return { kind: 'found', ...found };
  return problem === undefined ? { kind: 'foreign' } : { kind: 'unreadable', problem };
}

/**
 * For clients: the key of an answer, whatever the order of its parts, its escaping and the version
 * of its syntax. Throws 502 when it is no such key.
 *
 * Escaped and unescaped answers cannot always be told apart (`a+b`); who knows the keys it sent
 * hands them over as `sentKeys` and gets the one that is meant.
 */
export function decodeResponseKey(
  raw: string,
  shape: KeyShape,
  sentKeys?: ReadonlyMap<string, TypedKey>,
): TypedKey {
  if (sentKeys !== undefined) {
    const version = raw.startsWith('(') ? '2.0.0' : '1.0.0';
    const outcome = resolveKey(raw, shape, version, sentKeys);
    if (outcome.kind === 'found') return outcome.key;
  }
  if (shape.simple) return [raw];
  const readings = raw.startsWith('(')
    ? [() => readMap(raw, shape, 'body'), () => readMapWithColons(raw, shape)]
    : [() => readPairs(raw, shape, tryFormDecode), () => readUnescaped(raw, shape)];
  for (const read of readings) {
    const reading = read();
    if ('key' in reading) return reading.key;
  }
  throw new RestliError(502, `The answer names a key that cannot be read: '${excerpt(raw)}'`);
}
