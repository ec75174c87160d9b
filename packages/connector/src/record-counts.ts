import { RECORD_KINDS, type RecordCounts, type RecordKind } from '@carrick/protocol';

export type KindCounts = RecordCounts['counts'];

/** How often the platform is told how much the ATS holds. */
export const COUNT_EVERY_MS = 24 * 3_600_000;

/** The year (UTC) in which a record counts; null for one without a date, as access rules are. */
export function yearOf(kind: RecordKind, record: Readonly<Record<string, unknown>>): number | null {
  const at = kind === 'job' ? record.listedAt : record.atsCreatedAt;
  const year = typeof at === 'number' ? new Date(at).getUTCFullYear() : Number.NaN;
  return year >= 1900 && year <= 2999 ? year : null;
}

/** Counts records of every kind by their years. */
export class YearCounter {
  readonly #counts = new Map<RecordKind, Map<number, number>>();

  add(kind: RecordKind, year: number | null): void {
    if (year === null) return;
    const years = this.#counts.get(kind) ?? new Map<number, number>();
    this.#counts.set(kind, years);
    years.set(year, (years.get(year) ?? 0) + 1);
  }

  all(): KindCounts {
    return RECORD_KINDS.flatMap((kind) =>
      [...(this.#counts.get(kind) ?? [])].map(([year, count]) => ({ kind, year, count })),
    );
  }
}
