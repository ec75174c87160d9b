import { pino } from 'pino';
import { type Config, configOf } from '../../config.ts';
import type { ConsentChange } from '../../consent/index.ts';
import { type Deployment, openDeployment } from '../../index.ts';
import { FakeClock } from '../../kernel/clock.ts';
import { createHttpEdge } from '../../kernel/http.ts';
import { TEST_MASTER_KEY, type TestDatabase, testDatabase } from '../../kernel/testing.ts';
import {
  mailRoutes,
  NO_ORGANISATION,
  openInbound,
  openMailSender,
  replyAddressesOf,
} from '../../mail/index.ts';
import { startMailServer, type TestMailServer } from '../../mail/testing/smtp-server.ts';
import { importMembers, type MemberRecord, memberByExternalId, readMembers } from '../../members/index.ts';
import { type AtsScope, applyBatch } from '../../records/index.ts';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  createSeat,
  setIntegrationStatus,
} from '../../tenancy/index.ts';
import {
  inviteReply,
  LINK_LANE,
  type MemberPage,
  mailLinks,
  memberPageRoutes,
  type OwnExport,
  openMemberPage,
  takeMailReply,
} from '../index.ts';
import { type TestConversations, testConversations } from './conversations.ts';

export const INBOUND_SECRET = 'the-mail-servers-secret';

export interface TestOrganisation extends AtsScope {
  readonly name: string;
  readonly contractId: number;
  readonly seatId: number;
}

/** A directory, organisations with ATSs, a mail server, and the member's page over HTTP. */
export interface MemberWorld extends Deployment {
  readonly database: TestDatabase;
  readonly clock: FakeClock;
  readonly smtp: TestMailServer;
  readonly page: MemberPage;
  readonly baseUrl: string;
  readonly conversations: TestConversations;
  /** What the exports slice would tell of each member. */
  readonly exported: Map<number, OwnExport[]>;
  readonly consentChanges: ConsentChange[];
  /** Every line that was logged. */
  readonly logged: string[];
  organisation(name: string): Promise<TestOrganisation>;
  bring(...lines: readonly object[]): Promise<void>;
  memberId(externalId: string): Promise<number>;
  member(memberId: number): Promise<MemberRecord>;
  put(scope: AtsScope, id: string, fields: Readonly<Record<string, unknown>>): Promise<void>;
  /** Automatic links: candidate id to member id. */
  links(scope: AtsScope): Promise<Record<string, number>>;
  /** What was asked for is done and what is due is mailed. */
  settle(): Promise<void>;
  /** A conversation that a recruiter began, and the path of the link that was mailed. */
  invite(organisation: TestOrganisation, memberId: number, text?: string): Promise<string>;
  close(): Promise<void>;
}

export async function openMemberWorld(config: Partial<Config> = {}): Promise<MemberWorld> {
  const database = await testDatabase();
  const clock = new FakeClock();
  const smtp = await startMailServer();
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const deployment = await openDeployment(
    configOf({
      databaseUrl: database.ownerUrl,
      masterKey: TEST_MASTER_KEY.toString('hex'),
      smtpUrl: smtp.url,
      replyAddress: 'replies@mail.example.com',
      inboundMailSecret: INBOUND_SECRET,
      memberSeesRecords: true,
      ...config,
    }),
    { clock, log },
  );
  const { ctx, outbox, memberHooks } = deployment;
  const edge = createHttpEdge(log, () => {});
  const { port } = await edge.listen('127.0.0.1', 0);
  const baseUrl = `http://127.0.0.1:${port}`;
  const conversations = testConversations();
  const exported = new Map<number, OwnExport[]>();
  const consentChanges: ConsentChange[] = [];
  const page = openMemberPage(ctx, outbox, {
    baseUrl,
    memberHooks,
    consentHooks: [
      {
        after(_tx, change) {
          consentChanges.push(change);
          return [];
        },
      },
    ],
    conversations,
    exportsOf: async (memberId) => exported.get(memberId) ?? [],
  });
  edge.open([...memberPageRoutes(page), ...mailRoutes(ctx, openInbound(ctx, takeMailReply(page)))]);
  outbox.work(LINK_LANE, mailLinks(page));
  const sender = openMailSender(ctx, outbox);
  let conversationNo = 0;

  const tenants: number[] = [];
  const dueRows = (tenantId: number) =>
    ctx.db.read(tenantId, async (tx) => {
      const [row] = await tx<{ n: number }>`
        select count(*) as n from outbox where lane in ('mail', ${LINK_LANE}) and next_at <= ${clock.now()}`;
      return row?.n ?? 0;
    });

  const world: MemberWorld = {
    ...deployment,
    database,
    clock,
    smtp,
    page,
    baseUrl,
    conversations,
    exported,
    consentChanges,
    logged,
    async organisation(name) {
      const { tenantId, urn } = await createOrganisation(ctx, { name });
      tenants.push(tenantId);
      const { contractId } = await createContract(ctx, tenantId, { name });
      const { atsNo } = await createCustomerApplication(ctx, { name: `${name} ATS`, tenantId });
      await setIntegrationStatus(
        ctx,
        { tenantId, atsNo },
        [{ type: 'IN_ATS_INDICATOR', contextUrn: urn }],
        'ENABLED',
      );
      const { seatId } = await createSeat(ctx, memberHooks, tenantId, {
        contractId,
        email: `rita@${name.toLowerCase().replaceAll(' ', '-')}.example`,
        password: 'a long enough password',
        firstName: 'Rita',
        lastName: 'Żak',
        isAdmin: false,
      });
      return { tenantId, atsNo, name, contractId, seatId };
    },
    async bring(...lines) {
      async function* text() {
        for (const line of lines) yield `${JSON.stringify(line)}\n`;
      }
      await importMembers(ctx, text(), { hooks: memberHooks });
    },
    async memberId(externalId) {
      const id = await ctx.db.read(null, (tx) => memberByExternalId(tx, externalId));
      if (id === null) throw new Error(`no member ${externalId}`);
      return id;
    },
    async member(memberId) {
      const found = (await ctx.db.read(null, (tx) => readMembers(tx, [memberId]))).get(memberId);
      if (!found) throw new Error(`no member ${memberId}`);
      return found;
    },
    async put(scope, id, fields) {
      const record = {
        atsCreatedAt: 1_700_000_000_000,
        atsLastModifiedAt: 1_700_000_000_000,
        emailAddresses: [],
        ...fields,
      };
      const outcomes = await applyBatch(deployment.records, scope, 'candidate', 'upsert', [
        { key: [id], record },
      ]);
      for (const outcome of outcomes.values())
        if (outcome.status !== 204) throw new Error(JSON.stringify(outcome));
    },
    async links({ tenantId, atsNo }) {
      const rows = await ctx.db.read(
        tenantId,
        async (tx) => tx<{ candidate_id: string; member_id: number }>`
          select candidate_id, member_id from automatic_match where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
      );
      return Object.fromEntries(rows.map(({ candidate_id, member_id }) => [candidate_id, member_id]));
    },
    async settle() {
      // An open transaction anywhere on the server holds readers of the outbox up: until it is over they see nothing.
      for (;;) {
        await outbox.poll();
        await sender.poll();
        const due = await Promise.all([NO_ORGANISATION, ...tenants].map((tenantId) => dueRows(tenantId)));
        if (due.every((rows) => rows === 0)) return;
      }
    },
    async invite(organisation, memberId, text = 'Are you free for a talk?') {
      const { tenantId, contractId, seatId, name } = organisation;
      await world.settle();
      const conversationId = `c${++conversationNo}`;
      const parties = { recruiter: 'Rita Żak', organisation: name };
      conversations.open({ tenantId, memberId, conversationId }, { ...parties, contractId, seatId, text });
      await ctx.db.transaction(tenantId, (tx) =>
        inviteReply(page, tx, {
          memberId,
          conversationId,
          messageId: conversationId,
          ...parties,
          subject: 'A job',
          text,
        }),
      );
      await world.settle();
      const [mailed] = await ctx.db.lookup<{ body: string }>`
        select body from mailbox_message order by message_no desc limit 1`;
      const url = linkIn(smtp.received.at(-1)?.mail.text ?? mailed?.body ?? '');
      return url.slice(baseUrl.length);
    },
    async close() {
      await edge.close();
      await sender.stop();
      await outbox.stop();
      await deployment.close();
      await smtp.close();
      await database.drop();
    },
  };
  return world;
}

/** The first link of ours in a mail. */
export function linkIn(text: string): string {
  const url = /https?:\/\/\S+\/member\/(?:settings|confirm|reply)\/\S+/.exec(text)?.[0];
  if (!url) throw new Error(`no link in: ${text}`);
  return url;
}

export function replyAddressOf(world: MemberWorld): string {
  const { mail } = world.smtp.received.at(-1) ?? {};
  const address = mail?.replyTo?.[0]?.address;
  if (!address || !replyAddressesOf(world.ctx)) throw new Error('the mail names no address for answers');
  return address;
}

export interface Shown {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** Where a form led. */
  readonly url: string;
}

/** What a browser without script does. */
export async function visit(
  world: Pick<MemberWorld, 'baseUrl'>,
  path: string,
  form?: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Shown> {
  const response = await fetch(`${world.baseUrl}${path}`, {
    headers,
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return {
    status: response.status,
    headers: response.headers,
    html: await response.text(),
    url: response.url.slice(world.baseUrl.length),
  };
}
