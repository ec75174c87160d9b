import type { InboxAnswer, MessageFolder, PersonMessages, Thread } from '@carrick/protocol/recruiter';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { personKey } from '../api/queries.ts';
import { request } from '../api/request.ts';

export const MESSAGES_KEY = ['messages'] as const;

export const inboxQuery = (folder: MessageFolder) =>
  infiniteQueryOptions({
    queryKey: [...MESSAGES_KEY, 'inbox', folder],
    initialPageParam: '',
    getNextPageParam: (last: InboxAnswer) => last.next,
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({ folder, ...(pageParam === '' ? {} : { before: pageParam }) });
      return request<InboxAnswer>(`/app/api/messages?${query}`, { signal });
    },
  });

export const threadQuery = (conversationId: string) =>
  queryOptions({
    queryKey: [...MESSAGES_KEY, 'thread', conversationId],
    queryFn: ({ signal }) =>
      request<Thread>(`/app/api/messages/${encodeURIComponent(conversationId)}`, { signal }),
  });

export const personMessagesQuery = (personId: string) =>
  queryOptions({
    queryKey: [...personKey(personId), 'messages'],
    queryFn: ({ signal }) =>
      request<PersonMessages>(`/app/api/messages/with/${encodeURIComponent(personId)}`, { signal }),
  });
