import type { SavedSearch } from '@carrick/protocol/recruiter';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../api/request.ts';

const PATH = '/app/api/saved-searches';

export const savedSearchesQuery = queryOptions({
  queryKey: ['saved-searches'],
  queryFn: async ({ signal }) => (await request<{ saved: SavedSearch[] }>(PATH, { signal })).saved,
});

/** `query`: as behind the question mark of the search's address. */
export const saveSearch = (name: string, query: string) =>
  request<{ id: string }>(PATH, { method: 'POST', body: { name, query } });

export const changeSaved = (id: string, change: { name?: string; isDeleted?: boolean; isSeen?: boolean }) =>
  request<void>(`${PATH}/${id}`, { method: 'POST', body: change });
