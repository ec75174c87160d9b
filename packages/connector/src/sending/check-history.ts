import { RECORD_KINDS, type RecordKind, validateRecord } from '@carrick/protocol';
import type { History } from './change.ts';
import { storedKey } from './change-key.ts';
import { type HistoryPlan, planHistory } from './plan.ts';

/** What a dry run found: per kind how many records are valid, and what the others are refused for. */
export interface HistoryCheck {
  readonly kinds: Readonly<Partial<Record<RecordKind, KindCheck>>>;
  /** Required kinds that the history does not have, in words; jobs first. */
  readonly missing: readonly string[];
  readonly plan: HistoryPlan;
}

export interface KindCheck {
  readonly records: number;
  readonly valid: number;
  readonly reasons: Readonly<Record<string, number>>;
}

/** Without these an integration is not complete. */
const REQUIRED: readonly RecordKind[] = ['job', 'candidate', 'application', 'stage'];

/** Any organisation will do: whose the records are does not change whether they are valid. */
const SOME_ORGANIZATION = 'urn:li:organization:0';

export async function checkHistory(history: History): Promise<HistoryCheck> {
  const kinds: Partial<Record<RecordKind, KindCheck>> = {};
  const size: { -readonly [K in RecordKind]?: { records: number; parents: number } } = {};
  for (const kind of RECORD_KINDS) {
    const given = history[kind];
    if (!given) continue;
    const rows = 'rows' in given ? given.rows : given;
    const reasons = new Map<string, number>();
    const counted = { records: 0, parents: 0 };
    let valid = 0;
    let lastParent = '';
    for await (const { key, record } of rows) {
      counted.records++;
      const { parentId, id } = storedKey(kind, key);
      if (parentId !== lastParent) counted.parents++;
      lastParent = parentId;
      const problem = problemOf(kind, id, record);
      if (problem === null) valid++;
      else reasons.set(problem, (reasons.get(problem) ?? 0) + 1);
    }
    size[kind] = counted;
    kinds[kind] = { records: counted.records, valid, reasons: Object.fromEntries(reasons) };
  }
  return { kinds, missing: missingKinds((kind) => (kinds[kind]?.records ?? 0) > 0), plan: planHistory(size) };
}

/** Why the platform would refuse the record; null when it would not. */
export function problemOf(
  kind: RecordKind,
  id: string,
  record: Readonly<Record<string, unknown>>,
): string | null {
  const whole =
    kind === 'job' ? { integrationContext: SOME_ORGANIZATION, ...record, externalJobPostingId: id } : record;
  const checked = validateRecord(kind, whole);
  return checked.ok ? null : checked.message.trim();
}

/** Job posting comes first: without jobs nothing else can be tested. */
export function missingKinds(has: (kind: RecordKind) => boolean): string[] {
  const missing = REQUIRED.filter((kind) => !has(kind)).map((kind) =>
    kind === 'job'
      ? 'job: send jobs, closed ones too, before anything else; applications and exports hang on them'
      : `${kind}: required for an integration, and none was sent`,
  );
  return has('entityAcl')
    ? missing
    : [...missing, 'entityAcl: send access lists, or let every seat see all (viewers: "everyone")'];
}
