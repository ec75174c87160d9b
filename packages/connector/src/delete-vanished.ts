import { MAX_BATCH, type RecordKind } from '@carrick/protocol';
import type { KindResult, PassTools } from './pass.ts';
import { postJobs } from './post-jobs.ts';
import type { VanishedRow } from './state.ts';
import type { Outcome } from './wire-client.ts';

/** More than this share of a kind vanishing at once looks like a broken SELECT, not like deletions. */
const MASS_DELETE_SHARE = 0.05;
const MASS_DELETE_ROWS = 5;
const PAGE = 1000;

/** Taking away a right hides too much until the row is back; leaving one shows too much. So rights go at once. */
export function isTooMuchToDelete({ state }: PassTools, kind: RecordKind, gone: number): boolean {
  const isGuarded = kind !== 'entityAclAssignee';
  return isGuarded && gone >= MASS_DELETE_ROWS && gone > state.counts(kind).known * MASS_DELETE_SHARE;
}

/**
 * Deletes on the platform what a full reading no longer met; a job, which has no deletion, is closed. Returns what a
 * person must confirm first, because too much vanished at once, or null.
 */
export async function deleteVanished(
  tools: PassTools,
  kind: RecordKind,
  result: KindResult,
  isConfirmed: boolean,
): Promise<string | null> {
  const { state } = tools;
  const gone = state.countVanished(kind);
  if (isTooMuchToDelete(tools, kind, gone) && !isConfirmed) {
    const { known } = state.counts(kind);
    state.hold(kind, gone);
    if (!state.held(kind)?.isConfirmed)
      return `${gone} of ${known} rows of kind ${kind} are gone from the ATS at once, so none of this kind was deleted. If that is right, run carrick connect --confirm-deletes; if not, look at the mapping's SELECT.`;
  }
  for (let after: VanishedRow | null = null; ; ) {
    const page = state.vanished(kind, after, PAGE);
    const last: VanishedRow | undefined = page.at(-1);
    if (!last) break;
    const isJobThere = (jobId: string) => state.isMet('job', { parentId: '', id: jobId });
    await deleteRows(tools, kind, page, isJobThere, result);
    after = last;
  }
  state.release(kind);
  return null;
}

/**
 * Deletes rows that are gone from the ATS. A job that is gone stays on the platform, closed, and so do applications for it:
 * without its access rule everybody would see them, so the rule stays too.
 */
export async function deleteRows(
  tools: PassTools,
  kind: RecordKind,
  rows: readonly VanishedRow[],
  isJobThere: (jobId: string) => boolean,
  result: KindResult,
): Promise<void> {
  const { state, mapping } = tools;
  const isRuleOfGoneJob = ({ id }: VanishedRow) =>
    kind === 'entityAcl' && mapping.kinds.has('job') && !isJobThere(String(parsed(id).atsEntityId));
  const mustTell = (row: VanishedRow) => row.mayBeHeld && !isClosed(kind, row) && !isRuleOfGoneJob(row);
  state.inTransaction(() => {
    for (const row of rows) if (!mustTell(row)) state.forget(kind, row);
  });
  for (const group of Map.groupBy(rows.filter(mustTell), (row) => row.parentId).values())
    for (let start = 0; start < group.length; start += MAX_BATCH)
      await deleteBatch(tools, kind, group.slice(start, start + MAX_BATCH), result);
}

async function deleteBatch(
  { client, state, now }: PassTools,
  kind: RecordKind,
  rows: readonly VanishedRow[],
  result: KindResult,
): Promise<void> {
  state.inTransaction(() => {
    for (const row of rows) state.markDeleting(kind, row);
  });
  const outcomes: Outcome[] =
    kind === 'job'
      ? await postJobs(
          client,
          rows.map(({ id, record }) => ({ id, record: closed(record) })),
        )
      : await client.remove(
          kind,
          rows[0]?.parentId ?? '',
          rows.map(({ id }) => id),
        );
  state.inTransaction(() => {
    for (const [index, row] of rows.entries()) {
      const outcome = outcomes[index];
      // 409: the job was closed already.
      if (outcome?.ok || (kind === 'job' && outcome?.status === 409)) {
        state.forget(kind, row);
        result.deleted++;
      } else if (outcome) {
        const message = `${kind === 'job' ? 'closing' : 'deleting'} it was refused: ${outcome.message}`;
        state.ledger.note(kind, row, { ...outcome, message }, now());
        result.failed++;
      }
    }
  });
}

/** Its last state, closed. An operation type would outweigh the state. */
function closed(record: string | null): Record<string, unknown> {
  const { jobPostingOperationType: _, ...rest } = parsed(record);
  return { ...rest, state: 'CLOSED' };
}

function isClosed(kind: RecordKind, { record }: VanishedRow): boolean {
  if (kind !== 'job') return false;
  const { state, jobPostingOperationType: operation } = parsed(record);
  return operation === undefined ? state === 'CLOSED' : operation === 'CLOSE';
}

const parsed = (json: string | null) => (json === null ? {} : (JSON.parse(json) as Record<string, unknown>));
