import { type Circumstance, circumstanceOf, PLACEHOLDER_MAILBOXES, ROLE_MAILBOXES } from './circumstances.ts';
import { personalEmail } from './emails.ts';
import { plain } from './name.ts';
import type { People, Person } from './people.ts';
import { Random } from './random.ts';
import { type CandidateLine, memberId, sameName } from './views.ts';
import { type RecordDraft, recordOf } from './write-record.ts';

export interface Truth {
  readonly candidate: string;
  readonly member: string | null;
  /** What happened on the way from the person to the record. */
  readonly tags: readonly string[];
  readonly script: string;
  readonly locale: string;
  /** Identifiers that are the member's own and could be seen to be. */
  readonly agrees: readonly string[];
  /** Members whose name or identifier stands in somebody else's record. */
  readonly baits: readonly string[];
}

export interface LabelledCandidate {
  readonly candidate: CandidateLine;
  readonly truth: Truth;
}

/** Nobody can tell from the data: whoever bears the name and has the mailbox or the number is taken for the member. */
export const UNDECIDABLE = 'same-name-same-mailbox';

const CANDIDATE = 3;
const RELATIVE = 4;
const POOL = 5;
const RECORDS_AN_AGENCY = 40;
const RECORDS_A_RECRUITER = 25;

/** The n-th candidate of a run. */
export function candidateOf(seed: number, people: People, n: number, count: number): LabelledCandidate {
  const random = new Random(seed, CANDIDATE, n);
  const circumstance = circumstanceOf(random);
  const draft = draftOf({ seed, people, n, count, random }, circumstance);
  const { candidate, tags, agrees, pasted } = recordOf(random, people, `c${n}`, draft);
  const isUndecidable =
    draft.lent !== null &&
    (draft.isNamesake || isInitialOf(candidate, draft)) &&
    !suffixesDiffer(draft, candidate);
  return {
    candidate,
    truth: {
      candidate: candidate.id,
      member: draft.isMember ? memberId(draft.person.index) : null,
      tags: [circumstance, ...tags, ...(isUndecidable ? [UNDECIDABLE] : [])],
      script: draft.person.script,
      locale: draft.person.locale,
      agrees: draft.isMember ? agrees : [],
      baits: [draft.bait?.index, pasted].flatMap((index) =>
        index === undefined || index === null ? [] : memberId(index),
      ),
    },
  };
}

interface Run {
  readonly seed: number;
  readonly people: People;
  readonly n: number;
  readonly count: number;
  readonly random: Random;
}

type Draft = RecordDraft & {
  readonly isMember: boolean;
  /** A member whose name the person has or whose identifier the record carries. */
  readonly bait: Person | null;
  /** A member whose mailbox or number the record carries. */
  readonly lent: Person | null;
  readonly isNamesake: boolean;
};

function draftOf(run: Run, circumstance: Circumstance): Draft {
  const { people, random } = run;
  const someMember = () => people.person(random.below(people.members));
  const plainDraft = (person: Person, isMember: boolean): Draft => ({
    person,
    isMember,
    bait: null,
    lent: null,
    isNamesake: false,
    mailbox: null,
    phone: null,
    isUntouched: false,
  });
  switch (circumstance) {
    case 'member':
      return plainDraft(someMember(), true);
    case 'stranger':
      return plainDraft(stranger(run), false);
    case 'same-name-stranger': {
      const bait = someMember();
      const near = { employer: random.chance(0.35), place: random.chance(0.3) };
      return { ...plainDraft(namesake(run, bait, near), false), bait };
    }
    case 'twin': {
      const bait = someMember();
      const person = relative(run, bait, true);
      const hasPhone = random.chance(0.2) && bait.hasListedPhone;
      const lent = hasPhone ? bait : null;
      return { ...plainDraft(person, false), bait, lent, phone: lent?.phone ?? null, isUntouched: true };
    }
    case 'jr-sr': {
      const bait = someMember();
      const person = namesake(run, bait, { employer: false, place: true });
      const suffix = random.chance(0.5) ? (bait.name.suffix === undefined ? 'Jr.' : 'Sr') : undefined;
      const { suffix: _, ...name } = person.name;
      const named = { ...person, name: suffix === undefined ? name : { ...name, suffix } };
      const isAtHome = random.chance(0.3);
      const mailbox = isAtHome && random.chance(0.5) ? (bait.listed[0] ?? null) : null;
      const phone = isAtHome && mailbox === null && bait.hasListedPhone ? bait.phone : null;
      const lent = mailbox !== null || phone !== null ? bait : null;
      return { ...plainDraft(named, false), bait, lent, isNamesake: true, mailbox, phone };
    }
    case 'family-mailbox':
    case 'family-phone': {
      const isMailbox = circumstance === 'family-mailbox';
      const bait = isMailbox ? someMember() : withPhone(run);
      const isNamesake = random.chance(0.1);
      const person = isNamesake
        ? namesake(run, bait, { employer: false, place: true })
        : relative(run, bait, random.chance(0.75));
      return {
        ...plainDraft(person, false),
        bait,
        lent: bait,
        isNamesake: isNamesake || sameName(person.written, bait.written),
        mailbox: isMailbox ? (bait.listed[0] ?? null) : null,
        phone: isMailbox ? null : bait.phone,
      };
    }
    case 'agency-mailbox':
      return lentBy(run, plainDraft(person30(run), false), agent(run, 0, 0.015 / RECORDS_AN_AGENCY));
    case 'recruiter-mailbox':
      return lentBy(run, plainDraft(person30(run), false), agent(run, 1, 0.005 / RECORDS_A_RECRUITER));
    case 'role-mailbox': {
      const person = person30(run);
      const domain = person.work.split('@')[1] ?? 'example.com';
      return {
        ...plainDraft(person, person.index < people.members),
        mailbox: `${random.pick(ROLE_MAILBOXES)}@${domain}`,
      };
    }
    case 'placeholder-mailbox': {
      const person = person30(run);
      return {
        ...plainDraft(person, person.index < people.members),
        mailbox: random.pick(PLACEHOLDER_MAILBOXES),
      };
    }
    case 'enumeration': {
      const bait = someMember();
      const name = people.randomName(random);
      const person = { ...stranger(run), name, written: name.latin };
      const isNamesake = sameName(person.written, bait.written);
      return {
        ...plainDraft(person, false),
        bait,
        lent: bait,
        isNamesake,
        mailbox: bait.listed[0] ?? null,
        isUntouched: true,
      };
    }
  }
}

function stranger({ people, n }: Run): Person {
  return people.person(people.members + n);
}

/** Three in ten are members. */
function person30(run: Run): Person {
  return run.random.chance(0.3) ? run.people.person(run.random.below(run.people.members)) : stranger(run);
}

function withPhone({ people, random }: Run): Person {
  for (;;) {
    const person = people.person(random.below(people.members));
    if (person.hasListedPhone) return person;
  }
}

/** One of those who send candidates under their own address; so many for each candidate of the run. */
function agent({ seed, people, count, random }: Run, kind: number, perCandidate: number): Person {
  const pool = Math.max(1, Math.round(count * perCandidate));
  const chosen = new Random(seed, POOL + kind, random.below(pool));
  return people.person(chosen.below(people.members));
}

function lentBy({ people }: Run, draft: Draft, bait: Person): Draft {
  const isMember = draft.person.index < people.members && draft.person.index !== bait.index;
  const isNamesake = sameName(draft.person.written, bait.written);
  return { ...draft, isMember, bait, lent: bait, isNamesake, mailbox: bait.listed[0] ?? null };
}

/** Somebody else with the very name. */
function namesake(run: Run, of: Person, near: { employer: boolean; place: boolean }): Person {
  const other = stranger(run);
  const addresses = other.listed.map((_, n) => freshEmail(run, of, n));
  const [mine, theirs] = [other.jobs[0], of.jobs[0]];
  return {
    ...other,
    locale: of.locale,
    script: of.script,
    name: of.name,
    written: of.written,
    listed: addresses,
    unlisted: [freshEmail(run, of, 8)],
    work: freshEmail(run, of, 9),
    jobs: near.employer && mine && theirs ? [{ ...mine, employer: theirs.employer }] : other.jobs,
    place: near.place ? of.place : other.place,
  };
}

/** Of the same household; a spouse may have another family name. */
function relative(run: Run, of: Person, hasFamilyName: boolean): Person {
  const other = stranger(run);
  for (let tries = 0; ; tries++) {
    const random = new Random(run.seed, RELATIVE, run.n * 16 + tries);
    const gender = random.chance(0.5) ? 'female' : 'male';
    const name = hasFamilyName ? run.people.relativeName(random, of, gender) : other.name;
    const isOther = name.latin.given.slice(0, 3) !== of.name.latin.given.slice(0, 3);
    if (!isOther && tries < 12) continue;
    const isNative = of.written === of.name.own;
    const written = isNative && hasFamilyName ? name.own : name.latin;
    return {
      ...other,
      ...(hasFamilyName ? { locale: of.locale, script: of.script } : {}),
      name,
      written,
      listed: [freshEmail(run, { ...of, name }, 0)],
      unlisted: [freshEmail(run, { ...of, name }, 8)],
      place: of.place,
    };
  }
}

function freshEmail({ seed, people, n }: Run, { name, place }: Person, slot: number): string {
  for (let tries = 0; ; tries++) {
    const random = new Random(seed, RELATIVE + 10 + slot, n * 64 + tries);
    const address = personalEmail(random, name.latin, place.country);
    if (people.isFree(address)) return address;
  }
}

/** The family name and an initial that is the member's too: such a record says no more than the member's own name does. */
function isInitialOf({ firstName = '', lastName = '' }: CandidateLine, { person, lent }: Draft): boolean {
  if (lent === null || fold(person.name.latin.family) !== fold(lent.name.latin.family)) return false;
  // Of swapped names the initial stands in the other field, and a middle name may stand behind it.
  const initial = [firstName, lastName].map((text) => /^(\p{L})(?:\.?$|\.? )/u.exec(text)?.[1]).find(Boolean);
  const { written, name } = lent;
  return (
    initial !== undefined &&
    [written, name.own, name.latin].some(({ given }) => fold(given).startsWith(fold(initial)))
  );
}

const fold = (text: string) => plain(text).toLowerCase();

function suffixesDiffer({ bait }: Draft, { suffix }: CandidateLine): boolean {
  const stated = bait?.name.suffix;
  const bare = (text: string) => text.toLowerCase().replaceAll('.', '');
  return suffix !== undefined && stated !== undefined && bare(suffix) !== bare(stated);
}
