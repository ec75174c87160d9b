import { type ErrorBody, errorBody, Job, type RecordOf, workplaceType } from '@carrick/protocol';
import { keepAllowedTags, plainText } from './job-html.ts';
import { KINDS } from './kinds.ts';

export type JobPosting = RecordOf<'job'>;

/** What is stored of the job a posting names. */
export interface KnownJob {
  readonly state: string;
  readonly availability: string;
  readonly expiresAt: number | null;
}

/** A row of the table, under the field names of KINDS.job. */
export interface StoredJob extends Omit<JobPosting, 'state' | 'availability'> {
  readonly state: 'LISTED' | 'CLOSED';
  readonly availability: NonNullable<JobPosting['availability']>;
  readonly isRestricted: boolean;
  readonly expiresAt: number | null;
  readonly extra: Readonly<Record<string, unknown>>;
}

/** What became of one posting; `after` is the job then, where it changed. */
export type Verdict =
  | { readonly after: StoredJob; readonly warnings: readonly string[] }
  | { readonly failure: string }
  | { readonly refusal: ErrorBody };

const DAY_MS = 24 * 3_600_000;
const SHORTEST_PUBLIC_DESCRIPTION = 100;
const RENEWAL_MS = 30 * DAY_MS;
/** Documented for postings without `expireAt`. */
const DEFAULT_LIFE_MS = { BASIC: 180 * DAY_MS, PREMIUM: 30 * DAY_MS } as const;
const PREMIUM_LIFE_MS = { least: DAY_MS, most: 90 * DAY_MS } as const;
/** Inferred: a private job stands on no board, so only its ATS or its own `expireAt` ends it. */
const DO_PRIVATE_JOBS_EXPIRE_BY_DEFAULT = false;
/** Inferred: two machines' clocks differ; documented is only that listedAt is not in the future. */
const CLOCK_DIFFERENCE_MS = 10 * 60_000;
/** Below it a time was meant as seconds: 1970 plus some days. A sample of the vendor's own does that. */
const FIRST_PLAUSIBLE_MS = 100_000_000_000;

/**
 * The meaning of a posting's operation. Without one a posting creates what is unknown and updates what is known.
 * What the schema's own rules forbid has been refused before; what is judged here needs the stored job or the time.
 */
export function judgePosting(posting: JobPosting, known: KnownJob | undefined, now: number): Verdict {
  const operation = posting.jobPostingOperationType ?? null;
  const availability = posting.availability ?? 'PUBLIC';
  const isClosing = operation === 'CLOSE' || posting.state === 'CLOSED';
  const problem = operationProblem(posting, known) ?? (isClosing ? null : timeProblem(posting, now));
  if (problem) return problem;
  if (!isClosing) {
    const isOpen = known?.state === 'LISTED';
    if (isOpen && known.availability === 'PUBLIC' && availability !== 'PUBLIC')
      return {
        failure: 'A public job cannot be made private by an update: close it, then open it again',
      };
    if (availability === 'PUBLIC' && isShort(posting)) return { failure: SHORT_DESCRIPTION };
  }
  const renewed =
    operation === 'RENEW'
      ? { expireAt: posting.expireAt ?? Math.max(now, known?.expiresAt ?? 0) + RENEWAL_MS }
      : {};
  const kept = { ...posting, ...renewed, ...listingTypeOf(posting) };
  return {
    after: {
      ...kept,
      description: keepAllowedTags(posting.description),
      state: isClosing ? 'CLOSED' : 'LISTED',
      availability,
      isRestricted: posting.accessRestricted === true,
      expiresAt: isClosing ? (kept.expireAt ?? null) : expiryOf(kept, availability, known, now),
      extra: extraOf(kept),
    },
    warnings: warningsOf(posting),
  };
}

const SHORT_DESCRIPTION = `JOB_FIELD_PROCESSOR_DESCRIPTION: the description is shorter than ${SHORTEST_PUBLIC_DESCRIPTION} characters`;

function operationProblem(
  { jobPostingOperationType: operation, externalJobPostingId: id }: JobPosting,
  known: KnownJob | undefined,
): Verdict | null {
  switch (operation) {
    case 'CLOSE':
      if (known?.state === 'LISTED') return null;
      return {
        refusal: errorBody(
          'CONFLICT',
          known ? 'The job is closed already' : 'There is no job with this externalJobPostingId',
        ),
      };
    case 'CREATE':
      return known ? { failure: `Duplicate externalJobPostingId: the job ${id} exists already` } : null;
    case 'UPDATE':
    case 'RENEW':
    case 'UPGRADE':
    case 'DOWNGRADE':
      return known ? null : { failure: `${operation} of a job that does not exist: ${id}` };
    case null:
    case undefined:
      return null;
  }
}

/** An open job is listed by now and ends later. */
function timeProblem(posting: JobPosting, now: number): Verdict | null {
  const { listedAt, expireAt } = posting;
  if (listedAt > now + CLOCK_DIFFERENCE_MS) return refused('listedAt', 'is in the future');
  if ((expireAt ?? null) === null) return null;
  const life = (expireAt ?? 0) - now;
  if (life <= 0) return refused('expireAt', 'is not in the future');
  const isPremium = (listingTypeOf(posting).listingType ?? posting.listingType) === 'PREMIUM';
  return isPremium && (life < PREMIUM_LIFE_MS.least || life > PREMIUM_LIFE_MS.most)
    ? refused('expireAt', 'is not 1 to 90 days from now, as a premium posting needs')
    : null;
}

function refused(field: string, reason: string): Verdict {
  return { refusal: errorBody('INVALID_RECORD', `ERROR :: /${field} :: ${reason}\n`) };
}

/** UPGRADE and DOWNGRADE say it themselves. */
function listingTypeOf({ jobPostingOperationType: operation }: JobPosting): Pick<JobPosting, 'listingType'> {
  if (operation === 'UPGRADE') return { listingType: 'PREMIUM' };
  return operation === 'DOWNGRADE' ? { listingType: 'BASIC' } : {};
}

/** An open job that says nothing keeps the end it has; a new or reopened one gets the default. */
function expiryOf(
  { expireAt, listingType }: Pick<JobPosting, 'expireAt' | 'listingType'>,
  availability: StoredJob['availability'],
  known: KnownJob | undefined,
  now: number,
): number | null {
  if ((expireAt ?? null) !== null) return expireAt ?? null;
  if (known?.state === 'LISTED') return known.expiresAt;
  if (availability !== 'PUBLIC' && !DO_PRIVATE_JOBS_EXPIRE_BY_DEFAULT) return null;
  return now + DEFAULT_LIFE_MS[listingType ?? 'BASIC'];
}

function isShort({ description }: JobPosting): boolean {
  return plainText(description).length < SHORTEST_PUBLIC_DESCRIPTION;
}

/** What is taken all the same and is likely not what was meant. */
function warningsOf(posting: JobPosting): string[] {
  const warnings: string[] = [];
  const warn = (field: string, reason: string) => warnings.push(`WARNING :: /${field} :: ${reason}`);
  if (posting.availability !== 'PUBLIC' && isShort(posting))
    warn(
      'description',
      `is shorter than ${SHORTEST_PUBLIC_DESCRIPTION} characters, which a public job needs`,
    );
  if (keepAllowedTags(posting.description) !== posting.description)
    warn('description', 'holds markup that is not kept; allowed are b, strong, u, i, br, p, ul and li');
  if (posting.listedAt < FIRST_PLAUSIBLE_MS) warn('listedAt', 'looks like seconds; milliseconds are meant');
  if ((posting.alternateLocations ?? []).length > 0)
    warn('alternateLocations', 'are kept and open no postings of their own');
  return warnings;
}

/** Says what to do with the job, or whose it is: not kept with it. */
const CONTROL_FIELDS = ['externalJobPostingId', 'jobPostingOperationType', 'integrationContext', 'company'];
const OWN_COLUMNS = new Set([...CONTROL_FIELDS, ...KINDS.job.fields.map(({ field }) => field)]);
const EXTRA_FIELDS = Object.keys(Job.properties).filter((field) => !OWN_COLUMNS.has(field));

function extraOf(posting: JobPosting): Record<string, unknown> {
  const fields: Readonly<Record<string, unknown>> = {
    ...posting,
    ...(posting.skillsDescription ? { skillsDescription: keepAllowedTags(posting.skillsDescription) } : {}),
  };
  return Object.fromEntries(
    EXTRA_FIELDS.filter((field) => (fields[field] ?? null) !== null).map((field) => [field, fields[field]]),
  );
}

/** Shows a workplace type as documented, whatever its letter case. */
export function workplaceOf(types: unknown): string | null {
  const [first] = Array.isArray(types) ? types : [];
  return typeof first === 'string' ? workplaceType(first) : null;
}
