import type {
  Administrators,
  AuditAction,
  AuditAnswer,
  ErrorsAnswer,
  IntegrationsAnswer,
  PeopleAnswer,
} from '@carrick/protocol/administration';
import type {
  DeliveriesAnswer,
  DeliveryAnswer,
  DeliveryState,
  DestinationsAnswer,
} from '@carrick/protocol/deliveries';
import type { ErasableAnswer, ErasuresAnswer } from '@carrick/protocol/erasures';
import type { ExportList, ExportState } from '@carrick/protocol/exports';
import type { SyncHealthAnswer } from '@carrick/protocol/sync-health';
import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RequestFailure, request } from '../api/request.ts';
import { say } from '../shell/notice.ts';
import { words } from './words.ts';

/** A notice is under way for seconds: until it settled the page looks again. */
const LOOK_AGAIN_MS = 2000;
const SYNC_EVERY_MS = 30_000;

export const administratorsQuery = queryOptions({
  queryKey: ['admin', 'administrators'],
  queryFn: ({ signal }) => request<Administrators>('/app/api/administrators', { signal }),
});

export const integrationsQuery = queryOptions({
  queryKey: ['admin', 'integrations'],
  queryFn: ({ signal }) => request<IntegrationsAnswer>('/app/api/admin/integrations', { signal }),
  refetchInterval: ({ state }) =>
    state.data?.atss.some((ats) =>
      [...ats.company, ...ats.contract].some(({ notice }) => notice?.state === 'pending'),
    )
      ? LOOK_AGAIN_MS
      : false,
});

export const peopleQuery = queryOptions({
  queryKey: ['admin', 'people'],
  queryFn: ({ signal }) => request<PeopleAnswer>('/app/api/admin/people', { signal }),
});

/** Of all ATSs, or of one. */
export const errorsQuery = (hours: number, atsNo: number | null = null) =>
  queryOptions({
    queryKey: ['admin', 'errors', hours, atsNo],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<ErrorsAnswer>(
        `/app/api/admin/errors?hours=${hours}${atsNo === null ? '' : `&atsNo=${atsNo}`}`,
        {
          signal,
        },
      ),
  });

/** With the first ATS, unless it is said. */
export const syncQuery = (atsNo: number | null, hours: number) =>
  queryOptions({
    queryKey: ['admin', 'sync', atsNo, hours],
    placeholderData: keepPreviousData,
    refetchInterval: SYNC_EVERY_MS,
    queryFn: ({ signal }) =>
      request<SyncHealthAnswer>(
        `/app/api/admin/sync?hours=${hours}${atsNo === null ? '' : `&atsNo=${atsNo}`}`,
        {
          signal,
        },
      ),
  });

export const auditQuery = (action: AuditAction | null, before: number | null) =>
  queryOptions({
    queryKey: ['admin', 'audit', action, before],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({
        ...(action && { action }),
        ...(before && { before: String(before) }),
      });
      return request<AuditAnswer>(`/app/api/admin/audit?${params}`, { signal });
    },
  });

export const deliveriesQuery = (state: DeliveryState | null) =>
  queryOptions({
    queryKey: ['admin', 'deliveries', state],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<DeliveriesAnswer>(`/app/api/deliveries?most=50${state ? `&state=${state}` : ''}`, { signal }),
  });

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['admin', 'delivery', id],
    queryFn: ({ signal }) =>
      request<DeliveryAnswer>(`/app/api/deliveries/${encodeURIComponent(id)}`, { signal }),
  });

export const exportsQuery = (state: ExportState | null, before: string | null) =>
  queryOptions({
    queryKey: ['admin', 'exports', state, before],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ ...(state && { state }), ...(before && { before }) });
      return request<ExportList>(`/app/api/exports/list?${params}`, { signal });
    },
  });

export const destinationsQuery = queryOptions({
  queryKey: ['admin', 'destinations'],
  queryFn: ({ signal }) => request<DestinationsAnswer>('/app/api/destinations', { signal }),
});

export const erasuresQuery = queryOptions({
  queryKey: ['admin', 'erasures'],
  queryFn: ({ signal }) => request<ErasuresAnswer>('/app/api/admin/erasures', { signal }),
});

/** Exact: nobody is offered whose id or address was not typed in full. */
export const erasableQuery = (q: string) =>
  queryOptions({
    queryKey: ['admin', 'erasable', q],
    enabled: q !== '',
    queryFn: ({ signal }) =>
      request<ErasableAnswer>(`/app/api/admin/erasures/find?q=${encodeURIComponent(q)}`, { signal }),
  });

/** Sends a change, says what came of it, and has everything that may show it asked for again. */
export function useChange(): {
  readonly isBusy: boolean;
  change<Answer>(path: string, body: object, done: string | ((answer: Answer) => string)): Promise<boolean>;
} {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  return {
    isBusy,
    async change<Answer>(path: string, body: object, done: string | ((answer: Answer) => string)) {
      if (isBusy) return false;
      setBusy(true);
      try {
        const answer = await request<Answer>(`/app/api/${path}`, { method: 'POST', body });
        say(typeof done === 'string' ? done : done(answer));
        return true;
      } catch (error) {
        say(
          error instanceof RequestFailure && error.status < 500 && error.status > 0
            ? error.message
            : words.failedChange,
        );
        return false;
      } finally {
        setBusy(false);
        // Counts, indicators and the menu may all differ now.
        void client.invalidateQueries();
      }
    },
  };
}
