import type { ExportJobsAnswer, ExportOptions, PersonExports } from '@carrick/protocol/exports';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { personKey } from '../api/queries.ts';
import { request } from '../api/request.ts';

const UNFINISHED_EVERY_MS = 15_000;

export const exportOptionsQuery = queryOptions({
  queryKey: ['export', 'options'],
  staleTime: 0,
  queryFn: ({ signal }) => request<ExportOptions>('/app/api/exports/options', { signal }),
});

/** Each text has its own entry: a late answer never replaces a newer one. */
export const exportJobsQuery = (atsNo: number, text: string) =>
  queryOptions({
    queryKey: ['export', 'jobs', atsNo, text],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<ExportJobsAnswer>(
        `/app/api/exports/jobs?${new URLSearchParams({ atsNo: `${atsNo}`, q: text })}`,
        {
          signal,
        },
      ),
  });

/** The event stream tells of what happens; that time passes nobody tells. */
export const personExportsQuery = (id: string) =>
  queryOptions({
    queryKey: [...personKey(id), 'exports'],
    queryFn: ({ signal }) =>
      request<PersonExports>(`/app/api/exports?person=${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.exports.some((each) => each.state === 'sending' || each.state === 'waiting')
        ? UNFINISHED_EVERY_MS
        : false,
  });
