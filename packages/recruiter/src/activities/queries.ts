import type { HomeAnswer, PersonActivities } from '@carrick/protocol/recruiter';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { personKey } from '../api/queries.ts';
import { request } from '../api/request.ts';

const pathOf = (personId: string): string => `/app/api/activities/${encodeURIComponent(personId)}`;

export const activitiesQuery = (personId: string) =>
  queryOptions({
    queryKey: [...personKey(personId), 'activities'],
    queryFn: ({ signal }) => request<PersonActivities>(pathOf(personId), { signal }),
  });

export const homeQuery = queryOptions({
  queryKey: ['home'],
  staleTime: 0,
  queryFn: ({ signal }) => request<HomeAnswer>('/app/api/home', { signal }),
});

/** Changes something about one person; the answer is how it is then, and is shown at once. */
export async function changeActivities(
  client: QueryClient,
  personId: string,
  what: string,
  body: unknown,
): Promise<PersonActivities> {
  const now = await request<PersonActivities>(`${pathOf(personId)}/${what}`, { method: 'POST', body });
  client.setQueryData(activitiesQuery(personId).queryKey, now);
  return now;
}

export async function tagPeople(client: QueryClient, people: readonly string[], tag: string): Promise<void> {
  await request('/app/api/tags', { method: 'POST', body: { people, tag } });
  for (const id of people) void client.invalidateQueries({ queryKey: activitiesQuery(id).queryKey });
}
