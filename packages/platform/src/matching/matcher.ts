import type { Context } from '../kernel/context.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { remembered } from '../kernel/remembered.ts';
import type { MemberFacts } from '../members/index.ts';
import type { AtsScope } from '../records/index.ts';
import type { Countries } from './countries.ts';
import type { MatchHook } from './hooks.ts';
import { type IdentifierKey, IdentifierKeys, type KeyOfIdentifier } from './keys.ts';
import { memberForm } from './member-form.ts';
import type { Models } from './models.ts';
import {
  type CandidateFields,
  candidateIdentityOf,
  candidatePerson,
  type Identity,
  type MemberFields,
  type MemberPerson,
  memberPerson,
  type Person,
  type Setting,
} from './person.ts';

/** A candidate as far as it is needed to find members by identifier. */
export interface MatchCandidate {
  readonly id: string;
  /** Its addresses include those that its applications brought. */
  readonly fields: CandidateFields;
  readonly identity: Identity;
  readonly keys: readonly KeyOfIdentifier[];
  /** Of the domains of its addresses, by domain. */
  readonly domains: ReadonlyMap<string, string>;
  /** The keyed hash of its family name; 0 where it has none. */
  readonly family: string;
  /** All that is known of it: costs ten times as much, and is made when it is first asked for. */
  person(): Person;
}

/** What the parts of matching work with. */
export interface Matcher {
  readonly ctx: Context;
  readonly outbox: Outbox;
  readonly hooks: readonly MatchHook[];
  readonly models: Models;
  readonly countries: Countries;
  candidate(scope: Pick<AtsScope, 'tenantId'>, id: string, fields: CandidateFields): MatchCandidate;
  keysOfCandidate(scope: Pick<AtsScope, 'tenantId'>, fields: CandidateFields): KeyOfIdentifier[];
  member(facts: MemberFacts): MemberPerson;
  /** The member's row of member_form. */
  form(facts: MemberFacts, member: MemberPerson): string;
  keysOfMember(member: MemberPerson): IdentifierKey[];
  softKeys(person: Person): IdentifierKey[];
  readonly keys: IdentifierKeys;
}

export function createMatcher(
  ctx: Context,
  outbox: Outbox,
  hooks: readonly MatchHook[],
  models: Models,
  countries: Countries,
): Matcher {
  const keys = new IdentifierKeys(ctx.keys.matchingPepper);
  const { profileHosts } = ctx.config;
  const ofMembers: Setting = { profileHosts };
  const settingOf = ({ tenantId }: Pick<AtsScope, 'tenantId'>): Setting => ({
    profileHosts,
    country: countries.of(tenantId) ?? null,
  });
  const familyOf = remembered((lastName) => keys.family(lastName), MOST_REMEMBERED);
  const keyOfDomain = remembered((domain) => keys.domain(domain), MOST_REMEMBERED);
  return {
    ctx,
    outbox,
    hooks,
    models,
    countries,
    keys,
    candidate(scope, id, fields) {
      const setting = settingOf(scope);
      const identity = candidateIdentityOf(fields, setting);
      let person: Person | null = null;
      const domains = new Map<string, string>();
      for (const { canon } of identity.emails) {
        const domain = canon.slice(canon.lastIndexOf('@') + 1);
        domains.set(domain, keyOfDomain(domain));
      }
      return {
        id,
        fields,
        identity,
        keys: keys.ofIdentity(identity),
        domains,
        family: familyOf(fields.lastName ?? ''),
        person() {
          person ??= candidatePerson(fields, setting, identity);
          return person;
        },
      };
    },
    keysOfCandidate: (scope, fields) => keys.ofIdentity(candidateIdentityOf(fields, settingOf(scope))),
    member: (facts) => memberPerson(memberFields(facts), ofMembers),
    form: (facts, member) => memberForm(memberFields(facts), member),
    keysOfMember: (member) => keys.ofIdentity(member),
    softKeys: (person) => keys.soft(person),
  };
}

/** Family names and mail domains whose keys are kept in memory. */
const MOST_REMEMBERED = 4_000;

/** Who does not want to be found by an address or a number has none here. */
function memberFields(facts: MemberFacts): MemberFields {
  return {
    ...facts,
    emails: facts.isFoundByEmail ? facts.emails : [],
    phones: facts.isFoundByPhone ? facts.phones : [],
  };
}
