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
  entities: ReadonlyMap<string, unknown>,
  urlKeys: ReadonlyMap<string, TypedKey>,
  shape: KeyShape,
  version: ProtocolVersion,
  malformed: readonly MalformedId[] = [],
): readonly MatchedEntity[] {
  return (
    matchCanonical(entities, urlKeys, shape, version) ??
    matchAsSpecified(entities, urlKeys, shape, version) ??
    matchOneByOne(entities, urlKeys, shape, version, malformed.length)
  );
}

/** Where every key is written as we would write it, the protocol's own reading is known without reading: most senders do. */
function matchCanonical(
  entities: ReadonlyMap<string, unknown>,
  urlKeys: ReadonlyMap<string, TypedKey>,
  shape: KeyShape,
  version: ProtocolVersion,
): MatchedEntity[] | undefined {
  if (entities.size !== urlKeys.size) return undefined;
  const matched: MatchedEntity[] = [];
  const bodyKeys = entities.keys();
  for (const key of urlKeys.values()) {
    // Most bodies have the order of their URL.
    const written = bodyKeys.next().value ?? '';
    const isInOrder = isBodyKey(written, key, shape, version);
    const text = isInOrder ? written : encodeBodyKey(key, shape, version);
    if (!isInOrder && !entities.has(text)) return undefined;
    matched.push({ key, value: entities.get(text), text });
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
  entities: ReadonlyMap<string, unknown>,
  urlKeys: ReadonlyMap<string, TypedKey>,
  shape: KeyShape,
  version: ProtocolVersion,
): MatchedEntity[] | undefined {
  if (entities.size !== urlKeys.size) return undefined;
  const matched = new Map<string, MatchedEntity>();
  for (const [raw, value] of entities) {
    const reading = bodyKeyReadings(raw, shape, version)[0]?.();
    if (reading === undefined || !('key' in reading)) return undefined;
    const identity = keyIdentity(reading.key);
    if (!urlKeys.has(identity) || matched.has(identity)) return undefined;
    matched.set(identity, { key: reading.key, value });
  }
  return [...matched.values()];
}

function matchOneByOne(
  entities: ReadonlyMap<string, unknown>,
  urlKeys: ReadonlyMap<string, TypedKey>,
  shape: KeyShape,
  version: ProtocolVersion,
  malformedCount: number,
): MatchedEntity[] {
  const matched = new Map<string, MatchedEntity>();
  let unreadable = 0;
  for (const [raw, value] of entities) {
    const outcome = resolveKey(raw, shape, version, urlKeys);
    if (outcome.kind === 'unreadable' && unreadable < malformedCount) {
      unreadable += 1;
      continue;
    }
    const { key, identity } = keyOrRefuse(raw, outcome);
    if (matched.has(identity))
      throw new RestliError(400, `Duplicate key in batch request body: '${excerpt(raw)}'`);
    matched.set(identity, { key, value });
  }
  for (const identity of urlKeys.keys()) {
    if (!matched.has(identity)) {
      const listed = (keys: readonly string[]): string => excerpt(keys.join(', '));
      throw new RestliError(
        400,
        `Batch request mismatch. URI keys: '${listed([...urlKeys.keys()])}' Entity keys: '${listed([...entities.keys()])}'`,
      );
    }
  }
  return [...matched.values()];
}
