import { createHmac, timingSafeEqual } from 'node:crypto';
import { EMPTY_DIGEST, type RecordKind, signedStatement } from '@carrick/protocol';
import type { KindComparison, SignedStatement } from './compare-kind.ts';
import { joinedDigest } from './digest-sums.ts';

/**
 * That both sides hold the same, as both of them say: of each kind the platform's signed statement about what it has, and over
 * all of it the connector's signature that this is what the ATS has. Both sign with the client secret of the customer's
 * application, so whoever holds that secret can check it.
 */
export interface EqualityProof {
  readonly version: 1;
  readonly organization: string;
  readonly comparedAt: number;
  readonly kinds: readonly ProvenKind[];
  readonly signature: string;
}

interface ProvenKind {
  readonly kind: RecordKind;
  readonly rows: number;
  readonly digest: string;
  /** Digests of records that are gone from the ATS and stay on the platform on purpose: closed jobs and their access rules. */
  readonly leftBehind: readonly string[];
  readonly statement: SignedStatement;
}

/** Null where something differs. */
export function proveEquality(
  comparisons: readonly KindComparison[],
  {
    organization,
    clientSecret,
    comparedAt,
  }: { organization: string; clientSecret: string; comparedAt: number },
): EqualityProof | null {
  if (comparisons.some(({ differences }) => differences.length > 0)) return null;
  const kinds = comparisons.map(({ kind, rowsHere, digest, leftBehind, statement }) => ({
    kind,
    rows: rowsHere,
    digest,
    leftBehind: leftBehind.map((row) => row.digest ?? EMPTY_DIGEST),
    statement,
  }));
  const unsigned = { version: 1, organization, comparedAt, kinds } as const;
  const proof = { ...unsigned, signature: hmac(clientSecret, JSON.stringify(unsigned)) };
  return faultOf(proof, clientSecret) === null ? proof : null;
}

/** Why a proof is none; null for a good one. */
export function faultOf({ signature, ...unsigned }: EqualityProof, clientSecret: string): string | null {
  const { organization, kinds, version, comparedAt } = unsigned;
  // In the order in which it was signed, whoever wrote it down meanwhile.
  if (!isSame(signature, hmac(clientSecret, JSON.stringify({ version, organization, comparedAt, kinds }))))
    return 'the signature over the whole is not of this secret';
  for (const { kind, rows, digest, leftBehind, statement } of kinds) {
    const { signature: signed, ...said } = statement;
    if (said.kind !== kind || said.integrationContext !== organization)
      return `${kind}: the platform's statement is about something else`;
    if (!isSame(signed, hmac(clientSecret, signedStatement(said))))
      return `${kind}: the platform's signature is not of this secret`;
    const there = leftBehind.reduce(joinedDigest, said.digest);
    if (there !== digest || said.rows !== rows + leftBehind.length)
      return `${kind}: the platform's digest is another one`;
  }
  return null;
}

const hmac = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
