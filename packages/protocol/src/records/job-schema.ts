import { type TSchema, Type } from '@sinclair/typebox';

/** A job posting: foundation, RSC and promoted fields. What a schema cannot say is in job-rules.ts. */
const text = () => Type.String();
const filled = (maxLength?: number) =>
  Type.String({ minLength: 1, ...(maxLength === undefined ? {} : { maxLength }) });
const time = () => Type.Integer({ exclusiveMinimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const optional = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
const symbol = <const S extends readonly string[]>(symbols: S) =>
  Type.Union(symbols.map((value: S[number]) => Type.Literal(value)));

export const JOB_OPERATIONS = ['CREATE', 'UPDATE', 'RENEW', 'CLOSE', 'UPGRADE', 'DOWNGRADE'] as const;
export const JOB_AVAILABILITIES = ['PUBLIC', 'PRIVATE_TO_ATS_INTEGRATION', 'INTERNAL'] as const;
export const WORKPLACE_TYPES = ['On-site', 'Hybrid', 'Remote'] as const;
const JOB_STATES = ['LISTED', 'CLOSED'] as const;
const LISTING_TYPES = ['BASIC', 'PREMIUM'] as const;
/** OTHER stands in older lists only. */
export const EMPLOYMENT_STATUSES = [
  'FULL_TIME',
  'PART_TIME',
  'CONTRACT',
  'INTERNSHIP',
  'TEMPORARY',
  'VOLUNTEER',
  'OTHER',
] as const;
const EXPERIENCE_LEVELS = [
  'ENTRY_LEVEL',
  'MID_SENIOR_LEVEL',
  'DIRECTOR',
  'EXECUTIVE',
  'INTERNSHIP',
  'ASSOCIATE',
  'NOT_APPLICABLE',
] as const;
export const COMPENSATION_PERIODS = [
  'YEARLY',
  'MONTHLY',
  'SEMIMONTHLY',
  'BIWEEKLY',
  'WEEKLY',
  'DAILY',
  'HOURLY',
] as const;
const COMPENSATION_TYPES = [
  'BASE_SALARY',
  'TIPS',
  'COMMISSION',
  'PROFIT_SHARING',
  'STOCK_OPTIONS',
  'STOCK',
  'BONUS',
  'SIGN_ON_BONUS',
  'OVER_TIME',
  'OTHER',
] as const;

/** A decimal as text, and a currency. */
const Money = Type.Object({ amount: text(), currencyCode: text() });
const Compensation = Type.Object({
  period: optional(symbol(COMPENSATION_PERIODS)),
  type: optional(symbol(COMPENSATION_TYPES)),
  value: optional(
    Type.Object({
      range: optional(Type.Object({ start: optional(Money), end: optional(Money) })),
      exactAmount: optional(Money),
    }),
  ),
  amount: optional(Money),
});

const LONGEST_JOB_DESCRIPTION = 25_000;

export const Job = Type.Object({
  integrationContext: optional(text()),
  company: optional(text()),
  companyName: optional(text()),
  companyPageUrl: optional(text()),
  externalJobPostingId: filled(200),
  jobPostingOperationType: optional(symbol(JOB_OPERATIONS)),
  state: optional(symbol(JOB_STATES)),
  title: filled(200),
  description: Type.String({ maxLength: LONGEST_JOB_DESCRIPTION }),
  location: optional(text()),
  countryCode: optional(text()),
  postalCode: optional(text()),
  companyApplyUrl: filled(),
  listedAt: time(),
  expireAt: optional(time()),
  availability: optional(symbol(JOB_AVAILABILITIES)),
  accessRestricted: optional(Type.Boolean()),
  companyJobCode: optional(filled()),
  employmentStatus: optional(symbol(EMPLOYMENT_STATUSES)),
  experienceLevel: optional(symbol(EXPERIENCE_LEVELS)),
  workplaceTypes: optional(Type.Array(text(), { maxItems: 1 })),
  categories: optional(Type.Array(text(), { maxItems: 3 })),
  industries: optional(Type.Array(text())),
  skillsDescription: optional(Type.String({ maxLength: 4_000 })),
  alternateLocations: optional(Type.Array(text(), { maxItems: 7 })),
  requisitionOwnerEmail: optional(text()),
  requisitionOwnerFirstName: optional(text()),
  requisitionOwnerLastName: optional(text()),
  partnerRequisitionId: optional(text()),
  listingType: optional(symbol(LISTING_TYPES)),
  contract: optional(text()),
  posterEmail: optional(text()),
  showPosterInfo: optional(Type.Boolean()),
  trackingPixelUrl: optional(text()),
  workRemoteAllowed: optional(Type.Boolean()),
  compensation: optional(Type.Object({ compensations: optional(Type.Array(Compensation)) })),
});
