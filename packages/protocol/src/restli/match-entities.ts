import type { MalformedId } from './batch-ids.ts';
import { bodyKeyReadings, keyOrRefuse, resolveKey } from './decode-keys.ts';
import { encodeBodyKey, isBodyKey } from './encode-keys.ts';
import { type KeyShape, keyIdentity, type TypedKey } from './key-shape.ts';
import { excerpt, RestliError } from './restli-error.ts';
import type { ProtocolVersion } from './version.ts';

export interface MatchedEntity {
  readonly key: TypedKey;
  readonly value: unknown;
  /** The key as the body has it, where that is the canonical text. */
  readonly text?: string;
}

/**
 * Pairs the `entities` of a body with the keys of its URL, one to one; throws 400 for the whole
 * request otherwise. An entity whose key cannot be read at all is passed over as long as there are
 * as many `malformed` ids in the URL: those already answer for themselves.
 */
export function matchEntities(
  entities: Readonly<Record<string, unknown>>,
  urlKeys: ReadonlyMap<string, TypedKey>,
  shape: KeyShape,
  version: ProtocolVersion,
  malformed: readonly MalformedId[] = [],
): ReadonlyMap<string, MatchedEntity> {
  const bodyKeys = Object.keys(entities);
  return (
    matchCanonical(entities, bodyKeys, urlKeys, shape, version) ??
    matchAsSpecified(entities, bodyKeys, urlKeys, shape, version) ??
    matchOneByOne(entities, bodyKeys, urlKeys, shape, version, malformed.length)
  );
}

/** Where every key is written as we would write it, the protocol's own reading is known without reading: most senders do. */
function matchCanonical(
  entities: Readonly<Record<string, unknown>>,
  bodyKeys: readonly string[],
  urlKeys: ReadonlyMap<string, TypedKey>,
  shape: KeyShape,
  version: ProtocolVersion,
): Map<string, MatchedEntity> | undefined {
  if (bodyKeys.length !== urlKeys.size) return undefined;
  const matched = new Map<string, MatchedEntity>();
  for (const [identity, key] of urlKeys) {
    // Most bodies have the order of their URL.
    const written = bodyKeys[matched.size] ?? '';
    const isInOrder = isBodyKey(written, key, shape, version);
    const text = isInOrder ? written : encodeBodyKey(key, shape, version);
    if (!isInOrder && !Object.hasOwn(entities, text)) return undefined;
    matched.set(identity, { key, value: entities[text], text });
  }
  return matched;
}

/**
 * The protocol's own reading for every key at once. Where that is a one-to-one match it is the right
 * one: decoding only ever removes `%` and `+`, so a sender who did not escape can not be matched
 * one to one to other keys than it meant. That settles most texts with several readings (`a+b` and
 * `a b` in one batch), which key by key could only be refused.
 */
function matchAsSpecified(
  entities: Readonly<Record<string, unknown>>,
  bodyKeys: readonly string[],
  urlKeys: ReadonlyMap<string, TypedKey>,
  shape: KeyShape,
  version: ProtocolVersion,
): Map<string, MatchedEntity> | undefined {
  if (bodyKeys.length !== urlKeys.size) return undefined;
  const matched = new Map<string, MatchedEntity>();
  for (const raw of bodyKeys) {
    const reading = bodyKeyReadings(raw, shape, version)[0]?.();
    if (reading === undefined || !('key' in reading)) return undefined;
    const identity = keyIdentity(reading.key);
    if (!urlKeys.has(identity) || matched.has(identity)) return undefined;
    matched.set(identity, { key: reading.key, value: entities[raw] });
  }
  return matched;
}

function matchOneByOne(
  entities: Readonly<Record<string, unknown>>,
  bodyKeys: readonly string[],
  urlKeys: ReadonlyMap<string, TypedKey>,
  shape: KeyShape,
  version: ProtocolVersion,
  malformedCount: number,
): Map<string, MatchedEntity> {
  const matched = new Map<string, MatchedEntity>();
  let unreadable = 0;
  for (const raw of bodyKeys) {
    const outcome = resolveKey(raw, shape, version, urlKeys);
    if (outcome.kind === 'unreadable' && unreadable < malformedCount) {
      unreadable += 1;
      continue;
    }
    const { key, identity } = keyOrRefuse(raw, outcome);
    if (matched.has(identity))
      throw new RestliError(400, `Duplicate key in batch request body: '${excerpt(raw)}'`);
    matched.set(identity, { key, value: entities[raw] });
  }
  for (const identity of urlKeys.keys()) {
    if (!matched.has(identity)) {
      const listed = (keys: readonly string[]): string => excerpt(keys.join(', '));
      throw new RestliError(
        400,
        `Batch request mismatch. URI keys: '${listed([...urlKeys.keys()])}' Entity keys: '${listed(bodyKeys)}'`,
      );
    }
  }
  return matched;
}
