import { formatUrn, parseUrn } from '@carrick/protocol';
import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from './hooks.ts';

/** Of the two documented lives of a task, 30 days and 24 hours, the longer one. */
const TASK_LIFE_MS = 30 * 24 * 3_600_000;

export interface NewTask {
  readonly task_id: string;
  readonly job_id: string;
  readonly error_message: string | null;
  readonly warning: string | null;
  readonly location: string | null;
}

/**
 * Where the company's board is fed from elsewhere too, a posting is PROCESSED, with its error if it has one: it was handled and is
 * not shown there.
 * Nothing is ever stored IN_PROGRESS: a posting's work is done when its request is answered.
 */
export function insertTasks(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  now: number,
  tasks: readonly NewTask[],
): Statement {
  return tx<object>`
    insert into job_task (tenant_id, task_id, ats_no, job_id, status, error_message, warning, location, job_posting_no, created_at)
    select ${tenantId}::bigint, x.task_id, ${atsNo}::int, x.job_id,
           case when is_elsewhere then 'PROCESSED' when x.error_message is null then 'SUCCEEDED' else 'FAILED' end,
           x.error_message, x.warning, x.location, case when x.error_message is null then j.job_posting_no end, ${now}::bigint
    from jsonb_to_recordset(${JSON.stringify(tasks)}::text::jsonb)
      as x(task_id uuid, job_id text, error_message text, warning text, location text)
    cross join lateral (
      select coalesce((select o.is_board_fed_elsewhere from organisation o where o.tenant_id = ${tenantId}), false) as is_elsewhere
    ) board
    left join lateral (
      select job_posting_no from job where tenant_id = ${tenantId} and ats_no = ${atsNo} and id = x.job_id offset 0
    ) j on true`;
}

/** A posting task on the wire. */
export interface JobTask {
  readonly id: string;
  readonly status: string;
  readonly externalJobPostingId: string;
  readonly jobPosting?: string;
  readonly errorMessage?: string;
  /** Only of a job with alternateLocations. */
  readonly location?: string;
  /** Ours: what was taken and is likely not what was meant, one line each. */
  readonly warningMessage?: string;
}

interface TaskRow {
  task_id: string;
  job_id: string;
  status: string;
  error_message: string | null;
  warning: string | null;
  location: string | null;
  job_posting_no: number | null;
}

/** Tasks by URN; those of another ATS, and those that have had their 30 days, are not found. */
export async function getJobTasks(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  taskUrns: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, JobTask>> {
  const ids = taskUrns.map((urn) => parseUrn(urn)?.id ?? '').filter((id) => UUID.test(id));
  const rows = await tx<TaskRow>`
    select t.task_id::text, t.job_id, t.status, t.error_message, t.warning, t.job_posting_no,
           case when j.extra ? 'alternateLocations' then t.location end as location
    from job_task t
    left join job j on j.tenant_id = t.tenant_id and j.ats_no = t.ats_no and j.id = t.job_id
    where t.tenant_id = ${tenantId} and t.ats_no = ${atsNo} and t.task_id = any(${ids}::uuid[])
      and t.created_at > ${now - TASK_LIFE_MS}`;
  return new Map(rows.map((row) => [formatUrn('simpleJobPostingTask', row.task_id), taskOf(row)]));
}

function taskOf(row: TaskRow): JobTask {
  return {
    id: formatUrn('simpleJobPostingTask', row.task_id),
    status: row.status,
    externalJobPostingId: row.job_id,
    ...(row.job_posting_no === null ? {} : { jobPosting: formatUrn('jobPosting', row.job_posting_no) }),
    ...(row.error_message === null ? {} : { errorMessage: row.error_message }),
    ...(row.location === null ? {} : { location: row.location }),
    ...(row.warning === null ? {} : { warningMessage: row.warning }),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
