import type { Tx } from '../kernel/db.ts';
import type { WorkHandler } from '../kernel/outbox.ts';
import { slices } from '../kernel/pace.ts';
import type { AtsScope } from '../records/index.ts';
import { MOST_OF_A_GUESS } from './holders.ts';
import type { MatchCandidate, Matcher } from './matcher.ts';
import { appendProposeSweep, proposeWork } from './propose-work.ts';
import { findLeads, type SecondLook, secondLooks } from './second-look.ts';
import { holdCandidates, nextCandidates } from './stored-candidates.ts';

const PAGE = 200;

/** For the lane of propose-work.ts: proposals for candidates who are linked to nobody. */
export function proposeWorker(matcher: Matcher): WorkHandler {
  return async (tx, payload) => {
    const work = proposeWork(payload);
    if (tx.tenantId === null) throw new Error('work of no tenant');
    const scope = { tenantId: tx.tenantId, atsNo: work.atsNo };
    await matcher.countries.load(scope.tenantId);
    if ('candidateIds' in work) {
      for (let i = 0; i < work.candidateIds.length; i += PAGE)
        await propose(matcher, tx, scope, work.candidateIds.slice(i, i + PAGE));
      return;
    }
    const ids = await nextCandidates(tx, scope, work.after, PAGE);
    const last = ids.at(-1);
    if (last === undefined) return;
    await propose(matcher, tx, scope, ids);
    if (ids.length === PAGE) await appendProposeSweep(matcher, tx, scope, last);
  };
}

/** Also where a person waits for it: after a decision the proposals are there when it is answered. */
export async function propose(
  matcher: Matcher,
  tx: Tx,
  scope: AtsScope,
  ids: readonly string[],
): Promise<void> {
  const { tenantId, atsNo } = scope;
  const [held, linked] = await Promise.all([
    holdCandidates(tx, scope, ids),
    tx<{ id: string }>`
      select candidate_id as id from candidate_member
      where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = any(${ids}::text[])`.send(),
  ]);
  const settled = new Set(linked.map(({ id }) => id));
  const open: MatchCandidate[] = [];
  const slice = slices();
  for (const { id, fields } of held) {
    await slice();
    if (!settled.has(id)) open.push(matcher.candidate(scope, id, fields));
  }
  const leads = await findLeads(matcher, tx, open);
  // Nobody is proposed for who leads to nobody. Of a guess that costs what another one costs.
  const looked =
    open.length > MOST_OF_A_GUESS ? open.filter((candidate) => leads.bySoftKeys.has(candidate)) : open;
  const looks = await secondLooks(matcher, tx, scope, looked, leads);
  await writeProposals(
    tx,
    scope,
    held.map(({ id }) => id),
    looks,
    matcher.ctx.clock.now(),
  );
}

async function writeProposals(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  ids: readonly string[],
  looks: readonly SecondLook[],
  now: number,
): Promise<void> {
  const rows = looks.flatMap(({ candidate, decision, linked }) =>
    decision.outcome !== 'REVIEW' || linked !== null
      ? []
      : decision.proposals.map(({ memberId, weight, evidence }) => ({
          c: candidate.id,
          m: memberId,
          w: weight,
          r: decision.reasons,
          e: evidence,
        })),
  );
  const modelNo = looks[0]?.model.modelNo ?? 0;
  await tx`
    select write_proposals(${tenantId}, ${atsNo}, ${ids}::text[], ${modelNo}, ${now}, ${JSON.stringify(rows)})`;
}
