import { type Static, type TSchema, Type } from '@sinclair/typebox';

/**
 * What each record kind holds on the wire (v2 field names). Requiredness: decisions in docs/spec/records.md.
 * Times are epoch milliseconds, UTC. An omitted optional field means null: a PUT replaces.
 */
const time = () => Type.Integer({ exclusiveMinimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const text = () => Type.String();
const filled = () => Type.String({ minLength: 1 });
const optional = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

export const Actor = Type.Object({ firstName: text(), lastName: text() });
export const PhoneNumber = Type.Object({ number: filled(), extension: optional(text()) });
export const Address = Type.Object({
  line1: optional(text()),
  line2: optional(text()),
  line3: optional(text()),
  line4: optional(text()),
  city: optional(text()),
  geographicArea: optional(text()),
  geographicAreaType: optional(Type.Union([Type.Literal('STATE'), Type.Literal('PROVINCE')])),
  postalCode: optional(text()),
  country: optional(text()),
});

export const Candidate = Type.Object({
  atsCreatedAt: time(),
  atsLastModifiedAt: time(),
  firstName: filled(),
  lastName: filled(),
  middleInitial: optional(text()),
  prefix: optional(text()),
  suffix: optional(text()),
  emailAddresses: Type.Array(Type.String({ pattern: '^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$' })),
  externalProfileUrl: optional(text()),
  linkedInProfileUrl: optional(text()),
  phoneNumbers: optional(Type.Array(PhoneNumber)),
  addresses: optional(Type.Array(Address)),
  currentCompanyName: optional(text()),
  currentJobTitle: optional(text()),
  doNotContact: optional(Type.Boolean()),
  manualMatchedMember: optional(text()),
});

export const Note = Type.Object({
  note: optional(text()),
  author: optional(Actor),
  atsCreatedAt: optional(time()),
});

export const Application = Type.Object({
  atsCandidateId: optional(text()),
  atsCreatedAt: time(),
  atsLastModifiedAt: time(),
  atsJobPostingId: filled(),
  atsJobPostingName: filled(),
  candidateEmail: optional(Type.String({ pattern: '^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$' })),
  firstName: filled(),
  lastName: filled(),
  source: optional(text()),
  dispositionReason: optional(text()),
  accessRestricted: optional(Type.Boolean()),
});

export const InterviewFeedback = Type.Object({
  atsCreatedAt: optional(time()),
  interviewer: optional(Actor),
  evaluations: optional(Type.Array(Type.Object({ attribute: text(), result: optional(text()) }))),
  feedback: optional(text()),
  interviewType: optional(Type.Union([Type.Literal('PHONE_SCREEN'), Type.Literal('ONSITE')])),
});

export const Stage = Type.Object({ stage: filled(), atsCreatedAt: time() });

/** ACL records have no fields beyond their key. */
export const Empty = Type.Object({});

export const JOB_OPERATIONS = ['CREATE', 'UPDATE', 'RENEW', 'CLOSE', 'UPGRADE', 'DOWNGRADE'] as const;
export const JOB_AVAILABILITIES = ['PUBLIC', 'PRIVATE_TO_ATS_INTEGRATION', 'INTERNAL'] as const;

export const Job = Type.Object({
  integrationContext: optional(text()),
  company: optional(text()),
  companyName: optional(text()),
  companyPageUrl: optional(text()),
  externalJobPostingId: Type.String({ minLength: 1, maxLength: 200 }),
  jobPostingOperationType: optional(Type.Union(JOB_OPERATIONS.map((value) => Type.Literal(value)))),
  state: optional(Type.Union([Type.Literal('LISTED'), Type.Literal('CLOSED')])),
  title: Type.String({ minLength: 1, maxLength: 200 }),
  description: Type.String({ maxLength: 25_000 }),
  location: optional(text()),
  countryCode: optional(text()),
  postalCode: optional(text()),
  companyApplyUrl: filled(),
  listedAt: time(),
  expireAt: optional(time()),
  availability: optional(Type.Union(JOB_AVAILABILITIES.map((value) => Type.Literal(value)))),
  accessRestricted: optional(Type.Boolean()),
  companyJobCode: optional(text()),
  employmentStatus: optional(text()),
  experienceLevel: optional(text()),
  workplaceTypes: optional(Type.Array(text(), { maxItems: 1 })),
  categories: optional(Type.Array(text())),
  industries: optional(Type.Array(text())),
  skillsDescription: optional(text()),
  alternateLocations: optional(Type.Array(text(), { maxItems: 7 })),
  requisitionOwnerEmail: optional(text()),
  requisitionOwnerFirstName: optional(text()),
  requisitionOwnerLastName: optional(text()),
  partnerRequisitionId: optional(text()),
  listingType: optional(Type.Union([Type.Literal('BASIC'), Type.Literal('PREMIUM')])),
  contract: optional(text()),
  posterEmail: optional(text()),
  showPosterInfo: optional(Type.Boolean()),
  trackingPixelUrl: optional(text()),
  workRemoteAllowed: optional(Type.Boolean()),
  compensation: optional(Type.Object({})),
});

export const RECORD_SCHEMAS = {
  job: Job,
  candidate: Candidate,
  candidateNote: Note,
  application: Application,
  applicationNote: Note,
  interviewFeedback: InterviewFeedback,
  stage: Stage,
  entityAcl: Empty,
  entityAclAssignee: Empty,
} as const;

export type RecordKind = keyof typeof RECORD_SCHEMAS;
export type RecordOf<K extends RecordKind> = Static<(typeof RECORD_SCHEMAS)[K]>;

/** In the order in which an ATS sends them, so that nothing is shown before its access rule is known (D12). */
export const RECORD_KINDS = [
  'job',
  'entityAcl',
  'entityAclAssignee',
  'candidate',
  'candidateNote',
  'application',
  'stage',
  'interviewFeedback',
  'applicationNote',
] as const satisfies readonly RecordKind[];
