import { randomUUID } from 'node:crypto';
import { type ErrorBody, formatUrn } from '@carrick/protocol';
import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from './hooks.ts';
import { insertTasks, type NewTask } from './job-tasks.ts';
import { type JobPosting, judgePosting, type KnownJob, type StoredJob } from './judge-posting.ts';
import { digestOf } from './record-digest.ts';
import { type RecordStore, writeIn } from './sync.ts';

/** A posting is taken as a task, which is finished when it is answered; or it is refused at once. */
export type Posted = { readonly taskUrn: string } | { readonly refusal: ErrorBody };

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
    const changed = new Map<string, { readonly after: StoredJob; readonly digest: string }>();
    const results: Posted[] = [];
    const tasks: NewTask[] = [];
    for (const posting of postings) {
      const id = posting.externalJobPostingId;
      const verdict = judgePosting(posting, known.get(id), now);
      if ('refusal' in verdict) {
        results.push(verdict);
        continue;
      }
      const taskId = randomUUID();
      results.push({ taskUrn: formatUrn('simpleJobPostingTask', taskId) });
      if ('after' in verdict) {
        changed.set(id, { after: verdict.after, digest: digestOf('job', [id], posting) });
        known.set(id, {
          state: verdict.after.state,
          availability: verdict.after.availability,
          expiresAt: verdict.after.expiresAt,
        });
      }
      tasks.push({
        task_id: taskId,
        job_id: id,
        error_message: 'failure' in verdict ? verdict.failure : null,
        warning: 'warnings' in verdict ? verdict.warnings.join('\n') || null : null,
        location: posting.location ?? null,
      });
    }
    const items = [...changed].map(([id, { after, digest }]) => ({
      key: [id],
      record: { ...after },
      digest,
    }));
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
    tx<{ id: string; state: string; availability: string; expires_at: number | null }>`
      select id, state, availability, expires_at from job where tenant_id = ${tenantId} and ats_no = ${atsNo} and id = any(${ids})`,
  ]);
  return new Map(
    rows.map(({ id, state, availability, expires_at }) => [
      id,
      { state, availability, expiresAt: expires_at },
    ]),
  );
}
