import { randomUUID } from 'node:crypto';
import { type ErrorBody, errorBody, formatUrn, Job, parseUrn, type RecordOf } from '@carrick/protocol';
import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from './hooks.ts';
import { KINDS } from './kinds.ts';
import { type RecordStore, writeIn } from './sync.ts';

export type JobPosting = RecordOf<'job'>;

/** A posting is taken as a task, which is finished when it is answered; or it is refused at once. */
export type Posted = { readonly taskUrn: string } | { readonly refusal: ErrorBody };

interface KnownJob {
  readonly state: string;
  readonly availability: string;
  readonly expireAt: number | null;
}

/** What became of one posting; `after` is the job then, where it changed. */
type Verdict = { readonly after: StoredJob } | { readonly failure: string } | { readonly refusal: ErrorBody };

/** A row of the table, under the field names of KINDS.job. */
interface StoredJob extends Omit<JobPosting, 'state' | 'availability'> {
  readonly state: 'LISTED' | 'CLOSED';
  readonly availability: NonNullable<JobPosting['availability']>;
  readonly isRestricted: boolean;
  readonly extra: Readonly<Record<string, unknown>>;
}

const SHORTEST_PUBLIC_DESCRIPTION = 100;
const RENEWAL_MS = 30 * 24 * 3_600_000;

/**
 * Takes checked postings, in their order: each sees what those before it did. All are stored, with their tasks, in one
 * transaction. Postings of one ATS run one after the other, so that of two that create one job the second is told.
 */
export async function postJobs(
  store: RecordStore,
  scope: AtsScope,
  postings: readonly JobPosting[],
): Promise<readonly Posted[]> {
  const posted = await store.ctx.db.transaction(scope.tenantId, async (tx) => {
    const now = store.ctx.clock.now();
    const known = await lockJobs(
      tx,
      scope,
      postings.map(({ externalJobPostingId }) => externalJobPostingId),
    );
    const changed = new Map<string, StoredJob>();
    const results: Posted[] = [];
    const tasks: TaskRow[] = [];
    for (const posting of postings) {
      const id = posting.externalJobPostingId;
      const verdict = judge(posting, known.get(id), now);
      if ('refusal' in verdict) {
        results.push(verdict);
        continue;
      }
      const taskId = randomUUID();
      results.push({ taskUrn: formatUrn('simpleJobPostingTask', taskId) });
      if ('after' in verdict) {
        changed.set(id, verdict.after);
        known.set(id, {
          state: verdict.after.state,
          availability: verdict.after.availability,
          expireAt: verdict.after.expireAt ?? null,
        });
      }
      tasks.push({
        task_id: taskId,
        job_id: id,
        error_message: 'failure' in verdict ? verdict.failure : null,
      });
    }
    const items = [...changed].map(([id, record]) => ({ key: [id], record: { ...record } }));
    await writeIn(
      tx,
      store,
      { ...scope, kind: 'job', change: 'upsert', items },
      { also: [insertTasks(tx, scope, now, tasks)] },
    );
    return results;
  });
  store.outbox.signal();
  return posted;
}

async function lockJobs(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  ids: readonly string[],
): Promise<Map<string, KnownJob>> {
  const [, rows] = await tx.flight([
    tx`select pg_advisory_xact_lock(hashtextextended(${`jobs:${tenantId}:${atsNo}`}, 0))`,
    tx<{ id: string; state: string; availability: string; expire_at: number | null }>`
      select id, state, availability, expire_at from job where tenant_id = ${tenantId} and ats_no = ${atsNo} and id = any(${ids})`,
  ]);
  return new Map(
    rows.map(({ id, state, availability, expire_at }) => [id, { state, availability, expireAt: expire_at }]),
  );
}

/** The meaning of an operation. Without one a posting creates what is unknown and updates what is known. */
function judge(posting: JobPosting, known: KnownJob | undefined, now: number): Verdict {
  const operation = posting.jobPostingOperationType ?? null;
  const availability = posting.availability ?? 'PUBLIC';
  const id = posting.externalJobPostingId;
  if (operation === 'CLOSE') {
    if (known?.state !== 'LISTED')
      return {
        refusal: errorBody(
          'CONFLICT',
          known ? 'The job is closed already' : 'There is no job with this externalJobPostingId',
        ),
      };
  } else if (operation === 'CREATE') {
    if (known) return { failure: `Duplicate externalJobPostingId: the job ${id} exists already` };
  } else if (operation && !known) {
    return { failure: `${operation} of a job that does not exist: ${id}` };
  }
  const isClosing = operation === 'CLOSE' || posting.state === 'CLOSED';
  if (
    !isClosing &&
    known?.state === 'LISTED' &&
    known.availability === 'PUBLIC' &&
    availability !== 'PUBLIC'
  ) {
    return { failure: 'A public job cannot be made private by an update: close it, then open it again' };
  }
  if (availability === 'PUBLIC' && !isClosing && posting.description.length < SHORTEST_PUBLIC_DESCRIPTION) {
    return {
      failure: `JOB_FIELD_PROCESSOR_DESCRIPTION: the description is shorter than ${SHORTEST_PUBLIC_DESCRIPTION} characters`,
    };
  }
  const renewed =
    operation === 'RENEW'
      ? { expireAt: posting.expireAt ?? Math.max(now, known?.expireAt ?? 0) + RENEWAL_MS }
      : {};
  return {
    after: {
      ...posting,
      ...renewed,
      state: isClosing ? 'CLOSED' : 'LISTED',
      availability,
      isRestricted: posting.accessRestricted === true,
      extra: extraOf(posting),
    },
  };
}

/** Says what to do with the job, or whose it is: not kept with it. */
const CONTROL_FIELDS = ['externalJobPostingId', 'jobPostingOperationType', 'integrationContext', 'company'];
const OWN_COLUMNS = new Set([...CONTROL_FIELDS, ...KINDS.job.fields.map(({ field }) => field)]);
const EXTRA_FIELDS = Object.keys(Job.properties).filter((field) => !OWN_COLUMNS.has(field));

function extraOf(posting: JobPosting): Record<string, unknown> {
  const fields: Readonly<Record<string, unknown>> = posting;
  return Object.fromEntries(
    EXTRA_FIELDS.filter((field) => (fields[field] ?? null) !== null).map((field) => [field, fields[field]]),
  );
}

interface TaskRow {
  readonly task_id: string;
  readonly job_id: string;
  readonly error_message: string | null;
}

function insertTasks(tx: Tx, { tenantId, atsNo }: AtsScope, now: number, tasks: readonly TaskRow[]) {
  return tx<object>`
    insert into job_task (tenant_id, task_id, ats_no, job_id, status, error_message, job_posting_no, created_at)
    select ${tenantId}::bigint, x.task_id, ${atsNo}::int, x.job_id,
           case when x.error_message is null then 'SUCCEEDED' else 'FAILED' end, x.error_message,
           case when x.error_message is null then j.job_posting_no end, ${now}::bigint
    from jsonb_to_recordset(${JSON.stringify(tasks)}::text::jsonb) as x(task_id uuid, job_id text, error_message text)
    left join job j on j.tenant_id = ${tenantId} and j.ats_no = ${atsNo} and j.id = x.job_id`;
}

/** A posting task on the wire. */
export interface JobTask {
  readonly id: string;
  readonly status: string;
  readonly externalJobPostingId: string;
  readonly jobPosting?: string;
  readonly errorMessage?: string;
}

/** Tasks by URN; those of another ATS, and those that have had their 30 days, are not found. */
export async function getJobTasks(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  taskUrns: readonly string[],
): Promise<ReadonlyMap<string, JobTask>> {
  const ids = taskUrns.map((urn) => parseUrn(urn)?.id ?? '').filter((id) => UUID.test(id));
  const rows = await tx<{
    task_id: string;
    job_id: string;
    status: string;
    error_message: string | null;
    job_posting_no: number | null;
  }>`
    select task_id::text, job_id, status, error_message, job_posting_no from job_task
    where tenant_id = ${tenantId} and ats_no = ${atsNo} and task_id = any(${ids}::uuid[])`;
  return new Map(
    rows.map((row) => {
      const id: string = formatUrn('simpleJobPostingTask', row.task_id);
      const task: JobTask = {
        id,
        status: row.status,
        externalJobPostingId: row.job_id,
        ...(row.job_posting_no === null ? {} : { jobPosting: formatUrn('jobPosting', row.job_posting_no) }),
        ...(row.error_message === null ? {} : { errorMessage: row.error_message }),
      };
      return [id, task];
    }),
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
