import type { ResourceDefinition, ResourceKind } from '@carrick/protocol';

/** What of JSON Schema the reference uses. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly exclusiveMinimum?: number;
  readonly pattern?: string;
  readonly $ref?: string;
}

const text: JsonSchema = { type: 'string' };
const time: JsonSchema = { type: 'integer', description: 'Epoch milliseconds, UTC.' };
const object = (
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
});

/** The one creation that answers with more than an id. */
export const CREATED_APPLICATION: JsonSchema = object(
  {
    key: text,
    credentials: object({ client_id: text, client_secret: text }, ['client_id', 'client_secret']),
  },
  ['key', 'credentials'],
);

/** What is answered and never sent, by kind. Of the other kinds that can be read the answer is what was sent. */
export const READ_SHAPES: { readonly [K in ResourceKind]?: JsonSchema } = {
  candidate: object({
    matchedMembers: {
      type: 'array',
      items: text,
      description: 'Members found by matching, as `urn:li:person:…`; absent while there is none.',
    },
    manualMatchedMember: { ...text, description: 'The member the customer chose; it wins.' },
  }),
  provisionedApplication: object({ key: { ...text, description: '`urn:li:developerApplication:…`' } }, [
    'key',
  ]),
  integration: object(
    {
      integrationName: { ...text, description: 'As recruiters see it; absent until the ATS has set it.' },
      onboardingStatus: { type: 'string', enum: ['REQUESTED', 'PARTNER_READY', 'ENABLED'] },
    },
    ['onboardingStatus'],
  ),
  ownProfile: object(
    {
      id: { ...text, description: 'Of the member, for this application and no other.' },
      localizedFirstName: text,
      localizedLastName: text,
      firstName: { type: 'object' },
      lastName: { type: 'object' },
    },
    ['id', 'localizedFirstName', 'localizedLastName'],
  ),
  exportedCandidate: object(
    {
      candidate: object(
        {
          member: { ...text, description: '`urn:li:person:…`' },
          firstName: text,
          lastName: text,
          currentEmployerNames: { type: 'array', items: text },
          profileUrl: text,
          emailAddresses: { type: 'array', items: text, description: 'Empty: nobody is asked for one.' },
          location: text,
        },
        ['member', 'firstName', 'lastName', 'currentEmployerNames', 'profileUrl', 'emailAddresses'],
      ),
      integrationContext: text,
      externalJobPostingId: { ...text, description: 'The job that the recruiter chose.' },
      exportedBy: { ...text, description: 'The recruiter, as `urn:li:person:…`.' },
      exportedAt: time,
    },
    ['candidate', 'integrationContext', 'externalJobPostingId'],
  ),
  seat: object(
    {
      id: { type: 'integer' },
      firstName: text,
      lastName: text,
      member: { ...text, description: '`urn:li:person:…`' },
      email: text,
      contractId: { ...text, description: '`urn:li:contract:…`, of `seats`' },
      active: { type: 'boolean', description: 'Of `seats`.' },
      admin: { type: 'boolean', description: 'Of `seats`.' },
      contract: { ...text, description: '`urn:li:contract:…`, of `seatsV2`' },
      state: { type: 'string', enum: ['ACTIVE', 'INACTIVE', 'INVITED', 'PARKED'] },
      seatRoles: { type: 'array', items: text },
    },
    ['id', 'firstName', 'lastName', 'member'],
  ),
  prospectNote: object(
    {
      id: { type: 'integer' },
      active: { type: 'boolean', description: 'False: it was deleted, or is private now. Delete your copy.' },
      contract: { ...text, description: '`urn:li:contract:…`' },
      created: time,
      lastModified: time,
      owner: { ...text, description: '`urn:li:seat:…`' },
      prospect: { ...text, description: '`urn:li:person:…`' },
      content: text,
      visibility: { type: 'string', enum: ['PUBLIC', 'PRIVATE'] },
    },
    ['id', 'active', 'contract', 'created', 'lastModified', 'owner', 'prospect'],
  ),
  jobTask: object(
    {
      id: text,
      status: { type: 'string', enum: ['IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'PROCESSED'] },
      externalJobPostingId: text,
      jobPosting: { ...text, description: '`urn:li:jobPosting:…`, of a task that succeeded.' },
      errorMessage: { ...text, description: 'What was wrong, of a task that failed.' },
    },
    ['id', 'status'],
  ),
  jobStatus: object(
    {
      externalJobPostingId: text,
      listingStatus: { type: 'string', enum: ['LISTED', 'NOT_LISTED', 'IN_PROGRESS'] },
      rawLocation: text,
      jobPostingUrl: text,
      jobPostingInfo: object({ listedAt: time, expireAt: time, location: text }),
    },
    ['externalJobPostingId', 'listingStatus', 'rawLocation'],
  ),
};

/** The parts of a key, as finders of records without fields answer them. */
export function keyShape({ key }: Pick<ResourceDefinition, 'key'>): JsonSchema {
  const parts = key.simple ? ['id'] : key.parts;
  return object(Object.fromEntries(parts.map((part) => [part, text])), parts);
}
