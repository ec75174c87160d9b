import type {
  PartnerAudit,
  PartnerCustomers,
  PartnerDeliveries,
  PartnerMe,
  PartnerRequests,
} from '@carrick/protocol/partner-console';
import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RequestFailure, request } from '../api/request.ts';
import { say } from '../shell/notice.ts';
import { words } from './words.ts';

/** Somebody watches the log while an integration is made to work. */
const LOG_EVERY_MS = 2_000;
const ME_EVERY_MS = 60_000;

interface Options {
  readonly method?: 'POST';
  readonly body?: object;
  readonly signal?: AbortSignal;
}

/** A console's session is no seat's: that it ended is shown by the console itself. */
export function ask<Answer>(path: string, options: Options = {}): Promise<Answer> {
  return request<Answer>(`/app/api/partner/${path}`, { ...options, isAnonymous: true });
}

/** Null: nobody is signed in. */
export const partnerMeQuery = queryOptions({
  queryKey: ['partner', 'me'],
  refetchInterval: ME_EVERY_MS,
  queryFn: async ({ signal }): Promise<PartnerMe | null> => {
    try {
      return await ask<PartnerMe>('me', { signal });
    } catch (error) {
      if (error instanceof RequestFailure && error.status === 401) return null;
      throw error;
    }
  },
});

export const customersQuery = queryOptions({
  queryKey: ['partner', 'customers'],
  queryFn: ({ signal }) => ask<PartnerCustomers>('customers', { signal }),
});

export const requestsQuery = (applicationId: number | null, isFailed: boolean) =>
  queryOptions({
    queryKey: ['partner', 'requests', applicationId, isFailed],
    placeholderData: keepPreviousData,
    refetchInterval: LOG_EVERY_MS,
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({
        ...(applicationId !== null && { applicationId: String(applicationId) }),
        ...(isFailed && { failed: 'yes' }),
      });
      return ask<PartnerRequests>(`requests?${params}`, { signal });
    },
  });

export const auditQuery = (before: number | null) =>
  queryOptions({
    queryKey: ['partner', 'audit', before],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      ask<PartnerAudit>(`audit${before === null ? '' : `?before=${before}`}`, { signal }),
  });

export const deliveriesQuery = (applicationId: number) =>
  queryOptions({
    queryKey: ['partner', 'deliveries', applicationId],
    queryFn: ({ signal }) => ask<PartnerDeliveries>(`deliveries?applicationId=${applicationId}`, { signal }),
  });

/** Sends a change; what the server refuses comes back as its sentence. */
export function useConsoleChange(): {
  readonly isBusy: boolean;
  readonly refusal: string | undefined;
  change<Answer>(path: string, body: object, done?: string): Promise<Answer | undefined>;
} {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  return {
    isBusy,
    refusal,
    async change<Answer>(path: string, body: object, done?: string) {
      if (isBusy) return undefined;
      setBusy(true);
      setRefusal(undefined);
      try {
        // A change without an answer has been made all the same.
        const answer = (await ask<Answer | undefined>(path, { method: 'POST', body })) ?? ({} as Answer);
        if (done) say(done);
        return answer;
      } catch (error) {
        const isSaid = error instanceof RequestFailure && error.status >= 400 && error.status < 500;
        setRefusal(isSaid ? error.message : words.failedChange);
        return undefined;
      } finally {
        setBusy(false);
        void client.invalidateQueries({ queryKey: ['partner'] });
      }
    },
  };
}
