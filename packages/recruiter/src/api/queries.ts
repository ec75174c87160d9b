import type {
  AtsCard,
  AtsTab,
  Facet,
  Me,
  Profile,
  SearchAnswer,
  SearchFilterName,
} from '@carrick/protocol/recruiter';
import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import { apiQuery, type SearchAddress, SHOWN_AT_ONCE } from '../search/search-address.ts';
import { RequestFailure, request } from './request.ts';

const SECOND_MS = 1000;

/** What a second try may cure: no answer, or a server that is starting. */
function isPassing(error: Error): boolean {
  return error instanceof RequestFailure && [0, 502, 503, 504].includes(error.status);
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30 * SECOND_MS,
        // Being offline is an error to show, not a reason to wait in silence.
        networkMode: 'always',
        retry: (failures, error) => failures < 1 && isPassing(error),
        retryDelay: 500,
      },
    },
  });
}

/** The signed-in person; null without a session. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 5 * 60 * SECOND_MS,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await request<Me>('/app/api/me', { signal, isAnonymous: true });
    } catch (error) {
      if (error instanceof RequestFailure && error.status === 401) return null;
      throw error;
    }
  },
});

/** One page of results. Each address has its own entry: a late answer can only fill the entry it was asked for. */
export const searchQuery = (address: SearchAddress) =>
  queryOptions({
    queryKey: ['search', address],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<SearchAnswer>(`/app/api/search${apiQuery(address)}&facets=${SHOWN_AT_ONCE}`, { signal }),
  });

/** Values of one filter that hold these letters. */
export const valuesQuery = (address: SearchAddress, filter: SearchFilterName, letters: string) =>
  queryOptions({
    queryKey: ['search-values', address, filter, letters],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<Facet[]>(
        `/app/api/search/values${apiQuery(address)}&${new URLSearchParams({ filter, begins: letters })}`,
        { signal },
      ),
  });

/** The same among members alone: whom a record can be linked with. */
export const memberSearchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', 'members', q],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<SearchAnswer>(`/app/api/search${apiQuery(q ? { q } : {})}&among=members`, { signal }),
  });

export const personKey = (id: string) => ['person', id] as const;
const personPath = (id: string) => `/app/api/people/${encodeURIComponent(id)}`;

export const profileQuery = (id: string) =>
  queryOptions({
    queryKey: [...personKey(id), 'profile'],
    queryFn: ({ signal }) => request<Profile>(personPath(id), { signal }),
  });

export const atsTabQuery = (id: string) =>
  queryOptions({
    queryKey: [...personKey(id), 'ats'],
    queryFn: ({ signal }) => request<AtsTab>(`${personPath(id)}/ats`, { signal }),
  });

export const atsCardQuery = (id: string) =>
  queryOptions({
    queryKey: [...personKey(id), 'card'],
    staleTime: 60 * SECOND_MS,
    queryFn: ({ signal }) => request<AtsCard>(`${personPath(id)}/card`, { signal }),
  });
