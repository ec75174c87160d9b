import type { KindResult, PassTools } from './pass.ts';
import type { Outcome, OutgoingRecord, WireClient } from './wire-client.ts';

const PAGE = 100;

/**
 * Jobs are accepted first and judged by their tasks. The outcomes here are those known at once; a job whose task is
 * still in progress carries the task, and `settleTasks` asks for its end in a later pass.
 */
export async function postJobs(client: WireClient, items: readonly OutgoingRecord[]): Promise<Outcome[]> {
  const posted = await client.postJobs(items);
  const tasks = posted.flatMap((outcome) => (outcome.ok && outcome.task ? [outcome.task] : []));
  if (tasks.length === 0) return posted;
  const ends = await client.jobOutcomes(tasks);
  return posted.map((outcome) => (outcome.ok && outcome.task && ends.get(outcome.task)) || outcome);
}

/** Asks how the tasks that were in progress ended; a job that failed goes from acknowledged to the ledger. */
export async function settleTasks({ client, state, now }: PassTools, result: KindResult): Promise<void> {
  let after = '';
  for (;;) {
    const waiting = state.tasks(after, PAGE);
    const last = waiting.at(-1);
    if (!last) return;
    const ends = await client.jobOutcomes(waiting.map(({ task }) => task));
    state.inTransaction(() => {
      for (const { jobId, task } of waiting) {
        const end = ends.get(task);
        if (!end) continue;
        state.settleTask(jobId);
        if (end.ok) continue;
        // A task that the platform no longer knows says nothing about the job: it is sent again.
        const isFinal = end.isFinal && end.status !== 404;
        state.ledger.note('job', { parentId: '', id: jobId }, { ...end, isFinal }, now());
        result.failed++;
      }
    });
    after = last.jobId;
  }
}
