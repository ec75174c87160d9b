import type {
  CandidateList,
  Decided,
  DecideRequest,
  DecisionLog,
  MatchExplanation,
  Merged,
  MergeList,
  MergeRequest,
  ReviewAnswer,
  ReviewKind,
} from '@carrick/protocol/recruiter';
import { keepPreviousData, type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query';
import { RequestFailure, request } from '../api/request.ts';
import { announce } from '../shell/announcer.tsx';
import { offerUndo, say } from '../shell/notice.ts';
import { words as mergeWords } from './merge-words.ts';
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

export const mergesQuery = (page: number) =>
  queryOptions({
    queryKey: ['review', 'merges', page],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<MergeList>(addressOf('review/merges', { page }), { signal }),
  });

interface CandidateSearch {
  readonly atsNo?: number | undefined;
  readonly isUnlinked?: boolean;
  readonly isLoose?: boolean;
  readonly page?: number;
}

export const candidatesQuery = (
  q: string,
  { atsNo, isUnlinked = false, isLoose = false, page = 1 }: CandidateSearch = {},
) =>
  queryOptions({
    queryKey: ['review', 'candidates', { q, atsNo, isUnlinked, isLoose, page }],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<CandidateList>(
        addressOf('candidates', {
          q,
          page,
          ats: atsNo,
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

/** Merges, says so, and offers to undo it. True where the two are one now. */
export async function merge(client: QueryClient, merged: MergeRequest, text: string): Promise<boolean> {
  try {
    const { mergeNo } = await request<Merged>('/app/api/matches/merge', { method: 'POST', body: merged });
    offerUndo(text, () => undoMerge(client, mergeNo));
    return true;
  } catch (error) {
    say(failureWords(error, words.decided.failed));
    return false;
  } finally {
    refreshMatches(client);
  }
}

export async function undoMerge(client: QueryClient, mergeNo: number): Promise<void> {
  try {
    await request('/app/api/matches/undo-merge', { method: 'POST', body: { mergeNo } });
    say(mergeWords.undone);
  } catch (error) {
    say(failureWords(error, mergeWords.undoFailed));
  } finally {
    refreshMatches(client);
  }
}

/** Another merge in the way is for the reader to undo; everything else is not. */
function failureWords(error: unknown, otherwise: string): string {
  if (!(error instanceof RequestFailure)) return otherwise;
  if (error.status === 404) return words.decided.gone;
  return error.status === 409 ? mergeWords.inTheWay : otherwise;
}
