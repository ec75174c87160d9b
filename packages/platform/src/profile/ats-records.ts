import type { AtsAttachment, AtsFeedback, AtsJob, AtsNote, AtsRecord } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../kernel/db.ts';
import { type PersonSubject, webUrl } from '../search/index.ts';
import { atsWords } from '../session/index.ts';
import {
  type ApplicationRow,
  type AttachmentRow,
  atsStatements,
  attachmentStatement,
  type CandidateRow,
  type FeedbackRow,
  type NoteRow,
  type SharingRow,
  type StageRow,
  sharingStatement,
} from './ats-rows.ts';

/**
 * Everything the ATSs hold on one person, as the viewer may see it. Card, tab and the counts in the profile's header all come from
 * here, so that they cannot disagree. One record per candidate: people are entered twice.
 */
export async function readAtsRecords(
  tx: Tx,
  viewer: Viewer,
  subject: PersonSubject,
  now: number,
): Promise<AtsRecord[]> {
  const [candidates, applications, stages, notes, feedback, candidateNotes, sharing, files] = await tx.flight(
    [
      ...atsStatements(tx, viewer, subject),
      sharingStatement(tx, viewer),
      attachmentStatement(tx, viewer, subject, now),
    ],
  );
  const children: Children = {
    stages: byParent(stages),
    notes: byParent(notes),
    feedback: byParent(feedback),
    files: byParent(files.filter((file) => file.entity_type === 'APPLICATION')),
  };
  const filesOf = byParent(files.filter((file) => file.entity_type === 'CANDIDATE'));
  const jobsOf = Map.groupBy(applications, (row) => keyOf(row.ats_no, row.candidate_id));
  const notesOf = byParent(candidateNotes);
  const { atss } = atsWords(viewer);
  return candidates
    .flatMap((row) => {
      const ats = atss.find(({ atsNo }) => atsNo === row.ats_no);
      const key = keyOf(row.ats_no, row.id);
      const own = jobsOf.get(key) ?? [];
      const parts = {
        applications: own,
        notes: notesOf.get(key) ?? [],
        files: filesOf.get(key) ?? [],
        children,
        sharing: sharing.find((s) => s.ats_no === row.ats_no),
      };
      return ats ? [{ ...recordOf(row, parts), ats }] : [];
    })
    .sort((a, b) => latestAt(b) - latestAt(a));
}

interface Children {
  readonly stages: ReadonlyMap<string, readonly StageRow[]>;
  readonly notes: ReadonlyMap<string, readonly NoteRow[]>;
  readonly feedback: ReadonlyMap<string, readonly FeedbackRow[]>;
  readonly files: ReadonlyMap<string, readonly AttachmentRow[]>;
}

interface Parts {
  readonly applications: readonly ApplicationRow[];
  readonly notes: readonly NoteRow[];
  readonly files: readonly AttachmentRow[];
  readonly children: Children;
  readonly sharing: SharingRow | undefined;
}

function recordOf(
  row: CandidateRow,
  { applications, notes, files, children, sharing }: Parts,
): Omit<AtsRecord, 'ats'> {
  const jobs = applications.map((application) => jobOf(application, children)).sort(byStanding);
  const received = [
    row,
    ...notes,
    ...files,
    ...applications,
    ...applications.flatMap((application) => childrenOf(application, children)),
  ];
  return {
    candidateId: row.id,
    name: `${row.first_name} ${row.last_name}`,
    url: webUrl(row.external_profile_url),
    title: row.current_job_title,
    employer: row.current_company_name,
    emails: row.email_addresses,
    phones: (row.phone_numbers ?? []).map(({ number, extension }) =>
      extension ? `${number} ext. ${extension}` : number,
    ),
    addresses: (row.addresses ?? []).map(addressLine).filter(Boolean),
    source: applications.find((application) => application.source)?.source ?? null,
    doNotContact: row.do_not_contact === true,
    createdAt: row.ats_created_at,
    updatedAt: row.ats_last_modified_at,
    syncedAt: Math.max(...received.map((part) => part.received_at)),
    matchedBy: row.is_manual === null ? null : row.is_manual ? 'manual' : 'automatic',
    matchReasons: reasonCodes(row.reasons),
    jobs,
    notes: notes.map((note) => noteOf(note, [])),
    attachments: files.map(attachmentOf),
    sharesNotes: sharing?.shares_notes === true,
    sharesFeedback: sharing?.shares_feedback === true,
  };
}

function jobOf(row: ApplicationRow, children: Children): AtsJob {
  const key = keyOf(row.ats_no, row.id);
  const stages = children.stages.get(key) ?? [];
  return {
    applicationId: row.id,
    jobId: row.job_id,
    title: row.title,
    isActive: row.is_active,
    appliedAt: row.ats_created_at,
    source: row.source,
    dispositionReason: row.disposition_reason,
    stages: stages.map(({ id, stage, ats_created_at: at }) => ({ id, stage, at })),
    notes: (children.notes.get(key) ?? []).map((note) => noteOf(note, stages)),
    feedback: (children.feedback.get(key) ?? []).map((feedback) => feedbackOf(feedback, stages)),
    attachments: (children.files.get(key) ?? []).map(attachmentOf),
  };
}

function attachmentOf(row: AttachmentRow): AtsAttachment {
  return {
    no: row.media_no,
    fileName: row.file_name,
    contentType: row.content_type,
    size: row.size,
    at: row.ats_created_at ?? row.received_at,
  };
}

function noteOf(row: NoteRow, stages: readonly StageRow[]): AtsNote {
  return {
    id: row.id,
    author: nameOf(row.author),
    stage: stageAt(row.ats_created_at, stages),
    at: row.ats_created_at,
    text: row.note ?? '',
  };
}

function feedbackOf(row: FeedbackRow, stages: readonly StageRow[]): AtsFeedback {
  return {
    id: row.id,
    author: nameOf(row.interviewer),
    stage: stageAt(row.ats_created_at, stages),
    at: row.ats_created_at,
    text: row.feedback ?? '',
    interviewType: row.interview_type,
    evaluations: (row.evaluations ?? []).map(({ attribute, result }) => ({
      attribute,
      result: result ?? null,
    })),
  };
}

/** The stage the application was in at that time; `stages` are newest first. */
function stageAt(at: number | null, stages: readonly StageRow[]): string | null {
  if (at === null) return null;
  return stages.find((stage) => stage.ats_created_at <= at)?.stage ?? null;
}

function nameOf(actor: { firstName: string; lastName: string } | null): string | null {
  return actor ? `${actor.firstName} ${actor.lastName}`.trim() || null : null;
}

const ADDRESS_PARTS = [
  'line1',
  'line2',
  'line3',
  'line4',
  'postalCode',
  'city',
  'geographicArea',
  'country',
] as const;

function addressLine(address: Readonly<Record<string, string | null>>): string {
  return ADDRESS_PARTS.flatMap((part) => address[part]?.trim() || []).join(', ');
}

/** Active ones first, then the one that moved last. */
function byStanding(a: AtsJob, b: AtsJob): number {
  return Number(b.isActive) - Number(a.isActive) || movedAt(b) - movedAt(a);
}

export function movedAt(job: AtsJob): number {
  return job.stages[0]?.at ?? job.appliedAt;
}

/** When something last happened to this candidate, as far as the viewer sees. */
function latestAt(record: AtsRecord): number {
  return Math.max(record.createdAt, ...record.jobs.map(movedAt));
}

function childrenOf(application: ApplicationRow, children: Children): { received_at: number }[] {
  const key = keyOf(application.ats_no, application.id);
  return [
    ...(children.stages.get(key) ?? []),
    ...(children.notes.get(key) ?? []),
    ...(children.feedback.get(key) ?? []),
    ...(children.files.get(key) ?? []),
  ];
}

function byParent<Row extends { ats_no: number; parent_id: string }>(
  rows: readonly Row[],
): Map<string, Row[]> {
  return Map.groupBy(rows, (row) => keyOf(row.ats_no, row.parent_id));
}

/** Two ATSs may use the same id. */
function keyOf(atsNo: number, id: string): string {
  return `${atsNo} ${id}`;
}

/** The matcher's codes; it wrote them, but older rows may be of another shape. */
function reasonCodes(reasons: unknown): string[] {
  return Array.isArray(reasons) ? reasons.filter((reason) => typeof reason === 'string') : [];
}
