import type {
  ArchiveInProject,
  Moved,
  MoveInProject,
  OutreachAnswer,
  PeopleInProjects,
  PersonInProject,
  Pipeline,
  ProjectCreated,
  ProjectFields,
  ProjectList,
  ProjectPage,
  ProjectSettings,
  ProjectSort,
  SavedToProject,
  TiableJobs,
} from '@carrick/protocol/recruiter';
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import { request } from '../api/request.ts';

const PATH = '/app/api/projects';
const at = (id: string, rest = '') => `${PATH}/${encodeURIComponent(id)}${rest}`;

export const projectsQuery = (sort: ProjectSort = 'used', isArchived = false) =>
  queryOptions({
    queryKey: ['projects', 'list', sort, isArchived],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<ProjectList>(`${PATH}?sort=${sort}${isArchived ? '&archived=yes' : ''}`, { signal }),
  });

export const projectQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'page'],
    queryFn: ({ signal }) => request<ProjectPage>(at(id), { signal }),
  });

export interface PipelineAddress {
  stage?: number;
  archived?: 'yes';
  q?: string;
  page?: number;
}

export const pipelineQuery = (id: string, { stage, archived, q, page }: PipelineAddress) => {
  const params = new URLSearchParams();
  if (stage !== undefined) params.set('stage', String(stage));
  if (archived) params.set('archived', archived);
  if (q) params.set('q', q);
  if (page) params.set('page', String(page));
  return queryOptions({
    queryKey: ['projects', id, 'people', params.toString()],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<Pipeline>(at(id, `/people?${params}`), { signal }),
  });
};

/** In which projects these people are: one request for all that a page shows. */
export const standingQuery = (personIds: readonly string[]) =>
  queryOptions({
    queryKey: ['projects', 'standing', ...personIds],
    enabled: personIds.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<PeopleInProjects>(
        `${PATH}/standing?${new URLSearchParams(personIds.map((id) => ['person', id]))}`,
        { signal },
      ),
  });

/** Which of these people a colleague wrote to lately. */
export const outreachQuery = (personIds: readonly string[]) =>
  queryOptions({
    queryKey: ['messages', 'outreach', ...personIds],
    enabled: personIds.length > 0,
    queryFn: ({ signal }) =>
      request<OutreachAnswer>(
        `/app/api/messages/outreach?${new URLSearchParams(personIds.map((id) => ['person', id]))}`,
        { signal },
      ),
  });

export const activeProjects = (
  projects: readonly PersonInProject[] | undefined,
): readonly PersonInProject[] => (projects ?? []).filter(({ isActive }) => isActive);

export const jobsQuery = (q: string) =>
  queryOptions({
    queryKey: ['projects', 'jobs', q],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<TiableJobs>(`${PATH}/jobs?${new URLSearchParams({ q })}`, { signal }),
  });

/** Everything that shows projects is asked for again. */
export function refreshProjects(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: ['projects'] });
}

const post = <Answer>(path: string, body: unknown) => request<Answer>(path, { method: 'POST', body });

export const createProject = (fields: ProjectFields) => post<ProjectCreated>(PATH, fields);
export const changeSettings = (id: string, settings: ProjectSettings) =>
  post<void>(at(id, '/settings'), settings);
export const archiveProject = (id: string, isArchived: boolean) =>
  post<void>(at(id, '/archive'), { isArchived });
export const saveToProject = (id: string, personIds: readonly string[]) =>
  post<SavedToProject>(at(id, '/save'), { personIds });
export const removeFromProject = (id: string, personIds: readonly string[]) =>
  post<void>(at(id, '/remove'), { personIds });
export const moveInProject = (id: string, move: MoveInProject) => post<Moved>(at(id, '/move'), move);
export const archiveInProject = (id: string, archive: ArchiveInProject) =>
  post<void>(at(id, '/archive-people'), archive);
