import type {
  CandidateList,
  Decided,
  DecideRequest,
  DecisionLog,
  MatchExplanation,
  ReviewAnswer,
  ReviewKind,
} from '@carrick/protocol/recruiter';
import { keepPreviousData, type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query';
import { RequestFailure, request } from '../api/request.ts';
import { announce } from '../shell/announcer.tsx';
import { offerUndo, say } from '../shell/notice.ts';
import { words } from './words.ts';

export interface QueueAddress {
  readonly ats?: number;
  readonly kind?: Exclude<ReviewKind, 'all'>;
  readonly page?: number;
}

function addressOf(path: string, params: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined) query.set(name, String(value));
  return `/app/api/${path}?${query}`;
}

export const reviewQuery = ({ ats, kind, page }: QueueAddress) =>
  queryOptions({
    queryKey: ['review', 'queue', { ats, kind, page }],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<ReviewAnswer>(addressOf('review', { ats, kind, page }), { signal }),
  });

export const logQuery = (page: number) =>
  queryOptions({
    queryKey: ['review', 'log', page],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<DecisionLog>(addressOf('review/log', { page }), { signal }),
  });

export const candidatesQuery = (q: string, { isUnlinked = false, isLoose = false, page = 1 } = {}) =>
  queryOptions({
    queryKey: ['review', 'candidates', { q, isUnlinked, isLoose, page }],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<CandidateList>(
        addressOf('candidates', {
          q,
          page,
          linked: isUnlinked ? 'no' : undefined,
          words: isLoose ? 'any' : undefined,
        }),
        {
          signal,
        },
      ),
  });

export const explanationQuery = (ats: number, candidate: string) =>
  queryOptions({
    queryKey: ['review', 'explanation', ats, candidate],
    queryFn: ({ signal }) => request<MatchExplanation>(addressOf('matches', { ats, candidate }), { signal }),
  });

/** Who is linked with whom changed: everything that shows it is asked for again. */
function refreshMatches(client: QueryClient): void {
  for (const queryKey of [['review'], ['person'], ['search']]) void client.invalidateQueries({ queryKey });
}

/** What a decision is about, in words. */
export interface DecisionWords {
  readonly record: string;
  readonly person: string;
}

/** Decides, says so, and offers to undo it. True where it is decided so now. */
export function useDecide(): (decision: DecideRequest, about: DecisionWords) => Promise<boolean> {
  const client = useQueryClient();
  return async (decision, { record, person }) => {
    try {
      const { decisionNo } = await request<Decided>('/app/api/matches/decide', {
        method: 'POST',
        body: decision,
      });
      const text =
        decision.verdict === 'LINK'
          ? words.decided.linked(record, person)
          : words.decided.unlinked(record, person);
      if (decisionNo === null) announce(text);
      else offerUndo(text, () => lift(client, decisionNo));
      return true;
    } catch (error) {
      const isGone = error instanceof RequestFailure && error.status === 404;
      say(isGone ? words.decided.gone : words.decided.failed);
      return false;
    } finally {
      refreshMatches(client);
    }
  };
}

/** Undoes one decision. */
export async function lift(client: QueryClient, decisionNo: number): Promise<void> {
  try {
    await request('/app/api/matches/lift', { method: 'POST', body: { decisionNo } });
    say(words.decided.undone);
  } catch {
    say(words.decided.undoFailed);
  } finally {
    refreshMatches(client);
  }
}
