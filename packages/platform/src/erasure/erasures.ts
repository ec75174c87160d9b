import { randomUUID } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import { keptBy, signCertificate, subjectHash } from './certificate.ts';
import type { SubjectKind } from './places.ts';
import type { Subject, SubjectRow } from './subject.ts';
import type { Counts } from './sweep.ts';

/** `asked` waits for a person to confirm; `erased` for the files to be written anew; `proved` is the end. */
export type ErasureState = 'asked' | 'confirmed' | 'erased' | 'proved' | 'failed';

export interface Erasure {
  readonly tenantId: number;
  readonly id: string;
  readonly kind: SubjectKind;
  readonly state: ErasureState;
  readonly counts: Counts;
  readonly seatId: number | null;
  readonly askedAt: number;
  readonly confirmedAt: number | null;
  readonly erasedAt: number | null;
  readonly provedAt: number | null;
  readonly failure: string | null;
  readonly certificate: string | null;
  /** Null once it is erased. */
  readonly target: { readonly subject: Subject; readonly row: SubjectRow } | null;
}

/** The lane in which confirmed erasures wait to be done. */
export const ERASURE_LANE = 'erasure';

export function insertErasure(
  { clock }: Pick<Context, 'clock'>,
  tx: Tx,
  {
    subject,
    row,
    counts,
    seatId,
  }: {
    readonly subject: Subject;
    readonly row: SubjectRow;
    readonly counts: Counts;
    readonly seatId: number | null;
  },
): { readonly id: string; readonly statement: Statement } {
  const id = randomUUID();
  return {
    id,
    statement: tx`
      insert into erasure (tenant_id, erasure_id, kind, subject, state, counts, seat_id, asked_at)
      values (${tx.tenantId}, ${id}::uuid, ${subject.kind}, ${JSON.stringify({ subject, row })}::text::jsonb, 'asked',
        ${JSON.stringify(counts)}::text::jsonb, ${seatId}::bigint, ${clock.now()})`,
  };
}

/** Holds the request until the transaction ends. */
export async function holdErasure(tx: Tx, id: string): Promise<Erasure | null> {
  const [row] = await tx<ErasureRow>`
    select * from erasure where tenant_id = ${tx.tenantId} and erasure_id = ${id}::uuid for update`;
  return row ? erasureOf(row) : null;
}

/** Newest first. */
export async function listErasures(tx: Tx, most: number): Promise<Erasure[]> {
  const rows = await tx<ErasureRow>`
    select * from erasure where tenant_id = ${tx.tenantId} order by asked_at desc, erasure_id limit ${most}`;
  return rows.map(erasureOf);
}

export function markConfirmed(tx: Tx, id: string, at: number): Statement {
  return tx`
    update erasure set state = 'confirmed', confirmed_at = ${at}, failure = null
    where tenant_id = ${tx.tenantId} and erasure_id = ${id}::uuid and state in ('asked', 'failed')`;
}

/** What is about to go is counted once more: what came since the request goes too. */
export function noteCounts(
  tx: Tx,
  {
    id,
    counts,
    row,
    subject,
  }: {
    readonly id: string;
    readonly counts: Counts;
    readonly row: SubjectRow;
    readonly subject: Subject;
  },
): Statement {
  return tx`
    update erasure set counts = ${JSON.stringify(counts)}::text::jsonb, subject = ${JSON.stringify({ subject, row })}::text::jsonb
    where tenant_id = ${tx.tenantId} and erasure_id = ${id}::uuid`;
}

export function markErased(
  ctx: Context,
  tx: Tx,
  { id, kind, counts, askedAt, confirmedAt }: Erasure,
  subject: Subject,
): Statement {
  const at = ctx.clock.now();
  const certificate = signCertificate(ctx.keys.certificate, {
    certificate: 'carrick-erasure-1',
    erasure: id,
    kind,
    subject: subjectHash(ctx.keys.certificate, subject),
    askedAt: new Date(askedAt).toISOString(),
    confirmedAt: new Date(confirmedAt ?? at).toISOString(),
    erasedAt: new Date(at).toISOString(),
    filesRewrittenAt: null,
    files: null,
    erased: counts,
    kept: keptBy(kind),
  });
  return tx`
    update erasure set state = 'erased', erased_at = ${at}, subject = '{}', failure = null, certificate = ${certificate}
    where tenant_id = ${tx.tenantId} and erasure_id = ${id}::uuid`;
}

export function markFailed(tx: Tx, id: string, failure: string): Statement {
  return tx`
    update erasure set state = 'failed', failure = ${failure}
    where tenant_id = ${tx.tenantId} and erasure_id = ${id}::uuid and state = 'confirmed'`;
}

export interface ErasureRow {
  tenant_id: number;
  erasure_id: string;
  kind: SubjectKind;
  subject: { subject?: Subject; row?: SubjectRow };
  state: ErasureState;
  counts: Record<string, number>;
  seat_id: number | null;
  asked_at: number;
  confirmed_at: number | null;
  erased_at: number | null;
  proved_at: number | null;
  failure: string | null;
  certificate: string | null;
}

export function erasureOf(row: ErasureRow): Erasure {
  const { subject, row: found } = row.subject;
  return {
    tenantId: row.tenant_id,
    id: row.erasure_id,
    kind: row.kind,
    state: row.state,
    counts: row.counts,
    seatId: row.seat_id,
    askedAt: row.asked_at,
    confirmedAt: row.confirmed_at,
    erasedAt: row.erased_at,
    provedAt: row.proved_at,
    failure: row.failure,
    certificate: row.certificate,
    target: subject && found ? { subject, row: found } : null,
  };
}
