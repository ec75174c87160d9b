import { hash } from 'node:crypto';
import { type RecordKind, recordDigest } from '@carrick/protocol';

/** As text: a buffer for each costs six times as much as the hashing. */
const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** Of what an ATS sent. The key is the one that it wrote. */
export function digestOf(
  kind: RecordKind,
  wireKey: readonly string[],
  record: Readonly<Record<string, unknown>>,
): string {
  return recordDigest(sha256, kind, wireKey, record);
}

/** Half a digest as PostgreSQL's signed bigint. */
export function digestHalf(digest: string, half: 0 | 1): string {
  return String(BigInt.asIntN(64, BigInt(`0x${digest.slice(half * 16, half * 16 + 16)}`)));
}

export function digestText(high: string, low: string): string {
  return hexOf(high) + hexOf(low);
}

const hexOf = (half: string): string => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0');
