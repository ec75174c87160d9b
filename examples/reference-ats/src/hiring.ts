import { type Ats, newId, type Told, write } from './ats.ts';
import type { Tx } from './database.ts';

/** What people do in this ATS. Each is one transaction, and tells what it changed. */

export interface JobForm {
  readonly title: string;
  readonly description: string;
  readonly location: string;
  readonly isPublic: boolean;
  /** Null: every recruiter sees it. */
  readonly teamId: string | null;
}

export function saveJob(ats: Ats, id: string | null, form: JobForm): Promise<string> {
  return write(ats, async (tx, told) => {
    const jobId = id ?? newId('J');
    const [before] = await tx<
      { team_id: string | null }[]
    >`select team_id from job where id = ${jobId} for update`;
    await tx`insert into job (id, title, description, location, is_public, team_id, opened_at)
      values (${jobId}, ${form.title}, ${form.description}, ${form.location}, ${form.isPublic}, ${form.teamId}, ${ats.now()})
      on conflict (id) do update set title = excluded.title, description = excluded.description,
        location = excluded.location, is_public = excluded.is_public, team_id = excluded.team_id`;
    // The job before its rule is what the platform may see first: the connector sends them in the safe order.
    told.changed('job', jobId);
    if (form.teamId !== null) told.changed('entityAcl', jobId);
    if (before?.team_id && before.team_id !== form.teamId)
      told.gone.push({ kind: 'entityAcl', key: { acl: before.team_id, job: jobId }, record: null });
    // Applications carry their job's name.
    if (before) await tellApplications(tx, told, tx`job_id = ${jobId}`);
    return jobId;
  });
}

export function openOrCloseJob(ats: Ats, id: string, isOpen: boolean): Promise<void> {
  return write(ats, async (tx, told) => {
    await tx`update job set is_open = ${isOpen} where id = ${id}`;
    told.changed('job', id);
  });
}

export interface CandidateForm {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly profileUrl: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly company: string | null;
  readonly title: string | null;
  readonly source: string | null;
}

export function saveCandidate(ats: Ats, id: string | null, form: CandidateForm): Promise<string> {
  return write(ats, async (tx, told) => {
    const candidateId = id ?? newId('C');
    await tx`insert into candidate (id, first_name, last_name, email, phone, profile_url, city, country, company, title, source,
        created_at, changed_at)
      values (${candidateId}, ${form.firstName}, ${form.lastName}, ${form.email}, ${form.phone}, ${form.profileUrl}, ${form.city},
        ${form.country}, ${form.company}, ${form.title}, ${form.source}, ${ats.now()}, ${ats.now()})
      on conflict (id) do update set first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email,
        phone = excluded.phone, profile_url = excluded.profile_url, city = excluded.city, country = excluded.country,
        company = excluded.company, title = excluded.title, source = excluded.source, changed_at = excluded.changed_at`;
    told.changed('candidate', candidateId);
    if (id !== null) await tellApplications(tx, told, tx`candidate_id = ${candidateId}`);
    return candidateId;
  });
}

/** Notes go with their candidate, here and on the platform; applications stay as the jobs' history. */
export function deleteCandidate(ats: Ats, id: string): Promise<void> {
  return write(ats, async (tx, told) => {
    await tellApplications(tx, told, tx`candidate_id = ${id}`);
    await tx`delete from candidate where id = ${id}`;
    told.gone.push({ kind: 'candidate', key: id, record: null });
  });
}

/** Everything of `id` becomes `into`'s. */
export function mergeCandidates(ats: Ats, id: string, into: string): Promise<void> {
  return write(ats, async (tx, told) => {
    const notes = await tx<
      { id: string }[]
    >`update candidate_note set candidate_id = ${into} where candidate_id = ${id} returning id`;
    await tx`update document set candidate_id = ${into} where candidate_id = ${id}`;
    const applications = await tx<{ id: string }[]>`
      update application set candidate_id = ${into}, changed_at = ${ats.now()} where candidate_id = ${id} returning id`;
    await tx`update candidate set changed_at = ${ats.now()} where id = ${into}`;
    await tx`delete from candidate where id = ${id}`;
    told.changed('candidate', into);
    told.changed('candidateNote', ...notes.map((note) => note.id));
    told.changed('application', ...applications.map((application) => application.id));
    told.merge = { survivor: into, loser: id };
  });
}

export function addCandidateNote(
  ats: Ats,
  candidateId: string,
  authorId: string,
  note: string,
): Promise<void> {
  return write(ats, async (tx, told) => {
    const id = newId('N');
    await tx`insert into candidate_note values (${id}, ${candidateId}, ${authorId}, ${note}, ${ats.now()})`;
    told.changed('candidateNote', id);
  });
}

export function editCandidateNote(ats: Ats, id: string, note: string): Promise<void> {
  return write(ats, async (tx, told) => {
    await tx`update candidate_note set note = ${note} where id = ${id}`;
    told.changed('candidateNote', id);
  });
}

export function deleteCandidateNote(ats: Ats, id: string): Promise<void> {
  return write(ats, async (tx, told) => {
    const [row] = await tx<
      { candidate_id: string }[]
    >`delete from candidate_note where id = ${id} returning candidate_id`;
    if (row)
      told.gone.push({ kind: 'candidateNote', key: { candidate: row.candidate_id, id }, record: null });
  });
}

export function addDocument(
  ats: Ats,
  candidateId: string,
  file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array },
): Promise<void> {
  return write(ats, async (tx) => {
    await tx`insert into document values (${newId('D')}, ${candidateId}, ${file.name}, ${file.type}, ${Buffer.from(file.bytes)}, ${ats.now()})`;
  });
}

export function apply(ats: Ats, candidateId: string, jobId: string, source: string | null): Promise<string> {
  return write(ats, (tx, told) => applyIn(tx, told, ats.now(), candidateId, jobId, source));
}

/** Once for each job: whoever comes again is in it already. */
export async function applyIn(
  tx: Tx,
  told: Told,
  now: Date,
  candidateId: string,
  jobId: string,
  source: string | null,
): Promise<string> {
  const [known] = await tx<{ id: string }[]>`
    select id from application where candidate_id = ${candidateId} and job_id = ${jobId}`;
  if (known) return known.id;
  const id = newId('A');
  const stageId = newId('S');
  await tx`insert into application values (${id}, ${candidateId}, ${jobId}, ${source}, null, ${now}, ${now})`;
  await tx`insert into stage values (${stageId}, ${id}, 'Applied', ${now})`;
  told.changed('application', id);
  told.changed('stage', stageId);
  return id;
}

export function moveTo(ats: Ats, applicationId: string, stage: string, reason: string | null): Promise<void> {
  return write(ats, async (tx, told) => {
    const id = newId('S');
    await tx`insert into stage values (${id}, ${applicationId}, ${stage}, ${ats.now()})`;
    await tx`update application set reason = ${reason}, changed_at = ${ats.now()} where id = ${applicationId}`;
    told.changed('stage', id);
    told.changed('application', applicationId);
  });
}

export function addApplicationNote(
  ats: Ats,
  applicationId: string,
  authorId: string,
  note: string,
): Promise<void> {
  return write(ats, async (tx, told) => {
    const id = newId('N');
    await tx`insert into application_note values (${id}, ${applicationId}, ${authorId}, ${note}, ${ats.now()})`;
    told.changed('applicationNote', id);
  });
}

export interface FeedbackForm {
  readonly interviewerId: string;
  readonly kind: 'PHONE_SCREEN' | 'ONSITE';
  readonly attribute: string;
  readonly result: string;
  readonly text: string;
}

export function addFeedback(ats: Ats, applicationId: string, form: FeedbackForm): Promise<void> {
  return write(ats, async (tx, told) => {
    const id = newId('F');
    await tx`insert into feedback values (${id}, ${applicationId}, ${form.interviewerId}, ${form.kind}, ${form.attribute},
      ${form.result}, ${form.text}, ${ats.now()})`;
    told.changed('interviewFeedback', id);
  });
}

const CHILDREN = {
  stage: 'stage',
  note: 'application_note',
  feedback: 'feedback',
} as const;
const CHILD_KINDS = { stage: 'stage', note: 'applicationNote', feedback: 'interviewFeedback' } as const;
export type Child = keyof typeof CHILDREN;
export const isChild = (name: string): name is Child => Object.hasOwn(CHILDREN, name);

export function deleteChild(ats: Ats, child: Child, id: string): Promise<void> {
  return write(ats, async (tx, told) => {
    const [row] = await tx<{ application_id: string }[]>`
      delete from ${tx(CHILDREN[child])} where id = ${id} returning application_id`;
    if (row)
      told.gone.push({
        kind: CHILD_KINDS[child],
        key: { application: row.application_id, id },
        record: null,
      });
  });
}

export function deleteApplication(ats: Ats, id: string): Promise<void> {
  return write(ats, async (tx, told) => {
    await tx`delete from application where id = ${id}`;
    told.gone.push({ kind: 'application', key: id, record: null });
  });
}

export function addTeam(ats: Ats, name: string): Promise<string> {
  return write(ats, async (tx) => {
    const id = newId('T');
    await tx`insert into team values (${id}, ${name})`;
    return id;
  });
}

export function joinTeam(ats: Ats, teamId: string, staffId: string): Promise<void> {
  return write(ats, async (tx, told) => {
    await tx`insert into team_staff values (${teamId}, ${staffId}) on conflict do nothing`;
    told.changed('entityAclAssignee', teamId);
  });
}

export function leaveTeam(ats: Ats, teamId: string, staffId: string): Promise<void> {
  return write(ats, async (tx, told) => {
    await tx`delete from team_staff where team_id = ${teamId} and staff_id = ${staffId}`;
    told.gone.push({ kind: 'entityAclAssignee', key: { acl: teamId, user: staffId }, record: null });
  });
}

export function addStaff(ats: Ats, firstName: string, lastName: string, email: string): Promise<void> {
  return write(ats, async (tx) => {
    await tx`insert into staff values (${newId('U')}, ${firstName}, ${lastName}, ${email})`;
  });
}

async function tellApplications(tx: Tx, told: Told, which: ReturnType<Tx>): Promise<void> {
  const rows = await tx<{ id: string }[]>`select id from application where ${which}`;
  told.changed('application', ...rows.map(({ id }) => id));
}
