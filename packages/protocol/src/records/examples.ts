import type { ResourceDefinition, ResourceKind } from '../resources.ts';
import type { RestResource } from '../resources-rest.ts';
import type { TypedKey } from '../restli/index.ts';
import type { RecordKind, RecordOf } from './schemas.ts';

/** A record of each kind as an ATS would send it: what the reference shows and the conformance suite sends. */
export const RECORD_EXAMPLES: { readonly [K in RecordKind]: RecordOf<K> } = {
  job: {
    integrationContext: 'urn:li:organization:1000',
    externalJobPostingId: 'JOB-1',
    jobPostingOperationType: 'CREATE',
    title: 'Bridge engineer',
    description:
      '<p>You plan, calculate and supervise bridges over rivers and railways, from the first sketch to the opening day, together with a team of six.</p>',
    location: 'Lyon, France',
    companyApplyUrl: 'https://ats.example.com/apply/JOB-1',
    listedAt: 1_767_600_000_000,
    availability: 'PRIVATE_TO_ATS_INTEGRATION',
    companyJobCode: 'R-2026-17',
    employmentStatus: 'FULL_TIME',
    experienceLevel: 'MID_SENIOR_LEVEL',
    workplaceTypes: ['On-site'],
    requisitionOwnerEmail: 'owner@ats.example.com',
    requisitionOwnerFirstName: 'Odile',
    requisitionOwnerLastName: 'Marchand',
  },
  candidate: {
    firstName: 'Ada',
    lastName: 'Byron',
    middleInitial: 'A',
    prefix: 'Dr',
    suffix: 'II',
    emailAddresses: ['ada.byron@mail.example'],
    phoneNumbers: [{ number: '+33 4 72 00 00 00', extension: '12' }],
    addresses: [
      {
        line1: '1 Quai de la Sa\u00f4ne',
        city: 'Lyon',
        geographicArea: 'ARA',
        geographicAreaType: 'PROVINCE',
        postalCode: '69001',
        country: 'fr',
      },
    ],
    currentCompanyName: 'Span & Sons',
    currentJobTitle: 'Structural engineer',
    externalProfileUrl: 'https://ats.example.com/candidates/CANDIDATE-1',
    doNotContact: false,
    atsCreatedAt: 1_767_600_000_000,
    atsLastModifiedAt: 1_767_686_400_000,
  },
  candidateNote: {
    note: 'Prefers to be called in the morning.',
    author: { firstName: 'Odile', lastName: 'Marchand' },
    atsCreatedAt: 1_767_600_000_000,
  },
  application: {
    atsCandidateId: 'CANDIDATE-1',
    atsJobPostingId: 'JOB-1',
    atsJobPostingName: 'Bridge engineer',
    candidateEmail: 'ada.byron@mail.example',
    firstName: 'Ada',
    lastName: 'Byron',
    source: 'Referral',
    dispositionReason: '',
    atsCreatedAt: 1_767_600_000_000,
    atsLastModifiedAt: 1_767_686_400_000,
  },
  applicationNote: {
    note: 'Brought drawings of the Sa\u00f4ne footbridge.',
    author: { firstName: 'Odile', lastName: 'Marchand' },
    atsCreatedAt: 1_767_600_000_000,
  },
  interviewFeedback: {
    interviewer: { firstName: 'Paul', lastName: 'Eiger' },
    evaluations: [{ attribute: 'Structural analysis', result: '5/5' }],
    feedback: 'Explained load paths without a note.',
    interviewType: 'ONSITE',
    atsCreatedAt: 1_767_600_000_000,
  },
  stage: { stage: 'Phone screen', atsCreatedAt: 1_767_600_000_000 },
  entityAcl: {},
  entityAclAssignee: {},
};

/** Part values by their names under /v2. A child's own id is `id`. */
export type KeyValues = Readonly<Record<string, string>>;

/** What the keys of examples consist of; organisation and person are one's own. */
export const KEY_EXAMPLES = {
  atsCandidateId: 'CANDIDATE-1',
  atsJobApplicationId: 'APPLICATION-1',
  dataProvider: 'ATS',
  integrationContext: 'urn:li:organization:1000',
  atsEntityAclId: 'BRIDGE-TEAM',
  atsEntityType: 'JOB_POSTING',
  atsEntityId: 'JOB-1',
  assignee: 'urn:li:person:AbC123',
  integrationType: 'ONE_CLICK_EXPORT',
  tenantType: 'RECRUITER',
} as const satisfies KeyValues;

const OWN_IDS: { readonly [K in ResourceKind]?: string } = {
  candidateNote: 'NOTE-1',
  applicationNote: 'NOTE-1',
  interviewFeedback: 'FEEDBACK-1',
  stage: 'STAGE-1',
  job: 'JOB-1',
  jobStatus: 'JOB-1',
  jobTask: 'urn:li:simpleJobPostingTask:00000000-0000-4000-8000-000000000000',
  integrationConfiguration: 'CALLBACK_URL',
  provisionedApplication: 'urn:li:developerApplication:1',
};

/** A key of the resource in either dialect, out of values under their names in /v2. */
export function exampleKey(
  { key, kind, parts }: Pick<ResourceDefinition, 'key' | 'kind'> & Partial<Pick<RestResource, 'parts'>>,
  values: KeyValues = {},
): TypedKey {
  const known: KeyValues = { ...KEY_EXAMPLES, id: OWN_IDS[kind] ?? '', ...values };
  const names = key.simple ? ['id'] : key.parts.map((part) => parts?.[part] ?? part);
  return names.map((name) => known[name] ?? '');
}
