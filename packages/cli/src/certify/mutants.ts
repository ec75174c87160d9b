import {
  type AtsConnector,
  type ConnectorConfig,
  createConnector,
  type Handlers,
  type History,
} from '@carrick/connector';

type Config<Tx> = ConnectorConfig<Tx>;
type Record_ = Readonly<Record<string, unknown>>;

/** A way of getting the integration wrong, and the cases of which at least one must notice. */
export interface Mutant {
  readonly name: string;
  readonly breaks: readonly string[];
  /** What becomes of a record before it is handed over: another one, or undefined: it is forgotten. Of the history too. */
  readonly shape?: (kind: string, record: Record_ | null, isHistory: boolean) => Record_ | null | undefined;
  readonly config?: <Tx>(config: Config<Tx>) => Config<Tx>;
  readonly handlers?: (on: Handlers) => Handlers;
  readonly answer?: (request: Request, real: (request: Request) => Promise<Response>) => Promise<Response>;
  readonly connector?: <Tx>(connector: AtsConnector<Tx>) => Partial<AtsConnector<Tx>>;
}

const field =
  (kind: string, change: (record: Record_) => Record_): NonNullable<Mutant['shape']> =>
  (of, record) =>
    of === kind && record ? change(record) : record;
const without = (kind: string, ...names: string[]) =>
  field(kind, (record) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name))),
  );
/** Null stays null: a deletion. */
const neverSends =
  (kind: string): NonNullable<Mutant['shape']> =>
  (of, record) =>
    of === kind ? undefined : record;
const neverDeletes =
  (kind: string): NonNullable<Mutant['shape']> =>
  (of, record) =>
    of === kind && record === null ? undefined : record;
const onlyInHistory =
  (kind: string): NonNullable<Mutant['shape']> =>
  (of, record, isHistory) =>
    of === kind && record !== null && !isHistory ? undefined : record;
const notInHistory =
  (kind: string): NonNullable<Mutant['shape']> =>
  (of, record, isHistory) =>
    of === kind && isHistory ? undefined : record;
const seconds = (value: unknown) => Math.floor(Number(value) / 1000);

/** Wrong records, kind by kind. */
const RECORD_MUTANTS: readonly Mutant[] = [
  {
    name: 'omits closed jobs',
    breaks: ['RSC-201', 'RSC-203'],
    shape: (kind, record, isHistory) =>
      kind === 'job' && isHistory && record?.state === 'CLOSED' ? undefined : record,
  },
  {
    name: 'never closes a job',
    breaks: ['RSC-201', 'CHANGED-JOB'],
    shape: field('job', (record) => ({ ...record, state: 'LISTED' })),
  },
  {
    name: 'sends every job as public',
    breaks: ['RSC-102'],
    shape: field('job', (record) => ({ ...record, availability: 'PUBLIC' })),
  },
  {
    name: 'sends no public job',
    breaks: ['RSC-102'],
    shape: field('job', (record) => ({ ...record, availability: 'PRIVATE_TO_ATS_INTEGRATION' })),
  },
  {
    name: 'sends jobs without a location',
    breaks: ['CHANGED-JOB', 'RSC-102', 'RSC-201'],
    shape: without('job', 'location'),
  },
  {
    name: 'sends when a job was opened in seconds',
    breaks: ['CHANGED-JOB', 'FIELDS-JOB'],
    shape: field('job', (record) => ({ ...record, listedAt: seconds(record.listedAt) })),
  },
  {
    name: 'shortens the description to its first words',
    breaks: ['CHANGED-JOB'],
    shape: field('job', (record) => ({ ...record, description: String(record.description).slice(0, 20) })),
  },
  {
    name: 'sends the history of jobs, and no new one',
    breaks: ['RSC-102', 'CHANGED-JOB'],
    shape: onlyInHistory('job'),
  },
  {
    name: 'sends no candidates of the past',
    breaks: ['RSC-202', 'RSC-203'],
    shape: notInHistory('candidate'),
  },
  {
    name: 'loses half of the history of applications',
    breaks: ['RSC-203'],
    shape: (kind, record, isHistory) =>
      isHistory && kind === 'application' && String(record?.candidateEmail).length % 2 === 0
        ? undefined
        : record,
  },
  { name: 'sends no changes of candidates', breaks: ['NEW-CANDIDATE'], shape: onlyInHistory('candidate') },
  {
    name: 'sends candidates without phone numbers',
    breaks: ['NEW-CANDIDATE'],
    shape: field('candidate', (record) => ({ ...record, phoneNumbers: [] })),
  },
  {
    name: 'sends candidates without e-mail addresses',
    breaks: ['NEW-CANDIDATE'],
    shape: field('candidate', (record) => ({ ...record, emailAddresses: [] })),
  },
  {
    name: 'sends no profile address',
    breaks: ['NEW-CANDIDATE'],
    shape: without('candidate', 'linkedInProfileUrl'),
  },
  {
    name: 'sends no company and no job title',
    breaks: ['NEW-CANDIDATE'],
    shape: without('candidate', 'currentCompanyName', 'currentJobTitle'),
  },
  {
    name: 'swaps first and last name',
    breaks: ['NEW-CANDIDATE'],
    shape: field('candidate', (record) => ({
      ...record,
      firstName: record.lastName,
      lastName: record.firstName,
    })),
  },
  {
    name: 'sends when a candidate was made in seconds',
    breaks: ['NEW-CANDIDATE', 'FIELDS-CANDIDATE'],
    shape: field('candidate', (record) => ({ ...record, atsCreatedAt: seconds(record.atsCreatedAt) })),
  },
  {
    name: 'makes up an e-mail address',
    breaks: ['NO-EMAIL', 'FIELDS-CANDIDATE'],
    shape: field('candidate', (record) =>
      Array.isArray(record.emailAddresses) && record.emailAddresses.length === 0
        ? { ...record, emailAddresses: ['unknown@unknown.example'] }
        : record,
    ),
  },
  {
    name: 'makes up a company',
    breaks: ['NO-EMAIL', 'FIELDS-CANDIDATE'],
    shape: field('candidate', (record) => ({
      ...record,
      currentCompanyName: record.currentCompanyName ?? 'N/A',
    })),
  },
  {
    name: 'sends no phoneNumbers member where there is none',
    breaks: ['NO-EMAIL', 'FIELDS-CANDIDATE'],
    shape: field('candidate', ({ phoneNumbers, ...record }) =>
      Array.isArray(phoneNumbers) && phoneNumbers.length > 0 ? { ...record, phoneNumbers } : record,
    ),
  },
  {
    name: 'sends a changed candidate as made anew',
    breaks: ['CHANGED-CANDIDATE'],
    shape: field('candidate', (record) => ({ ...record, atsCreatedAt: record.atsLastModifiedAt })),
  },
  {
    name: 'ties no application to its candidate',
    breaks: ['APPLICATION'],
    shape: without('application', 'atsCandidateId'),
  },
  {
    name: 'names jobs by another id in applications',
    breaks: ['RSC-203', 'APPLICATION'],
    shape: field('application', (record) => ({
      ...record,
      atsJobPostingId: `REQ-${String(record.atsJobPostingId)}`,
    })),
  },
  {
    name: 'leaves the e-mail address out of applications',
    breaks: ['APPLICATION'],
    shape: without('application', 'candidateEmail'),
  },
  {
    name: 'sends applications with the date of the job',
    breaks: ['APPLICATION'],
    shape: field('application', (record) => ({ ...record, atsCreatedAt: 1_600_000_000_000 })),
  },
  { name: 'sends no stages', breaks: ['HISTORY-DETAILS', 'KINDS'], shape: neverSends('stage') },
  { name: 'sends no move to another stage', breaks: ['APPLICATION'], shape: onlyInHistory('stage') },
  {
    name: 'gives stages a wrong date',
    breaks: ['APPLICATION'],
    shape: field('stage', (record) => ({
      ...record,
      atsCreatedAt: Number(record.atsCreatedAt) - 40 * 86_400_000,
    })),
  },
  {
    name: 'sends no interview feedback',
    breaks: ['HISTORY-DETAILS'],
    shape: neverSends('interviewFeedback'),
  },
  {
    name: 'sends feedback without its interviewer',
    breaks: ['APPLICATION', 'FIELDS-NOTE', 'HISTORY-DETAILS'],
    shape: without('interviewFeedback', 'interviewer'),
  },
  { name: 'sends no application notes', breaks: ['HISTORY-DETAILS'], shape: neverSends('applicationNote') },
  {
    name: 'sends notes without their author',
    breaks: ['HISTORY-DETAILS', 'CANDIDATE-NOTE'],
    shape: without('candidateNote', 'author'),
  },
  {
    name: 'sends no candidate notes of the past',
    breaks: ['HISTORY-DETAILS'],
    shape: notInHistory('candidateNote'),
  },
  { name: 'sends no new candidate notes', breaks: ['CANDIDATE-NOTE'], shape: onlyInHistory('candidateNote') },
  { name: 'sends no access lists', breaks: ['RSC-401'], shape: neverSends('entityAcl') },
  { name: 'sends no assignees', breaks: ['RSC-401'], shape: neverSends('entityAclAssignee') },
  {
    name: 'never takes a user off an access list',
    breaks: ['RSC-403'],
    shape: neverDeletes('entityAclAssignee'),
  },
  { name: 'forgets deleted candidates', breaks: ['RSC-501', 'RSC-502'], shape: neverDeletes('candidate') },
  { name: 'forgets deleted candidate notes', breaks: ['RSC-501'], shape: neverDeletes('candidateNote') },
  {
    name: 'forgets deleted applications',
    breaks: ['RSC-503', 'RSC-504'],
    shape: neverDeletes('application'),
  },
  { name: 'forgets deleted stages', breaks: ['RSC-503'], shape: neverDeletes('stage') },
  { name: 'forgets deleted feedback', breaks: ['RSC-503'], shape: neverDeletes('interviewFeedback') },
  { name: 'forgets deleted application notes', breaks: ['RSC-503'], shape: neverDeletes('applicationNote') },
];

const yes = () => new Response(null, { status: 200 });

/** Wrong dealings with what comes back, and with the customer. */
const DEALING_MUTANTS: readonly Mutant[] = [
  {
    name: 'ignores the signature',
    breaks: ['PUSH-SIGNATURE'],
    answer: async (request, real) => {
      const answer = await real(request);
      return answer.status === 401 ? yes() : answer;
    },
  },
  {
    name: 'refuses notifications that it does not know',
    breaks: ['PUSH-UNKNOWN'],
    answer: async (request, real) => {
      const { type } = (await request.clone().json()) as { type?: string };
      return type === 'EXPORT_CANDIDATE_PROFILE' || type === 'INTEGRATION_STATUS_CHANGE'
        ? real(request)
        : new Response(null, { status: 400 });
    },
  },
  { name: 'does nothing with exports', breaks: ['RSC-301'], handlers: ({ exported: _, ...on }) => on },
  {
    name: 'makes a new record of every export',
    breaks: ['RSC-303'],
    handlers: (on) => ({
      ...on,
      exported: (customer, candidate) =>
        on.exported?.(customer, {
          ...candidate,
          knownCandidateId: null,
          person: `${candidate.person}-${candidate.exportId}`,
        }) ?? '',
    }),
  },
  {
    name: 'puts exported people on no job',
    breaks: ['RSC-301'],
    handlers: (on) => ({
      ...on,
      exported: (customer, candidate) => on.exported?.(customer, { ...candidate, jobId: null }) ?? '',
    }),
  },
  { name: 'does not keep matches', breaks: ['INDICATOR'], handlers: ({ matched: _, ...on }) => on },
  {
    name: 'does nothing with what members share',
    breaks: ['SHARED-CONTACT'],
    handlers: ({ stub: _, ...on }) => on,
  },
  {
    name: 'keeps no phone number that a member shares',
    breaks: ['SHARED-CONTACT'],
    handlers: (on) => ({
      ...on,
      stub: (customer, stub) => on.stub?.(customer, { ...stub, phoneNumbers: [] }),
    }),
  },
  {
    name: 'makes no candidate of who answers and shares',
    breaks: ['SHARED-CONTACT'],
    handlers: (on) => ({
      ...on,
      stub: (customer, stub) => (stub.candidateIds.length === 0 ? undefined : on.stub?.(customer, stub)),
    }),
  },
  { name: 'does not ask for messages', breaks: ['MESSAGES'], handlers: ({ message: _, ...on }) => on },
  {
    name: 'calls its integration by a URN',
    breaks: ['RSC-101'],
    config: (config) => ({ ...config, atsName: 'urn:li:ats:1' }),
  },
  {
    name: 'sends nothing of the past',
    breaks: ['RSC-201', 'RSC-202', 'RSC-203'],
    config: ({ history: _, ...config }) => config,
  },
  {
    name: 'shows nobody what has no access list',
    breaks: ['RSC-104', 'RSC-201'],
    connector: (connector) => ({
      customers: {
        ...connector.customers,
        add: (customer) => connector.customers.add({ ...customer, viewers: 'nobody' }),
      },
    }),
  },
];

export const MUTANTS: readonly Mutant[] = [...RECORD_MUTANTS, ...DEALING_MUTANTS];

/** The connector of a broken ATS: a real one, and the mistake between it and the ATS. */
export function breakConnector<Tx>(mutant: Mutant): (config: Config<Tx>) => AtsConnector<Tx> {
  return (given) => {
    const { shape } = mutant;
    const { history, on = {} } = given;
    const config: Config<Tx> = {
      ...given,
      ...(history && shape && { history: async (customer) => shaped(await history(customer), shape) }),
      on: mutant.handlers?.(on) ?? on,
    };
    const real = createConnector<Tx>(mutant.config?.(config) ?? config);
    const receive = real.receiver();
    const broken: AtsConnector<Tx> = {
      ...real,
      receiver: () => (request) => (mutant.answer ? mutant.answer(request, receive) : receive(request)),
      async record(tx, customerId, kind, key, record) {
        const changed = shape ? shape(kind, record as Record_ | null, false) : record;
        // Whatever the mistake makes of it is handed over as if it were right: that is the point.
        if (changed !== undefined) await real.record(tx, customerId, kind, key, changed as typeof record);
      },
    };
    return { ...broken, ...mutant.connector?.(broken) };
  };
}

function shaped(history: History, shape: NonNullable<Mutant['shape']>): History {
  async function* each(kind: string, given: unknown): AsyncGenerator<unknown> {
    for await (const row of given as AsyncIterable<{ key: unknown; record: Record_ }>) {
      const record = shape(kind, row.record, true);
      if (record) yield { ...row, record };
    }
  }
  return Object.fromEntries(
    Object.entries(history).map(([kind, rows]) => [kind, each(kind, rows)]),
  ) as History; // the same kinds
}
