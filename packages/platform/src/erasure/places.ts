/** Whose data goes, by request. */
export const SUBJECT_KINDS = ['candidate', 'member', 'seat', 'contract', 'organisation'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** How the rows of one table belong to a subject, and what becomes of them. */
export type Reach =
  /** A condition on the row `t` and the subject `s`: such rows are deleted. */
  | string
  /** The row stays for others; what it says of the subject goes. */
  | { readonly where: string; readonly set: string };

/** One table. Every column that can hold text stands in one of the two lists; a test compares them with the migrated schema. */
export interface Place {
  /** Columns that say something of a person. */
  readonly personal: string;
  /** Columns of codes, keys, titles of jobs and the like. */
  readonly plain: string;
  readonly reach: Partial<Readonly<Record<SubjectKind, Reach>>>;
  /** Why nothing of a subject that the table refers to is deleted. */
  readonly kept?: string;
  /** It hangs on an application, so how much of it there is may be for some viewers only. */
  readonly isSecured?: true;
}

const ALL = 'true';
const OF_CANDIDATE = 't.ats_no = s.ats_no and t.candidate_id = s.candidate_id';
/** Of somebody without a seat, before a widget: what the row knows of the ATS is its application. */
const OF_PAGE_CANDIDATE = `t.candidate_id = s.candidate_id and t.application_id in (
  select i.application_id from ats_instance i where i.tenant_id = t.tenant_id and i.ats_no = s.ats_no
)`;
const OF_APPLICATIONS = 't.ats_no = s.ats_no and t.application_id = any(s.application_ids)';
const OF_MEMBER = 't.member_id = s.member_id';
const OF_SEATS = 't.seat_id = any(s.seat_ids)';
const OF_CONTRACT = 't.contract_id = s.contract_id';
/** Directory entries that a seat made carry its address in their id. */
const RENAMED = {
  where: "t.member_id = any(s.lonely_ids) and t.external_id like 'seat:%'",
  set: "external_id = 'erased:' || t.member_id",
};
const NAMES_ADDRESS =
  'exists (select from unnest(s.texts) x where position(x in lower(t.payload::text)) > 0)';

/** Of a row that an organisation holds: gone with it. */
const own = { organisation: ALL } as const;
const ofCandidate = { candidate: OF_CANDIDATE, member: OF_MEMBER, ...own } as const;
const ofSeat = { seat: OF_SEATS, contract: OF_SEATS, ...own } as const;
const ofContract = { member: OF_MEMBER, contract: OF_CONTRACT, ...own } as const;

/**
 * Where personal data lives: every table, children before what they refer to, which is the order of erasing. Conditions of tables
 * with a tenant hold within the subject's organisation, those of a member in every one.
 */
export const PLACES: Readonly<Record<string, Place>> = {
  // What was derived from records, and decided about them.
  applicant: { personal: 'candidate_id stage reasons', plain: 'job_id', reach: ofCandidate, isSecured: true },
  match_document: {
    personal:
      'candidate_id first_name last_name titles companies skills follows industry location seniority search_doc',
    plain: '',
    reach: ofCandidate,
  },
  match_proposal: { personal: 'candidate_id reasons evidence', plain: '', reach: ofCandidate },
  match_event: { personal: 'candidate_id reasons evidence', plain: 'decision cause', reach: ofCandidate },
  match_decision: {
    personal: 'candidate_id note',
    plain: 'verdict origin reason basis',
    reach: ofCandidate,
    kept: 'of a seat: what was decided about others, by its number',
  },
  automatic_match: { personal: 'candidate_id reasons evidence', plain: '', reach: ofCandidate },
  candidate_merge: {
    personal: 'from_id into_id',
    plain: '',
    reach: { candidate: 't.ats_no = s.ats_no and s.candidate_id in (t.from_id, t.into_id)', ...own },
    kept: 'of a seat: what was decided about others, by its number',
  },
  candidate_key: { personal: 'candidate_id', plain: '', reach: { candidate: OF_CANDIDATE, ...own } },
  weak_identifier: { personal: '', plain: 'reason', reach: own },
  closed_profile: {
    personal: 'candidate_ids',
    plain: 'decision',
    reach: {
      candidate: {
        where: 't.ats_no = s.ats_no and s.candidate_id = any(t.candidate_ids)',
        set: 'candidate_ids = array_remove(t.candidate_ids, s.candidate_id)',
      },
      ...own,
    },
    kept: 'of a member: by its number alone, so that ATSs which hold the profile learn that it closed',
  },
  closed_profile_decision: {
    personal: '',
    plain: 'decision',
    reach: own,
    kept: 'of a member: that the closing was answered, by its number',
  },
  // Records.
  attachment: {
    personal: 'entity_id id file_name',
    plain: 'entity_type',
    reach: {
      candidate: 't.ats_no = s.ats_no and t.media_id = any(s.media_ids)',
      ...own,
    },
    isSecured: true,
  },
  media_chunk: {
    personal: 'bytes',
    plain: '',
    reach: { candidate: 't.media_id = any(s.media_ids)', ...own },
    isSecured: true,
  },
  media: {
    personal: 'file_name',
    plain: 'content_type',
    reach: { candidate: 't.media_id = any(s.media_ids)', ...own },
    isSecured: true,
  },
  stage: {
    personal: 'stage',
    plain: 'application_id id category',
    reach: { candidate: OF_APPLICATIONS, ...own },
    isSecured: true,
  },
  interview_feedback: {
    personal: 'interviewer evaluations feedback',
    plain: 'application_id id interview_type',
    reach: { candidate: OF_APPLICATIONS, ...own },
    isSecured: true,
  },
  application_note: {
    personal: 'note author',
    plain: 'application_id id',
    reach: { candidate: OF_APPLICATIONS, ...own },
    isSecured: true,
  },
  application: {
    personal: 'id candidate_id candidate_email first_name last_name source disposition_reason',
    plain: 'job_id job_name',
    reach: { candidate: 't.ats_no = s.ats_no and t.id = any(s.application_ids)', ...own },
    isSecured: true,
  },
  candidate_note: {
    personal: 'candidate_id note author',
    plain: 'id',
    reach: { candidate: OF_CANDIDATE, ...own },
  },
  candidate: {
    personal:
      'id first_name last_name middle_initial prefix suffix email_addresses external_profile_url linked_in_profile_url phone_numbers addresses current_company_name current_job_title search_doc',
    plain: '',
    reach: { candidate: 't.ats_no = s.ats_no and t.id = s.candidate_id', ...own },
  },
  acl_assignee: {
    personal: '',
    plain: 'acl_id entity_type',
    reach: {
      member: OF_MEMBER,
      seat: 't.member_id = any(s.lonely_ids)',
      contract: 't.member_id = any(s.lonely_ids)',
      ...own,
    },
  },
  entity_acl: { personal: '', plain: 'acl_id entity_type entity_id', reach: own },
  job_task: { personal: '', plain: 'job_id status error_message warning location', reach: own },
  job: {
    personal: 'extra', // a poster's address may stand in it
    plain: 'id title description location company_apply_url state availability',
    reach: own,
  },
  // What recruiters did.
  recruiter_note: {
    personal: 'body',
    plain: 'visibility',
    reach: {
      // Its row tells the ATSs that fetched it that it is gone.
      member: {
        where: `${OF_MEMBER} and t.body <> ''`,
        set: "body = '', is_deleted = true",
      },
      seat: {
        where: `${OF_SEATS} and t.visibility = 'PRIVATE' and t.body <> ''`,
        set: "body = '', is_deleted = true",
      },
      contract: OF_CONTRACT,
      ...own,
    },
  },
  person_tag: { personal: 'tag', plain: '', reach: ofContract, kept: 'of a seat: tags are the contract’s' },
  person_share: {
    personal: 'note',
    plain: '',
    reach: {
      member: OF_MEMBER,
      seat: `${OF_SEATS} or t.to_seat_id = any(s.seat_ids)`,
      contract: OF_CONTRACT,
      ...own,
    },
  },
  profile_subscription: { personal: '', plain: '', reach: { member: OF_MEMBER, ...ofSeat } },
  profile_update: { personal: '', plain: 'fields', reach: { member: OF_MEMBER, ...ofSeat } },
  profile_view: { personal: '', plain: '', reach: { member: OF_MEMBER, ...ofSeat } },
  spotlight_use: { personal: '', plain: '', reach: ofSeat },
  message_draft: { personal: 'subject body', plain: 'visibility', reach: { member: OF_MEMBER, ...ofSeat } },
  notice_seen: { personal: '', plain: '', reach: ofSeat },
  saved_search: { personal: 'name query', plain: '', reach: ofSeat },
  message_template: { personal: 'name subject body', plain: '', reach: ofSeat },
  conversation_message: {
    personal: 'subject body',
    plain: 'kind reply_key',
    reach: {
      member:
        't.conversation_id in (select c.conversation_id from conversation c where c.tenant_id = t.tenant_id and c.member_id = s.member_id)',
      contract:
        't.conversation_id in (select c.conversation_id from conversation c where c.tenant_id = s.tenant_id and c.contract_id = s.contract_id)',
      ...own,
    },
    kept: 'of a seat: messages are the contract’s',
  },
  conversation: {
    personal: 'project',
    plain: 'visibility request_key state',
    reach: ofContract,
    kept: 'of a seat: messages are the contract’s',
  },
  contact_consent: {
    personal: 'email phone',
    plain: 'conversation_id answer text_version language',
    reach: ofContract,
    kept: 'of a seat: consent was given to the company',
  },
  contact_consent_event: {
    personal: '',
    plain: 'change text_version language',
    reach: { member: OF_MEMBER, ...own },
    kept: 'of a seat: consent was given to the company',
  },
  export_press: { personal: '', plain: 'press_key export_id', reach: { member: OF_MEMBER, ...ofSeat } },
  profile_export: {
    personal: '',
    plain: 'export_id job_id job_title',
    reach: ofContract,
    kept: 'of a seat: exports are the contract’s',
  },
  project_event: {
    personal: 'reason',
    plain: 'change stage',
    reach: {
      member: OF_MEMBER,
      seat: 't.project_id = any(s.project_ids)',
      contract: 't.project_id = any(s.project_ids)',
      ...own,
    },
  },
  project_person: {
    personal: 'archive_reason',
    plain: '',
    reach: {
      member: OF_MEMBER,
      seat: 't.project_id = any(s.project_ids)',
      contract: 't.project_id = any(s.project_ids)',
      ...own,
    },
  },
  project_use: { personal: '', plain: '', reach: ofSeat },
  project_stage: {
    personal: '',
    plain: 'name',
    reach: {
      seat: 't.project_id = any(s.project_ids)',
      contract: 't.project_id = any(s.project_ids)',
      ...own,
    },
  },
  project: {
    personal: '',
    plain: 'title company place job_id',
    reach: {
      seat: 't.project_id = any(s.project_ids)',
      contract: 't.project_id = any(s.project_ids)',
      ...own,
    },
  },
  // Logs and what waits.
  outbox: {
    personal: 'payload',
    plain: 'lane failure',
    reach: {
      candidate: NAMES_ADDRESS,
      member: NAMES_ADDRESS,
      seat: NAMES_ADDRESS,
      contract: NAMES_ADDRESS,
      ...own,
    },
  },
  api_request: {
    personal: 'failures',
    plain: 'http_method resource method code rule warnings',
    reach: {
      candidate: {
        where: 'position(to_json(s.candidate_id)::text in t.failures::text) > 0',
        set: "failures = '[]'",
      },
      ...own,
    },
  },
  delivery_attempt: { personal: '', plain: 'notification_id host failure detail', reach: own },
  delivery: {
    personal: '',
    plain: 'notification_id integration_type context_urn state failure detail',
    reach: own,
  },
  destination: { personal: '', plain: 'reason', reach: own },
  ats_record_count: { personal: '', plain: 'kind', reach: own },
  notification: { personal: '', plain: 'notification_id type subject', reach: own },
  audit_entry: {
    personal: '',
    plain: 'action subject',
    reach: { contract: OF_CONTRACT, ...own },
    kept: 'of a seat: ids and codes, until the log is pruned',
  },
  mailbox_message: {
    personal: 'address from_text to_text reply_to subject body',
    plain: 'message_id refers_to',
    reach: {
      candidate: 't.address = any(s.texts)',
      member: 't.address = any(s.texts)',
      seat: 't.address = any(s.texts)',
      contract: 't.address = any(s.texts)',
      organisation: 't.address = any(s.texts)',
    },
  },
  // Seats, contracts, the organisation itself.
  contract_switch: { personal: '', plain: 'feature', reach: { contract: OF_CONTRACT, ...own } },
  password_link: {
    personal: 'email',
    plain: 'token_sha256 purpose',
    reach: {
      seat: 't.seat_ids && s.seat_ids',
      contract: 't.seat_ids && s.seat_ids',
      organisation: 't.seat_ids && s.seat_ids',
    },
  },
  session: { personal: '', plain: 'token_sha256', reach: ofSeat },
  widget_code: {
    personal: 'candidate_id',
    plain: 'code_sha256 state',
    reach: { candidate: OF_PAGE_CANDIDATE, ...ofSeat },
  },
  widget_session: {
    personal: 'candidate_id',
    plain: 'token_sha256 code_sha256',
    reach: { candidate: OF_PAGE_CANDIDATE, ...ofSeat },
  },
  seat: {
    personal: 'email password_hash',
    plain: '',
    reach: {
      // Its number stays: what the seat did for the contract refers to it.
      seat: {
        where: `${OF_SEATS} and t.email <> ''`,
        set: "email = '', password_hash = '', is_active = false, is_admin = false",
      },
      contract: OF_CONTRACT,
      ...own,
    },
    kept: 'of a member: a seat is ended first, by its contract',
  },
  integration_configuration: {
    personal: '',
    plain: 'integration_type tenant_type context_urn configuration_key value',
    reach: { contract: "t.context_urn = 'urn:li:contract:' || s.contract_id", ...own },
  },
  integration: {
    personal: '',
    plain: 'integration_type tenant_type context_urn status name',
    reach: { contract: "t.context_urn = 'urn:li:contract:' || s.contract_id", ...own },
  },
  contract: { personal: '', plain: 'name', reach: { contract: OF_CONTRACT, ...own } },
  quota_use: {
    personal: '',
    plain: 'resource limit_name',
    reach: { organisation: 't.application_id = any(s.oauth_ids)' },
  },
  access_token: {
    personal: '',
    plain: 'token_sha256 scope',
    reach: { member: OF_MEMBER, organisation: 't.application_id = any(s.oauth_ids)' },
  },
  authorization_code: {
    personal: '',
    plain: 'code_sha256 redirect_uri scope',
    reach: { member: OF_MEMBER, organisation: 't.application_id = any(s.oauth_ids)' },
  },
  ats_instance: { personal: '', plain: 'name', reach: own },
  oauth_application: {
    personal: 'contact_email',
    plain:
      'kind name client_id client_secret access foreign_id description callback_urls js_domains former_secret guide_url',
    reach: { organisation: 't.application_id = any(s.oauth_ids)' },
  },
  organisation: { personal: '', plain: 'urn name country', reach: own },
  // The directory.
  member_link: { personal: 'subject address', plain: 'purpose', reach: { member: OF_MEMBER } },
  member_change: { personal: '', plain: 'choice origin', reach: { member: OF_MEMBER } },
  member_email_choice: { personal: 'email', plain: '', reach: { member: OF_MEMBER } },
  member_choice: {
    personal: '',
    plain: 'choice',
    reach: {},
    kept: 'that the member was erased, so that an import does not bring the person back',
  },
  member_connection: {
    personal: 'other_external_id',
    plain: '',
    reach: { member: OF_MEMBER },
  },
  member_key: { personal: '', plain: '', reach: { member: OF_MEMBER } },
  member_form: { personal: 'form', plain: '', reach: { member: OF_MEMBER } },
  member: {
    personal:
      'external_id first_name last_name headline industry location titles doc doc_sha256 search_doc companies skills follows seniority',
    plain: '',
    reach: {
      member: {
        where: `${OF_MEMBER} and t.doc <> '{}'`,
        set: "first_name = '', last_name = '', headline = null, industry = null, location = null, titles = '{}', doc = '{}', search_doc = '', is_closed = true",
      },
      seat: RENAMED,
      contract: RENAMED,
      organisation: RENAMED,
    },
  },
  // What is of nobody.
  erasure: {
    personal: 'subject',
    plain: 'kind state counts failure certificate',
    reach: {},
    kept: 'what proves the erasure; its subject is emptied when it is done',
  },
  partner_audit: { personal: '', plain: 'action detail', reach: {} },
  partner_session: { personal: '', plain: 'token_sha256', reach: {} },
  partner_user: {
    personal: 'email name password_hash',
    plain: '',
    reach: {},
    kept: 'people of a vendor: they go with its application',
  },
  generic_identifier: {
    personal: '',
    plain: '',
    reach: {},
    kept: 'keyed hashes that several organisations share',
  },
  match_model: { personal: '', plain: 'weights_version weights totals report', reach: {} },
  term_frequency: { personal: '', plain: 'field value', reach: {}, kept: 'values that many members have' },
  turned_clock: { personal: '', plain: '', reach: {} },
  schema_migration: { personal: '', plain: 'name checksum', reach: {} },
};

/** Tables without an organisation: the same for all. */
export const OF_NO_TENANT: ReadonlySet<string> = new Set([
  'partner_audit',
  'partner_session',
  'partner_user',
  'password_link',
  'mailbox_message',
  'quota_use',
  'access_token',
  'authorization_code',
  'oauth_application',
  'member_link',
  'member_change',
  'member_email_choice',
  'member_choice',
  'member_connection',
  'member_key',
  'member_form',
  'member',
  'generic_identifier',
  'match_model',
  'term_frequency',
  'turned_clock',
  'schema_migration',
]);
