import type { RecordKind, RecordOf } from '@carrick/protocol';
import { CAREERS, JOBS, type JobPlan } from './careers.ts';
import { at, type Person } from './people.ts';
import type { Random } from './random.ts';

/** One record on its way into the platform. */
export interface AtsRecord<K extends RecordKind = RecordKind> {
  readonly kind: K;
  readonly id: string;
  readonly parentId: string | null;
  readonly record: RecordOf<K>;
}

interface Actor {
  readonly firstName: string;
  readonly lastName: string;
}

export interface AtsWorld {
  readonly records: readonly AtsRecord[];
  /** How many candidates are members, and how many of those under a name that contradicts the member's. */
  readonly members: number;
  readonly contradicting: number;
}

const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
const CONTRADICTING = 6;
const LADDER = ['Applied', 'Screening', 'Phone interview', 'Onsite interview', 'Offer'] as const;
const REASONS = [
  'Not enough experience',
  'Salary expectations',
  'Position filled',
  'Moved on to another offer',
] as const;
const SOURCES = ['Careers page', 'Referral', 'Job board', 'Sourced', 'Event'] as const;
const REMARKS = [
  'Thoughtful answers, asked good questions about the workshop.',
  'Prefers to start in the spring; two months of notice.',
  'Spoke about leading a small team through a difficult season.',
  'Strong portfolio. Would like to see the Hamburg office.',
  'Sehr angenehmes Gespräch, Gehaltswunsch passt.',
  'Très bon échange, à revoir avec l’équipe produit.',
  'Rozmowa bardzo udana, wracamy w przyszłym tygodniu.',
  '受け答えが丁寧で、英語での会話も問題なし。',
  'Хорошо знает логистику, готова к переезду.',
  'مقابلة ممتازة، ننتظر رد الفريق.',
  'Referred by the warehouse team; they would work together again.',
] as const;
const ASSESSED = ['Craft', 'Communication', 'Ownership', 'Curiosity'] as const;
const RESULTS = ['Strong', 'Solid', 'Mixed', 'Unclear'] as const;

/**
 * What the company's ATS holds: two years of candidates, about half of whom are members of the directory. `members` are
 * in the directory, `strangers` are not. Times end at `now`.
 */
export function makeAtsRecords(
  members: readonly Person[],
  strangers: readonly Person[],
  recruiters: readonly Actor[],
  random: Random,
  now: number,
): AtsWorld {
  const records: AtsRecord[] = JOBS.map((job) => jobRecord(job, now));
  const people: [Person, Candidate][] = [
    ...members.map((person, index): [Person, Candidate] => [person, knownCandidate(person, index, random)]),
    ...strangers.map((person, index): [Person, Candidate] => [
      person,
      strangerCandidate(person, members, index),
    ]),
  ];
  const hires = new Set<string>();
  for (const [index, [person, candidate]] of people.entries()) {
    const id = `C-${10_001 + index}`;
    const addedAt = now - random.between(5, 23 * 30) * DAY_MS;
    const history = makeHistory(id, person, candidate, addedAt, { recruiters, random, now, hires });
    const lastModifiedAt = Math.max(addedAt, ...history.map(timeOf));
    records.push(
      {
        kind: 'candidate',
        id,
        parentId: null,
        record: candidateRecord(id, person, candidate, addedAt, lastModifiedAt),
      },
      ...history,
    );
  }
  return { records, members: members.length, contradicting: CONTRADICTING };
}

interface Candidate {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly profileUrl: string | null;
}

/** A member as the ATS knows them: by their e-mail, or by another one and their profile's address. */
function knownCandidate(
  { given, family, email, profileUrl }: Person,
  index: number,
  random: Random,
): Candidate {
  // Recruiters type names in Latin letters as often as not.
  const isLatin = random.chance(0.35);
  const isByUrl = index % 4 === 3;
  return {
    firstName: isLatin ? given.latin : given.native,
    lastName: isLatin ? family.latin : family.native,
    email: isByUrl ? `work.${email}` : email,
    profileUrl: isByUrl || random.chance(0.3) ? profileUrl : null,
  };
}

/** Nobody's member; the first few apply from a member's mailbox, as families do, and must not be taken for that member. */
function strangerCandidate(
  { given, family, email }: Person,
  members: readonly Person[],
  index: number,
): Candidate {
  const mailbox = index < CONTRADICTING ? at(members, index * 4).email : email;
  return { firstName: given.native, lastName: family.native, email: mailbox, profileUrl: null };
}

function candidateRecord(
  id: string,
  { positions, phone, place, origin }: Person,
  candidate: Candidate,
  atsCreatedAt: number,
  atsLastModifiedAt: number,
): RecordOf<'candidate'> {
  const { firstName, lastName, email, profileUrl } = candidate;
  return {
    atsCreatedAt,
    atsLastModifiedAt,
    firstName,
    lastName,
    emailAddresses: [email],
    externalProfileUrl: `https://bosun.example/candidates/${id}`,
    ...(profileUrl === null ? {} : { linkedInProfileUrl: profileUrl }),
    phoneNumbers: [{ number: phone }],
    addresses: [{ city: place[0], geographicArea: place[1], country: origin.country }],
    currentCompanyName: positions[0]?.companyName ?? null,
    currentJobTitle: positions[0]?.title ?? null,
  };
}

interface Surroundings {
  readonly recruiters: readonly Actor[];
  readonly random: Random;
  readonly now: number;
  /** Jobs that have their hire. */
  readonly hires: Set<string>;
}

/** The candidate's notes and applications, with everything below them. */
function makeHistory(
  id: string,
  person: Person,
  candidate: Candidate,
  addedAt: number,
  around: Surroundings,
): AtsRecord[] {
  const { random, recruiters, now } = around;
  const history: AtsRecord[] = [];
  if (random.chance(0.3)) {
    const atsCreatedAt = Math.min(now, addedAt + random.between(1, 20) * DAY_MS);
    const note = { note: random.pick(REMARKS), author: random.pick(recruiters), atsCreatedAt };
    history.push({ kind: 'candidateNote', id: `${id}-N1`, parentId: id, record: note });
  }
  if (random.chance(0.12)) return history;
  const fitting = JOBS.filter((job) => job.career === person.careerNumber);
  const jobs = random.some(fitting.length > 0 ? fitting : JOBS, random.chance(0.2) ? 2 : 1);
  for (const [index, job] of jobs.entries()) {
    history.push(...makeApplication(`${id}-A${index + 1}`, id, candidate, job, addedAt, around));
  }
  return history;
}

function makeApplication(
  id: string,
  candidateId: string,
  candidate: Candidate,
  job: JobPlan,
  addedAt: number,
  around: Surroundings,
): AtsRecord[] {
  const { random, recruiters, now, hires } = around;
  const listedAt = now - job.listed * MONTH_MS;
  const appliedAt = Math.min(now - DAY_MS, Math.max(addedAt, listedAt) + random.between(0, 25) * DAY_MS);
  const steps = random.between(1, LADDER.length);
  const isHired = steps === LADDER.length && job.isClosed && !hires.has(job.id);
  const isOver = isHired || job.isClosed || random.chance(0.45);
  if (isHired) hires.add(job.id);
  const names = [...LADDER.slice(0, steps), ...(isHired ? ['Hired'] : isOver ? ['Rejected'] : [])];
  const times = spread(appliedAt, now, names.length, random);
  const stages = names.map(
    (stage, index): AtsRecord<'stage'> => ({
      kind: 'stage',
      id: `${id}-S${index + 1}`,
      parentId: id,
      record: { stage, atsCreatedAt: at(times, index) },
    }),
  );
  const last = at(times, names.length - 1);
  const application: AtsRecord<'application'> = {
    kind: 'application',
    id,
    parentId: null,
    record: {
      atsCandidateId: candidateId,
      atsCreatedAt: appliedAt,
      atsLastModifiedAt: last,
      atsJobPostingId: job.id,
      atsJobPostingName: job.title,
      candidateEmail: candidate.email,
      firstName: candidate.firstName,
      lastName: candidate.lastName,
      source: random.pick(SOURCES),
      ...(isOver && !isHired ? { dispositionReason: random.pick(REASONS) } : {}),
    },
  };
  const records: AtsRecord[] = [application, ...stages];
  if (steps >= 3) {
    const feedback = {
      atsCreatedAt: at(times, 2),
      interviewer: random.pick(recruiters),
      interviewType: steps >= 4 ? ('ONSITE' as const) : ('PHONE_SCREEN' as const),
      feedback: random.pick(REMARKS),
      evaluations: random.some(ASSESSED, 2).map((attribute) => ({ attribute, result: random.pick(RESULTS) })),
    };
    records.push({ kind: 'interviewFeedback', id: `${id}-F1`, parentId: id, record: feedback });
  }
  if (random.chance(0.4)) {
    const note = { note: random.pick(REMARKS), author: random.pick(recruiters), atsCreatedAt: last };
    records.push({ kind: 'applicationNote', id: `${id}-N1`, parentId: id, record: note });
  }
  return records;
}

/** Rising times from the first to before `end`. */
function spread(from: number, end: number, count: number, random: Random): number[] {
  const step = Math.min(12 * DAY_MS, (end - from) / (count + 1));
  return Array.from({ length: count }, (_, index) =>
    Math.round(from + index * step + (index === 0 ? 0 : random.next() * step * 0.5)),
  );
}

function jobRecord(
  { id, title, career, location, isClosed, listed }: JobPlan,
  now: number,
): AtsRecord<'job'> {
  const { industry, skills } = at(CAREERS, career);
  const record: RecordOf<'job'> = {
    externalJobPostingId: id,
    title,
    description: `Halyard & Pine makes tents, packs and rope for people who go out in any weather. We are looking for a ${title}: somebody at home in ${industry.toLowerCase()} who knows ${skills.slice(0, 4).join(', ')} and likes to see their work in use.`,
    location,
    companyApplyUrl: `https://halyard-pine.example/jobs/${id}`,
    listedAt: now - listed * MONTH_MS,
    state: isClosed ? 'CLOSED' : 'LISTED',
    availability: 'PUBLIC',
  };
  return { kind: 'job', id, parentId: null, record };
}

function timeOf({ record }: AtsRecord): number {
  if ('atsLastModifiedAt' in record) return record.atsLastModifiedAt;
  return 'atsCreatedAt' in record ? (record.atsCreatedAt ?? 0) : 0;
}
