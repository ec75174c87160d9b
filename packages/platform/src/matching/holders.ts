import type { Tx } from '../kernel/db.ts';
import { identifiersOf, identifierText } from './identifiers.ts';
import { int8Array } from './key-rows.ts';
import type { MatchCandidate, Matcher } from './matcher.ts';
import { FORM_VERSION } from './member-form.ts';
import { type ComparedRow, comparedMembers } from './member-forms.ts';
import type { MemberPerson } from './person.ts';

/** An identifier that more members hold is nobody's. */
export const MOST_IDENTIFIER_HOLDERS = 3;

/**
 * A batch of a few candidates, or of one, may be a guess at whose an address is. So in it the candidate whose identifiers nobody
 * holds costs what another one costs: it is compared with some member, and all its keys are asked about.
 */
export const MOST_OF_A_GUESS = 5;

/** By identifierText. */
export type Holders = ReadonlyMap<string, readonly MemberPerson[]>;

/**
 * Members who hold an identifier of these candidates; of a guess that hits nobody, somebody who holds none. They stay as they are
 * until the transaction ends where it keeps writers of members out (locks.ts).
 */
export async function readHolders(
  matcher: Matcher,
  tx: Tx,
  candidates: readonly MatchCandidate[],
): Promise<MemberPerson[]> {
  const keys = candidates.flatMap((candidate) => candidate.keys);
  if (keys.length === 0) return [];
  const rows = await tx<ComparedRow>`
    select member_id, form
    from identifier_holders(
      ${int8Array(keys.map(({ key }) => key))}::bigint[], ${int8Array(keys.map(({ kind }) => kind))}::smallint[],
      ${candidates.length}, ${MOST_IDENTIFIER_HOLDERS}, ${MOST_OF_A_GUESS}, ${FORM_VERSION}
    )`.send();
  return comparedMembers(matcher, tx, rows);
}

export function holdersOf(members: readonly MemberPerson[]): Holders {
  const holders = new Map<string, MemberPerson[]>();
  for (const member of members) {
    for (const identifier of identifiersOf(member)) {
      const text = identifierText(identifier);
      const held = holders.get(text);
      if (held) held.push(member);
      else holders.set(text, [member]);
    }
  }
  return holders;
}
