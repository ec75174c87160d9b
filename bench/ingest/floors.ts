import type { RecordKind } from '@carrick/protocol';
import postgres from 'postgres';
import { STATEMENTS } from '../../packages/platform/src/records/statements.ts';

/**
 * What the database alone can take: the same rows by postgres.js, everything written beforehand, one flight a transaction.
 * `bareUpsert` writes the records only; `sameTables` all rows that the server writes for them.
 */
export type Floor = 'bareUpsert' | 'sameTables';

/** A statement and its parameters behind $1, the tenant. */
export type FloorStatement = readonly [text: string, ...params: (string | number | readonly string[])[]];

/** The first statement is the bare upsert. */
export type FloorBatch = readonly FloorStatement[];

const EVENT = `insert into outbox (tenant_id, lane, payload, created_at) values ($1, 'floor', $2::text::jsonb, 0)`;
const WORK = `insert into outbox (tenant_id, lane, payload, created_at)
  select $1::bigint, 'floor', g.payload::jsonb, 0 from unnest($2::text[]) as g(payload)`;
const KEYS = `insert into candidate_key (tenant_id, key, kind, ats_no, candidate_id, family)
  select $1::bigint, g.key, 1, 1, g.id, g.family from unnest($2::text[], $3::bigint[], $4::bigint[]) as g(id, key, family)
  order by g.key, g.id on conflict do nothing`;
const MATCHES = `with made as (
    insert into automatic_match (tenant_id, ats_no, candidate_id, member_id, reasons, weight, evidence, model_no, decided_at)
    select $1::bigint, 1, g.id, 1, $3::text::jsonb, 30, $4::text::jsonb, 1, 0 from unnest($2::text[]) as g(id) order by g.id
    on conflict (tenant_id, ats_no, candidate_id) do update
    set member_id = excluded.member_id, reasons = excluded.reasons, weight = excluded.weight, evidence = excluded.evidence,
        model_no = excluded.model_no, decided_at = excluded.decided_at
  )
  insert into match_event (tenant_id, ats_no, candidate_id, member_id, decision, weight, reasons, evidence, model_no, cause, happened_at)
  select $1::bigint, 1, g.id, 1, 'AUTO', 30, $3::text::jsonb, $4::text::jsonb, 1, 'candidate', 0 from unnest($2::text[]) as g(id)
  order by g.id`;
/** What linked candidates are found by; the function is the only way to write it. */
const DOCUMENTS = 'select refresh_match_documents(1, $2::text[]) where $1::bigint > 0';
const REASONS = ['name.exact', 'email.exact', 'place.city'];
const EVIDENCE = REASONS.map((reason) => {
  const [field, level] = reason.split('.');
  return { field, level, bits: 12.345678 };
});
const APPLICANTS = `insert into applicant
  (tenant_id, member_id, ats_no, job_id, candidate_id, is_restricted, applications, has_advanced, is_closed, last_applied_at)
  select $1::bigint, 1, 1, g.job, g.candidate, false, 1, false, false, 0 from unnest($2::text[], $3::text[]) as g(candidate, job)
  order by g.job, g.candidate on conflict (tenant_id, member_id, ats_no, job_id, candidate_id, is_restricted)
  do update set applications = excluded.applications, last_applied_at = excluded.last_applied_at`;
const TASKS = `insert into job_task (tenant_id, task_id, ats_no, job_id, status, job_posting_no, created_at)
  select $1::bigint, g.id, 1, g.job, 'SUCCEEDED', 1, 0 from unnest($2::uuid[], $3::text[]) as g(id, job)`;

/** Rows of records under their keys, as the batch engine's own statement takes them. */
export function upsert(
  kind: RecordKind,
  rows: readonly { readonly key: readonly string[]; readonly record: object }[],
): FloorStatement {
  const texts = rows.map(({ key, record }) => {
    const parts = Object.fromEntries(key.map((part, index) => [`$${index}`, part]));
    const id = key.join(' ');
    // Numbers of nineteen digits, which JSON.stringify would round.
    const digest = `,"$high":${hashOf(id, 0)},"$low":${hashOf(id, 1)}}`;
    return JSON.stringify({ ...record, ...parts }).slice(0, -1) + digest;
  });
  return [STATEMENTS[kind].upsert, 1, 1, `[${texts.join(',')}]`];
}

export function event(
  kind: RecordKind,
  keys: readonly (readonly string[])[],
  of: { readonly candidateIds?: readonly string[]; readonly jobIds?: readonly string[] } = {},
): FloorStatement {
  const payload = {
    atsNo: 1,
    kind,
    change: 'upsert',
    keys,
    candidateIds: [],
    jobIds: [],
    memberIds: [],
    ...of,
  };
  return [EVENT, JSON.stringify(payload)];
}

/** Keys of candidates' identifiers: so many a candidate. */
export function candidateKeys(
  candidates: readonly { readonly id: string; readonly identifiers: number }[],
): FloorStatement {
  const keys = candidates.flatMap(({ id, identifiers }) =>
    Array.from({ length: identifiers }, (_, n) => [id, hashOf(id, n)] as const),
  );
  return [KEYS, keys.map(([id]) => id), keys.map(([, key]) => key), keys.map(([id]) => hashOf(id, -1))];
}

/** Links, and their log. */
export function matches(candidateIds: readonly string[]): FloorStatement {
  return [MATCHES, candidateIds, JSON.stringify(REASONS), JSON.stringify(EVIDENCE)];
}

export function documents(linkedIds: readonly string[]): FloorStatement {
  return [DOCUMENTS, linkedIds];
}

/** What is left to be done behind the commit: of these a second look, of those the counting of an identifier. */
export function work(candidateIds: readonly string[], linkedIds: readonly string[]): FloorStatement {
  const keys = linkedIds.map((id) => [hashOf(id, 0), false, [id]]);
  return [
    WORK,
    [JSON.stringify({ atsNo: 1, candidateIds }), JSON.stringify({ what: 'keys', atsNo: 1, keys })],
  ];
}

export function applicants(
  applications: readonly { readonly candidateId: string; readonly jobId: string }[],
): FloorStatement {
  return [
    APPLICANTS,
    applications.map(({ candidateId }) => candidateId),
    applications.map(({ jobId }) => jobId),
  ];
}

export function tasks(jobIds: readonly string[]): FloorStatement {
  return [TASKS, jobIds.map(() => crypto.randomUUID()), jobIds];
}

/** The n-th identifier of a candidate, spread over all numbers as a hash is. */
function hashOf(id: string, n: number): string {
  let hash = BigInt(n + 1);
  for (const char of id)
    hash = BigInt.asIntN(
      64,
      (hash ^ BigInt(char.codePointAt(0) ?? 0)) * 0x100000001b3n + 0x9e3779b97f4a7c15n,
    );
  return String(hash);
}

export async function floorSender(url: string, tenantId: number, floor: Floor, connections: number) {
  const clients = Array.from({ length: connections }, () => postgres(url, { max: 1 }));
  const lines = await Promise.all(clients.map((client) => client.reserve()));
  const send = async (batch: FloorBatch, connection: number): Promise<void> => {
    const line = lines[connection];
    if (!line) throw new Error('no such connection');
    const written = floor === 'bareUpsert' ? batch.slice(0, 1) : batch;
    await Promise.all([
      line.unsafe(`begin; set local carrick.tenant_id = ${tenantId}`),
      ...written.map(([text, ...params]) =>
        line.unsafe(text, [tenantId, ...params] as never[], { prepare: true }),
      ),
      line.unsafe('commit'),
    ]);
  };
  const close = async () => {
    for (const line of lines) line.release();
    await Promise.all(clients.map((client) => client.end()));
  };
  return { send, close };
}
