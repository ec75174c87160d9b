import { type InAtsFilter, SPOTLIGHTS, type SpotlightId } from '@carrick/protocol/recruiter';

/** What the address of a search holds. Defaults are left out, so that one search has one address. */
export interface SearchAddress {
  q?: string;
  spotlights?: SpotlightId[];
  inAts?: Exclude<InAtsFilter, 'any'>;
  title?: string[];
  location?: string[];
  /** From 2 on. */
  page?: number;
}

/** One thing that narrows a search, and the search without it. */
export interface SearchFilter {
  readonly kind: 'q' | 'spotlight' | 'inAts' | 'title' | 'location';
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
  return tidy({
    q,
    spotlights,
    ...(raw.inAts === 'only' || raw.inAts === 'exclude' ? { inAts: raw.inAts } : {}),
    title: texts(raw.title),
    location: texts(raw.location),
    ...(Number.isSafeInteger(page) ? { page } : {}),
  });
}

/** The same search without what is empty or default. */
export function tidy({ q, spotlights, inAts, title, location, page }: SearchAddress): SearchAddress {
  return {
    ...(q && { q }),
    ...(spotlights?.length && { spotlights }),
    ...(inAts && { inAts }),
    ...(title?.length && { title }),
    ...(location?.length && { location }),
    ...(page && page > 1 && { page }),
  };
}

/** A changed search begins on its first page again. */
export function narrow(address: SearchAddress, change: SearchAddress): SearchAddress {
  return tidy({ ...address, page: 1, ...change });
}

export function toggled<Value>(values: readonly Value[] | undefined, value: Value): Value[] {
  return values?.includes(value) ? values.filter((other) => other !== value) : [...(values ?? []), value];
}

export function filtersOf(address: SearchAddress): SearchFilter[] {
  const { q, spotlights, inAts, title, location } = address;
  const { inAts: _, ...withoutInAts } = address;
  return [
    ...(q ? [{ kind: 'q' as const, value: q, without: narrow(address, { q: '' }) }] : []),
    ...(spotlights ?? []).map((value) => ({
      kind: 'spotlight' as const,
      value,
      without: narrow(address, { spotlights: toggled(spotlights, value) }),
    })),
    ...(inAts ? [{ kind: 'inAts' as const, value: inAts, without: narrow(withoutInAts, {}) }] : []),
    ...(title ?? []).map((value) => ({
      kind: 'title' as const,
      value,
      without: narrow(address, { title: toggled(title, value) }),
    })),
    ...(location ?? []).map((value) => ({
      kind: 'location' as const,
      value,
      without: narrow(address, { location: toggled(location, value) }),
    })),
  ];
}

/** The query string that the API wants: `?q=&spotlights=a,b&inAts=only&title=&title=&page=1`. */
export function apiQuery({ q, spotlights, inAts, title, location, page }: SearchAddress): string {
  const params = new URLSearchParams();
  if (q) params.set('q', q);
  if (spotlights?.length) params.set('spotlights', spotlights.join(','));
  if (inAts) params.set('inAts', inAts);
  for (const value of title ?? []) params.append('title', value);
  for (const value of location ?? []) params.append('location', value);
  params.set('page', String(page ?? 1));
  return `?${params}`;
}

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
