import { EMPTY_DIGEST, type RecordKind, UNKNOWN_NODE } from '@carrick/protocol';
import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from './hooks.ts';
import { KINDS } from './kinds.ts';
import { digestHalf, digestText } from './record-digest.ts';

export interface DigestNode {
  readonly path: string;
  readonly digest: string;
  readonly rows: number;
}

export interface StoredDigest {
  /** In storage terms. */
  readonly key: readonly string[];
  readonly digest: string | null;
  readonly isClosed: boolean;
}

const BITS_A_DIGIT = 4;

/**
 * The digests of all nodes so many digits long that have records, in the order of their paths, below these nodes only; below the
 * root also how many records have no digest. One pass over the kind.
 */
export async function readNodes(
  tx: Tx,
  scope: AtsScope,
  kind: RecordKind,
  { depth, below }: { readonly depth: number; readonly below: readonly string[] },
): Promise<{ readonly nodes: readonly DigestNode[]; readonly unknownRows: number }> {
  const isWhole = below.includes('');
  const found = await tx.prepared<{ node: number | null; high: string; low: string; rows: number }>(
    `select ${nodeAt(depth)} as node, bit_xor(digest_high)::text as high, bit_xor(digest_low)::text as low, count(*)::int as rows
     from ${KINDS[kind].table}
     where tenant_id = $1 and ats_no = $2 and ${isWhole ? '$3::int[] is not null' : isBelow(below)}
     group by 1 order by 1`,
    [scope.tenantId, scope.atsNo, nodesOf(below)],
  );
  const nodes = found.flatMap(({ node, high, low, rows }) =>
    node === null ? [] : [{ path: pathOf(node, depth), digest: digestText(high, low), rows }],
  );
  return { nodes, unknownRows: found.find(({ node }) => node === null)?.rows ?? 0 };
}

const pathOf = (node: number, depth: number): string =>
  depth === 0 ? '' : node.toString(16).padStart(depth, '0');

/** The records below some nodes, or below `UNKNOWN_NODE`; `most` and one more at the most. */
export async function readDigestRows(
  tx: Tx,
  scope: AtsScope,
  kind: RecordKind,
  below: readonly string[],
  most: number,
): Promise<StoredDigest[]> {
  const { table, key } = KINDS[kind];
  const isUnknown = below[0] === UNKNOWN_NODE;
  const parts = key.map(({ column }, index) => `${column}::text as k${index}`);
  const rows = await tx.prepared<Readonly<Record<string, string | boolean | null>>>(
    `select ${parts.join(', ')}, digest_high::text as high, digest_low::text as low,
       ${kind === 'job' ? "state = 'CLOSED'" : 'false'} as is_closed
     from ${table}
     where tenant_id = $1 and ats_no = $2 and (${isUnknown ? '$3::int[] is null and digest_high is null' : isBelow(below)})
     limit $4`,
    [scope.tenantId, scope.atsNo, isUnknown ? null : nodesOf(below), most + 1],
  );
  return rows.map((row) => ({
    key: key.map((_, index) => String(row[`k${index}`])),
    digest: row.high === null ? null : digestText(String(row.high), String(row.low)),
    isClosed: row.is_closed === true,
  }));
}

/** The first digits as a number; null where there is no digest. */
function nodeAt(depth: number): string {
  if (depth === 0) return '(digest_high & 0)::int';
  return `((digest_high >> ${64 - BITS_A_DIGIT * depth}) & ${16 ** depth - 1})::int`;
}

/** Paths of one length, as $3. */
function isBelow(paths: readonly string[]): string {
  const depth = paths[0]?.length ?? 0;
  return `${nodeAt(depth)} = any($3::int[])`;
}

const nodesOf = (paths: readonly string[]): number[] =>
  paths.map((path) => (path === '' ? 0 : Number.parseInt(path, 16)));

/** Of sets without a common record: that of their union. */
export function joinDigests(digests: readonly string[]): string {
  let high = 0n;
  let low = 0n;
  for (const digest of digests) {
    high ^= BigInt(digestHalf(digest, 0));
    low ^= BigInt(digestHalf(digest, 1));
  }
  return digests.length === 0 ? EMPTY_DIGEST : digestText(String(high), String(low));
}
