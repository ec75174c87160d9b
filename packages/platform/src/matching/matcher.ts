import type { Context } from '../kernel/context.ts';
import type { Outbox } from '../kernel/outbox.ts';
import type { MemberFacts } from '../members/index.ts';
import type { MatchHook } from './hooks.ts';
import { type IdentifierKey, IdentifierKeys } from './keys.ts';
import {
  type CandidateFields,
  type CandidateIdentity,
  candidateIdentity,
  type IdentifyingFields,
  type MemberIdentity,
  memberIdentity,
} from './normalize.ts';

/** A candidate as matching needs it. */
export interface MatchCandidate {
  readonly id: string;
  readonly fields: CandidateFields;
  readonly identity: CandidateIdentity;
  readonly keys: readonly IdentifierKey[];
}

/** What the parts of matching work with. */
export interface Matcher {
  readonly ctx: Context;
  readonly outbox: Outbox;
  readonly hooks: readonly MatchHook[];
  candidate(id: string, fields: CandidateFields): MatchCandidate;
  keysOfCandidate(fields: IdentifyingFields): IdentifierKey[];
  member(facts: MemberFacts): MemberIdentity;
  keysOfMember(member: MemberIdentity): IdentifierKey[];
}

export function createMatcher(ctx: Context, outbox: Outbox, hooks: readonly MatchHook[]): Matcher {
  const keys = new IdentifierKeys(ctx.keys.matchingPepper);
  const hosts = ctx.config.profileHosts;
  return {
    ctx,
    outbox,
    hooks,
    candidate(id, fields) {
      const identity = candidateIdentity(fields, hosts);
      return { id, fields, identity, keys: keys.ofCandidate(identity) };
    },
    keysOfCandidate: (fields) => keys.ofCandidate(candidateIdentity(fields, hosts)),
    member: (facts) => memberIdentity(facts, hosts),
    keysOfMember: (member) => keys.ofMember(member),
  };
}
