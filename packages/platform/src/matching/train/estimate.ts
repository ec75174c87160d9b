/** The level of each field of one pair; a field of which either side has nothing is absent. */
export type Pattern = Readonly<Record<string, string>>;

/** Pairs are counted by pattern: a hundred thousand pairs have some hundred patterns, so a round takes no time. */
export interface CountedPattern {
  readonly pattern: Pattern;
  readonly count: number;
}

/** For each field how its levels are shared out among pairs that have it. */
export type Shares = Readonly<Record<string, Readonly<Record<string, number>>>>;
export type Levels = Readonly<Record<string, readonly string[]>>;

export class PatternCounts {
  readonly #counts = new Map<string, { pattern: Pattern; count: number }>();

  add(pattern: Pattern): void {
    const key = Object.entries(pattern)
      .map(([field, level]) => `${field}.${level}`)
      .sort()
      .join(' ');
    const known = this.#counts.get(key);
    if (known) known.count++;
    else this.#counts.set(key, { pattern, count: 1 });
  }

  all(): CountedPattern[] {
    return [...this.#counts.values()];
  }
}

/** How often each level is seen among these pairs. What was never seen is taken to be seen half a time. */
export function sharesOf(counted: readonly CountedPattern[], levels: Levels): Shares {
  return weighted(
    counted.map(({ pattern, count }) => ({ pattern, weight: count })),
    levels,
    0.5,
  );
}

export interface Estimate {
  /** Of pairs that are one person. */
  readonly matches: Shares;
  /** How many of the pairs are. */
  readonly share: number;
  readonly rounds: number;
  /** How many pairs of one person the estimate rests on. */
  readonly weight: number;
}

export interface EstimateOptions {
  readonly levels: Levels;
  /** Of pairs that are not one person; they are given, not estimated. */
  readonly unlike: Shares;
  /** Fields by which the pairs were found: they agree by selection and tell nothing. */
  readonly blocked: ReadonlySet<string>;
  readonly start: Shares;
  readonly mostRounds?: number;
}

/**
 * Expectation maximisation over counted patterns: what pairs of one person look like, when nobody has said which they are. A
 * field that is absent neither speaks for nor against.
 */
export function estimate(
  counted: readonly CountedPattern[],
  { levels, unlike, blocked, start, mostRounds = 200 }: EstimateOptions,
): Estimate {
  const open = Object.fromEntries(Object.entries(levels).filter(([field]) => !blocked.has(field)));
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  let matches = start;
  let share = 0.5;
  let rounds = 0;
  let weight = 0;
  for (let change = 1; rounds < mostRounds && change > 1e-6; rounds++) {
    const parts = counted.map(({ pattern, count }) => ({
      pattern,
      weight: count * probability(pattern, open, matches, unlike, share),
    }));
    weight = parts.reduce((sum, part) => sum + part.weight, 0);
    const next = weight / total;
    change = Math.abs(next - share);
    share = Math.min(Math.max(next, 1e-9), 1 - 1e-9);
    matches = weighted(parts, open, 0.5);
  }
  return { matches, share, rounds, weight };
}

function probability(pattern: Pattern, open: Levels, matches: Shares, unlike: Shares, share: number): number {
  let odds = share / (1 - share);
  for (const field of Object.keys(open)) {
    const level = pattern[field];
    if (level === undefined) continue;
    odds *= (matches[field]?.[level] ?? 1e-9) / (unlike[field]?.[level] ?? 1e-9);
  }
  return odds / (1 + odds);
}

function weighted(
  parts: readonly { readonly pattern: Pattern; readonly weight: number }[],
  levels: Levels,
  smoothing: number,
): Shares {
  return Object.fromEntries(
    Object.entries(levels).map(([field, names]) => {
      const sums = Object.fromEntries(names.map((name) => [name, smoothing]));
      for (const { pattern, weight } of parts) {
        const level = pattern[field];
        if (level !== undefined && level in sums) sums[level] = (sums[level] ?? 0) + weight;
      }
      const total = Object.values(sums).reduce((sum, one) => sum + one, 0);
      return [field, Object.fromEntries(names.map((name) => [name, (sums[name] ?? 0) / total]))];
    }),
  );
}

/** Several passes, each found by other fields: every field from the passes that were not found by it, by their weight. */
export function combine(
  passes: readonly { readonly estimate: Estimate; readonly blocked: ReadonlySet<string> }[],
  levels: Levels,
): Shares {
  return Object.fromEntries(
    Object.entries(levels).map(([field, names]) => {
      const open = passes.filter(({ blocked }) => !blocked.has(field));
      const total = open.reduce((sum, { estimate: { weight } }) => sum + weight, 0);
      const shareOf = (name: string) =>
        open.reduce(
          (sum, { estimate: { matches, weight } }) => sum + weight * (matches[field]?.[name] ?? 0),
          0,
        ) / total;
      return [field, Object.fromEntries(names.map((name) => [name, shareOf(name)]))];
    }),
  );
}

/** log2 of how much likelier each level is among pairs of one person. */
export function bitsOf(
  matches: Shares,
  unlike: Shares,
  largest: number,
): Record<string, Record<string, number>> {
  return Object.fromEntries(
    Object.entries(matches).map(([field, levels]) => [
      field,
      Object.fromEntries(
        Object.entries(levels).map(([level, share]) => {
          const bits = Math.log2(share / (unlike[field]?.[level] ?? share));
          return [level, Math.round(Math.min(Math.max(bits, -largest), largest) * 10) / 10];
        }),
      ),
    ]),
  );
}
