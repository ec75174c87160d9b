import type { RecordKind } from '@carrick/protocol';

export type ColumnType = 'text' | 'bigint' | 'boolean' | 'jsonb' | 'bigint[]';

/** One field of a record: its name on the wire, its column, its SQL type. The one place where both names stand. */
export interface FieldColumn {
  readonly field: string;
  readonly column: string;
  readonly type: ColumnType;
}

/** One part of a record's key after tenant and ATS. `part` is its name on the wire; a child's own id is plain `id` there. */
export interface KeyColumn {
  readonly part: string;
  readonly column: string;
  readonly type: 'text' | 'bigint';
}

/** Where a record kind is kept. */
export interface KindTable {
  readonly kind: RecordKind;
  readonly table: string;
  readonly key: readonly KeyColumn[];
  readonly fields: readonly FieldColumn[];
  /** Columns that follow from the record: written with it, never shown on the wire. Their `field` is no wire name. */
  readonly derived?: readonly FieldColumn[];
}

const text = (field: string, column: string): FieldColumn => ({ field, column, type: 'text' });
const time = (field: string, column: string): FieldColumn => ({ field, column, type: 'bigint' });
const flag = (field: string, column: string): FieldColumn => ({ field, column, type: 'boolean' });
const json = (field: string, column: string): FieldColumn => ({ field, column, type: 'jsonb' });
const key = (part: string, column: string, type: KeyColumn['type'] = 'text'): KeyColumn => ({
  part,
  column,
  type,
});

const OF_CANDIDATE = key('atsCandidateId', 'candidate_id');
const OF_APPLICATION = key('atsJobApplicationId', 'application_id');
const OWN_ID = key('id', 'id');
const NOTE = [
  text('note', 'note'),
  json('author', 'author'),
  time('atsCreatedAt', 'ats_created_at'),
  time('externalLastModifiedAt', 'ats_last_modified_at'),
];

export const KINDS: { readonly [K in RecordKind]: KindTable } = {
  job: {
    kind: 'job',
    table: 'job',
    key: [key('externalJobPostingId', 'id')],
    fields: [
      text('title', 'title'),
      text('description', 'description'),
      text('location', 'location'),
      text('companyApplyUrl', 'company_apply_url'),
      time('listedAt', 'listed_at'),
      time('expireAt', 'expire_at'),
      text('state', 'state'),
      text('availability', 'availability'),
    ],
    derived: [
      flag('isRestricted', 'access_restricted'),
      time('expiresAt', 'expires_at'),
      json('extra', 'extra'),
    ],
  },
  candidate: {
    kind: 'candidate',
    table: 'candidate',
    key: [key('atsCandidateId', 'id')],
    fields: [
      time('atsCreatedAt', 'ats_created_at'),
      time('atsLastModifiedAt', 'ats_last_modified_at'),
      text('firstName', 'first_name'),
      text('lastName', 'last_name'),
      text('middleInitial', 'middle_initial'),
      text('prefix', 'prefix'),
      text('suffix', 'suffix'),
      json('emailAddresses', 'email_addresses'),
      text('externalProfileUrl', 'external_profile_url'),
      text('linkedInProfileUrl', 'linked_in_profile_url'),
      json('phoneNumbers', 'phone_numbers'),
      json('addresses', 'addresses'),
      text('currentCompanyName', 'current_company_name'),
      text('currentJobTitle', 'current_job_title'),
      flag('doNotContact', 'do_not_contact'),
    ],
  },
  candidateNote: {
    kind: 'candidateNote',
    table: 'candidate_note',
    key: [OF_CANDIDATE, OWN_ID],
    fields: NOTE,
  },
  application: {
    kind: 'application',
    table: 'application',
    key: [key('atsJobApplicationId', 'id')],
    fields: [
      text('atsCandidateId', 'candidate_id'),
      text('atsJobPostingId', 'job_id'),
      text('atsJobPostingName', 'job_name'),
      time('atsCreatedAt', 'ats_created_at'),
      time('atsLastModifiedAt', 'ats_last_modified_at'),
      text('candidateEmail', 'candidate_email'),
      text('firstName', 'first_name'),
      text('lastName', 'last_name'),
      text('source', 'source'),
      text('dispositionReason', 'disposition_reason'),
      flag('accessRestricted', 'access_restricted'),
    ],
  },
  applicationNote: {
    kind: 'applicationNote',
    table: 'application_note',
    key: [OF_APPLICATION, OWN_ID],
    fields: NOTE,
  },
  interviewFeedback: {
    kind: 'interviewFeedback',
    table: 'interview_feedback',
    key: [OF_APPLICATION, OWN_ID],
    fields: [
      time('atsCreatedAt', 'ats_created_at'),
      json('interviewer', 'interviewer'),
      json('evaluations', 'evaluations'),
      text('feedback', 'feedback'),
      text('interviewType', 'interview_type'),
    ],
  },
  stage: {
    kind: 'stage',
    table: 'stage',
    key: [OF_APPLICATION, OWN_ID],
    fields: [text('stage', 'stage'), time('atsCreatedAt', 'ats_created_at')],
    derived: [text('category', 'category')],
  },
  entityAcl: {
    kind: 'entityAcl',
    table: 'entity_acl',
    key: [
      key('atsEntityType', 'entity_type'),
      key('atsEntityId', 'entity_id'),
      key('atsEntityAclId', 'acl_id'),
    ],
    fields: [],
  },
  entityAclAssignee: {
    kind: 'entityAclAssignee',
    table: 'acl_assignee',
    // The person's member id: person URNs are decoded at the HTTP edge.
    key: [
      key('assignee', 'member_id', 'bigint'),
      key('atsEntityType', 'entity_type'),
      key('atsEntityAclId', 'acl_id'),
    ],
    fields: [],
  },
};
