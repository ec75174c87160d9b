import type {
  CandidateSummary,
  ComparedField,
  EvidenceStep,
  MatchEvidence,
  PersonRow,
} from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { amongRivals, probabilityOf, WEIGHTS } from '../matching/index.ts';

/** What matching stored with a link or a proposal. */
export interface StoredEvidence {
  readonly weight: number;
  readonly reasons: unknown;
  readonly evidence: unknown;
}

const Steps = Type.Array(
  Type.Object({
    field: Type.String(),
    level: Type.String(),
    bits: Type.Number(),
    tf: Type.Optional(Type.Number()),
  }),
);

/** Null for a link that was made before links were weighed. */
export function evidenceOf({ weight, reasons, evidence }: StoredEvidence): MatchEvidence | null {
  if (!Value.Check(Steps, evidence) || evidence.length === 0) return null;
  const steps = evidence.map(({ tf, ...step }): EvidenceStep => ({ ...step, tf: tf ?? null }));
  return {
    weight,
    probability: probabilityOf(weight, steps),
    prior: weight - steps.reduce((sum, { bits }) => sum + bits, 0),
    steps,
    reasons: Array.isArray(reasons) ? reasons.filter((reason) => typeof reason === 'string') : [],
    autoAt: WEIGHTS.autoBits,
    reviewAt: WEIGHTS.reviewBits,
  };
}

/** Of the proposals of one record, in any order: one of them is right at most. */
export function asRivals<T extends { readonly evidence: MatchEvidence | null }>(
  proposals: readonly T[],
): T[] {
  const told = amongRivals(proposals.map(({ evidence }) => evidence?.probability ?? 0));
  return proposals.map((proposal, n) => {
    const { evidence } = proposal;
    return evidence ? { ...proposal, evidence: { ...evidence, probability: told[n] ?? 0 } } : proposal;
  });
}

/** Levels at which both sides say the same; at other positive ones they nearly do. */
const SAME = new Set(['exact', 'canon', 'current', 'former', 'national', 'postcode', 'city', 'swapped']);

/**
 * Both sides, field by field. Of the member only what everybody sees on the profile; whether e-mail, phone and address agree is
 * told by the verdict, never by a value.
 */
export function compareFields(
  candidate: CandidateSummary,
  person: PersonRow,
  evidence: MatchEvidence | null,
): ComparedField[] {
  const positions = [...person.current, ...person.past];
  const sides: readonly (readonly [
    field: string,
    ats: readonly (string | null)[],
    member: readonly (string | null)[] | null,
  ])[] = [
    ['name', [candidate.name], [person.name]],
    ['email', candidate.emails, null],
    ['phone', candidate.phones, null],
    ['url', [candidate.profileUrl], null],
    ['company', [candidate.employer], positions.map(({ companyName }) => companyName)],
    ['title', [candidate.title], [person.headline, ...positions.map(({ title }) => title)]],
    ['place', candidate.addresses, [person.location]],
  ];
  return sides.map(([field, ats, member]) => {
    const step = evidence?.steps.find((each) => each.field === field) ?? null;
    return {
      field,
      ats: present(ats),
      member: member && present(member),
      verdict: step === null ? 'unknown' : verdictOf(step),
      level: step?.level ?? null,
      bits: step?.bits ?? null,
    };
  });
}

function verdictOf({ level, bits }: EvidenceStep): ComparedField['verdict'] {
  if (bits <= 0) return 'differs';
  return SAME.has(level) ? 'agrees' : 'similar';
}

function present(values: readonly (string | null)[]): string[] {
  return [...new Set(values.flatMap((value) => value?.trim() || []))];
}
