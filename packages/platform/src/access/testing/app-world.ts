import type { RecordKind } from '@carrick/protocol';
import { pino } from 'pino';
import { adminRoutes } from '../../admin/index.ts';
import { configOf } from '../../config.ts';
import { erasureRoutes } from '../../erasure/index.ts';
import { firstStepRoutes } from '../../first-steps/index.ts';
import { jobRoutes } from '../../jobs/index.ts';
import { FakeClock } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { createHttpEdge, type Route } from '../../kernel/http.ts';
import { type Outbox, openOutbox } from '../../kernel/outbox.ts';
import { trustedProxies } from '../../kernel/proxies.ts';
import { type TestDatabase, testDatabase, testKeys } from '../../kernel/testing.ts';
import { liveRoutes, matchNews } from '../../live/index.ts';
import { matchingHooks } from '../../matching/index.ts';
import { importMembers } from '../../members/index.ts';
import { peopleFileRoutes } from '../../people-file/index.ts';
import { profileRoutes } from '../../profile/index.ts';
import { projectRoutes } from '../../projects/index.ts';
import { applyBatch, RECORDS_LANE, type RecordStore, type RecordsEvent } from '../../records/index.ts';
import { reviewRoutes } from '../../review/index.ts';
import {
  applicantMatchHook,
  applicantRecordHook,
  applicantStageHook,
  memberDocumentHook,
  savedSearchRoutes,
  searchRoutes,
} from '../../search/index.ts';
import { accountRoutes, mailResets, PASSWORD_LANE, sessionRoutes } from '../../session/index.ts';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  createSeat,
  openToEverySeat,
  type Seat,
  setIntegrationStatus,
} from '../../tenancy/index.ts';

export const PASSWORD = 'a long enough password';

/** One organisation with a contract and ATSs, as a customer has it. */
export interface Company {
  readonly tenantId: number;
  readonly urn: string;
  readonly contractId: number;
  /** Adds an ATS whose indicator is enabled; `isOpen`: jobs without an ACL are opened to every seat. */
  addAts(name: string, options?: { isOpen?: boolean }): Promise<AtsSide>;
  addSeat(
    name: string,
    options?: { memberExternalId?: string; isAdmin?: boolean; contractId?: number },
  ): Promise<Seat>;
  /** Whether the company's contract does without the bare indicator. */
  setStrict(isStrict: boolean): Promise<void>;
}

/** The door of one ATS: records as they come from the wire. */
export interface AtsSide {
  readonly atsNo: number;
  /** As a posting task does when it is done. */
  putJob(id: string, job?: { title?: string; isClosed?: boolean; isRestricted?: boolean }): Promise<void>;
  put(kind: RecordKind, key: readonly (string | number)[], record?: unknown): Promise<void>;
  remove(kind: RecordKind, key: readonly (string | number)[]): Promise<void>;
  /** As the matcher does: stores the link and tells the projection. */
  link(candidateId: string, memberId: number): Promise<void>;
}

/** A signed-in browser. */
export interface Browser {
  readonly cookie: string;
  get(path: string): Promise<Response>;
  /** The body of a 200. */
  read<Answer>(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Response>;
}

/** A platform with the app's doors only, on a database of its own, at a clock that stands still. */
export interface AppWorld {
  readonly ctx: Context;
  readonly clock: FakeClock;
  readonly outbox: Outbox;
  readonly baseUrl: string;
  readonly database: TestDatabase;
  addCompany(name: string): Promise<Company>;
  /** @returns member ids by external id */
  addMembers(lines: readonly object[]): Promise<Map<string, number>>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  signIn(email: string, seatId?: string): Promise<Browser>;
  close(): Promise<void>;
}

export async function openAppWorld({
  publicUrl = null,
  proxies = [],
}: {
  publicUrl?: string | null;
  /** Networks whose forwarding headers are believed. */
  proxies?: readonly string[];
} = {}): Promise<AppWorld> {
  const database = await testDatabase();
  const clock = new FakeClock();
  const log = pino({ level: 'silent' });
  const ctx: Context = {
    config: configOf({ publicUrl, mailbox: true }),
    db: database.db,
    clock,
    log,
    keys: testKeys,
  };
  const outbox = openOutbox(database.db, clock, log);
  const edge = createHttpEdge(log, () => {}, { publicUrl, proxies: trustedProxies(proxies) });
  const { port } = await edge.listen('127.0.0.1', 0);
  const quiet: Outbox = { ...outbox, signal: () => {} };
  const links = { ctx, outbox: quiet, baseUrl: `http://127.0.0.1:${port}` };
  outbox.work(PASSWORD_LANE, mailResets(links));
  const routes: Route[] = [
    ...sessionRoutes(ctx),
    ...accountRoutes(links, []),
    ...firstStepRoutes(ctx),
    ...searchRoutes(ctx),
    ...savedSearchRoutes(ctx),
    ...peopleFileRoutes(ctx),
    ...profileRoutes(ctx),
    ...jobRoutes(ctx),
    ...projectRoutes({ ctx, outbox: quiet }),
    ...reviewRoutes(ctx, quiet, matchingHooks(ctx, quiet, [applicantMatchHook, matchNews(quiet)]).decisions),
    ...adminRoutes(ctx, quiet),
    ...erasureRoutes({ ctx, ownerUrl: database.ownerUrl, outbox: quiet }),
    ...liveRoutes(ctx, outbox),
  ];
  edge.open(routes);
  const baseUrl = `http://127.0.0.1:${port}`;
  const store: RecordStore = { ctx, outbox: quiet, hooks: [applicantRecordHook, applicantStageHook] };

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${baseUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-carrick': '1', ...headers },
      body: JSON.stringify(body),
    });

  return {
    ctx,
    clock,
    outbox,
    baseUrl,
    database,
    post,
    async addCompany(name) {
      const { tenantId, urn } = await createOrganisation(ctx, { name });
      const { contractId } = await createContract(ctx, tenantId, { name: `${name} hiring` });
      return {
        tenantId,
        urn,
        contractId,
        addAts: (atsName, options) => addAts(store, { tenantId, urn, name: atsName }, options),
        addSeat: (seatName, options = {}) => {
          const [firstName = '', lastName = ''] = seatName.split(' ');
          const email = `${seatName.toLowerCase().replaceAll(' ', '.')}@${name.toLowerCase()}.example`;
          const seat = {
            contractId,
            email,
            password: PASSWORD,
            firstName,
            lastName,
            isAdmin: false,
            ...options,
          };
          return createSeat(ctx, [], tenantId, seat);
        },
        setStrict: (isStrict) => setStrict(ctx, { tenantId, contractId }, isStrict),
      };
    },
    async addMembers(lines) {
      const ids = new Map<string, number>();
      const source = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      const summary = await importMembers(ctx, oneChunk(source), {
        hooks: [memberDocumentHook],
        onMember: (memberId, externalId) => ids.set(externalId, memberId),
      });
      if (summary.refused > 0) throw new Error(`refused members: ${JSON.stringify(summary.reasons)}`);
      return ids;
    },
    async signIn(email, seatId) {
      const response = await post('/app/api/sign-in', {
        email,
        password: PASSWORD,
        ...(seatId ? { seatId } : {}),
      });
      const cookie = response.headers.get('set-cookie')?.split(';')[0];
      if (!cookie) throw new Error(`no session: ${response.status} ${await response.text()}`);
      const get = (path: string) => fetch(`${baseUrl}${path}`, { headers: { cookie } });
      return {
        cookie,
        get,
        post: (path, body) => post(path, body, { cookie }),
        async read<Answer>(path: string) {
          const answer = await get(path);
          if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
          return (await answer.json()) as Answer;
        },
      };
    },
    async close() {
      await edge.close();
      await outbox.stop();
      await database.drop();
    },
  };
}

async function* oneChunk(text: string): AsyncGenerator<string> {
  yield text;
}

export async function setStrict(
  ctx: Context,
  { tenantId, contractId }: { tenantId: number; contractId: number },
  isStrict: boolean,
): Promise<void> {
  await ctx.db.pipeline(tenantId, (tx) => [
    tx`delete from contract_switch where tenant_id = ${tenantId} and feature = 'bare-indicator'`,
    tx`insert into contract_switch (tenant_id, contract_id, feature, is_on, changed_at)
       select ${tenantId}, ${contractId}, 'bare-indicator', false, 0 where ${isStrict}`,
  ]);
}

/** An ATS of the organisation whose indicator is enabled. */
export async function addAts(
  store: RecordStore,
  { tenantId, urn, name }: { tenantId: number; urn: string; name: string },
  { isOpen = false }: { isOpen?: boolean } = {},
): Promise<AtsSide> {
  const { ctx } = store;
  const { atsNo } = await createCustomerApplication(ctx, { tenantId, name });
  const scope = { tenantId, atsNo };
  await setIntegrationStatus(ctx, scope, [{ type: 'IN_ATS_INDICATOR', contextUrn: urn }], 'ENABLED');
  if (isOpen) await openToEverySeat(ctx, scope, urn);

  async function apply(
    kind: RecordKind,
    change: 'upsert' | 'delete',
    key: readonly (string | number)[],
    record?: unknown,
  ) {
    const item = { key: key.map(String), ...(change === 'upsert' ? { record: record ?? {} } : {}) };
    const outcomes = await applyBatch(store, scope, kind, change, [item]);
    for (const outcome of outcomes.values()) {
      if (outcome.status !== 204) throw new Error(`${kind} ${key.join(' ')}: ${JSON.stringify(outcome)}`);
    }
  }
  return {
    atsNo,
    putJob: (id, { title = 'Account Manager', isClosed = false, isRestricted = false } = {}) =>
      ctx.db.transaction(tenantId, async (tx) => {
        await tx`
          insert into job (
            tenant_id, ats_no, id, title, description, company_apply_url, listed_at, state, availability, access_restricted, received_at
          )
          values (
            ${tenantId}, ${atsNo}, ${id}, ${title}, '', 'https://jobs.example.com', ${AT}, ${isClosed ? 'CLOSED' : 'LISTED'},
            'PRIVATE_TO_ATS_INTEGRATION', ${isRestricted}, ${ctx.clock.now()}
          )
          on conflict (tenant_id, ats_no, id) do update
          set title = excluded.title, state = excluded.state, access_restricted = excluded.access_restricted`;
        const event: RecordsEvent = {
          atsNo,
          kind: 'job',
          change: 'upsert',
          keys: [[id]],
          candidateIds: [],
          jobIds: [id],
          memberIds: [],
        };
        await store.outbox.append(tx, RECORDS_LANE, event);
      }),
    put: (kind, key, record) => apply(kind, 'upsert', key, record),
    remove: (kind, key) => apply(kind, 'delete', key),
    link: (candidateId, memberId) =>
      ctx.db.transaction(tenantId, async (tx) => {
        await tx`
          insert into automatic_match (tenant_id, ats_no, candidate_id, member_id, reasons, decided_at)
          select ${tenantId}, ${atsNo}, c.id, ${memberId}, '["email"]', ${ctx.clock.now()}
          from candidate c where c.tenant_id = ${tenantId} and c.ats_no = ${atsNo} and c.id = ${candidateId}
          on conflict (tenant_id, ats_no, candidate_id) do update set member_id = excluded.member_id`;
        const changes = {
          ...scope,
          isOfBatch: false,
          candidateIds: [candidateId],
          memberIds: [memberId],
          formerMemberIds: [],
        };
        await tx.flight([
          ...applicantMatchHook.after(tx, changes),
          ...matchNews(store.outbox).after(tx, changes),
        ]);
      }),
  };
}

const AT = Date.UTC(2018, 0, 3);
const MODIFIED_AT = Date.UTC(2025, 0, 1);

/** Records with everything required; give what matters. */
export const aCandidate = (given: object = {}) => ({
  atsCreatedAt: AT,
  atsLastModifiedAt: MODIFIED_AT,
  firstName: 'Ada',
  lastName: 'Novak',
  emailAddresses: ['ada@example.com'],
  ...given,
});
export const anApplication = (atsCandidateId: string, atsJobPostingId: string, given: object = {}) => ({
  atsCandidateId,
  atsJobPostingId,
  atsJobPostingName: 'Account Manager',
  atsCreatedAt: AT,
  atsLastModifiedAt: MODIFIED_AT,
  firstName: 'Ada',
  lastName: 'Novak',
  ...given,
});
