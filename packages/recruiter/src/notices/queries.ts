import type { NoticesAnswer } from '@carrick/protocol/notices';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../api/request.ts';

/** The page hears of people at once; of what else there is, so often. */
const LOOK_EVERY_MS = 60_000;

export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  refetchInterval: LOOK_EVERY_MS,
  queryFn: ({ signal }) => request<NoticesAnswer>('/app/api/notices', { signal }),
});

export const markSeen = (seenUntil: number): Promise<void> =>
  request('/app/api/notices', { method: 'POST', body: { seenUntil } });
