import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { lockDirectory, type MatchHook } from '../matching/index.ts';
import type { MemberHook } from '../members/index.ts';
import type { AtsScope, RecordChange, RecordHook } from '../records/index.ts';

/**
 * Keeps table applicant: how far each matched member got in each job. It is derived from applications, stages and matches and
 * brought up to date, candidate by candidate, in the transaction that changes any of these.
 *
 * Two transactions that touch one candidate must not each miss what the other wrote: under READ COMMITTED a batch of stages does
 * not see the application another batch is just inserting. So whoever refreshes first locks, in sorted order, the applications
 * it wrote (before it writes, because a stage finds its candidate only through its application) and then the candidates. The
 * second to come waits for the first to commit, and then sees everything.
 */
export const applicantRecordHook: RecordHook = {
  kinds: ['application', 'candidate'],

  before(tx, batch) {
    if (batch.kind === 'candidate') return Promise.resolve();
    return lock(tx, batch, batch.items.map(applicationId)).send();
  },

  async after(tx, changes) {
    // A new or changed candidate changes nothing here until the matcher says so.
    if (changes.kind === 'candidate' && changes.change === 'upsert') return;
    await refreshApplicants(tx, changes, changes.candidateIds);
    if (changes.kind === 'candidate') await refreshDocuments(tx, changes, changes.candidateIds).send();
  },
};

/** The same for stages: whose they are is looked up where they are written. */
export const applicantStageHook: RecordHook = {
  kinds: ['stage'],
  before: (tx, batch) => lock(tx, batch, batch.items.map(applicationId)).send(),
  behind: (tx, { tenantId, atsNo, items }) => [
    tx`
      select refresh_applicants_of(
        ${tenantId}, ${atsNo}, ${[...new Set(items.map(applicationId))]}::text[], ${CLOSING_CATEGORIES}::text[]
      )`,
  ],
};

export const applicantMatchHook: MatchHook = {
  after: (tx, changes) => [
    refresh(tx, changes, changes.candidateIds),
    refreshDocuments(tx, changes, changes.candidateIds),
  ],
};

/** What the tenants know of a member is what the directory says, from the same commit on. */
export const memberDocumentHook: MemberHook = {
  /** Who links one of these members meanwhile is waited for, or waits: then it copies what we write (migration 093). */
  async before(tx) {
    await lockDirectory(tx, []);
  },

  async after(tx, _written, former) {
    if (former.length === 0) return;
    const ids = former.map(({ memberId }) => memberId);
    await tx`select refresh_documents_of_members(${ids}::bigint[])`;
  },
};

/** Brings the rows of these candidates up to date with everything this transaction can see. */
export async function refreshApplicants(
  tx: Tx,
  scope: AtsScope,
  candidateIds: readonly string[],
): Promise<void> {
  if (candidateIds.length > 0) await refresh(tx, scope, candidateIds);
}

/** Of both kinds it is the first key column: an application's own id, a stage's parent. */
function applicationId({ key: [id] }: RecordChange): string {
  if (id === undefined) throw new Error('a record without a key');
  return id;
}

/** Until the transaction ends; in the order of the locks, so that two who want the same ones do not wait for each other. */
function lock(tx: Sql, { tenantId, atsNo }: AtsScope, applicationIds: readonly string[]): Statement {
  const ids = [...new Set(applicationIds)];
  return tx`select lock_applicants(${tenantId}, ${atsNo}, 'application', ${ids}::text[])`;
}

/** The candidates' locks, then their rows. */
function refresh(tx: Sql, { tenantId, atsNo }: AtsScope, candidateIds: readonly string[]): Statement {
  return tx`
    select refresh_applicants(${tenantId}, ${atsNo}, ${[...candidateIds]}::text[], ${CLOSING_CATEGORIES}::text[])`;
}

/** What their members are found by (table match_document); rows of links that are gone go. */
function refreshDocuments(tx: Sql, { atsNo }: AtsScope, candidateIds: readonly string[]): Statement {
  return tx`select refresh_match_documents(${atsNo}, ${[...candidateIds]}::text[])`;
}

/** Newest stages that end an application. */
export const CLOSING_CATEGORIES = ['HIRED', 'REJECTED', 'DECLINED', 'ARCHIVED'] as const;
