import type { Statement, Tx } from '../kernel/db.ts';
import type { MemberFacts } from '../members/index.ts';
import type { AtsScope } from '../records/index.ts';
import { int8Array } from './key-rows.ts';
import type { MatchCandidate, Matcher } from './matcher.ts';
import type { MemberIdentity } from './normalize.ts';
import { type Decision, decide } from './score.ts';

/** A link made by hand in the same batch. */
export interface ManualChange {
  readonly candidateIds: readonly string[];
  /** The members who were linked by hand before. */
  readonly formerMemberIds: readonly number[];
  readonly memberIds: readonly number[];
}

const NO_MANUAL_CHANGE: ManualChange = { candidateIds: [], formerMemberIds: [], memberIds: [] };

export interface SettleOptions {
  readonly isOfBatch: boolean;
  /** Otherwise key rows of the candidates may be missing, and are written. */
  readonly areKeysWritten: boolean;
  readonly manual?: Promise<ManualChange>;
}

interface StoredLink {
  readonly candidate_id: string;
  readonly member_id: number;
  readonly reasons: readonly string[];
}

interface HolderRow {
  readonly candidate_id: null;
  readonly member_id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly middle_name: string | null;
  readonly maiden_name: string | null;
  readonly suffix: string | null;
  readonly emails: readonly string[] | null;
  readonly profile_urls: readonly string[] | null;
}

interface Change {
  readonly candidateId: string;
  readonly memberId: number | null;
  readonly reasons: readonly string[];
  readonly formerMemberId: number | null;
}

/**
 * Decides these candidates from what is stored now and writes the links that differ. The link is a function of candidate and
 * members alone, so it does not matter who came first. The caller holds the candidates' rows, and the locks on their keys
 * or on those of the members that changed. What it only reads leaves before the first wait.
 * @returns what was sent and is not answered yet
 */
export async function settle(
  matcher: Matcher,
  tx: Tx,
  scope: AtsScope,
  candidates: readonly MatchCandidate[],
  { isOfBatch, areKeysWritten, manual }: SettleOptions,
): Promise<readonly Promise<unknown>[]> {
  const [evidence, byHand = NO_MANUAL_CHANGE] = await Promise.all([
    readEvidence(tx, scope, candidates, areKeysWritten),
    manual,
  ]);
  const members = evidence.flatMap((row) => (row.candidate_id === null ? matcher.member(factsOf(row)) : []));
  const links = evidence.filter((row) => row.candidate_id !== null);
  const changes = differences(candidates, members, links);
  const made = changes.filter(({ memberId }) => memberId !== null);
  const lifted = changes.filter(({ memberId }) => memberId === null).map(({ candidateId }) => candidateId);
  const moved = changes.filter(({ memberId, formerMemberId }) => memberId !== formerMemberId);
  const candidateIds = [...new Set([...moved.map(({ candidateId }) => candidateId), ...byHand.candidateIds])];
  const formerMemberIds = [
    ...new Set([...moved.flatMap(({ formerMemberId }) => formerMemberId ?? []), ...byHand.formerMemberIds]),
  ];
  const memberIds = [
    ...new Set([...moved.flatMap(({ memberId }) => memberId ?? []), ...byHand.memberIds, ...formerMemberIds]),
  ];
  const { tenantId, atsNo } = scope;
  const hooked =
    candidateIds.length > 0
      ? matcher.hooks.flatMap((hook) =>
          hook.after(tx, { tenantId, atsNo, isOfBatch, candidateIds, memberIds, formerMemberIds }),
        )
      : [];
  return [
    ...(made.length > 0 ? [writeMatches(tx, scope, made, matcher.ctx.clock.now())] : []),
    ...(lifted.length > 0 ? [deleteMatches(tx, scope, lifted)] : []),
    ...hooked,
  ].map((statement) => {
    const sent = statement.send();
    sent.catch(() => {}); // where the caller fails before it looks at this
    return sent;
  });
}

function differences(
  candidates: readonly MatchCandidate[],
  members: readonly MemberIdentity[],
  stored: readonly StoredLink[],
): Change[] {
  const holders = holdersByIdentifier(members);
  const before = new Map(stored.map((row) => [row.candidate_id, row]));
  const changes: Change[] = [];
  for (const candidate of candidates) {
    const former = before.get(candidate.id);
    const decision = decideAmong(candidate, holders);
    if (decision?.outcome === 'AUTO') {
      const { memberId, reasons } = decision;
      const isSame = former?.member_id === memberId && former.reasons.join() === reasons.join();
      if (!isSame)
        changes.push({
          candidateId: candidate.id,
          memberId,
          reasons,
          formerMemberId: former?.member_id ?? null,
        });
    } else if (former) {
      changes.push({
        candidateId: candidate.id,
        memberId: null,
        reasons: [],
        formerMemberId: former.member_id,
      });
    }
  }
  return changes;
}

function holdersByIdentifier(members: readonly MemberIdentity[]): Map<string, MemberIdentity[]> {
  const holders = new Map<string, MemberIdentity[]>();
  for (const member of members) {
    for (const value of new Set([...member.emails.map(({ canon }) => canon), ...member.profileUrls])) {
      const held = holders.get(value);
      if (held) held.push(member);
      else holders.set(value, [member]);
    }
  }
  return holders;
}

const NOBODY: readonly MemberIdentity[] = [];

/** Null: nobody holds any of the candidate's identifiers, which is the case for most. */
function decideAmong(
  { fields, identity }: MatchCandidate,
  holders: ReadonlyMap<string, readonly MemberIdentity[]>,
): Decision | null {
  const found: MemberIdentity[] = [];
  for (const { canon } of identity.emails) found.push(...(holders.get(canon) ?? NOBODY));
  if (identity.profileUrl !== null) found.push(...(holders.get(identity.profileUrl) ?? NOBODY));
  return found.length > 0 ? decide(fields, identity, [...new Set(found)]) : null;
}

/** Behind the batch statement: writes the missing keys, and reads the stored links and the members who hold a key. */
function readEvidence(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  candidates: readonly MatchCandidate[],
  areKeysWritten: boolean,
): Promise<readonly (StoredLink | HolderRow)[]> {
  const ids = candidates.map(({ id }) => id);
  const owners: number[] = [];
  const keys: string[] = [];
  const kinds: number[] = [];
  candidates.forEach((candidate, i) => {
    for (const { key, kind } of candidate.keys) {
      owners.push(i + 1);
      keys.push(key);
      kinds.push(kind);
    }
  });
  return tx<StoredLink | HolderRow>`
    select * from candidate_evidence(
      ${tenantId}, ${atsNo}, ${ids}::text[], ${int8Array(owners)}::int[],
      ${int8Array(keys)}::bigint[], ${int8Array(kinds)}::smallint[], ${!areKeysWritten}
    )`.send();
}

function factsOf(row: HolderRow): MemberFacts {
  return {
    memberId: row.member_id,
    firstName: row.first_name,
    lastName: row.last_name,
    middleName: row.middle_name,
    maidenName: row.maiden_name,
    suffix: row.suffix,
    emails: row.emails ?? [],
    phones: [],
    profileUrls: row.profile_urls ?? [],
    positions: [],
    address: null,
    location: null,
    isFoundByEmail: true,
    isFoundByPhone: true,
    isClosed: false,
  };
}

function writeMatches(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  changes: readonly Change[],
  now: number,
): Statement {
  return tx`
    insert into automatic_match (tenant_id, ats_no, candidate_id, member_id, reasons, decided_at)
    select ${tenantId}::bigint, ${atsNo}::int, d."candidateId", d."memberId", d.reasons, ${now}::bigint
    from jsonb_to_recordset(${JSON.stringify(changes)}::text::jsonb) as d("candidateId" text, "memberId" bigint, reasons jsonb)
    order by d."candidateId"
    on conflict (tenant_id, ats_no, candidate_id) do update
    set member_id = excluded.member_id, reasons = excluded.reasons, decided_at = excluded.decided_at`;
}

/** By address, as keys are (key-rows.ts). */
function deleteMatches(tx: Tx, { tenantId, atsNo }: AtsScope, ids: readonly string[]): Statement {
  return tx`
    delete from automatic_match where tenant_id = ${tenantId} and ctid = any(array(
      select a.ctid
      from unnest(${ids}::text[]) as gone(id)
      cross join lateral (
        select ctid from automatic_match where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = gone.id offset 0
      ) a
    ))`;
}
