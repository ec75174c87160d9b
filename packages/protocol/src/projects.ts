/**
 * The app API of projects (`/app/api/projects…`). A project is seen by the seats of its contract, a private one by its owner alone;
 * for anybody else it answers 404, as one that does not exist. Every count is of people whose account is open.
 */
import type { Ats, PersonRow } from './recruiter.ts';

export const PROJECT_SORTS = ['used', 'created', 'name'] as const;
export type ProjectSort = (typeof PROJECT_SORTS)[number];

export interface ProjectStage {
  readonly no: number;
  readonly name: string;
  /** People in it who are not archived. */
  readonly count: number;
}
/** The job of an ATS that a project is tied to; told to those who may see the job. */
export interface ProjectJob {
  readonly ats: Ats;
  readonly jobId: string;
  readonly title: string;
}
export interface ProjectSummary {
  readonly id: string;
  readonly title: string;
  readonly company: string;
  readonly place: string;
  readonly isPrivate: boolean;
  /** The owner's name, and whether it is the viewer. */
  readonly owner: string;
  readonly isOwn: boolean;
  readonly createdAt: number;
  /** By the viewer; null: never. */
  readonly usedAt: number | null;
  readonly archivedAt: number | null;
  readonly active: number;
  readonly archived: number;
  readonly stages: readonly ProjectStage[];
  readonly job: ProjectJob | null;
}

/** `GET /app/api/projects?sort=used&archived=yes` → `ProjectList`; without `archived` those that are not. */
export interface ProjectList {
  readonly projects: readonly ProjectSummary[];
  /** How many there are of the other sort: archived ones, or not. */
  readonly others: number;
  readonly answeredAt: number;
}

/** `POST /app/api/projects` → `ProjectCreated`. */
export interface ProjectFields {
  readonly title: string;
  readonly company?: string;
  readonly place?: string;
  readonly isPrivate?: boolean;
  readonly job?: { readonly atsNo: number; readonly jobId: string } | null;
}
export interface ProjectCreated {
  readonly id: string;
}

/**
 * `POST /app/api/projects/{id}/settings` → 204. Stages in their order; one without `no` is new. A stage that still holds somebody,
 * archived or not, cannot be left out (409 STAGE_IN_USE). Only the owner makes a project private.
 */
export interface ProjectSettings extends ProjectFields {
  readonly stages: readonly { readonly no?: number; readonly name: string }[];
}

/** `GET /app/api/projects/{id}` → `ProjectPage`. */
export interface ProjectPage extends ProjectSummary {
  /** Newest first, at most 50. */
  readonly activity: readonly ProjectActivity[];
  readonly answeredAt: number;
}
export type ProjectChange =
  | 'created'
  | 'saved'
  | 'moved'
  | 'archived'
  | 'restored'
  | 'removed'
  | 'changed'
  | 'project-archived'
  | 'project-restored';
export interface ProjectActivity {
  readonly no: number;
  readonly change: ProjectChange;
  readonly by: string;
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly stage: string | null;
  readonly reason: string | null;
  readonly at: number;
}

/** `GET /app/api/projects/{id}/people?stage=2&q=&archived=yes&page=1` → `Pipeline`. */
export interface Pipeline {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly people: readonly PipelinePerson[];
  readonly answeredAt: number;
}
export interface PipelinePerson {
  readonly person: PersonRow;
  readonly stageNo: number;
  /** To hand back when moving: it tells whether somebody else was faster. */
  readonly version: number;
  readonly addedAt: number;
  readonly addedBy: string;
  readonly movedAt: number;
  readonly movedBy: string;
  readonly archivedAt: number | null;
  readonly archiveReason: string | null;
}

/** `POST /app/api/projects/{id}/save` → `SavedToProject`. Who is archived in it comes back. At most 100 people. */
export interface SaveToProject {
  readonly personIds: readonly string[];
  readonly stageNo?: number;
}
export interface SavedToProject {
  readonly saved: number;
  /** Those who were in it already. */
  readonly already: number;
}

/** `POST /app/api/projects/{id}/move` → `Moved`. */
export interface MoveInProject {
  readonly personId: string;
  readonly stageNo: number;
  readonly version: number;
}
export type Moved =
  | { readonly status: 'moved'; readonly version: number }
  /** Somebody was faster: nothing was changed, and this is what they did. */
  | {
      readonly status: 'overtaken';
      readonly by: string;
      readonly at: number;
      readonly stageNo: number;
      readonly version: number;
    };

/** `POST /app/api/projects/{id}/archive-people` → 204. `POST …/remove` {personIds} undoes a save → 204. */
export interface ArchiveInProject {
  readonly personIds: readonly string[];
  readonly isArchived: boolean;
  /** At most 200 characters. */
  readonly reason?: string;
}

/** `GET /app/api/projects/standing?person=…&person=…` → `PeopleInProjects`: in which projects people are, of those the viewer sees. */
export interface PeopleInProjects {
  readonly people: Readonly<Record<string, readonly PersonInProject[]>>;
}
export interface PersonInProject {
  readonly projectId: string;
  readonly title: string;
  readonly stage: string;
  /** When, and by whom, the person came into this stage. */
  readonly at: number;
  readonly by: string;
  /** The project's. */
  readonly owner: string;
  readonly isOwn: boolean;
  /** The project is not archived, and the person not archived in it. */
  readonly isActive: boolean;
}

/** `GET /app/api/projects/jobs?q=` → jobs that a project can be tied to, by title or id; at most 20. */
export interface TiableJobs {
  readonly jobs: readonly ProjectJob[];
}
