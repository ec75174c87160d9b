import { mailbox } from './generator/emails.ts';
import type { LabelledSet } from './labelled-set.ts';
import { Tally } from './tally.ts';

/**
 * What most systems do: the same e-mail, canonically, is the same person. Of several members with one of a candidate's addresses
 * none is taken.
 */
export function decideByEmail(set: LabelledSet): Tally {
  const holders = new Map<string, string>();
  for (const { id, emails = [] } of set.members())
    for (const email of emails) holders.set(mailbox(email), id);
  const tally = new Tally();
  for (const { candidate, truth } of set.candidates()) {
    const found = new Set(
      (candidate.emailAddresses ?? []).flatMap((email) => holders.get(mailbox(email)) ?? []),
    );
    const [member = null] = found.size === 1 ? found : [];
    const decision = member === null ? 'NONE' : 'AUTO';
    tally.add(
      { candidate: candidate.id, decision, member, best: member, weight: null, probability: null },
      truth,
    );
  }
  return tally;
}
