import type { RecordKind } from './records/schemas.ts';
import type { KeyShape, RestliMethod } from './restli/index.ts';

/**
 * The resource table: what exists under /v2 and what may be done with it. Server, client, documentation and tests
 * iterate it; a new record kind is one row here, one schema, one row in the platform's kind table and one migration.
 */
export interface ResourceDefinition {
  /** Last path segment: `/v2/{name}`, or `/v2/{parent}/{key}/{name}`. */
  readonly name: string;
  readonly parent?: 'atsCandidates' | 'atsApplications' | 'atsIntegrations';
  readonly key: KeyShape;
  /** There is one, and its path has no key. */
  readonly isSingleton?: true;
  /** The key part that is the record's own id; the others are context. */
  readonly idPart?: string;
  readonly kind: ResourceKind;
  readonly methods: readonly RestliMethod[];
  readonly finders?: readonly string[];
  /** What the finders take besides paging. */
  readonly criteria?: readonly FinderCriterion[];
  readonly actions?: readonly string[];
  /** Calls of one application come at least this far apart. */
  readonly leastGapMs?: number;
}

/** A parameter of a finder. */
export interface FinderCriterion {
  readonly name: string;
  /** Of this finder alone; else of every one. */
  readonly finder?: string;
  readonly type: 'text' | 'number' | 'boolean';
  readonly isRequired?: true;
  /** Several values: repeated, with an index, or as a list of protocol 2.0. */
  readonly isMany?: true;
}

/** Synced records, and what they need before they can be sent. */
export type ResourceKind =
  | RecordKind
  | 'jobTask'
  | 'jobStatus'
  | 'attachment'
  | 'mediaUrl'
  | 'provisionedApplication'
  | 'integration'
  | 'integrationConfiguration'
  | 'exportedCandidate'
  | 'seat'
  | 'conversationEvent'
  | 'mailStub'
  | 'prospectNote'
  | 'ownProfile';

const simple: KeyShape = { simple: true };

const CONTRACTS = { name: 'contracts', type: 'text', isRequired: true, isMany: true } as const;

export const EXPORT_CRITERIA = [
  { name: 'requestId', finder: 'request', type: 'text', isRequired: true },
  { name: 'integrationContext', finder: 'closedProfiles', type: 'text', isRequired: true },
  { name: 'closedAfter', finder: 'closedProfiles', type: 'number' },
] as const satisfies readonly FinderCriterion[];

export const RESOURCES = [
  {
    name: 'provisionedApplications',
    key: simple,
    kind: 'provisionedApplication',
    methods: ['create', 'finder', 'partial_update', 'action'],
    finders: ['credentialsByUniqueForeignId'],
    actions: ['rotateSecret'],
  },
  { name: 'me', key: simple, isSingleton: true, kind: 'ownProfile', methods: ['get'] },
  {
    name: 'atsIntegrations',
    key: { parts: ['integrationContext', 'integrationType', 'tenantType', 'dataProvider'] },
    kind: 'integration',
    methods: ['batch_partial_update', 'batch_get', 'finder'],
    finders: ['request'],
    leastGapMs: 1_000,
  },
  {
    name: 'configurations',
    parent: 'atsIntegrations',
    key: simple,
    kind: 'integrationConfiguration',
    methods: ['batch_update', 'batch_get', 'batch_delete'],
  },
  {
    name: 'atsCandidates',
    key: { parts: ['atsCandidateId', 'dataProvider', 'integrationContext'] },
    idPart: 'atsCandidateId',
    kind: 'candidate',
    methods: ['batch_update', 'batch_partial_update', 'batch_get', 'batch_delete'],
  },
  {
    name: 'notes',
    parent: 'atsCandidates',
    key: simple,
    kind: 'candidateNote',
    methods: ['batch_update', 'batch_delete'],
  },
  {
    name: 'atsApplications',
    key: { parts: ['atsJobApplicationId', 'dataProvider', 'integrationContext'] },
    idPart: 'atsJobApplicationId',
    kind: 'application',
    methods: ['batch_update', 'batch_delete'],
  },
  {
    name: 'notes',
    parent: 'atsApplications',
    key: simple,
    kind: 'applicationNote',
    methods: ['batch_update', 'batch_delete'],
  },
  {
    name: 'interviewFeedback',
    parent: 'atsApplications',
    key: simple,
    kind: 'interviewFeedback',
    methods: ['batch_update', 'batch_delete'],
  },
  {
    name: 'stages',
    parent: 'atsApplications',
    key: simple,
    kind: 'stage',
    methods: ['batch_update', 'batch_delete'],
  },
  {
    name: 'resumes',
    parent: 'atsApplications',
    key: simple,
    kind: 'attachment',
    methods: ['batch_update', 'batch_delete'],
  },
  { name: 'hireMediaUrl', key: simple, kind: 'mediaUrl', methods: ['create'] },
  {
    name: 'atsEntityAcls',
    key: { parts: ['atsEntityAclId', 'dataProvider', 'integrationContext', 'atsEntityType', 'atsEntityId'] },
    kind: 'entityAcl',
    methods: ['batch_update', 'batch_delete', 'finder'],
    finders: ['criteria'],
  },
  {
    name: 'atsEntityAclAssignees',
    key: { parts: ['atsEntityAclId', 'dataProvider', 'integrationContext', 'assignee', 'atsEntityType'] },
    kind: 'entityAclAssignee',
    methods: ['batch_update', 'batch_delete', 'finder'],
    finders: ['criteria'],
  },
  { name: 'simpleJobPostings', key: simple, kind: 'job', methods: ['batch_create', 'create'] },
  { name: 'simpleJobPostingTasks', key: simple, kind: 'jobTask', methods: ['batch_get'] },
  { name: 'jobPostingStatus', key: simple, kind: 'jobStatus', methods: ['batch_get'] },
  {
    name: 'exportedCandidates',
    key: simple,
    kind: 'exportedCandidate',
    methods: ['finder'],
    finders: ['request', 'closedProfiles'],
    criteria: EXPORT_CRITERIA,
  },
  {
    name: 'seats',
    key: simple,
    kind: 'seat',
    methods: ['finder'],
    finders: ['seatsByAttributes'],
    criteria: [CONTRACTS, { name: 'active', type: 'boolean' }],
  },
  {
    name: 'seatsV2',
    key: simple,
    kind: 'seat',
    methods: ['finder'],
    finders: ['attributes'],
    criteria: [
      CONTRACTS,
      { name: 'states', type: 'text', isMany: true },
      { name: 'start', type: 'number', isRequired: true },
    ],
  },
  {
    name: 'conversationEvents',
    key: simple,
    kind: 'conversationEvent',
    methods: ['finder'],
    finders: ['criteria'],
  },
  {
    name: 'prospectNotes',
    key: simple,
    kind: 'prospectNote',
    methods: ['finder'],
    finders: ['criteria'],
    criteria: [
      { name: 'contract', type: 'text', isRequired: true },
      { name: 'owners', type: 'text', isMany: true },
      { name: 'beforeDate', type: 'number' },
      { name: 'cutoffDate', type: 'number' },
    ],
  },
  { name: 'mailStubs', key: simple, kind: 'mailStub', methods: ['finder'], finders: ['contract', 'request'] },
] as const satisfies readonly ResourceDefinition[];

/** The ACL id that opens an entity to every seat holder. */
export const EVERYONE_ACL = 'ALL_PRODUCT_USERS';
