import type { Decided, DecideRequest, Merged, MergeRequest } from '@carrick/protocol';
import { type Feature, loadViewer, type Viewer, visibleCandidate } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { decodePersonId } from '../kernel/secrets.ts';
import { decidesMatches, type MatchDecisions } from '../matching/index.ts';
import { readMembers } from '../members/index.ts';
import { Refusal, type Session } from '../session/index.ts';
import { type CandidateKey, readCandidates } from './candidates.ts';

/** What seats decide. All of it is refused to seats that may not, and about records they do not see. */
export interface Deciding {
  readonly ctx: Context;
  readonly outbox: Outbox;
  readonly decisions: MatchDecisions;
  /** Where: the log keeps it, and what is switched off there shows nothing to decide about. */
  readonly origin: keyof typeof FEATURE_OF;
}

const FEATURE_OF = { app: 'indicator', widget: 'widget' } as const satisfies Record<string, Feature>;

export async function decide(deciding: Deciding, session: Session, request: DecideRequest): Promise<Decided> {
  const { ctx, decisions } = deciding;
  const { atsNo, candidateId, verdict, reason = null, note = null } = request;
  const memberId = decodePersonId(ctx.keys.personKey(`app:${session.tenantId}`), request.personId);
  if (memberId === null) throw new Refusal('NOT_FOUND');
  return asDecider(deciding, session, async (tx, viewer) => {
    const [, members] = await Promise.all([
      requireCandidates(tx, viewer, [{ atsNo, candidateId }]),
      readMembers(tx, [memberId]),
    ]);
    const member = members.get(memberId);
    // A link may be undone although its member has left.
    if (!member || (member.isClosed && verdict === 'LINK')) throw new Refusal('NOT_FOUND');
    const decisionNo = await decisions.decide(
      tx,
      { tenantId: session.tenantId, atsNo },
      { candidateId, memberId, verdict, reason, note },
      by(deciding, session),
    );
    return { decisionNo };
  });
}

interface DecisionRow {
  readonly ats_no: number;
  readonly candidate_id: string;
  readonly suspect_keys: readonly string[];
}

export async function lift(deciding: Deciding, session: Session, decisionNo: number): Promise<void> {
  const { tenantId } = session;
  await asDecider(deciding, session, async (tx, viewer) => {
    const [row] = await tx<DecisionRow>`
      select d.ats_no, d.candidate_id, coalesce(d.suspect_keys, '{}')::text[] as suspect_keys from match_decision d
      where d.tenant_id = ${tenantId} and d.decision_no = ${decisionNo}
        and d.ats_no = any(${viewer.atss.map(({ atsNo }) => atsNo)}::int[]) and ${visibleCandidate(tx, viewer, { atsNo: tx`d.ats_no`, candidateId: tx`d.candidate_id` })}`;
    if (!row) throw new Refusal('NOT_FOUND');
    const decision = {
      tenantId,
      decisionNo,
      atsNo: row.ats_no,
      candidateId: row.candidate_id,
      suspectKeys: row.suspect_keys,
    };
    if (!(await deciding.decisions.lift(tx, decision, by(deciding, session)))) throw new Refusal('NOT_FOUND');
  });
}

export async function merge(deciding: Deciding, session: Session, request: MergeRequest): Promise<Merged> {
  const { atsNo, fromId, intoId } = request;
  if (fromId === intoId) throw new Refusal('BAD_REQUEST');
  return asDecider(deciding, session, async (tx, viewer) => {
    await requireCandidates(tx, viewer, [
      { atsNo, candidateId: fromId },
      { atsNo, candidateId: intoId },
    ]);
    const scope = { tenantId: session.tenantId, atsNo };
    const mergeNo = await deciding.decisions.merge(tx, scope, { fromId, intoId }, by(deciding, session));
    if (mergeNo === null) throw new Refusal('NOT_FOUND');
    if (mergeNo === 'standing') throw new Refusal('MERGED_ALREADY');
    return { mergeNo };
  });
}

interface MergeRow {
  readonly ats_no: number;
  readonly from_id: string;
  readonly into_id: string;
}

export async function undoMerge(deciding: Deciding, session: Session, mergeNo: number): Promise<void> {
  const { tenantId } = session;
  await asDecider(deciding, session, async (tx, viewer) => {
    const [row] = await tx<MergeRow>`
      select g.ats_no, g.from_id, g.into_id from candidate_merge g
      where g.tenant_id = ${tenantId} and g.merge_no = ${mergeNo}
        and g.ats_no = any(${viewer.atss.map(({ atsNo }) => atsNo)}::int[]) and ${visibleCandidate(tx, viewer, { atsNo: tx`g.ats_no`, candidateId: tx`g.into_id` })}`;
    if (!row) throw new Refusal('NOT_FOUND');
    const merged = { tenantId, mergeNo, atsNo: row.ats_no, fromId: row.from_id, intoId: row.into_id };
    const isUndone = await deciding.decisions.undoMerge(tx, merged, by(deciding, session));
    if (isUndone === 'standing') throw new Refusal('MERGED_ALREADY');
    if (!isUndone) throw new Refusal('NOT_FOUND');
  });
}

const by = ({ origin }: Deciding, { seatId }: Session) => ({ origin, seatId });

async function asDecider<T>(
  { ctx, outbox, origin }: Deciding,
  session: Session,
  work: (tx: Tx, viewer: Viewer) => Promise<T>,
): Promise<T> {
  const result = await ctx.db.transaction(session.tenantId, async (tx) => {
    const [viewer] = await Promise.all([
      loadViewer(tx, session, FEATURE_OF[origin]),
      requireDecider(tx, session),
    ]);
    return work(tx, viewer);
  });
  outbox.signal();
  return result;
}

/** @throws Refusal MAY_NOT_DECIDE */
export async function requireDecider(tx: Tx, session: Session): Promise<void> {
  const [row] = await tx<{ may: boolean }>`select ${decidesMatches(tx, session)} as may`;
  if (!row?.may) throw new Refusal('MAY_NOT_DECIDE');
}

async function requireCandidates(tx: Tx, viewer: Viewer, keys: readonly CandidateKey[]): Promise<void> {
  const found = await readCandidates(tx, viewer, keys);
  if (found.size < keys.length) throw new Refusal('NOT_FOUND');
}
