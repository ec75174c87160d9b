import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import { int8Array } from './key-rows.ts';
import type { Matcher } from './matcher.ts';
import { appendRematch } from './rematch-work.ts';
import { candidatesWithKeys } from './stored-candidates.ts';

export interface CarryingKey {
  readonly key: string;
  readonly kind: number;
}

/** The identifiers that candidate and member have in common: those a link between them rests on. */
export async function carryingKeys(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  { candidateId, memberId }: { readonly candidateId: string; readonly memberId: number },
): Promise<CarryingKey[]> {
  const rows = await tx<CarryingKey>`
    select distinct m.key::text as key, m.kind
    from member_key m
    cross join lateral (
      select from candidate_key k
      where k.tenant_id = ${tenantId} and k.key = m.key and k.kind = m.kind and k.ats_no = ${atsNo} and k.candidate_id = ${candidateId}
      offset 0
    ) k
    where m.member_id = ${memberId}
    order by 1`;
  return [...rows];
}

/** An identifier that carried a link which a person undid is one no more in this organisation: what rests on it is decided anew. */
export async function markSuspects(
  matcher: Matcher,
  tx: Tx,
  tenantId: number,
  keys: readonly CarryingKey[],
): Promise<void> {
  await tx`
    insert into weak_identifier (tenant_id, key, reason, kind, noted_at)
    select ${tenantId}, g.key, 'SUSPECT', g.kind, ${matcher.ctx.clock.now()}
    from unnest(${int8Array(keys.map(({ key }) => key))}::bigint[], ${int8Array(keys.map(({ kind }) => kind))}::smallint[]) as g(key, kind)
    order by g.key
    on conflict do nothing`;
  await rematchHolders(
    matcher,
    tx,
    tenantId,
    keys.map(({ key }) => key),
  );
}

/** The undoing was lifted; other undone links may rest on the same identifier. */
export async function forgetSuspects(
  matcher: Matcher,
  tx: Tx,
  tenantId: number,
  keys: readonly string[],
): Promise<void> {
  await tx`
    delete from weak_identifier w
    where w.tenant_id = ${tenantId} and w.key = any(${int8Array(keys)}::bigint[]) and w.reason = 'SUSPECT'
      and not exists (
        select from match_decision d
        where d.tenant_id = ${tenantId} and d.lifted_at is null and d.verdict = 'UNLINK' and w.key = any(d.suspect_keys)
      )`;
  await rematchHolders(matcher, tx, tenantId, keys);
}

async function rematchHolders(
  matcher: Matcher,
  tx: Tx,
  tenantId: number,
  keys: readonly string[],
): Promise<void> {
  for (const [atsNo, ids] of await candidatesWithKeys(tx, tenantId, keys))
    await appendRematch(matcher, tx, { tenantId, atsNo }, ids, { cause: 'verdict' });
}
