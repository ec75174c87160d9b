import type { IdentifierStanding, MatchExplanation } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { identifierStandings, openProposals, sharedKinds } from '../matching/index.ts';
import { readPeople } from '../search/index.ts';
import { atsWords, Refusal } from '../session/index.ts';
import { type CandidateKey, type CandidateRow, keyText, readCandidates, summaryOf } from './candidates.ts';
import { compareFields, evidenceOf, type StoredEvidence } from './evidence.ts';
import { readLogOf } from './log.ts';
import { isAmong } from './queue.ts';

interface LinkRow extends StoredEvidence {
  readonly member_id: number;
  readonly is_manual: boolean;
  readonly linked_at: number;
}

/**
 * Why this record is linked with whom it is, or with nobody.
 * @throws Refusal NOT_FOUND for a record that is not there or is another organisation's
 */
export async function explainMatch(
  ctx: Context,
  tx: Tx,
  viewer: Viewer,
  key: CandidateKey,
): Promise<Omit<MatchExplanation, 'answeredAt'>> {
  const { tenantId } = viewer;
  const { atsNo, candidateId } = key;
  const scope = { tenantId, atsNo };
  const [candidates, [link], [open], shared, log] = await Promise.all([
    readCandidates(tx, viewer, [key]),
    tx<LinkRow>`
      select l.member_id, l.is_manual, coalesce(d.decided_at, a.decided_at) as linked_at, coalesce(a.weight, d.weight, 0) as weight,
        coalesce(a.reasons, '[]') as reasons, coalesce(a.evidence, '[]') as evidence
      from candidate_member l
      left join match_decision d on d.tenant_id = l.tenant_id and d.ats_no = l.ats_no and d.candidate_id = l.candidate_id
        and d.member_id = l.member_id and d.lifted_at is null and d.verdict = 'LINK'
      left join automatic_match a on a.tenant_id = l.tenant_id and a.ats_no = l.ats_no and a.candidate_id = l.candidate_id
        and a.member_id = l.member_id
      where l.tenant_id = ${tenantId} and l.ats_no = ${atsNo} and l.candidate_id = ${candidateId}`.send(),
    tx<{ proposals: number; is_disputed: boolean }>`
      select (select count(*) from (${openProposals(tx, viewer)}) p where ${isAmong(tx, [key])}) as proposals,
        exists (
          select from match_decision p
          where p.tenant_id = ${tenantId} and p.lifted_at is null and p.is_contested and ${isAmong(tx, [key])}
        ) as is_disputed`.send(),
    sharedKinds(
      tx,
      scope,
      candidateId,
      viewer.atss.map((ats) => ats.atsNo),
    ),
    readLogOf(ctx, tx, viewer, key),
  ]);
  const stored = candidates.get(keyText(key));
  if (!stored) throw new Refusal('NOT_FOUND');
  const candidate = summaryOf(stored, atsWords(viewer).atss);
  const [person = null] = link ? await readPeople(ctx, tx, viewer, [link.member_id]) : [];
  const evidence = link ? evidenceOf(link) : null;
  const proposals = open?.proposals ?? 0;
  return {
    candidate,
    person,
    standing: link
      ? link.is_manual
        ? 'manual'
        : 'automatic'
      : open?.is_disputed
        ? 'disputed'
        : proposals > 0
          ? 'proposed'
          : 'none',
    linkedAt: link?.linked_at ?? null,
    evidence,
    fields: person ? compareFields(candidate, person, evidence) : [],
    // A count over candidates of whom some may not be there for the viewer.
    alsoOn: viewer.isStrict
      ? []
      : shared.flatMap(({ kind, candidates: others }) => (others > 0 ? [{ kind, candidates: others }] : [])),
    identifiers: link ? [] : standingsOf(ctx, stored, shared),
    proposals,
    log,
  };
}

function standingsOf(
  ctx: Context,
  row: CandidateRow,
  shared: Awaited<ReturnType<typeof sharedKinds>>,
): IdentifierStanding[] {
  const fields = {
    emailAddresses: row.email_addresses,
    phoneNumbers: row.phone_numbers,
    linkedInProfileUrl: row.linked_in_profile_url,
    externalProfileUrl: row.external_profile_url,
    addresses: row.addresses,
  };
  return identifierStandings(fields, { profileHosts: ctx.config.profileHosts }).map((standing) => {
    const weakness = shared.find(({ kind }) => kind === standing.kind)?.weakness ?? null;
    return standing.problem === null && weakness !== null
      ? { ...standing, problem: PROBLEMS[weakness] }
      : standing;
  });
}

const PROBLEMS = { SHARED: 'shared', SUSPECT: 'suspect', RECRUITER: 'recruiter' } as const;
