import { amongRivals } from './certainty.ts';
import { isFamilyMailbox } from './compare-fields.ts';
import { NO_WEAK, type WeakIdentifiers } from './identifiers.ts';
import type { Model } from './model.ts';
import type { MemberPerson, Person } from './person.ts';
import { type FieldEvidence, type Scored, scorePair, scorePairFrom } from './score.ts';

/** Why, in words that are found elsewhere; no value of either side stands in them. */
export type Reason =
  /** What agrees: `email.exact`, `url.current`, `name.nickname` … */
  `${string}.${string}`;

export type Decision =
  | {
      readonly outcome: 'AUTO';
      readonly memberId: number;
      readonly weight: number;
      readonly probability: number;
      readonly reasons: readonly Reason[];
      readonly evidence: readonly FieldEvidence[];
    }
  | { readonly outcome: 'REVIEW'; readonly proposals: readonly Scored[]; readonly reasons: readonly Reason[] }
  | { readonly outcome: 'NONE'; readonly reasons: readonly Reason[] };

export interface Circumstances {
  readonly weak?: WeakIdentifiers | undefined;
  /** Members whom a person refused for this candidate. */
  readonly tombstones?: ReadonlySet<number> | undefined;
  /** Whom the candidate is linked to automatically so far: kept a little longer than a link is made. */
  readonly current?: number | null | undefined;
  /**
   * Members who cannot be linked and would not be proposed are left out where that can be seen without comparing names. It changes
   * no outcome; of who is NONE it leaves out reasons and `best`.
   */
  readonly areHopelessLeftOut?: boolean | undefined;
}

/** A person looks at this many at most. */
const MOST_PROPOSALS = 5;

/** What the rules make of one pair, whoever else there is. */
interface Judged {
  readonly scored: Scored;
  /** Why it is not linked without a person. */
  readonly objections: readonly Reason[];
  /** It is not even shown. */
  readonly isSilent: boolean;
}

/**
 * What is to be done with a candidate, given every member who may be it. `best` is the member of the highest weight whatever
 * the rules say. The order of `members` does not matter.
 */
export function decide(
  candidate: Person,
  members: readonly MemberPerson[],
  model: Model,
  circumstances: Circumstances = {},
): Decision & { readonly best: Scored | null } {
  const { weak = NO_WEAK, tombstones, current = null, areHopelessLeftOut = false } = circumstances;
  const holders = urlHolders(members);
  const { reviewBits } = model.weights;
  const judged = members
    .filter(({ memberId, isClosed }) => !isClosed && !tombstones?.has(memberId))
    .flatMap((member) => {
      const scored = areHopelessLeftOut
        ? scorePairFrom(reviewBits, candidate, member, model, weak, holders)
        : scorePair(candidate, member, model, weak, holders);
      return scored ? judge(scored, candidate) : [];
    })
    .sort((a, b) => b.scored.weight - a.scored.weight || a.scored.memberId - b.scored.memberId);
  const best = judged[0]?.scored ?? null;
  const decision = settled(judged, model, tombstones, current);
  // What is told of the best is what is told of it as a proposal.
  const proposed =
    decision.outcome === 'REVIEW'
      ? decision.proposals.find(({ memberId }) => memberId === best?.memberId)
      : undefined;
  return { ...decision, best: proposed ?? best };
}

function settled(
  judged: readonly Judged[],
  { weights }: Model,
  tombstones: ReadonlySet<number> | undefined,
  current: number | null,
): Decision {
  const visible = judged.filter(({ isSilent }) => !isSilent);
  const proposals = visible
    .map(({ scored }) => scored)
    .filter(({ weight }) => weight >= weights.reviewBits)
    .slice(0, MOST_PROPOSALS);
  // Only who holds an identifier is linked or stands in the way of it, so a link never depends on what else was looked up.
  const contenders = visible.filter(({ scored }) => scored.agreeing.length > 0);
  const first = contenders[0] ?? visible[0];
  if (!first) {
    const reasons = new Set(judged.flatMap(({ objections }) => objections));
    return { outcome: 'NONE', reasons: reasons.size > 0 ? [...reasons].sort() : ['identifier.none'] };
  }
  const { scored } = first;
  const objections = [...first.objections];
  const rival = contenders.find(
    (one) => one !== first && scored.weight - one.scored.weight < weights.marginBits,
  );
  if (rival) objections.push('members.several');
  const isKept = current === scored.memberId && scored.weight >= weights.keptBits;
  const needed = tombstones && tombstones.size > 0 ? weights.afterUnlinkBits : weights.autoBits;
  if (!isKept && scored.weight < needed) objections.push('weight.low');
  if (objections.length === 0)
    return {
      outcome: 'AUTO',
      memberId: scored.memberId,
      weight: scored.weight,
      probability: scored.probability,
      reasons: scored.evidence
        .filter(({ bits }) => bits > 0)
        .map(({ field, level }): Reason => `${field}.${level}`),
      evidence: scored.evidence,
    };
  if (proposals.length > 0) return { outcome: 'REVIEW', proposals: asRivals(proposals), reasons: objections };
  return { outcome: 'NONE', reasons: objections };
}

function asRivals(proposals: readonly Scored[]): Scored[] {
  const told = amongRivals(proposals.map(({ probability }) => probability));
  return proposals.map((scored, n) => ({ ...scored, probability: told[n] ?? scored.probability }));
}

/** The rules of one pair. */
function judge(scored: Scored, candidate: Person): Judged {
  const objections: Reason[] = [];
  const { agreeing, nameParts } = scored;
  const hasUrl = agreeing.some(({ kind }) => kind === 'url');
  if (agreeing.length === 0) objections.push('identifier.none');
  for (const veto of scored.vetoes) if (veto !== 'url.reused' || agreeing.length === 1) objections.push(veto);
  if (scored.isSuffixOneSided && agreeing.length === 1) objections.push('name.suffix');
  if (mayBeRelative(scored, candidate)) objections.push('name.alike');
  if (nameParts === 'one' && !(hasUrl && agreeing.length >= 2)) objections.push('name.partly');
  if (nameParts === 'none') objections.push('name.none');
  return { scored, objections, isSilent: nameParts === 'none' && agreeing.length < 2 };
}

/**
 * Relatives share a number, a mailbox, the family name and the place, and have given names that are alike; an employer or a title
 * they share by chance only.
 */
function mayBeRelative({ agreeing, evidence, givenNames, nameParts }: Scored, { name }: Person): boolean {
  if (givenNames === 'one' || nameParts !== 'both') return false;
  if (evidence.some(({ field, bits }) => (field === 'company' || field === 'title') && bits > 0))
    return false;
  return agreeing.every(
    ({ kind, value }) =>
      kind === 'phone' || (kind === 'email' && (givenNames === 'two' || isFamilyMailbox(value, name))),
  );
}

/** How many members hold or held each address of a profile. */
function urlHolders(members: readonly MemberPerson[]): Map<string, number> {
  const holders = new Map<string, number>();
  for (const { profileUrls } of members)
    for (const url of profileUrls) holders.set(url, (holders.get(url) ?? 0) + 1);
  return holders;
}
