import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import { type Evidence, readEvidence, type StoredLink } from './evidence.ts';
import { confirmedLooks, type EarlyLooks, type FirstLook, lookEarly } from './first-look.ts';
import { deleteCandidateKeys, distinctKeys, type KeyRow, keyRows, keysGone } from './key-rows.ts';
import { shareKeys } from './locks.ts';
import type { MatchCandidate, Matcher } from './matcher.ts';
import { appendProposing } from './propose-work.ts';
import { appendRecheck, type MatchCause } from './rematch-work.ts';
import type { FieldEvidence } from './score.ts';

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
  /** Where it was sent before: the same candidates. */
  readonly early?: Promise<EarlyLooks>;
  /** Key rows that candidates had and may have no more. */
  readonly former?: Promise<readonly KeyRow[]>;
  readonly cause?: MatchCause;
  /** False for who has just counted under how many names the identifiers are used. */
  readonly isRechecked?: boolean;
}

interface Change {
  readonly candidateId: string;
  readonly memberId: number | null;
  readonly formerMemberId: number | null;
  readonly weight: number | null;
  readonly reasons: readonly string[];
  readonly evidence: readonly FieldEvidence[];
}

/**
 * Decides these candidates from what is stored now and writes the links that differ. The link is a function of candidate, members,
 * weak identifiers, decisions and the model that is published, so it does not matter who came first. The caller holds the
 * candidates' rows, and the locks on their keys or on those of the members that changed. What it only reads leaves before the
 * first wait.
 * @returns what was sent and is not answered yet
 */
export async function settle(
  matcher: Matcher,
  tx: Tx,
  scope: AtsScope,
  given: readonly MatchCandidate[],
  options: SettleOptions,
): Promise<readonly Promise<unknown>[]> {
  const { isOfBatch, areKeysWritten, manual, former, isRechecked = true } = options;
  const [early, read, byHand = NO_MANUAL_CHANGE, formerKeys = []] = await Promise.all([
    options.early ?? lookEarly(matcher, tx, given),
    readEvidence(tx, scope, given, areKeysWritten),
    manual,
    former,
  ]);
  const [looked, evidence] = await withApplicationEmails(matcher, tx, scope, early, read);
  const model = await matcher.models.at(evidence.modelNo);
  const looks = confirmedLooks(looked, evidence, model);
  const candidates = looks.map(({ candidate }) => candidate);
  const changes = looks.flatMap((look) => changeOf(look, evidence.links, model.modelNo) ?? []);
  const gone = formerKeys.length > 0 ? keysGone(formerKeys, keyRows(candidates)) : [];
  const cause = options.cause ?? (isOfBatch ? 'candidate' : manual ? 'verdict' : 'member');
  return [
    ...(changes.length > 0
      ? [writeLinks(tx, scope, changes, model.modelNo, cause, matcher.ctx.clock.now())]
      : []),
    ...(gone.length > 0 ? [deleteCandidateKeys(tx, scope, gone)] : []),
    ...told(matcher, tx, scope, changes, byHand, isOfBatch),
    ...(isRechecked ? appendRecheck(matcher, tx, scope, looks, gone) : []),
    ...appendProposing(
      matcher,
      tx,
      scope,
      looks.filter(({ decision }) => decision?.outcome !== 'AUTO').map(({ candidate }) => candidate.id),
    ),
  ].map((statement) => {
    const sent = statement.send();
    sent.catch(() => {}); // where the caller fails before it looks at this
    return sent;
  });
}

/** What applications brought beside the record counts as the candidate's own. Seldom: then it is read once more with these keys. */
async function withApplicationEmails(
  matcher: Matcher,
  tx: Tx,
  scope: AtsScope,
  early: EarlyLooks,
  evidence: Evidence,
): Promise<[early: EarlyLooks, evidence: Evidence]> {
  if (evidence.applicationEmails.size === 0) return [early, evidence];
  let areComplete = true;
  const completed = early.looks.map(({ candidate }) => {
    const brought = evidence.applicationEmails.get(candidate.id);
    const own = new Set(candidate.fields.emailAddresses);
    const missing = brought?.filter((email) => !own.has(email)) ?? [];
    if (missing.length === 0) return candidate;
    const full = matcher.candidate(scope, candidate.id, {
      ...candidate.fields,
      emailAddresses: [...own, ...missing],
    });
    if (full.keys.length === candidate.keys.length) return candidate;
    areComplete = false;
    return full;
  });
  if (areComplete) return [early, evidence];
  const [, again, complete] = await Promise.all([
    shareKeys(tx, distinctKeys(completed.flatMap(({ keys }) => keys))).send(),
    lookEarly(matcher, tx, completed),
    readEvidence(tx, scope, completed, false),
  ]);
  return [again, complete];
}

function changeOf(
  { candidate, decision, isKept }: FirstLook,
  links: ReadonlyMap<string, StoredLink>,
  modelNo: number,
): Change | null {
  // It stays with the model that made it: this one would not make it again.
  if (isKept) return null;
  const stored = links.get(candidate.id);
  if (decision?.outcome !== 'AUTO') {
    if (!stored) return null;
    return {
      candidateId: candidate.id,
      memberId: null,
      formerMemberId: stored.memberId,
      weight: null,
      reasons: decision?.reasons ?? ['identifier.none'],
      evidence: [],
    };
  }
  const { memberId, weight, reasons, evidence } = decision;
  if (stored?.memberId === memberId) {
    const isSame =
      stored.weight === Math.fround(weight) &&
      stored.modelNo === modelNo &&
      JSON.stringify(JSON.parse(stored.reasons)) === JSON.stringify(reasons);
    if (isSame) return null;
  }
  return {
    candidateId: candidate.id,
    memberId,
    formerMemberId: stored?.memberId ?? null,
    weight,
    reasons,
    evidence,
  };
}

/** What the hooks have to write. */
function told(
  { hooks }: Matcher,
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  changes: readonly Change[],
  byHand: ManualChange,
  isOfBatch: boolean,
): Statement[] {
  const moved = changes.filter(({ memberId, formerMemberId }) => memberId !== formerMemberId);
  const candidateIds = [...new Set([...moved.map(({ candidateId }) => candidateId), ...byHand.candidateIds])];
  if (candidateIds.length === 0) return [];
  const formerMemberIds = [
    ...new Set([...moved.flatMap(({ formerMemberId }) => formerMemberId ?? []), ...byHand.formerMemberIds]),
  ];
  const memberIds = [
    ...new Set([...moved.flatMap(({ memberId }) => memberId ?? []), ...byHand.memberIds, ...formerMemberIds]),
  ];
  return hooks.flatMap((hook) =>
    hook.after(tx, { tenantId, atsNo, isOfBatch, candidateIds, memberIds, formerMemberIds }),
  );
}

function writeLinks(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  changes: readonly Change[],
  modelNo: number,
  cause: MatchCause,
  now: number,
): Statement {
  const rows = changes.map(({ candidateId, memberId, formerMemberId, weight, reasons, evidence }) => ({
    c: candidateId,
    m: memberId,
    f: formerMemberId,
    w: weight,
    r: reasons,
    e: evidence,
  }));
  return tx`select write_links(${tenantId}, ${atsNo}, ${modelNo}, ${cause}, ${now}, ${JSON.stringify(rows)})`;
}
