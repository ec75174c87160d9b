import type { PersonRow } from './recruiter.ts';

export const SPOTLIGHTS = [
  'pastApplicants',
  'openToWork',
  'companyConnections',
  'engagedWithBrand',
  'likelyToRespond',
] as const;
export type SpotlightId = (typeof SPOTLIGHTS)[number];
export const IN_ATS_FILTERS = ['any', 'only', 'exclude'] as const;
export type InAtsFilter = (typeof IN_ATS_FILTERS)[number];

/** How long ago somebody applied last: within 30 days, then half a year, then a year, or longer. */
export const APPLIED_SPANS = ['month', 'halfYear', 'year', 'longer'] as const;
export type AppliedSpan = (typeof APPLIED_SPANS)[number];
/** Years since the first position began: under 2, 2 to 4, 5 to 9, 10 or more. */
export const EXPERIENCE_SPANS = ['under2', 'under5', 'under10', 'over10'] as const;
export const SENIORITIES = [
  'owner',
  'executive',
  'vp',
  'director',
  'manager',
  'senior',
  'professional',
  'entry',
  'training',
] as const;
export type Seniority = (typeof SENIORITIES)[number];
export const SEARCH_SORTS = ['relevance', 'name', 'lastApplied'] as const;
export type SearchSort = (typeof SEARCH_SORTS)[number];

/**
 * What people are filtered by, each value exactly: under this name in the address, repeatable. `stage`: what a visible
 * application reached, by the stages' meaning; `reason`: why one was closed, as the ATS words it.
 */
export const SEARCH_FILTERS = [
  'title',
  'company',
  'location',
  'skill',
  'industry',
  'seniority',
  'experience',
  'stage',
  'reason',
  'applied',
] as const;
export type SearchFilterName = (typeof SEARCH_FILTERS)[number];

/**
 * `GET /app/api/search?q=&spotlights=a,b&inAts=only&title=&location=&…&sort=name&page=1&facets=title,company` → `SearchAnswer`.
 * `GET /app/api/search/values?filter=company&begins=glo&…` → `Facet[]`: the values that have a word beginning so.
 * `GET /app/api/search/export.csv?…` → the people found, as a file.
 */
export interface SearchQuery {
  readonly q: string;
  readonly spotlights: readonly SpotlightId[];
  readonly inAts: InAtsFilter;
  readonly filters: Readonly<Record<SearchFilterName, readonly string[]>>;
  readonly sort: SearchSort;
  /** `among=members`: whom a record can be linked with. */
  readonly isAmongMembers: boolean;
  /** From 1; 25 people a page. */
  readonly page: number;
  /** Which facets to count; all of them where the address does not say. */
  readonly facets: readonly SearchFilterName[];
}
export interface SearchAnswer {
  readonly total: number;
  /** True when more people fit than are counted: then total and counts are of those that were. */
  readonly isCapped: boolean;
  readonly page: number;
  readonly pageSize: number;
  readonly people: readonly PersonRow[];
  readonly spotlights: readonly SpotlightCount[];
  /** What each choice would leave. */
  readonly inAts: Readonly<Record<InAtsFilter, number>>;
  /** The commonest values of each facet asked for, each with the number of people that choosing it would leave. */
  readonly facets: Readonly<Record<SearchFilterName, readonly Facet[]>>;
  /** True while an ATS that was enabled lately is sending: counts will grow. */
  readonly isFirstSync: boolean;
  readonly answeredAt: number;
}
export interface SpotlightCount {
  readonly id: SpotlightId;
  readonly count: number;
  /** Why it cannot be chosen; absent when it can. */
  readonly unavailable?: 'no-ats' | 'no-data' | 'nobody' | 'switched-off';
}
export interface Facet {
  readonly value: string;
  readonly count: number;
}

/** `GET /app/api/saved-searches` → {saved: SavedSearch[]}; `POST` {name, query} → 201 {id}; `POST …/{id}` {name?, isDeleted?, isSeen?} → 204. */
export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  /** As behind the question mark of the search's address. */
  readonly query: string;
  readonly total: number;
  readonly isCapped: boolean;
  /** People who are found now and were not when the search was last opened; null where they are too many to tell. */
  readonly newCount: number | null;
  readonly seenAt: number;
}
