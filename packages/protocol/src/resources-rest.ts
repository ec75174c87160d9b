import { EXPORT_CRITERIA, type ResourceDefinition } from './resources.ts';

/**
 * The versioned dialect, `/rest/*`, as a translation of the unversioned one, which is what the store speaks: a row says what a
 * resource of /v2 is called here, and its key parts and fields. What is not named is called the same.
 */
export interface RestResource extends ResourceDefinition {
  /** The same records under /v2: `atsCandidates`, or `atsCandidates/notes` for what is a child there; null where it has none. */
  readonly replaces: string | null;
  /** Name here → name under /v2. A child's own id is `id` there. */
  readonly parts: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  /** Values of a key part that mean another one. */
  readonly aliases?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Texts that are shorter here than under /v2, by their names here: most characters. */
  readonly longest?: Readonly<Record<string, number>>;
  /** Known by its key only, nobody has seen a body: offered behind a switch of the platform. */
  readonly isUnseen?: true;
}

/** Dropped from every key of the dialect; older samples still send it. */
const ignored = ['dataProvider'];
const NOTE_FIELDS = { externalCreatedAt: 'atsCreatedAt', externalLastModifiedAt: 'externalLastModifiedAt' };
/** A requisition is a job here: its ACLs secure the job of the same id. */
const ENTITY_TYPES = { entityType: { JOB_REQUISITION: 'JOB_POSTING' } };

export const REST_RESOURCES = [
  {
    name: 'candidates',
    replaces: 'atsCandidates',
    key: { parts: ['externalCandidateId', 'integrationContext'], ignored },
    idPart: 'externalCandidateId',
    kind: 'candidate',
    // The release note names no partial update: a match by hand is set by PUT.
    methods: ['batch_update', 'batch_get', 'batch_delete'],
    parts: { externalCandidateId: 'atsCandidateId' },
    fields: { externalCreatedAt: 'atsCreatedAt', externalLastModifiedAt: 'atsLastModifiedAt' },
  },
  {
    name: 'candidateNotes',
    replaces: 'atsCandidates/notes',
    key: { parts: ['externalCandidateId', 'integrationContext', 'externalNoteId'], ignored },
    idPart: 'externalNoteId',
    kind: 'candidateNote',
    methods: ['batch_update', 'batch_delete'],
    parts: { externalCandidateId: 'atsCandidateId', externalNoteId: 'id' },
    fields: NOTE_FIELDS,
  },
  {
    name: 'applicationNotes',
    replaces: 'atsApplications/notes',
    key: { parts: ['externalJobApplicationId', 'integrationContext', 'externalNoteId'], ignored },
    idPart: 'externalNoteId',
    kind: 'applicationNote',
    methods: ['batch_update', 'batch_delete'],
    parts: { externalJobApplicationId: 'atsJobApplicationId', externalNoteId: 'id' },
    fields: NOTE_FIELDS,
  },
  {
    name: 'atsApplications',
    replaces: 'atsApplications',
    key: { parts: ['atsJobApplicationId', 'integrationContext'], ignored },
    idPart: 'atsJobApplicationId',
    kind: 'application',
    methods: ['batch_update', 'batch_delete'],
    parts: {},
    // Its name and id are documented as unchanged; so the fields inside keep theirs.
    fields: {},
  },
  {
    name: 'attachments',
    replaces: 'atsApplications/resumes',
    key: {
      parts: [
        'externalReferenceEntityId',
        'externalAttachmentId',
        'integrationContext',
        'externalReferenceEntityType',
        'attachmentType',
      ],
      ignored,
    },
    idPart: 'externalAttachmentId',
    kind: 'attachment',
    methods: ['batch_update', 'batch_delete'],
    parts: { externalAttachmentId: 'id' },
    fields: {
      externalFileName: 'fileName',
      externalCreatedAt: 'atsCreatedAt',
      externalLastModifiedAt: 'atsLastModifiedAt',
    },
  },
  {
    name: 'entityAcls',
    replaces: 'atsEntityAcls',
    key: { parts: ['entityAclId', 'integrationContext', 'entityType', 'entityId'], ignored },
    kind: 'entityAcl',
    methods: ['batch_update', 'batch_delete', 'finder'],
    finders: ['criteria'],
    parts: { entityAclId: 'atsEntityAclId', entityType: 'atsEntityType', entityId: 'atsEntityId' },
    fields: {},
    aliases: ENTITY_TYPES,
  },
  {
    name: 'entityAclAssignees',
    replaces: 'atsEntityAclAssignees',
    key: { parts: ['entityAclId', 'integrationContext', 'assignee', 'entityType'], ignored },
    kind: 'entityAclAssignee',
    methods: ['batch_update', 'batch_delete', 'finder'],
    finders: ['criteria'],
    parts: { entityAclId: 'atsEntityAclId', entityType: 'atsEntityType' },
    fields: {},
    aliases: ENTITY_TYPES,
  },
  {
    name: 'simpleJobPostings',
    replaces: 'simpleJobPostings',
    key: { simple: true },
    kind: 'job',
    methods: ['batch_create', 'create'],
    parts: {},
    fields: { company: 'integrationContext' },
    longest: { externalJobPostingId: 75 },
  },
  {
    name: 'simpleJobPostingTasks',
    replaces: 'simpleJobPostingTasks',
    key: { simple: true },
    kind: 'jobTask',
    methods: ['batch_get'],
    parts: {},
    fields: {},
  },
  {
    name: 'applicationStage',
    replaces: 'atsApplications/stages',
    key: { parts: ['jobApplicationId', 'integrationContext', 'jobApplicationStageId'], ignored },
    idPart: 'jobApplicationStageId',
    kind: 'stage',
    methods: ['batch_update', 'batch_delete'],
    parts: { jobApplicationId: 'atsJobApplicationId', jobApplicationStageId: 'id' },
    fields: {},
    isUnseen: true,
  },
  {
    name: 'applicationInterviewFeedbacks',
    replaces: 'atsApplications/interviewFeedback',
    key: { parts: ['jobApplicationId', 'integrationContext', 'interviewFeedbackId'], ignored },
    idPart: 'interviewFeedbackId',
    kind: 'interviewFeedback',
    methods: ['batch_update', 'batch_delete'],
    parts: { jobApplicationId: 'atsJobApplicationId', interviewFeedbackId: 'id' },
    fields: {},
    isUnseen: true,
  },
  {
    name: 'jobRequisitions',
    replaces: null,
    key: { parts: ['externalJobRequisitionId', 'integrationContext'], ignored },
    idPart: 'externalJobRequisitionId',
    kind: 'job',
    methods: ['batch_update'],
    parts: { externalJobRequisitionId: 'externalJobPostingId' },
    fields: {},
    isUnseen: true,
  },
  {
    name: 'exportedCandidates',
    replaces: 'exportedCandidates',
    key: { simple: true },
    kind: 'exportedCandidate',
    methods: ['finder'],
    finders: ['request', 'closedProfiles'],
    criteria: EXPORT_CRITERIA,
    parts: {},
    fields: {},
  },
] as const satisfies readonly RestResource[];
