import {
  DEEPEST_NODE,
  type DigestNodes,
  type DigestRow,
  EMPTY_DIGEST,
  type RecordKind,
  UNKNOWN_NODE,
} from '@carrick/protocol';
import { ConnectorError } from '../connector-error.ts';
import { DigestSums, type Node } from './digest-sums.ts';
import type { RemoteDigests } from './remote-digests.ts';

export type SignedStatement = NonNullable<DigestNodes['statement']>;

/** A record as this side knows it. */
export interface HeldRecord {
  readonly key: readonly string[];
  /** Of what the platform acknowledged last; null while it is not known what the platform has. */
  readonly digest: string | null;
  /** Why it is not known: the platform refused the newest state, or it was not sent yet. */
  readonly waits?: 'refused' | 'unsent';
}

/** This side of the comparison. A kind is gone through twice: for the sums, and for the records of the nodes that differ. */
export interface HeldRecords {
  of(kind: RecordKind): Iterable<HeldRecord> | AsyncIterable<HeldRecord>;
  /** Of a record that only the platform has: it stays there on purpose, as a closed job does that is gone from its ATS. */
  isLeftBehind?(kind: RecordKind, row: DigestRow): boolean;
}

export interface Difference {
  readonly kind: RecordKind;
  readonly key: readonly string[];
  /** What the platform has: not the record, another state of it, or a record that is not known here. */
  readonly found: 'missing' | 'different' | 'extra';
  /** It was to be expected: the record is refused, or waits to be sent. */
  readonly waits?: 'refused' | 'unsent';
}

export interface KindComparison {
  readonly kind: RecordKind;
  /** Records that this side holds for acknowledged. */
  readonly rowsHere: number;
  readonly rowsThere: number;
  readonly differences: readonly Difference[];
  /** Records that stay on the platform on purpose. */
  readonly leftBehind: readonly DigestRow[];
  /** The digest of this side. */
  readonly digest: string;
  /** What the platform said and signed. */
  readonly statement: SignedStatement;
}

/** A node with fewer records than this is not divided further: its records cost less than another question. */
const FEW_ROWS = 32;

/** Compares one kind; null where the platform keeps no digests. What is asked for grows with the difference, not with the kind. */
export async function compareKind(
  remote: RemoteDigests,
  held: HeldRecords,
  kind: RecordKind,
): Promise<KindComparison | null> {
  const sums = new DigestSums();
  const waiting: HeldRecord[] = [];
  let rowsHere = 0;
  for await (const record of held.of(kind)) {
    if (record.digest === null) waiting.push(record);
    else {
      sums.add(record.digest);
      rowsHere++;
    }
  }
  const levels = levelsFor(rowsHere);
  const root = await remote.root(kind, levels);
  if (root === null) return null;
  const { statement } = root;
  if (!statement)
    throw new ConnectorError('The platform signed no digest of the root: it is another release than this.');
  const compared = { kind, rowsHere, digest: sums.node('').digest, statement };
  const rowsThere = statement.rows + root.unknownRows;
  if (root.unknownRows === 0 && statement.digest === compared.digest)
    return { ...compared, rowsThere, differences: missingOf(kind, waiting), leftBehind: [] };

  let unequal = differing(sums.nodesBelow([''], levels), root.nodes);
  for (let depth = levels; depth < DEEPEST_NODE && isWorthDividing(unequal); depth++) {
    const paths = unequal.map(({ path }) => path);
    unequal = differing(sums.nodesBelow(paths, 1), await remote.nodes(kind, paths, 1));
  }
  const paths = unequal.map(({ path }) => path);
  const there = await remote.rows(kind, paths);
  if (root.unknownRows > 0) there.push(...(await remote.rows(kind, [UNKNOWN_NODE])));
  const { differences, left } = await compareRows(held, kind, new Set(paths), there);
  return { ...compared, rowsThere, differences, leftBehind: left };
}

function missingOf(kind: RecordKind, waiting: readonly HeldRecord[]): Difference[] {
  return waiting.map(({ key, waits }) => ({ kind, key, found: 'missing', ...(waits && { waits }) }));
}

/** So many levels that a node has a few dozen records. */
function levelsFor(rows: number): number {
  return Math.min(Math.max(Math.floor(Math.log(Math.max(rows, 1) / FEW_ROWS) / Math.log(16)), 0), 3);
}

const isWorthDividing = (nodes: readonly Node[]): boolean =>
  nodes.reduce((sum, { rows }) => sum + rows, 0) > nodes.length * FEW_ROWS;

function differing(
  here: readonly Node[],
  there: readonly (readonly [path: string, digest: string, rows: number])[],
): Node[] {
  const others = new Map(there.map(([path, digest, rows]) => [path, { digest, rows }]));
  return here.flatMap(({ path, digest, rows }) => {
    const other = others.get(path) ?? { digest: EMPTY_DIGEST, rows: 0 };
    return other.digest === digest && other.rows === rows
      ? []
      : [{ path, digest, rows: Math.max(rows, other.rows) }];
  });
}

async function compareRows(
  held: HeldRecords,
  kind: RecordKind,
  paths: ReadonlySet<string>,
  there: readonly DigestRow[],
): Promise<{ differences: Difference[]; left: DigestRow[] }> {
  const found = new Map(there.map((row) => [JSON.stringify(row.key), row]));
  const depth = [...paths][0]?.length ?? 0;
  const differences: Difference[] = [];
  for await (const { key, digest, waits } of held.of(kind)) {
    const name = JSON.stringify(key);
    const other = found.get(name);
    found.delete(name);
    if (digest === null) {
      if (other) differences.push({ kind, key, found: 'different', ...(waits && { waits }) });
      else if (waits) differences.push({ kind, key, found: 'missing', waits });
    } else if (other) {
      if (other.digest !== digest) differences.push({ kind, key, found: 'different' });
    } else if (paths.has(digest.slice(0, depth))) differences.push({ kind, key, found: 'missing' });
  }
  const left: DigestRow[] = [];
  for (const row of found.values()) {
    if (held.isLeftBehind?.(kind, row)) left.push(row);
    else differences.push({ kind, key: row.key, found: 'extra' });
  }
  return { differences, left };
}
