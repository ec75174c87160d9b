import {
  type CandidateSummary,
  MOST_WAITING,
  type Proposal,
  type ReviewAnswer,
  type ReviewItem,
  type ReviewKind,
} from '@carrick/protocol';
import { type Viewer, visibleCandidate } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { decidesMatches, openProposals } from '../matching/index.ts';
import { personIdOf, readPeople } from '../search/index.ts';
import { atsWords } from '../session/index.ts';
import { type CandidateKey, keyText, PAGE_SIZE, readCandidates, summaryOf } from './candidates.ts';
import { asRivals, compareFields, evidenceOf, type StoredEvidence } from './evidence.ts';

export interface QueueFilter {
  readonly atsNo: number | null;
  readonly kind: ReviewKind;
  readonly page: number;
}

interface QueueRow {
  readonly ats_no: number;
  readonly candidate_id: string;
  readonly is_disputed: boolean;
}
interface CountRow {
  readonly all: number;
  readonly single: number;
  readonly several: number;
  readonly disputed: number;
}
interface YieldRow {
  readonly accepted: number;
  readonly rejected: number;
}
interface PairRow extends StoredEvidence {
  readonly ats_no: number;
  readonly candidate_id: string;
  readonly member_id: number;
}

/** What waits for somebody to say who is who; candidates in dispute first, then the likeliest. */
export async function readQueue(
  ctx: Context,
  tx: Tx,
  viewer: Viewer,
  { atsNo, kind, page }: QueueFilter,
): Promise<Omit<ReviewAnswer, 'answeredAt'>> {
  const waiting = waitingCandidates(tx, viewer, atsNo);
  const [rows, [counts], [outcome]] = await tx.flight([
    tx<QueueRow>`
      select ats_no, candidate_id, is_disputed from (${waiting}) w where ${isOfKind(tx, kind)}
      order by is_disputed desc, weight desc, ats_no, candidate_id collate "C"
      limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}`,
    tx<CountRow>`
      select count(*) as all, count(*) filter (where not is_disputed and proposals = 1) as single,
        count(*) filter (where not is_disputed and proposals > 1) as several, count(*) filter (where is_disputed) as disputed
      from (${waiting}) w`,
    tx<YieldRow>`
      select count(*) filter (where d.verdict = 'LINK') as accepted, count(*) filter (where d.verdict = 'UNLINK') as rejected
      from match_decision d
      where d.tenant_id = ${viewer.tenantId} and d.ats_no = any(${atsNosOf(viewer, atsNo)}::int[]) and d.basis = 'proposal'
        and d.origin in ('app', 'widget') and (d.lifted_at is null or d.superseded_by is not null)
        and ${visibleCandidate(tx, viewer, { atsNo: tx`d.ats_no`, candidateId: tx`d.candidate_id` })}`,
  ]);
  if (!counts || !outcome) throw new Error('a statement of aggregates returned no row');
  return {
    total: counts[kind],
    page,
    pageSize: PAGE_SIZE,
    items: await readItems(ctx, tx, viewer, rows),
    counts,
    ...outcome,
  };
}

/** Of a candidate there are five proposals at most: so many are of more than MOST_WAITING candidates. */
const NEWEST_LOOKED_AT = 5 * (MOST_WAITING + 1);

/**
 * How many wait, up to one more than MOST_WAITING, and when the newest of them came; no row for a seat that does not decide who is
 * who. Asked with every page: it looks at the organisation's newest proposals only, however many there are.
 */
export function waitingMatches(
  tx: Sql,
  viewer: Viewer,
): Statement<{ readonly waiting: number; readonly newest_at: number | null }> {
  return tx`
    select count(w.candidate_id) as waiting, max(w.came_at) as newest_at
    from (select ${decidesMatches(tx, viewer)} as decides) s
    left join (
      select candidate_id, came_at from (${waitingCandidates(tx, viewer, null, NEWEST_LOOKED_AT)}) each_one
      order by came_at desc limit ${MOST_WAITING + 1}
    ) w on true
    where s.decides having count(*) > 0`;
}

/**
 * One row for each candidate that waits; with `newest`, of so many that came last. A candidate in dispute has its links to choose
 * from, not its proposals.
 */
function waitingCandidates(tx: Sql, viewer: Viewer, atsNo: number | null, newest?: number): Statement {
  const atsNos = atsNosOf(viewer, atsNo);
  const proposals = openProposals(tx, viewer, newest ? { newest } : {});
  const mostDisputes = newest ? tx`order by d.decided_at desc limit ${newest}` : tx``;
  return tx`
    select p.ats_no, p.candidate_id, count(*) as proposals, max(p.weight) as weight, false as is_disputed,
      max(p.proposed_at) as came_at
    from (${proposals}) p where p.ats_no = any(${atsNos}::int[])
    group by p.ats_no, p.candidate_id
    union all
    select d.ats_no, d.candidate_id, count(*), 0, true, max(d.decided_at)
    from (
      select * from match_decision d
      where d.tenant_id = ${viewer.tenantId} and d.lifted_at is null and d.is_contested ${mostDisputes}
    ) d
    join candidate c on c.tenant_id = d.tenant_id and c.ats_no = d.ats_no and c.id = d.candidate_id
    where d.ats_no = any(${atsNos}::int[])
      and ${visibleCandidate(tx, viewer, { atsNo: tx`d.ats_no`, candidateId: tx`d.candidate_id` })}
    group by d.ats_no, d.candidate_id`;
}

function atsNosOf({ atss }: Viewer, chosen: number | null): number[] {
  return atss.flatMap(({ atsNo }) => (chosen === null || chosen === atsNo ? [atsNo] : []));
}

function isOfKind(tx: Sql, kind: ReviewKind): Statement {
  switch (kind) {
    case 'all':
      return tx`true`;
    case 'single':
      return tx`not is_disputed and proposals = 1`;
    case 'several':
      return tx`not is_disputed and proposals > 1`;
    case 'disputed':
      return tx`is_disputed`;
  }
}

async function readItems(
  ctx: Context,
  tx: Tx,
  viewer: Viewer,
  rows: readonly QueueRow[],
): Promise<ReviewItem[]> {
  if (rows.length === 0) return [];
  const keys = rows.map((row) => ({ atsNo: row.ats_no, candidateId: row.candidate_id }));
  const [candidates, pairs] = await Promise.all([
    readCandidates(tx, viewer, keys),
    tx<PairRow>`
      select p.ats_no, p.candidate_id, p.member_id, p.weight, p.reasons, p.evidence
      from (${openProposals(tx, viewer)}) p where ${isAmong(tx, keys)}
      union all
      select p.ats_no, p.candidate_id, p.member_id, coalesce(p.weight, 0), '[]', '[]'
      from match_decision p
      where p.tenant_id = ${viewer.tenantId} and p.lifted_at is null and p.is_contested and ${isAmong(tx, keys)}`.send(),
  ]);
  const people = new Map(
    (await readPeople(ctx, tx, viewer, [...new Set(pairs.map((pair) => pair.member_id))])).map((person) => [
      person.id,
      person,
    ]),
  );
  const { atss } = atsWords(viewer);
  const pairsOf = Map.groupBy(pairs, (pair) =>
    keyText({ atsNo: pair.ats_no, candidateId: pair.candidate_id }),
  );
  return rows.flatMap((row) => {
    const key = keyText({ atsNo: row.ats_no, candidateId: row.candidate_id });
    const stored = candidates.get(key);
    if (!stored) return [];
    const candidate = summaryOf(stored, atss);
    const proposals = (pairsOf.get(key) ?? [])
      .toSorted((a, b) => b.weight - a.weight || a.member_id - b.member_id)
      .flatMap((pair) => {
        const person = people.get(personIdOf(ctx, viewer.tenantId, pair.member_id));
        return person ? [proposalOf(candidate, person, pair)] : [];
      });
    return [{ candidate, isDisputed: row.is_disputed, proposals: asRivals(proposals) }];
  });
}

export function isAmong(tx: Sql, keys: readonly CandidateKey[]): Statement {
  return tx`(p.ats_no, p.candidate_id) in (
    select * from unnest(${keys.map((key) => key.atsNo)}::int[], ${keys.map((key) => key.candidateId)}::text[])
  )`;
}

function proposalOf(
  candidate: CandidateSummary,
  person: Proposal['person'],
  stored: StoredEvidence,
): Proposal {
  const evidence = evidenceOf(stored);
  return { person, evidence, fields: compareFields(candidate, person, evidence) };
}
