import { type JobFacts, maySee, maySeeCandidate, type Viewer } from '../access/index.ts';
import type { Sql } from '../kernel/db.ts';
import type { RecordsEvent } from '../records/index.ts';

/** Of a job with thousands of applications only so many people are told about; the rest are found when their page is read again. */
const MAX_PEOPLE_OF_JOBS = 200;

/** What has to be known to say whom a list of events is about, and who may be told. */
export interface Surroundings {
  readonly members: ReadonlyMap<string, readonly number[]>;
  readonly applications: ReadonlyMap<string, ApplicationFacts>;
  readonly jobs: ReadonlyMap<string, JobFacts>;
  readonly onJobs: ReadonlyMap<string, readonly ApplicationFacts[]>;
  /** Of candidates that events are about themselves, where a contract is strict; else nobody asks. */
  readonly ofCandidates: ReadonlyMap<string, readonly ApplicationFacts[]>;
}

interface ApplicationFacts {
  readonly atsNo: number;
  readonly jobId: string;
  readonly candidateId: string | null;
  readonly isRestricted: boolean;
}

interface ApplicationRow {
  ats_no: number;
  id: string;
  job_id: string;
  candidate_id: string | null;
  is_restricted: boolean;
}
interface JobRow {
  ats_no: number;
  job_id: string;
  is_known: boolean;
  is_restricted: boolean;
  acls: string[];
}
interface LinkRow {
  ats_no: number;
  candidate_id: string;
  member_id: number;
}

/** Statements that look up, set-wise, what events of one organisation are about; all for one flight. */
export function surroundingStatements(tx: Sql, tenantId: number, events: readonly RecordsEvent[]) {
  const applications = pairs(events.filter(isOfApplication), (event) => event.keys.map(([id = '']) => id));
  const jobs = pairs(events, (event) => event.jobIds);
  const wholeJobs = pairs(events.filter(isOfJob), (event) => event.jobIds);
  const candidates = pairs(events, (event) => event.candidateIds);
  const alone = pairs(events.filter(isOfCandidate), (event) => event.candidateIds);
  const columns = tx`a.ats_no, a.id, a.job_id, a.candidate_id, coalesce(a.access_restricted, false) as is_restricted`;
  const onWholeJobs = tx`
    select ${columns}
    from unnest(${wholeJobs.atsNos}::int[], ${wholeJobs.ids}::text[]) as w (ats_no, id)
    join application a on a.tenant_id = ${tenantId} and a.ats_no = w.ats_no and a.job_id = w.id and a.candidate_id is not null
    limit ${MAX_PEOPLE_OF_JOBS}`;
  const ofCandidates = tx`
    select ${columns}
    from unnest(${alone.atsNos}::int[], ${alone.ids}::text[]) as w (ats_no, id)
    join application a on a.tenant_id = ${tenantId} and a.ats_no = w.ats_no and a.candidate_id = w.id
    where exists (
      select from contract_switch s where s.tenant_id = ${tenantId} and s.feature = 'bare-indicator' and not s.is_on
    )`;
  return [
    tx<ApplicationRow>`
      select ${columns}
      from unnest(${applications.atsNos}::int[], ${applications.ids}::text[]) as w (ats_no, id)
      join application a on a.tenant_id = ${tenantId} and a.ats_no = w.ats_no and a.id = w.id`,
    tx<ApplicationRow>`${onWholeJobs}`,
    tx<ApplicationRow>`${ofCandidates}`,
    tx<JobRow>`
      select w.ats_no, w.id as job_id, j.id is not null as is_known, coalesce(j.access_restricted, false) as is_restricted,
        array(
          select e.acl_id from entity_acl e
          where e.tenant_id = ${tenantId} and e.ats_no = w.ats_no and e.entity_type = 'JOB_POSTING' and e.entity_id = w.id
        ) as acls
      from (
        select * from unnest(${jobs.atsNos}::int[], ${jobs.ids}::text[]) as w (ats_no, id)
        union
        select a.ats_no, a.job_id from (${ofCandidates}) a
      ) w
      left join job j on j.tenant_id = ${tenantId} and j.ats_no = w.ats_no and j.id = w.id`,
    tx<LinkRow>`
      select l.ats_no, l.candidate_id, l.member_id
      from (
        select * from unnest(${candidates.atsNos}::int[], ${candidates.ids}::text[]) as w (ats_no, id)
        union
        select a.ats_no, a.candidate_id from (${onWholeJobs}) a
      ) w
      join candidate_member l on l.tenant_id = ${tenantId} and l.ats_no = w.ats_no and l.candidate_id = w.id`,
  ] as const;
}

export function surroundingsOf(
  applications: readonly ApplicationRow[],
  onJobs: readonly ApplicationRow[],
  ofCandidates: readonly ApplicationRow[],
  jobs: readonly JobRow[],
  links: readonly LinkRow[],
): Surroundings {
  const linked = Map.groupBy(links, (row) => keyOf(row.ats_no, row.candidate_id));
  const ofJobs = Map.groupBy(onJobs, (row) => keyOf(row.ats_no, row.job_id));
  const alone = Map.groupBy(ofCandidates, (row) => keyOf(row.ats_no, row.candidate_id ?? ''));
  return {
    members: new Map([...linked].map(([key, rows]) => [key, rows.map((row) => row.member_id)])),
    applications: new Map(applications.map((row) => [keyOf(row.ats_no, row.id), factsOf(row)])),
    jobs: new Map(
      jobs.map((row) => [
        keyOf(row.ats_no, row.job_id),
        { atsNo: row.ats_no, isKnown: row.is_known, isRestricted: row.is_restricted, acls: row.acls },
      ]),
    ),
    onJobs: new Map([...ofJobs].map(([key, rows]) => [key, rows.map(factsOf)])),
    ofCandidates: new Map([...alone].map(([key, rows]) => [key, rows.map(factsOf)])),
  };
}

/** What one viewer is told. */
export interface News {
  readonly memberIds: ReadonlySet<number>;
  /** Whether a search may find others, or count differently. */
  readonly isSearchStale: boolean;
}

/** Reduces events to what this viewer may know of: nothing about an application that the viewer may not see. */
export function newsFor(viewer: Viewer, events: readonly RecordsEvent[], around: Surroundings): News {
  const news = { memberIds: new Set<number>(), isSearchStale: false };
  for (const event of events) {
    if (!viewer.atss.some((ats) => ats.atsNo === event.atsNo)) continue;
    const { memberIds, isSearchStale } = newsOf(viewer, event, around);
    for (const id of memberIds) news.memberIds.add(id);
    news.isSearchStale ||= isSearchStale;
  }
  return news;
}

interface EventNews {
  readonly memberIds: readonly number[];
  readonly isSearchStale: boolean;
}
const NOTHING: EventNews = { memberIds: [], isSearchStale: false };

function newsOf(viewer: Viewer, event: RecordsEvent, around: Surroundings): EventNews {
  switch (event.kind) {
    case 'candidate':
    case 'candidateNote':
      return ofCandidates(viewer, event, around);
    case 'application':
      return event.change === 'delete'
        ? ofDeleted(viewer, event, around)
        : ofApplications(viewer, event, around);
    case 'applicationNote':
    case 'interviewFeedback':
    case 'stage':
      return ofApplications(viewer, event, around);
    case 'job':
    case 'entityAcl':
      return ofJobs(viewer, event, around);
    case 'entityAclAssignee':
      // The viewer's own membership of a group: everything the viewer looks at may differ.
      return { memberIds: [], isSearchStale: event.memberIds.includes(viewer.memberId) };
  }
}

/** Of members who were matched before it is told where all the candidates are there for the viewer: which was whose is not known. */
function ofCandidates(viewer: Viewer, event: RecordsEvent, around: Surroundings): EventNews {
  const { atsNo, candidateIds } = event;
  const seen = candidateIds.filter((id) =>
    maySeeCandidate(
      viewer,
      (around.ofCandidates.get(keyOf(atsNo, id)) ?? []).flatMap(({ jobId, isRestricted }) => {
        const job = around.jobs.get(keyOf(atsNo, jobId));
        return job ? [{ job, isRestricted }] : [];
      }),
    ),
  );
  const former = seen.length === candidateIds.length ? event.memberIds : [];
  return {
    memberIds: [...membersOf(around, event, seen), ...former],
    isSearchStale: event.kind === 'candidate' && seen.length > 0,
  };
}

function ofApplications(viewer: Viewer, event: RecordsEvent, around: Surroundings): EventNews {
  const visible = event.keys.flatMap(([id = '']) => {
    const application = around.applications.get(keyOf(event.atsNo, id));
    return application && sees(viewer, around, application) ? [application] : [];
  });
  return {
    memberIds: membersOf(
      around,
      event,
      visible.map((application) => application.candidateId),
    ),
    isSearchStale: visible.length > 0 && (event.kind === 'application' || event.kind === 'stage'),
  };
}

/** Deleted ones can no longer be looked up one by one: their people are told of only if all their jobs are visible. */
function ofDeleted(viewer: Viewer, event: RecordsEvent, around: Surroundings): EventNews {
  const { atsNo, jobIds, candidateIds } = event;
  if (!jobIds.every((jobId) => sees(viewer, around, { atsNo, jobId, isRestricted: false }))) return NOTHING;
  return { memberIds: membersOf(around, event, candidateIds), isSearchStale: true };
}

function ofJobs(viewer: Viewer, { atsNo, jobIds }: RecordsEvent, around: Surroundings): EventNews {
  const visible = jobIds.filter((jobId) => sees(viewer, around, { atsNo, jobId, isRestricted: false }));
  const applications = visible.flatMap((jobId) => around.onJobs.get(keyOf(atsNo, jobId)) ?? []);
  const seen = applications.filter((application) => sees(viewer, around, application));
  return {
    memberIds: membersOf(
      around,
      { atsNo },
      seen.map((application) => application.candidateId),
    ),
    isSearchStale: visible.length > 0,
  };
}

function sees(
  viewer: Viewer,
  around: Surroundings,
  { atsNo, jobId, isRestricted }: Omit<ApplicationFacts, 'candidateId'>,
): boolean {
  const job = around.jobs.get(keyOf(atsNo, jobId));
  return job !== undefined && maySee(viewer, job, isRestricted);
}

function membersOf(
  around: Surroundings,
  { atsNo }: Pick<RecordsEvent, 'atsNo'>,
  candidateIds: readonly (string | null)[],
): number[] {
  return candidateIds.flatMap((id) => (id === null ? [] : (around.members.get(keyOf(atsNo, id)) ?? [])));
}

function factsOf(row: ApplicationRow): ApplicationFacts {
  return {
    atsNo: row.ats_no,
    jobId: row.job_id,
    candidateId: row.candidate_id,
    isRestricted: row.is_restricted,
  };
}

function isOfApplication({ kind }: RecordsEvent): boolean {
  return (
    kind === 'application' || kind === 'applicationNote' || kind === 'interviewFeedback' || kind === 'stage'
  );
}

function isOfCandidate({ kind }: RecordsEvent): boolean {
  return kind === 'candidate' || kind === 'candidateNote';
}

function isOfJob({ kind }: RecordsEvent): boolean {
  return kind === 'job' || kind === 'entityAcl';
}

/** Two parallel lists of what the events name, each pair once. */
function pairs(events: readonly RecordsEvent[], idsOf: (event: RecordsEvent) => readonly string[]) {
  const unique = new Map(
    events.flatMap((event) => idsOf(event).map((id) => [keyOf(event.atsNo, id), { atsNo: event.atsNo, id }])),
  );
  const all = [...unique.values()];
  return { atsNos: all.map((pair) => pair.atsNo), ids: all.map((pair) => pair.id) };
}

function keyOf(atsNo: number, id: string): string {
  return `${atsNo} ${id}`;
}
