import postgres from 'postgres';
import { STATEMENTS } from '../../packages/platform/src/records/statements.ts';
import type { Candidate } from './people.ts';

/**
 * What the database alone can take: the same rows by postgres.js, everything written beforehand, one flight a transaction.
 * `bareUpsert` writes the candidates only; `sameTables` all rows that the server writes for them.
 */
export type Floor = 'bareUpsert' | 'sameTables';

export interface FloorBatch {
  readonly rows: string;
  readonly owners: readonly string[];
  readonly keys: readonly string[];
  readonly matched: readonly string[];
  readonly event: string;
}

/** The n-th identifier of a candidate, spread over all numbers as a hash is. */
const hashOf = (id: string, n: number): string => {
  let hash = BigInt(n + 1);
  for (const char of id)
    hash = BigInt.asIntN(
      64,
      (hash ^ BigInt(char.codePointAt(0) ?? 0)) * 0x100000001b3n + 0x9e3779b97f4a7c15n,
    );
  return String(hash);
};

export function floorBatch(candidates: readonly Candidate[]): FloorBatch {
  const keys = candidates.flatMap(({ id, identifiers }) =>
    Array.from({ length: identifiers }, (_, n) => [id, hashOf(id, n)] as const),
  );
  const ids = candidates.map(({ id }) => id);
  return {
    rows: JSON.stringify(candidates.map(({ id, record }) => ({ $0: id, ...record }))),
    owners: keys.map(([id]) => id),
    keys: keys.map(([, key]) => key),
    matched: candidates.filter(({ isMatched }) => isMatched).map(({ id }) => id),
    event: JSON.stringify({
      atsNo: 1,
      kind: 'candidate',
      change: 'upsert',
      keys: ids.map((id) => [id]),
      candidateIds: ids,
      jobIds: [],
      memberIds: [],
    }),
  };
}

const KEYS = `insert into candidate_key (tenant_id, key, kind, ats_no, candidate_id)
  select $1::bigint, g.key, 1, 1, g.id from unnest($2::text[], $3::bigint[]) as g(id, key) order by g.key, g.id on conflict do nothing`;
const MATCHES = `insert into automatic_match (tenant_id, ats_no, candidate_id, member_id, reasons, decided_at)
  select $1::bigint, 1, g.id, 1, '["EMAIL"]', 0 from unnest($2::text[]) as g(id) order by g.id on conflict (tenant_id, ats_no, candidate_id)
  do update set member_id = excluded.member_id, reasons = excluded.reasons, decided_at = excluded.decided_at`;
const EVENT = `insert into outbox (tenant_id, lane, payload, created_at) values ($1, 'floor', $2::text::jsonb, 0)`;

export async function floorSender(url: string, tenantId: number, floor: Floor, connections: number) {
  const clients = Array.from({ length: connections }, () => postgres(url, { max: 1 }));
  const lines = await Promise.all(clients.map((client) => client.reserve()));
  const send = async (batch: FloorBatch, connection: number): Promise<void> => {
    const line = lines[connection];
    if (!line) throw new Error('no such connection');
    const prepared = (text: string, params: (string | number | readonly string[])[]) =>
      line.unsafe(text, params as never[], { prepare: true });
    const flight = [
      line.unsafe(`begin; set local carrick.tenant_id = ${tenantId}`),
      prepared(STATEMENTS.candidate.upsert, [tenantId, 1, 1, batch.rows]),
    ];
    if (floor === 'sameTables') {
      flight.push(
        prepared(KEYS, [tenantId, batch.owners, batch.keys]),
        prepared(MATCHES, [tenantId, batch.matched]),
        prepared(EVENT, [tenantId, batch.event]),
      );
    }
    flight.push(line.unsafe('commit'));
    await Promise.all(flight);
  };
  const close = async () => {
    for (const line of lines) line.release();
    await Promise.all(clients.map((client) => client.end()));
  };
  return { send, close };
}
