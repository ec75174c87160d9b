import type { Tx } from '../kernel/db.ts';
import type { AtsScope, RecordBatch, RecordHook } from '../records/index.ts';
import { int8Array, type KeyRow } from './key-rows.ts';
import type { Matcher } from './matcher.ts';
import { appendRematch } from './rematch-work.ts';

interface Brought {
  readonly candidateId: string;
  readonly email: string;
}

/**
 * The address in an application is evidence of its candidate. Most applications carry the one that the candidate has already, and
 * then nothing follows; of the others the candidates are decided anew behind the commit. An application may come before its
 * candidate: whose batch is under way then does not see it, which is why the work is late.
 */
export function applicationHook(matcher: Matcher): RecordHook {
  const prepared = new WeakMap<object, Promise<readonly Brought[]>>();

  const keysOf = (scope: AtsScope, { candidateId, email }: Brought): KeyRow[] =>
    matcher
      .keysOfCandidate(scope, { emailAddresses: [email] })
      .map(({ key, kind }) => ({ owner: candidateId, key, kind }));

  return {
    kinds: ['application'],

    before(tx, batch) {
      const former = formerlyBrought(tx, batch);
      prepared.set(batch.items, former);
      return former;
    },

    async after(tx, batch) {
      const former = await prepared.get(batch.items);
      if (!former) throw new Error('a batch was not announced before it was written');
      const now = broughtBy(batch);
      const identity = ({ candidateId, email }: Brought) => JSON.stringify([candidateId, email]);
      const before = new Set(former.map(identity));
      const after = new Set(now.map(identity));
      const gone = former.filter((each) => !after.has(identity(each))).flatMap((each) => keysOf(batch, each));
      const come = now.filter((each) => !before.has(identity(each))).flatMap((each) => keysOf(batch, each));
      const unknown = come.length > 0 ? await unknownOwners(tx, batch, come) : [];
      const candidateIds = [...new Set([...gone.map(({ owner }) => owner), ...unknown])];
      if (candidateIds.length > 0)
        await appendRematch(matcher, tx, batch, candidateIds, { cause: 'application', gone, isLate: true });
    },
  };
}

function broughtBy({ change, items }: RecordBatch): Brought[] {
  if (change === 'delete') return [];
  return items.flatMap(({ record }) => {
    const { atsCandidateId: candidateId, candidateEmail: email } = record ?? {};
    return typeof candidateId === 'string' && typeof email === 'string' ? [{ candidateId, email }] : [];
  });
}

/** The lock is the one of applicants: whoever changes the same applications waits, and then reads what we wrote. */
async function formerlyBrought(tx: Tx, { tenantId, atsNo, items }: RecordBatch): Promise<Brought[]> {
  const ids = items.map(({ key }) => key[0] ?? '');
  const [, rows] = await Promise.all([
    tx`select lock_applicants(${tenantId}, ${atsNo}, 'application', ${ids}::text[])`.send(),
    tx<{ candidate_id: string; candidate_email: string }>`
      select candidate_id, candidate_email from application
      where tenant_id = ${tenantId} and ats_no = ${atsNo} and id = any(${ids}::text[])
        and candidate_id is not null and candidate_email is not null`.send(),
  ]);
  return rows.map((row) => ({ candidateId: row.candidate_id, email: row.candidate_email }));
}

/** Candidates who are not known under these keys. */
async function unknownOwners(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  keys: readonly KeyRow[],
): Promise<string[]> {
  const rows = await tx<{ owner: string }>`
    select distinct g.owner
    from unnest(
      ${keys.map(({ owner }) => owner)}::text[], ${int8Array(keys.map(({ key }) => key))}::bigint[],
      ${int8Array(keys.map(({ kind }) => kind))}::smallint[]
    ) as g(owner, key, kind)
    where (
      select k.kind from candidate_key k
      where k.tenant_id = ${tenantId} and k.key = g.key and k.ats_no = ${atsNo} and k.candidate_id = g.owner and k.kind = g.kind
    ) is null`;
  return rows.map(({ owner }) => owner);
}
