import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope, RecordBatch, RecordHook } from '../records/index.ts';
import { type EarlyLooks, lookEarly } from './first-look.ts';
import { deleteCandidateKeys, distinctKeys, type KeyRow, keyRows } from './key-rows.ts';
import { type FormerCandidate, holdFormer } from './locks.ts';
import type { MatchCandidate, Matcher } from './matcher.ts';
import type { CandidateFields } from './person.ts';
import { appendRecheck, appendRematch } from './rematch-work.ts';
import { type ManualChange, settle } from './settle.ts';

/** What `before` found out about a batch, for `after`. */
interface Prepared {
  /** None of a deletion. */
  readonly candidates: readonly MatchCandidate[];
  /** Why there are no candidates. */
  readonly failure: unknown;
  readonly former: Promise<readonly FormerCandidate[]>;
  /** None of a deletion. */
  readonly early: Promise<EarlyLooks> | undefined;
  readonly manual: Promise<ManualChange>;
  /** Of a deletion: what applications had brought. */
  readonly brought: Promise<readonly KeyRow[]>;
  /** The organisation's country was not known when the keys were made. */
  readonly isProvisional: boolean;
}

/** In Tx.leftOut. */
const MATCHING = 'matching';

/**
 * Matching's part in a batch of candidates: in its transaction. An error of ours costs the batch nothing: the transaction runs
 * again without us, its records are stored and their matching is queued.
 */
export function recordHook(matcher: Matcher): RecordHook {
  // A batch that runs again after a deadlock is prepared again; a batch is known by its items.
  const prepared = new WeakMap<object, Prepared>();
  return {
    kinds: ['candidate'],

    async before(tx, batch) {
      const ids = batch.items.map(({ key }) => key[0] ?? '');
      const { candidates, failure } = tx.leftOut.has(MATCHING)
        ? {
            candidates: [],
            failure: tx.leftOut.get(MATCHING) ?? new Error('matching failed without a reason'),
          }
        : batch.change === 'upsert'
          ? prepare(matcher, batch)
          : NOTHING;
      const former = holdFormer(tx, batch, ids, distinctKeys(candidates.flatMap(({ keys }) => keys)));
      // Nobody's rows change any more that are read for it: what it finds is made while the batch is written.
      const early = candidates.length > 0 ? lookEarly(matcher, tx, candidates) : undefined;
      early?.catch(() => {}); // where the batch fails before `after` looks at this
      const manual = manualChange(tx, batch);
      const brought = batch.change === 'delete' ? broughtKeys(matcher, tx, batch, ids) : Promise.resolve([]);
      const isProvisional = matcher.countries.of(batch.tenantId) === undefined;
      prepared.set(batch.items, { candidates, failure, former, early, manual, brought, isProvisional });
      await Promise.all([former, manual, brought]);
    },

    async after(tx, batch) {
      const known = prepared.get(batch.items);
      if (!known) throw new Error('a batch was not announced before it was written');
      // The collector of young objects holds the values of a weak map, whatever becomes of their keys.
      prepared.delete(batch.items);
      const { candidates, failure, former, early, manual, brought, isProvisional } = known;
      const ids = batch.items.map(({ key }) => key[0] ?? '');
      if (failure !== undefined) {
        await appendRematch(matcher, tx, batch, ids);
        report(matcher, batch, failure);
        return;
      }
      const leaveOut = (error: unknown) => {
        if (!isTransactionOver(error)) tx.leaveOut(MATCHING, error);
      };
      if (batch.change === 'delete') {
        const gone = [
          ...(await former).flatMap(({ id, fields }) => keyRowsOf(matcher, batch, id, fields)),
          ...(await brought),
        ];
        await tx.flight(forgetting(matcher, tx, batch, ids, gone));
        return;
      }
      try {
        const sent = await settle(matcher, tx, batch, candidates, {
          isOfBatch: true,
          areKeysWritten: false,
          manual,
          ...(early ? { early } : {}),
          former: former.then((stored) => keysOfChanged(matcher, batch, stored, candidates)),
        });
        // COMMIT fails with them.
        for (const each of sent) each.catch(leaveOut);
        if (isProvisional) {
          appendRematch(matcher, tx, batch, ids).send().catch(leaveOut);
          void matcher.countries.load(batch.tenantId).catch(() => {}); // the next batch tries again
        }
      } catch (error) {
        leaveOut(error);
        throw error;
      }
    },
  };
}

const NOTHING = { candidates: [], failure: undefined };

function prepare(matcher: Matcher, batch: RecordBatch): Pick<Prepared, 'candidates' | 'failure'> {
  try {
    const candidates = batch.items.map(({ key, record }) =>
      // The record passed the schema of a candidate before any hook saw it.
      matcher.candidate(batch, key[0] ?? '', record as unknown as CandidateFields),
    );
    return { candidates, failure: undefined };
  } catch (failure) {
    return { candidates: [], failure };
  }
}

/** Keys of the candidates as they were stored, but for those that send the same identifiers again. */
function keysOfChanged(
  matcher: Matcher,
  scope: AtsScope,
  stored: readonly FormerCandidate[],
  candidates: readonly MatchCandidate[],
): KeyRow[] {
  if (stored.length === 0) return [];
  const sent = new Map(candidates.map(({ id, fields }) => [id, writtenIdentifiers(fields)]));
  return stored
    .filter(({ id, fields }) => sent.get(id) !== writtenIdentifiers(fields))
    .flatMap(({ id, fields }) => keyRowsOf(matcher, scope, id, fields));
}

const keyRowsOf = (matcher: Matcher, scope: AtsScope, id: string, fields: CandidateFields): KeyRow[] =>
  keyRows([{ id, keys: matcher.keysOfCandidate(scope, fields) }]);

function writtenIdentifiers(fields: CandidateFields): string {
  return JSON.stringify([
    fields.emailAddresses,
    fields.phoneNumbers?.map(({ number }) => number) ?? null,
    fields.phoneNumbers?.length ? (fields.addresses?.map(({ country }) => country ?? null) ?? null) : null,
    fields.linkedInProfileUrl ?? null,
    fields.externalProfileUrl ?? null,
  ]);
}

async function broughtKeys(
  matcher: Matcher,
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  ids: readonly string[],
): Promise<KeyRow[]> {
  const rows = await tx<{ id: string; email: string }>`
    select distinct candidate_id as id, candidate_email as email from application
    where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = any(${ids}::text[]) and candidate_email is not null`.send();
  return rows.flatMap(({ id, email }) =>
    keyRowsOf(matcher, { tenantId, atsNo }, id, { emailAddresses: [email] }),
  );
}

const KEPT_AFTER_DELETION_MS = 90 * 86_400_000;

/** Keys go with their candidate; its links' log keeps a keyed hash of its id, and that for a while only. */
function forgetting(
  matcher: Matcher,
  tx: Tx,
  scope: AtsScope,
  ids: readonly string[],
  gone: readonly KeyRow[],
): Statement[] {
  const { tenantId, atsNo } = scope;
  const forgetAt = matcher.ctx.clock.now() + KEPT_AFTER_DELETION_MS;
  const pseudonyms = ids.map((id) => matcher.keys.pseudonym(`${tenantId} ${atsNo} ${id}`));
  return [
    ...(gone.length > 0 ? [deleteCandidateKeys(tx, scope, gone)] : []),
    tx`
      update match_event e set candidate_id = g.pseudonym, forget_at = ${forgetAt}
      from unnest(${[...ids]}::text[], ${pseudonyms}::text[]) as g(id, pseudonym)
      where e.tenant_id = ${tenantId} and e.ats_no = ${atsNo} and e.candidate_id = any(${[...ids]}::text[]) and e.candidate_id = g.id`,
    ...appendRecheck(matcher, tx, scope, [], gone),
  ];
}

/** Candidates whose manual link this batch sets or lifts, with the members it concerned so far and concerns now. */
async function manualChange(tx: Tx, { tenantId, atsNo, items }: RecordBatch): Promise<ManualChange> {
  const changed = items.filter(({ manualMember }) => manualMember !== undefined);
  const candidateIds = changed.map(({ key }) => key[0] ?? '');
  if (candidateIds.length === 0) return { candidateIds, formerMemberIds: [], memberIds: [] };
  const former = await tx<{ member_id: number }>`
    select member_id from manual_match
    where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = any(${candidateIds}::text[])`.send();
  return {
    candidateIds,
    formerMemberIds: former.map((row) => row.member_id),
    memberIds: changed.flatMap(({ manualMember }) => manualMember ?? []),
  };
}

/** Not of our making: the transaction is to run again anyhow (a deadlock, a failed serialisation), or the batch statement before us failed. */
function isTransactionOver(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ENDINGS.has(String(error.code));
}
const ENDINGS = new Set(['40P01', '40001', '25P02']);

/** Of an error of PostgreSQL only the code: its message and detail quote rows. */
function report({ ctx }: Matcher, { atsNo, items }: RecordBatch, error: unknown): void {
  const cause = error instanceof Error && 'code' in error ? { code: error.code } : { err: error };
  ctx.log.error(
    { ...cause, atsNo, candidates: items.length },
    'candidates were stored but not matched; queued',
  );
}
