import type { RunningAts } from '@carrick/reference-ats';
import type { AtsRecord } from './ats-records.ts';
import { JOBS } from './careers.ts';
import { SECURED_FOR } from './company.ts';

const TEAM = { id: 'T-LEADERSHIP', name: 'Leadership hiring' };

/** A user of the ATS: somebody who has a seat, known there by the same address. */
export interface AtsUser {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

/** Writes the world into the ATS's own tables, one statement a table. What is there already stays as it is. */
export async function fillAts(
  { sql }: RunningAts,
  records: readonly AtsRecord[],
  users: readonly AtsUser[],
): Promise<void> {
  const staffIdOf = (actor: { firstName?: unknown; lastName?: unknown } | null | undefined) =>
    users.find(({ firstName, lastName }) => firstName === actor?.firstName && lastName === actor.lastName)
      ?.id;
  const rows = <K extends AtsRecord['kind'], R>(kind: K, row: (record: AtsRecord<K>) => R): R[] =>
    records.filter((record): record is AtsRecord<K> => record.kind === kind).map(row);
  const at = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? null : new Date(ms).toISOString();
  const teamOf = (jobId: string) =>
    JOBS.some(({ id, isSecured }) => id === jobId && isSecured) ? TEAM.id : null;

  const tables = {
    staff: users.map(({ id, firstName, lastName, email }) => ({
      id,
      first_name: firstName,
      last_name: lastName,
      email,
    })),
    team: [TEAM],
    team_staff: users
      .filter(({ email }) => email === SECURED_FOR)
      .map(({ id }) => ({
        team_id: TEAM.id,
        staff_id: id,
      })),
    job: rows('job', ({ id, record }) => ({
      id,
      title: record.title,
      description: record.description,
      location: record.location,
      is_open: record.state === 'LISTED',
      is_public: record.availability === 'PUBLIC',
      team_id: teamOf(id),
      opened_at: at(record.listedAt),
    })),
    candidate: rows('candidate', ({ id, record }) => ({
      id,
      first_name: record.firstName,
      last_name: record.lastName,
      email: record.emailAddresses[0],
      phone: record.phoneNumbers?.[0]?.number,
      profile_url: record.linkedInProfileUrl,
      city: record.addresses?.[0]?.city,
      region: record.addresses?.[0]?.geographicArea,
      country: record.addresses?.[0]?.country,
      company: record.currentCompanyName,
      title: record.currentJobTitle,
      created_at: at(record.atsCreatedAt),
      changed_at: at(record.atsLastModifiedAt),
      person_is_manual: false,
    })),
    candidate_note: rows('candidateNote', ({ id, parentId, record }) => ({
      id,
      candidate_id: parentId,
      author_id: staffIdOf(record.author),
      note: record.note,
      created_at: at(record.atsCreatedAt),
    })),
    application: rows('application', ({ id, record }) => ({
      id,
      candidate_id: record.atsCandidateId,
      job_id: record.atsJobPostingId,
      source: record.source,
      reason: record.dispositionReason,
      applied_at: at(record.atsCreatedAt),
      changed_at: at(record.atsLastModifiedAt),
    })),
    stage: rows('stage', ({ id, parentId, record }) => ({
      id,
      application_id: parentId,
      name: record.stage,
      entered_at: at(record.atsCreatedAt),
    })),
    application_note: rows('applicationNote', ({ id, parentId, record }) => ({
      id,
      application_id: parentId,
      author_id: staffIdOf(record.author),
      note: record.note,
      created_at: at(record.atsCreatedAt),
    })),
    feedback: rows('interviewFeedback', ({ id, parentId, record }) => ({
      id,
      application_id: parentId,
      interviewer_id: staffIdOf(record.interviewer),
      kind: record.interviewType,
      attribute: record.evaluations?.[0]?.attribute,
      result: record.evaluations?.[0]?.result,
      text: record.feedback,
      held_at: at(record.atsCreatedAt),
    })),
  };
  await sql.begin(async (tx) => {
    for (const [table, values] of Object.entries(tables))
      await tx`insert into ${tx(table)} select * from jsonb_populate_recordset(null::${tx(table)}, ${JSON.stringify(values)}::text::jsonb)
        on conflict do nothing`;
  });
}
