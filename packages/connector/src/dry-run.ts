import { RECORD_KINDS, type RecordKind, validateRecord } from '@carrick/protocol';
import { checkColumns } from './columns.ts';
import { unknownColumn } from './connector.ts';
import type { Mapping } from './mapping.ts';
import { rowShaper, type ShapedRow } from './shape-row.ts';
import type { Source } from './sources/source.ts';
import { jobElement } from './wire-client.ts';

export interface DryRunResult {
  readonly source: number;
  readonly valid: number;
  readonly refused: number;
  /** How many rows each reason refuses. */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface DryRunSummary {
  readonly kinds: Readonly<Partial<Record<RecordKind, DryRunResult>>>;
  readonly warnings: readonly string[];
}

/** Reads, shapes and checks everything as it would be sent; sends and remembers nothing. */
export async function dryRun(mapping: Mapping, source: Source): Promise<DryRunSummary> {
  const kinds: Partial<Record<RecordKind, DryRunResult>> = {};
  const warnings: string[] = [];
  for (const kind of RECORD_KINDS) {
    const kindMapping = mapping.kinds.get(kind);
    if (!kindMapping) continue;
    const { unknown } = checkColumns(kindMapping, await source.columns(kindMapping.select));
    warnings.push(...unknown.map((name) => unknownColumn(kind, name)));
    const shape = rowShaper(mapping, kindMapping);
    const reasons = new Map<string, number>();
    let count = 0;
    let refused = 0;
    for await (const raw of source.all(kindMapping.select)) {
      const reason = reasonAgainst(kind, shape(raw));
      count++;
      if (reason === null) continue;
      refused++;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    kinds[kind] = { source: count, valid: count - refused, refused, reasons: Object.fromEntries(reasons) };
  }
  return { kinds, warnings };
}

/** Any organisation will do: whose the records are does not change whether they are valid. */
const SOME_ORGANIZATION = 'urn:li:organization:0';

function reasonAgainst(kind: RecordKind, { id, record, problem }: ShapedRow): string | null {
  if (problem !== undefined) return problem;
  const checked = validateRecord(
    kind,
    kind === 'job' ? jobElement(SOME_ORGANIZATION, { id, record }) : record,
  );
  return checked.ok ? null : checked.message.trim();
}
