import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Job } from './job-schema.ts';

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
  /** Only the versioned dialect has it, so it has its name there. */
  externalLastModifiedAt: optional(time()),
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
