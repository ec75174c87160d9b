import type { Context } from '../../kernel/context.ts';
import type { Statement, Tx } from '../../kernel/db.ts';
import { type Outbox, openOutbox } from '../../kernel/outbox.ts';
import { type TestDatabase, testContext, testDatabase } from '../../kernel/testing.ts';
import { type ImportSummary, importMembers, memberByExternalId } from '../../members/index.ts';
import { type AtsScope, applyBatch, type SyncItem } from '../../records/index.ts';
import { createOrganisation } from '../../tenancy/index.ts';
import { type MatchHook, type MatchingHooks, matchedMembers, matchingHooks } from '../index.ts';

type Change = Parameters<MatchHook['after']>[1];

/** A database with batch engine, directory and matching joined as the composition root joins them. */
export interface World {
  readonly ctx: Context;
  readonly outbox: Outbox;
  readonly hooks: MatchingHooks;
  /** What match hooks were told, in order; emptied by the test. */
  readonly told: Change[];
  /** What the match hook answers with. */
  readonly listener: { answer(tx: Tx): readonly Statement[] };
  organisation(): Promise<number>;
  importLines(lines: readonly object[]): Promise<ImportSummary>;
  put(scope: AtsScope, items: readonly SyncItem[]): Promise<void>;
  /** Applications, by id: whose, and with which address. */
  apply(scope: AtsScope, applications: Readonly<Record<string, Applied>>): Promise<void>;
  withdraw(scope: AtsScope, ids: readonly string[]): Promise<void>;
  /** Who is proposed for each candidate, the best first, as external ids of members. */
  proposals(scope: AtsScope): Promise<Record<string, string[]>>;
  remove(scope: AtsScope, ids: readonly string[]): Promise<void>;
  memberId(externalId: string): Promise<number>;
  /** Automatic links by candidate, as external ids of members. */
  links(scope: AtsScope): Promise<Record<string, string>>;
  matched: (scope: AtsScope, ids: readonly string[]) => ReturnType<typeof matchedMembers>;
}

/** A world with a database of its own. */
export interface OpenedWorld extends World {
  readonly database: TestDatabase;
  close(): Promise<void>;
}

interface Applied {
  readonly of: string;
  readonly email: string;
}

export async function openWorld(): Promise<OpenedWorld> {
  const database = await testDatabase();
  const ctx = testContext(database);
  const world = joinWorld(ctx);
  return {
    ...world,
    database,
    async close() {
      await world.outbox.stop();
      await database.drop();
    },
  };
}

/** On a database that is there. */
export function joinWorld(ctx: Context): World {
  const { db } = ctx;
  const outbox = openOutbox(db, ctx.clock, ctx.log);
  const told: Change[] = [];
  const listener: World['listener'] = { answer: () => [] };
  const hooks = matchingHooks(ctx, outbox, [
    {
      after(tx, change) {
        told.push(change);
        return listener.answer(tx);
      },
    },
  ]);
  hooks.work();
  const store = { ctx, outbox, hooks: hooks.records };

  return {
    ctx,
    outbox,
    hooks,
    told,
    listener,
    organisation: async () => (await createOrganisation(ctx, { name: 'Flexis' })).tenantId,
    importLines: (lines) => importMembers(ctx, jsonLines(lines), { hooks: [hooks.member] }),
    async put(scope, items) {
      const outcomes = await applyBatch(store, scope, 'candidate', 'upsert', items);
      for (const outcome of outcomes.values())
        if (outcome.status !== 204) throw new Error(JSON.stringify(outcome));
    },
    async remove(scope, ids) {
      await applyBatch(
        store,
        scope,
        'candidate',
        'delete',
        ids.map((id) => ({ key: [id] })),
      );
    },
    async apply(scope, applications) {
      const items = Object.entries(applications).map(([id, { of, email }]) => application(id, of, email));
      const outcomes = await applyBatch(store, scope, 'application', 'upsert', items);
      for (const outcome of outcomes.values())
        if (outcome.status !== 204) throw new Error(JSON.stringify(outcome));
    },
    async withdraw(scope, ids) {
      await applyBatch(
        store,
        scope,
        'application',
        'delete',
        ids.map((id) => ({ key: [id] })),
      );
    },
    async proposals({ tenantId, atsNo }) {
      const rows = await db.read(
        tenantId,
        async (tx) => tx<{ id: string; members: string[] }>`
          select p.candidate_id as id, array_agg(m.external_id order by p.weight desc, m.external_id) as members
          from match_proposal p join member m using (member_id)
          where p.tenant_id = ${tenantId} and p.ats_no = ${atsNo} group by p.candidate_id`,
      );
      return Object.fromEntries(rows.map(({ id, members }) => [id, members]));
    },
    async memberId(externalId) {
      const id = await db.read(null, (tx) => memberByExternalId(tx, externalId));
      if (id === null) throw new Error(`no member ${externalId}`);
      return id;
    },
    async links({ tenantId, atsNo }) {
      const rows = await db.read(
        tenantId,
        async (tx) => tx<{ id: string; member: string }>`
          select a.candidate_id as id, m.external_id as member from automatic_match a join member m using (member_id)
          where a.tenant_id = ${tenantId} and a.ats_no = ${atsNo} order by a.candidate_id`,
      );
      return Object.fromEntries(rows.map(({ id, member }) => [id, member]));
    },
    matched: (scope, ids) => db.read(scope.tenantId, (tx) => matchedMembers(tx, scope, ids)),
  };
}

async function* jsonLines(lines: readonly object[]): AsyncGenerator<string> {
  for (const line of lines) yield `${JSON.stringify(line)}\n`;
}

/** A valid candidate for a PUT. */
export function candidate(
  id: string,
  fields: Record<string, unknown> = {},
  manualMember?: number | null,
): SyncItem {
  const record = {
    atsCreatedAt: 1_700_000_000_000,
    atsLastModifiedAt: 1_700_000_000_000,
    firstName: 'Jane',
    lastName: 'Doe',
    emailAddresses: [],
    ...fields,
  };
  return { key: [id], record, ...(manualMember === undefined ? {} : { manualMember }) };
}

function application(id: string, candidateId: string, candidateEmail: string): SyncItem {
  const record = {
    atsCandidateId: candidateId,
    atsJobPostingId: 'job',
    atsJobPostingName: 'A job',
    atsCreatedAt: 1_700_000_000_000,
    atsLastModifiedAt: 1_700_000_000_000,
    firstName: 'Jane',
    lastName: 'Doe',
    candidateEmail,
  };
  return { key: [id], record };
}
