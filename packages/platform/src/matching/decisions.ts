import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import { lockDirectory } from './locks.ts';
import type { Matcher } from './matcher.ts';
import { propose } from './propose.ts';
import { settle } from './settle.ts';
import { holdCandidates } from './stored-candidates.ts';
import { carryingKeys, forgetSuspects, markSuspects } from './suspects.ts';

/** Who decides: a seat, in the app or in the widget inside the ATS. */
export interface Decider {
  readonly origin: 'app' | 'widget';
  readonly seatId: number;
}

export interface Verdict {
  readonly candidateId: string;
  readonly memberId: number;
  readonly verdict: 'LINK' | 'UNLINK';
  /** A code. */
  readonly reason?: string | null;
  /** In the decider's own words. */
  readonly note?: string | null;
}

/**
 * What people decide about links; each in the caller's transaction, which signals the outbox once it has committed. Decisions are
 * appended and lifted (migration 016), and win over the matcher wherever links are read.
 */
export interface MatchDecisions {
  /**
   * LINK takes the place of any other manual link of the candidate and of the pair's UNLINK; UNLINK lifts the pair's manual link
   * and stands against it for ever. @returns its number; null where it is decided so already or there is no such candidate
   */
  decide(tx: Tx, scope: AtsScope, verdict: Verdict, by: Decider): Promise<number | null>;
  /** What the decision had replaced holds again. @returns whether it was in force */
  lift(tx: Tx, decision: LiveDecision, by: Decider): Promise<boolean>;
  /**
   * What was decided about `fromId` holds for `intoId` from now on. @returns the merge's number; `standing` where one of the two was
   * merged into another before, which has to be undone first; null where a candidate is missing
   */
  merge(
    tx: Tx,
    scope: AtsScope,
    ids: { readonly fromId: string; readonly intoId: string },
    by: Decider,
  ): Promise<number | 'standing' | null>;
  /** @returns whether it was in force; `standing` where what it was merged into was merged on since */
  undoMerge(tx: Tx, merge: LiveMerge, by: Decider): Promise<boolean | 'standing'>;
}

export interface LiveDecision extends AtsScope {
  readonly decisionNo: number;
  readonly candidateId: string;
  readonly suspectKeys: readonly string[];
}

export interface LiveMerge extends AtsScope {
  readonly mergeNo: number;
  readonly fromId: string;
  readonly intoId: string;
}

export function matchDecisions(matcher: Matcher): MatchDecisions {
  const { clock } = matcher.ctx;
  return {
    decide: (tx, scope, verdict, by) =>
      change(matcher, tx, scope, [verdict.candidateId], async () => {
        const standing = await standingOf(tx, scope, verdict);
        const suspects =
          verdict.verdict === 'UNLINK' && standing.basis === 'automatic'
            ? await carryingKeys(tx, scope, verdict)
            : [];
        const row = {
          candidate: verdict.candidateId,
          member: verdict.memberId,
          verdict: verdict.verdict,
          reason: verdict.reason ?? null,
          note: verdict.note ?? null,
          ...standing,
          suspects: suspects.map(({ key }) => key),
        };
        const [decided] = await tx<{ decision_no: number }>`
          select decision_no from decide_matches(
            ${scope.tenantId}, ${scope.atsNo}, ${by.origin}, ${by.seatId}, ${clock.now()}, false, ${JSON.stringify([row])}
          )`;
        if (!decided) return null;
        if (suspects.length > 0) await markSuspects(matcher, tx, scope.tenantId, suspects);
        return decided.decision_no;
      }),

    async lift(tx, { decisionNo, candidateId, suspectKeys, ...scope }, by) {
      const isLifted = await change(matcher, tx, scope, [candidateId], async () => {
        const [row] = await tx<{ is_lifted: boolean }>`
          select lift_decision(${scope.tenantId}, ${decisionNo}, ${by.seatId}, ${clock.now()}) as is_lifted`;
        if (row?.is_lifted && suspectKeys.length > 0)
          await forgetSuspects(matcher, tx, scope.tenantId, suspectKeys);
        return row?.is_lifted === true;
      });
      return isLifted === true;
    },

    async merge(tx, scope, { fromId, intoId }, by) {
      return change(matcher, tx, scope, [fromId, intoId], async () => {
        if (await wasMerged(tx, scope, [fromId, intoId])) return 'standing' as const;
        const [row] = await tx<{ merge_no: number }>`
          select merge_decisions(${scope.tenantId}, ${scope.atsNo}, ${fromId}, ${intoId}, ${by.seatId}, ${clock.now()}) as merge_no`;
        return row?.merge_no ?? null;
      });
    },

    async undoMerge(tx, { mergeNo, fromId, intoId, ...scope }, by) {
      const isUndone = await change(matcher, tx, scope, [fromId, intoId], async () => {
        if (await wasMerged(tx, scope, [intoId])) return 'standing' as const;
        const [row] = await tx<{ is_undone: boolean }>`
          select undo_merge(${scope.tenantId}, ${mergeNo}, ${by.seatId}, ${clock.now()}) as is_undone`;
        return row?.is_undone === true;
      });
      return isUndone ?? false;
    },
  };
}

/** While the candidates' rows are held, so that two people at once do not both hear no. */
async function wasMerged(tx: Tx, { tenantId, atsNo }: AtsScope, ids: readonly string[]): Promise<boolean> {
  const [row] = await tx<{ was_merged: boolean }>`
    select exists (
      select from candidate_merge
      where tenant_id = ${tenantId} and ats_no = ${atsNo} and from_id = any(${ids}::text[]) and undone_at is null
    ) as was_merged`;
  return row?.was_merged === true;
}

/**
 * Changes decisions about these candidates while their rows are held, decides the candidates anew under what holds then, and tells
 * the hooks. In the order in which everybody locks (locks.ts). Null where one of the candidates is not there.
 */
async function change<T>(
  matcher: Matcher,
  tx: Tx,
  scope: AtsScope,
  candidateIds: readonly string[],
  work: () => Promise<T>,
): Promise<T | null> {
  await matcher.countries.load(scope.tenantId);
  await lockDirectory(tx, []);
  const held = await holdCandidates(tx, scope, candidateIds);
  if (held.length === 0) return null;
  const before = await shownMembers(tx, scope, candidateIds);
  const result = await work();
  const manual = shownMembers(tx, scope, candidateIds).then((after) => ({
    candidateIds,
    formerMemberIds: before,
    memberIds: after,
  }));
  const candidates = held.map(({ id, fields }) => matcher.candidate(scope, id, fields));
  await Promise.all(
    await settle(matcher, tx, scope, candidates, { isOfBatch: false, areKeysWritten: true, manual }),
  );
  // Those that went while a link held are there again when the decision is answered; a person waits for them.
  const bare = await withoutProposals(tx, scope, candidateIds);
  if (bare.length > 0) await propose(matcher, tx, scope, bare);
  return result;
}

async function withoutProposals(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  candidateIds: readonly string[],
): Promise<string[]> {
  const rows = await tx<{ candidate_id: string }>`
    select distinct candidate_id from match_proposal
    where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = any(${candidateIds}::text[])`;
  const known = new Set(rows.map((row) => row.candidate_id));
  return candidateIds.filter((id) => !known.has(id));
}

async function shownMembers(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  candidateIds: readonly string[],
): Promise<number[]> {
  const rows = await tx<{ member_id: number }>`
    select distinct member_id from candidate_member
    where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = any(${candidateIds}::text[])`;
  return rows.map((row) => row.member_id);
}

interface Standing {
  readonly basis: 'automatic' | 'manual' | 'proposal' | 'search';
  /** In bits; null where the matcher never looked at the pair. */
  readonly weight: number | null;
}

/** What there was between the two when somebody decided: kept, because a deployment learns from it how good its weights are. */
async function standingOf(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  { candidateId, memberId }: Verdict,
): Promise<Standing> {
  const [row] = await tx<{ basis: Standing['basis']; weight: number | null }>`
    select 'manual' as basis, null::real as weight, 1 as place from manual_match
    where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = ${candidateId} and member_id = ${memberId}
    union all
    select 'automatic', weight, 2 from shown_automatic_match
    where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = ${candidateId} and member_id = ${memberId}
    union all
    select 'proposal', weight, 3 from match_proposal
    where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = ${candidateId} and member_id = ${memberId}
    order by place limit 1`;
  return row ? { basis: row.basis, weight: row.weight } : { basis: 'search', weight: null };
}
