import type { WorthDoing } from '@carrick/protocol/notices';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../api/request.ts';

export const worthDoingQuery = queryOptions({
  queryKey: ['worth-doing'],
  staleTime: 0,
  queryFn: ({ signal }) => request<WorthDoing>('/app/api/worth-doing', { signal }),
});
