import {
  APPLIED_SPANS,
  type InAtsFilter,
  SEARCH_FILTERS,
  SEARCH_SORTS,
  type SearchFilterName,
  type SearchSort,
  SPOTLIGHTS,
  type SpotlightId,
} from '@carrick/protocol/recruiter';

/** What the address of a search holds. Defaults are left out, so that one search has one address. */
export interface SearchAddress extends Partial<Record<SearchFilterName, string[]>> {
  q?: string;
  spotlights?: SpotlightId[];
  inAts?: Exclude<InAtsFilter, 'any'>;
  sort?: Exclude<SearchSort, 'relevance'>;
  /** From 2 on. */
  page?: number;
}

/** One thing that narrows a search, and the search without it. */
export interface SearchFilter {
  readonly kind: 'q' | 'spotlight' | 'inAts' | SearchFilterName;
  readonly value: string;
  readonly without: SearchAddress;
}

/** Reads any address: what it does not understand is dropped, never an error. */
export function readSearchAddress(raw: Record<string, unknown>): SearchAddress {
  const spotlights = SPOTLIGHTS.filter((id) =>
    texts(raw.spotlights)
      .flatMap((list) => list.split(','))
      .includes(id),
  );
  const q = texts(raw.q)[0]?.trim() ?? '';
  const page = Number(texts(raw.page)[0]);
  const sort = SEARCH_SORTS.find((each) => each === raw.sort);
  return tidy({
    q,
    spotlights,
    ...(raw.inAts === 'only' || raw.inAts === 'exclude' ? { inAts: raw.inAts } : {}),
    ...byFilter((name) =>
      name === 'applied' ? APPLIED_SPANS.filter((span) => texts(raw[name]).includes(span)) : texts(raw[name]),
    ),
    ...(sort && sort !== 'relevance' ? { sort } : {}),
    ...(Number.isSafeInteger(page) ? { page } : {}),
  });
}

/** The same search without what is empty or default. */
export function tidy(address: SearchAddress): SearchAddress {
  const { q, spotlights, inAts, sort, page } = address;
  return {
    ...(q && { q }),
    ...(spotlights?.length && { spotlights }),
    ...(inAts && { inAts }),
    ...byFilter((name) => address[name] ?? []),
    ...(sort && { sort }),
    ...(page && page > 1 && { page }),
  };
}

/** What each filter holds; those that hold nothing are left out. */
function byFilter(
  valuesOf: (name: SearchFilterName) => string[],
): Partial<Record<SearchFilterName, string[]>> {
  return Object.fromEntries(
    SEARCH_FILTERS.map((name) => [name, valuesOf(name)]).filter(([, values]) => values?.length),
  );
}

/** A changed search begins on its first page again. */
export function narrow(address: SearchAddress, change: SearchAddress): SearchAddress {
  return tidy({ ...address, page: 1, ...change });
}

export function toggled<Value>(values: readonly Value[] | undefined, value: Value): Value[] {
  return values?.includes(value) ? values.filter((other) => other !== value) : [...(values ?? []), value];
}

/** Filters on what became of applications: first among the chips, in the colour of the ATS. */
export const OF_APPLICATIONS: readonly SearchFilterName[] = ['stage', 'applied', 'reason'];

export function filtersOf(address: SearchAddress): SearchFilter[] {
  const { q, spotlights, inAts } = address;
  const { inAts: _, ...withoutInAts } = address;
  const listed = (kind: SearchFilterName) =>
    (address[kind] ?? []).map((value) => ({
      kind,
      value,
      without: narrow(address, { [kind]: toggled(address[kind], value) }),
    }));
  return [
    ...(q ? [{ kind: 'q' as const, value: q, without: narrow(address, { q: '' }) }] : []),
    ...(spotlights ?? []).map((value) => ({
      kind: 'spotlight' as const,
      value,
      without: narrow(address, { spotlights: toggled(spotlights, value) }),
    })),
    ...(inAts ? [{ kind: 'inAts' as const, value: inAts, without: narrow(withoutInAts, {}) }] : []),
    ...OF_APPLICATIONS.flatMap(listed),
    ...SEARCH_FILTERS.filter((name) => !OF_APPLICATIONS.includes(name)).flatMap(listed),
  ];
}

/** The query string that the API wants: `?q=&spotlights=a,b&inAts=only&title=&title=&sort=name&page=1`. */
export function apiQuery(address: SearchAddress): string {
  const { q, spotlights, inAts, sort, page } = address;
  const params = new URLSearchParams();
  if (q) params.set('q', q);
  if (spotlights?.length) params.set('spotlights', spotlights.join(','));
  if (inAts) params.set('inAts', inAts);
  for (const name of SEARCH_FILTERS) for (const value of address[name] ?? []) params.append(name, value);
  if (sort) params.set('sort', sort);
  params.set('page', String(page ?? 1));
  return `?${params}`;
}

/** Filters whose values come with every answer; those of the others when somebody opens them. */
export const SHOWN_AT_ONCE: readonly SearchFilterName[] = [
  'title',
  'company',
  'location',
  'stage',
  'reason',
  'applied',
];

/** `a=1&b=2&b=3` ↔ {a: '1', b: ['2', '3']}: addresses that a person can read, write and send. */
export function parseAddress(search: string): Record<string, string | string[]> {
  const params = new URLSearchParams(search);
  return Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const values = params.getAll(key);
      return [key, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

export function formatAddress(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const text of texts(value)) params.append(key, text);
  }
  const text = params.toString();
  return text && `?${text}`;
}

function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  return value === undefined || value === null || value === '' ? [] : [String(value)];
}
