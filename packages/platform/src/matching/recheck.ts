import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import { int8Array } from './key-rows.ts';
import { KEY_KINDS } from './keys.ts';
import { shareDirectory } from './locks.ts';
import type { Matcher } from './matcher.ts';
import type { KeysWork } from './rematch-work.ts';
import { settleStored } from './settle-stored.ts';
import { candidatesWithKeys, readCandidates } from './stored-candidates.ts';

/** An identifier under this many family names is a household's, an office's or an agency's. */
const SHARED_FAMILIES = 3;
/** So many candidates of a key are looked at to count its names. */
const MOST_COUNTED = 1_000;
const CHUNK = 200;

interface FamiliesRow {
  readonly key: string;
  readonly families: number;
  readonly is_shared: boolean;
  readonly is_weak: boolean;
}

/**
 * Counts the family names under each key, in one organisation. A key that crosses the limit, either way, has all its candidates
 * decided anew; of the others only those who were decided under another opinion of it. One at a time in an organisation, so that
 * whoever comes second sees what the first has made of a key.
 */
export async function recheck(matcher: Matcher, tx: Tx, scope: AtsScope, { keys }: KeysWork): Promise<void> {
  const { tenantId } = scope;
  await tx`select pg_advisory_xact_lock(hashtextextended(${`recheck ${tenantId}`}, 0))`;
  const counted = await tx<FamiliesRow>`
    select * from key_families(${tenantId}, ${int8Array(keys.map(([key]) => key))}::bigint[], ${MOST_COUNTED})`;
  const byKey = new Map(counted.map((row) => [row.key, row]));
  const come = counted
    .filter((row) => row.families >= SHARED_FAMILIES && !row.is_shared)
    .map(({ key }) => key);
  const gone = counted.filter((row) => row.families < SHARED_FAMILIES && row.is_shared).map(({ key }) => key);
  const disagreed = keys.flatMap(([key, wasWeak, ids]) => (byKey.get(key)?.is_weak === wasWeak ? [] : ids));
  if (come.length + gone.length + disagreed.length === 0) return;

  await shareDirectory(tx);
  const crossed = [...gone];
  for (const key of come)
    if ((await trueFamilies(matcher, tx, tenantId, key)) >= SHARED_FAMILIES) crossed.push(key);
  await writeShared(
    tx,
    tenantId,
    crossed.filter((key) => !gone.includes(key)),
    matcher.ctx.clock.now(),
  );
  if (gone.length > 0)
    await tx`
      delete from weak_identifier
      where tenant_id = ${tenantId} and key = any(${int8Array(gone)}::bigint[]) and reason = 'SHARED'`;
  const affected = await candidatesWithKeys(tx, tenantId, crossed);
  affected.set(scope.atsNo, [...new Set([...(affected.get(scope.atsNo) ?? []), ...disagreed])]);
  for (const [atsNo, ids] of affected)
    for (let i = 0; i < ids.length; i += CHUNK)
      await settleStored(matcher, tx, { tenantId, atsNo }, ids.slice(i, i + CHUNK), {
        cause: 'identifier',
        isRechecked: false,
      });
}

/**
 * By the candidates themselves: a key row may be one too many (locks.ts), and the ones that are do not count.
 */
async function trueFamilies(matcher: Matcher, tx: Tx, tenantId: number, key: string): Promise<number> {
  const families = new Set<string>();
  for (const [atsNo, ids] of await candidatesWithKeys(tx, tenantId, [key])) {
    for (let i = 0; i < ids.length && families.size < SHARED_FAMILIES; i += CHUNK) {
      const scope = { tenantId, atsNo };
      for (const { id, fields } of await readCandidates(tx, scope, ids.slice(i, i + CHUNK))) {
        const candidate = matcher.candidate(scope, id, fields);
        if (candidate.family !== '0' && candidate.keys.some((own) => own.key === key))
          families.add(candidate.family);
      }
    }
  }
  return families.size;
}

async function writeShared(tx: Tx, tenantId: number, keys: readonly string[], now: number): Promise<void> {
  if (keys.length === 0) return;
  await tx`
    insert into weak_identifier (tenant_id, key, reason, kind, noted_at)
    select ${tenantId}, g.key, 'SHARED',
           coalesce((select k.kind from candidate_key k where k.tenant_id = ${tenantId} and k.key = g.key limit 1), ${KEY_KINDS.email}),
           ${now}
    from unnest(${int8Array(keys)}::bigint[]) as g(key)
    order by g.key
    on conflict do nothing`;
}
