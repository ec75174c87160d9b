import {
  encodeBatchIds,
  encodeBodyKey,
  encodePathKey,
  type KeyShape,
  type RecordKind,
  SIMPLE_KEY,
  tunnel,
} from '@carrick/protocol';
import {
  applicants,
  candidateKeys,
  documents,
  event,
  type FloorBatch,
  type FloorStatement,
  matches,
  tasks,
  upsert,
  work,
} from './floors.ts';
import { type Candidate, candidate, MATCHED_EVERY } from './people.ts';
import {
  application,
  type Fields,
  interviewFeedback,
  job,
  jobOf,
  note,
  stage,
  storedJob,
} from './records.ts';

export const BATCH = 100;
/** People who apply; from the first of them, whoever is a member is also whom groups consist of. */
const APPLYING = 20_000;

/** Whose batch it is on the wire. */
export interface Sender {
  readonly organization: string;
  /** URNs of BATCH members, as this application knows them. */
  readonly persons: readonly string[];
}

/** A request, written beforehand: what is measured is the server, not the making of requests. */
export interface HttpBatch {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** What the answer says once for each record. */
  readonly said: string;
  /** How many records. */
  readonly size: number;
}

/** A record kind as it is measured. The b-th batch has the records from b × BATCH on. */
export interface Subject {
  readonly kind: RecordKind;
  /** How many records of others it hangs on. */
  readonly needs: { readonly candidate?: number; readonly application?: number };
  http(sender: Sender, batch: number): HttpBatch;
  floor(batch: number): FloorBatch;
}

interface Row {
  readonly key: readonly string[];
  readonly record: Fields;
}

const rowsOf = (batch: number, row: (n: number) => Row): Row[] =>
  Array.from({ length: BATCH }, (_, i) => row(batch * BATCH + i));

const CANDIDATE: KeyShape = { parts: ['atsCandidateId', 'dataProvider', 'integrationContext'] };
const APPLICATION: KeyShape = { parts: ['atsJobApplicationId', 'dataProvider', 'integrationContext'] };
const ACL: KeyShape = {
  parts: ['atsEntityAclId', 'dataProvider', 'integrationContext', 'atsEntityType', 'atsEntityId'],
};
const ASSIGNEE: KeyShape = {
  parts: ['atsEntityAclId', 'dataProvider', 'integrationContext', 'assignee', 'atsEntityType'],
};

function put(path: string, shape: KeyShape, rows: readonly Row[]): HttpBatch {
  const keys = rows.map(({ key }) => key);
  const entities = Object.fromEntries(
    rows.map(({ key, record }) => [encodeBodyKey(key, shape, '1.0.0'), record]),
  );
  const query = encodeBatchIds(keys, shape, '1.0.0');
  const { headers, body } = tunnel({ method: 'PUT', path, query, body: JSON.stringify({ entities }) });
  return {
    path,
    headers: { ...headers, 'X-RestLi-Method': 'batch_update' },
    body: Buffer.from(body),
    said: '"status":204',
    size: rows.length,
  };
}

export function candidateBatch(
  { organization }: Pick<Sender, 'organization'>,
  people: readonly Candidate[],
): HttpBatch {
  return put(
    '/v2/atsCandidates',
    CANDIDATE,
    people.map(({ id, record }) => ({ key: [id, 'ATS', organization], record })),
  );
}

const peopleOf = (batch: number): Candidate[] =>
  Array.from({ length: BATCH }, (_, i) => candidate(batch * BATCH + i));

const candidates: Subject = {
  kind: 'candidate',
  needs: {},
  http: (sender, batch) => candidateBatch(sender, peopleOf(batch)),
  floor(batch) {
    const people = peopleOf(batch);
    const candidateIds = people.map(({ id }) => id);
    const linkedIds = people.filter(({ isMatched }) => isMatched).map(({ id }) => id);
    return [
      upsert(
        'candidate',
        people.map(({ id, record }) => ({ key: [id], record })),
      ),
      candidateKeys(people),
      matches(linkedIds),
      documents(linkedIds),
      work(
        people.filter(({ isMatched }) => !isMatched).map(({ id }) => id),
        linkedIds,
      ),
      event(
        'candidate',
        candidateIds.map((id) => [id]),
        { candidateIds },
      ),
    ];
  },
};

const isMatched = (candidateId: number): boolean => candidateId % MATCHED_EVERY === 0;

const applications: Subject = {
  kind: 'application',
  needs: { candidate: APPLYING },
  http: ({ organization }, batch) =>
    put(
      '/v2/atsApplications',
      APPLICATION,
      rowsOf(batch, (n) => ({ key: [`A-${n}`, 'ATS', organization], record: application(n, APPLYING) })),
    ),
  floor(batch) {
    const rows = rowsOf(batch, (n) => ({ key: [`A-${n}`], record: application(n, APPLYING) }));
    const all = rows.map((_, i) => {
      const n = batch * BATCH + i;
      return { n: n % APPLYING, candidateId: `C-${n % APPLYING}`, jobId: jobOf(n) };
    });
    return [
      upsert('application', rows),
      applicants(all.filter(({ n }) => isMatched(n))),
      event(
        'application',
        rows.map(({ key }) => key),
        {
          candidateIds: all.map(({ candidateId }) => candidateId),
          jobIds: all.map(({ jobId }) => jobId),
        },
      ),
    ];
  },
};

/** Records below one candidate or application: on the wire a batch has one of these, the b-th its b-th. */
function children(
  kind: RecordKind,
  parent: 'atsCandidates' | 'atsApplications',
  name: string,
  record: (n: number) => Fields,
): Subject {
  const isOfCandidate = parent === 'atsCandidates';
  const idOf = (batch: number) => `${isOfCandidate ? 'C' : 'A'}-${batch % PARENTS}`;
  return {
    kind,
    needs: { candidate: PARENTS, ...(isOfCandidate ? {} : { application: PARENTS }) },
    http({ organization }, batch) {
      const shape = isOfCandidate ? CANDIDATE : APPLICATION;
      const key = encodePathKey([idOf(batch), 'ATS', organization], shape, '1.0.0');
      return put(
        `/v2/${parent}/${key}/${name}`,
        SIMPLE_KEY,
        rowsOf(batch, (n) => ({ key: [`R-${n}`], record: record(n) })),
      );
    },
    floor(batch) {
      const derived = kind === 'stage' ? { category: 'INTERVIEW' } : {};
      const rows = rowsOf(batch, (n) => ({
        key: [idOf(batch), `R-${n}`],
        record: { ...record(n), ...derived },
      }));
      return [
        upsert(kind, rows),
        ...followers(kind, batch),
        event(
          kind,
          rows.map(({ key }) => key),
          { candidateIds: [`C-${batch % PARENTS}`], jobIds: isOfCandidate ? [] : [jobOf(batch % PARENTS)] },
        ),
      ];
    },
  };
}
const PARENTS = 2_000;

/** What the server derives from stages. */
function followers(kind: RecordKind, batch: number): FloorStatement[] {
  const n = batch % PARENTS;
  return kind === 'stage' && isMatched(n) ? [applicants([{ candidateId: `C-${n}`, jobId: jobOf(n) }])] : [];
}

const jobs: Subject = {
  kind: 'job',
  needs: {},
  http({ organization }, batch) {
    const elements = rowsOf(batch, (n) => ({ key: [], record: job(n, organization) }));
    return {
      path: '/v2/simpleJobPostings',
      headers: { 'Content-Type': 'application/json', 'X-RestLi-Method': 'batch_create' },
      body: Buffer.from(JSON.stringify({ elements: elements.map(({ record }) => record) })),
      said: '"status":202',
      size: BATCH,
    };
  },
  floor(batch) {
    const rows = rowsOf(batch, (n) => ({ key: [`J-${n}`], record: storedJob(n) }));
    const jobIds = rows.map(({ key: [id = ''] }) => id);
    return [
      upsert('job', rows),
      tasks(jobIds),
      event(
        'job',
        rows.map(({ key }) => key),
        { jobIds },
      ),
    ];
  },
};

const acls: Subject = {
  kind: 'entityAcl',
  needs: {},
  http: ({ organization }, batch) =>
    put(
      '/v2/atsEntityAcls',
      ACL,
      rowsOf(batch, (n) => ({
        key: [`G-${n % 50}`, 'ATS', organization, 'JOB_POSTING', `J-${n}`],
        record: {},
      })),
    ),
  floor(batch) {
    const rows = rowsOf(batch, (n) => ({ key: ['JOB_POSTING', `J-${n}`, `G-${n % 50}`], record: {} }));
    return [
      upsert('entityAcl', rows),
      event(
        'entityAcl',
        rows.map(({ key }) => key),
        { jobIds: rows.map(({ key }) => key[1] ?? '') },
      ),
    ];
  },
};

/** The b-th group has BATCH members, the same as every group. */
const assignees: Subject = {
  kind: 'entityAclAssignee',
  needs: { candidate: BATCH * MATCHED_EVERY },
  http: ({ organization, persons }, batch) =>
    put(
      '/v2/atsEntityAclAssignees',
      ASSIGNEE,
      persons.map((person) => ({
        key: [`G-${batch}`, 'ATS', organization, person, 'JOB_POSTING'],
        record: {},
      })),
    ),
  floor(batch) {
    const rows = Array.from({ length: BATCH }, (_, i) => ({
      key: [String(i + 1), 'JOB_POSTING', `G-${batch}`],
      record: {},
    }));
    return [
      upsert('entityAclAssignee', rows),
      event(
        'entityAclAssignee',
        rows.map(({ key }) => key),
      ),
    ];
  },
};

export const SUBJECTS: readonly Subject[] = [
  candidates,
  children('candidateNote', 'atsCandidates', 'notes', note),
  applications,
  children('applicationNote', 'atsApplications', 'notes', note),
  children('interviewFeedback', 'atsApplications', 'interviewFeedback', interviewFeedback),
  children('stage', 'atsApplications', 'stages', stage),
  jobs,
  acls,
  assignees,
];

/** For the connection's persons: asks whom the candidates with a member are matched with. */
export function matchedQuery({ organization }: Pick<Sender, 'organization'>): HttpBatch {
  const keys = Array.from({ length: BATCH }, (_, i) => [`C-${i * MATCHED_EVERY}`, 'ATS', organization]);
  const path = '/v2/atsCandidates';
  const query = `${encodeBatchIds(keys, CANDIDATE, '1.0.0')}&fields=matchedMembers`;
  const { headers, body } = tunnel({ method: 'GET', path, query });
  return {
    path,
    headers: { ...headers, 'X-RestLi-Method': 'batch_get' },
    body: Buffer.from(body),
    said: 'urn:li:person:',
    size: BATCH,
  };
}
