import { RECORD_SCHEMAS, type RecordKind } from './records/schemas.ts';

/**
 * Digests of records, for proving that both sides hold the same (docs/spec/digests.md). A digest is 32 hexadecimal digits: the
 * first 8 of the SHA-256 of the record's key, which place it in the tree, and the first 24 of the SHA-256 of key and record. The
 * digest of a set is the exclusive or of its members', whatever their order. SHA-256 is the caller's: this package runs anywhere.
 */
export const DIGEST_VERSION = 1;
export const DIGEST_LENGTH = 32;
const PLACE_LENGTH = 8;

/** Nodes are named by the first digits of the digests below them: '' is the root. */
export const DEEPEST_NODE = 4;
/** How many levels below a node one answer can describe. */
export const MOST_LEVELS = 3;
export const EMPTY_DIGEST = '0'.repeat(DIGEST_LENGTH);

export type HexSha256 = (text: string) => string;

/** `key`: the id of the record it hangs on, if any, and its own; of access rules the parts in the order type, entity, ACL and assignee, type, ACL. */
export function recordDigest(
  sha256: HexSha256,
  kind: RecordKind,
  key: readonly string[],
  record: Readonly<Record<string, unknown>>,
): string {
  const keyText = canonicalKey(kind, key);
  const place = sha256(keyText).slice(0, PLACE_LENGTH);
  return place + sha256(keyText + canonicalRecord(kind, record)).slice(0, DIGEST_LENGTH - PLACE_LENGTH);
}

/** `["candidate","C-1"]` */
export function canonicalKey(kind: RecordKind, key: readonly string[]): string {
  let text = `["${kind}"`;
  for (const part of key) text += `,${JSON.stringify(part)}`;
  return `${text}]`;
}

/**
 * JSON of the kind's fields as an ATS sends them in the v2 dialect: no spaces, names in the order of their UTF-16 units at every
 * level, without what is null. Other fields are not stored and do not count.
 */
export function canonicalRecord(kind: RecordKind, record: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const field of FIELDS[kind]) {
    const value = record[field];
    if (value === undefined || value === null) continue;
    text += `${text === '' ? '' : ','}"${field}":${canonicalJson(value)}`;
  }
  return `{${text}}`;
}

/** Key and tenant of a job, and whom a person linked a candidate with, which is decided on either side. */
const NOT_COMPARED: { readonly [K in RecordKind]?: readonly string[] } = {
  job: ['externalJobPostingId', 'integrationContext', 'company'],
  candidate: ['manualMatchedMember'],
};

const fieldsOf = (kind: RecordKind): readonly string[] =>
  Object.keys(RECORD_SCHEMAS[kind].properties)
    .filter((field) => !NOT_COMPARED[kind]?.includes(field))
    .sort();

const FIELDS: { readonly [K in RecordKind]: readonly string[] } = {
  job: fieldsOf('job'),
  entityAcl: fieldsOf('entityAcl'),
  entityAclAssignee: fieldsOf('entityAclAssignee'),
  candidate: fieldsOf('candidate'),
  candidateNote: fieldsOf('candidateNote'),
  application: fieldsOf('application'),
  stage: fieldsOf('stage'),
  interviewFeedback: fieldsOf('interviewFeedback'),
  applicationNote: fieldsOf('applicationNote'),
};

export function isComparedField(kind: RecordKind, field: string): boolean {
  return FIELDS[kind].includes(field);
}

function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === '' ? '' : ','}${canonicalJson(item)}`;
    return `[${text}]`;
  }
  for (const name of Object.keys(value).sort()) {
    const member: unknown = (value as Record<string, unknown>)[name]; // one of its own keys
    if (member !== undefined && member !== null)
      text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** What one side holds of a kind, at one moment. */
export interface DigestStatement {
  readonly kind: RecordKind;
  /** The organization URN. */
  readonly integrationContext: string;
  readonly digest: string;
  readonly rows: number;
  /** The database's snapshot that was read. */
  readonly revision: string;
  /** Epoch milliseconds. */
  readonly readAt: number;
}

/** What a platform signs: lower-case hexadecimal HMAC-SHA256 under the client secret of the customer's application. */
export function signedStatement(statement: DigestStatement): string {
  const { kind, integrationContext, digest, rows, revision, readAt } = statement;
  return ['carrick-digest', DIGEST_VERSION, kind, integrationContext, digest, rows, revision, readAt].join(
    '\n',
  );
}

/** Nodes in the order of their paths; those without records are left out. */
export interface DigestNodes {
  readonly version: number;
  readonly nodes: readonly (readonly [path: string, digest: string, rows: number])[];
  /** Records that came before this platform kept digests. */
  readonly unknownRows: number;
  /** Only where the root was asked for. */
  readonly statement?: DigestStatement & { readonly signature: string };
}

/** The records of some nodes. `isClosed` only of jobs: a job that is gone from its ATS stays, closed. */
export interface DigestRows {
  readonly version: number;
  readonly rows: readonly DigestRow[];
}

export interface DigestRow {
  readonly key: readonly string[];
  readonly digest: string | null;
  readonly isClosed?: boolean;
}

/** In place of a path: records of which nothing is known but that they are there. */
export const UNKNOWN_NODE = 'unknown';
export const DIGESTS_PATH = '/carrick/digests';
