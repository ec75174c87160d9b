import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AtsConnector,
  type ConnectorConfig,
  createConnector,
  fileStore,
  type LogEntry,
  nodeHandler,
  type RecordFor,
  type Store,
} from '../../packages/connector/src/index.ts';
import {
  configOf,
  createContract,
  createLog,
  createOrganisation,
  createPartner,
  createPlatform,
  createSeat,
  dumpRecords,
  encodePersonId,
  FakeClock,
  findAts,
  findOauthApplication,
  importMembers,
  requestIntegrations,
  switchIntegration,
} from '../../packages/platform/src/index.ts';
import { testDatabase } from '../../packages/platform/src/kernel/testing.ts';
import { startMailServer } from '../../packages/platform/src/mail/testing/smtp-server.ts';
import { formatUrn, INTEGRATION_BUNDLES, type IntegrationType } from '../../packages/protocol/src/index.ts';
import { openWireProxy } from './wire-proxy.ts';
import { recordCounts } from './world.ts';

const PASSWORD = 'a long enough password';
const SECRETS_KEY = '5a'.repeat(32);

export type LibraryWorld = Awaited<ReturnType<typeof openLibraryWorld>>;
export type Company = Awaited<ReturnType<LibraryWorld['company']>>;

/** A platform, the wire to it, and whatever an ATS's vendor needs to run the library against it. */
export async function openLibraryWorld() {
  const database = await testDatabase();
  const smtp = await startMailServer();
  const clock = new FakeClock();
  const platform = createPlatform(
    configOf({
      databaseUrl: database.ownerUrl,
      masterKey: `${'00'.repeat(31)}01`,
      poolSize: 4,
      host: '127.0.0.1',
      port: 0,
      callbackUrls: 'loopback',
      smtpUrl: smtp.url,
    }),
    { clock, log: createLog('silent') },
  );
  await platform.start();
  const { ctx, memberHooks } = platform.deployment;
  const partner = await createPartner(ctx, { name: 'Acme ATS' });
  const proxy = await openWireProxy(() => platform.baseUrl);
  const folder = mkdtempSync(join(tmpdir(), 'carrick-library-'));
  const opened: (() => Promise<unknown>)[] = [];
  let stores = 0;

  return {
    clock,
    platform,
    proxy,
    partner,
    ctx,
    folder,
    store: () => fileStore(join(folder, `store${++stores}`)),
    /** A connector with an address that the platform can reach. */
    async connector<Tx>(store: Store<Tx>, config: Partial<ConnectorConfig<Tx>> = {}) {
      const log: LogEntry[] = [];
      let receive: ReturnType<AtsConnector['receiver']> = async () => new Response(null, { status: 503 });
      const server = createServer((request, response) => nodeHandler(receive)(request, response));
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const { port } = server.address() as AddressInfo; // listening on a port: never a path
      const connector = createConnector<Tx>({
        platform: { baseUrl: proxy.baseUrl },
        partner,
        atsName: 'Acme ATS',
        store,
        secretsKey: SECRETS_KEY,
        callbackUrl: `http://127.0.0.1:${port}/callback`,
        log: (entry) => log.push(entry),
        // Waiting is what turns this clock.
        clock: { now: () => clock.now(), pause: async (ms) => clock.advance(ms) },
        ...config,
      });
      receive = connector.receiver();
      const close = async () => {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
        await connector.close();
      };
      opened.push(close);
      return { connector, log, callback: `http://127.0.0.1:${port}/callback` };
    },
    /** A company with a contract: what its administrator does is done here. */
    async company(name: string) {
      const organisation = await createOrganisation(ctx, { name });
      const { tenantId, urn: organization } = organisation;
      const contract = await createContract(ctx, tenantId, { name: `${name} hiring` });
      const seat = (firstName: string, isAdmin: boolean) =>
        createSeat(ctx, memberHooks, tenantId, {
          contractId: contract.contractId,
          email: `${firstName}@${name}.example`.toLowerCase(),
          password: PASSWORD,
          firstName,
          lastName: 'Fell',
          isAdmin,
        });
      const triples = [
        ...INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_COMPANY.map((integrationType) => ({
          integrationContext: organization,
          integrationType,
          tenantType: 'RECRUITER',
        })),
        { integrationContext: contract.urn, integrationType: 'CSA_API', tenantType: 'RECRUITER' },
      ];
      const application = async (clientId: string) => {
        const found = await findOauthApplication(ctx, clientId);
        if (!found) throw new Error(`no application ${clientId}`);
        return found;
      };
      return {
        id: name.toLowerCase(),
        name,
        tenantId,
        organization,
        contract: contract.urn,
        /** What the widget hands to its callback. */
        triples,
        /** An administrator, or a recruiter. */
        addSeat: (firstName: 'Ines' | 'Rowan') => seat(firstName, firstName === 'Ines'),
        /** In the widget. */
        async request(clientId: string): Promise<void> {
          await requestIntegrations(
            ctx,
            organisation,
            await application(clientId),
            triples.map(({ integrationType, integrationContext }) => ({
              type: integrationType as IntegrationType, // listed just above
              contextUrn: integrationContext,
            })),
          );
        },
        /** In the settings of the recruiter app. */
        async switchOn(clientId: string): Promise<void> {
          const scope = await findAts(ctx, (await application(clientId)).applicationId);
          if (!scope) throw new Error('the application serves nobody');
          for (const { integrationType, integrationContext } of triples)
            await switchIntegration(
              ctx,
              scope,
              { type: integrationType as IntegrationType, contextUrn: integrationContext }, // as above
              true,
            );
        },
        async person(clientId: string, memberId: number): Promise<string> {
          const { applicationId } = await application(clientId);
          return formatUrn('person', encodePersonId(ctx.keys.personKey(applicationId), memberId));
        },
        /** What the platform holds, by kind: the ids, or what they are made of. */
        async held(): Promise<Record<string, string[]>> {
          const held: Record<string, string[]> = {};
          for await (const { kind, key, tenantId: of } of dumpRecords(ctx) as AsyncIterable<{
            kind: string;
            key: readonly unknown[];
            tenantId: number;
          }>)
            if (of === undefined || of === tenantId) held[kind] = [...(held[kind] ?? []), key.join(' ')];
          return held;
        },
        /** What its ATS said that it holds. */
        recordCounts: () => recordCounts(ctx, tenantId),
        signIn: (who: 'ines' | 'rowan') => signIn(platform.baseUrl, `${who}@${name}.example`.toLowerCase()),
      };
    },
    async members(...lines: readonly object[]): Promise<Map<string, number>> {
      const ids = new Map<string, number>();
      async function* source() {
        yield lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      }
      await importMembers(ctx, source(), {
        hooks: memberHooks,
        onMember: (memberId, externalId) => ids.set(externalId, memberId),
      });
      return ids;
    },
    /** The link in the newest mail to this address; null: none came yet. */
    mailedLink(address: string): string | null {
      const mail = smtp.received.filter(({ recipients }) => recipients.includes(address)).at(-1)?.mail;
      return /https?:\/\/\S+\/member\/reply\/\S+/.exec(mail?.text ?? '')?.[0] ?? null;
    },
    /** Whatever stands behind the database is torn down with the world. */
    onClose: (close: () => Promise<unknown>) => void opened.push(close),
    async close() {
      for (const close of opened.reverse()) await close();
      await proxy.close();
      await platform.stop();
      await smtp.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A customer that is switched on, as far as its recruiters and administrators have a part in it. */
export async function onboard<Tx>(
  { connector }: { readonly connector: AtsConnector<Tx> },
  company: Company,
  options: { readonly viewers?: 'everyone' | 'nobody' } = { viewers: 'everyone' },
) {
  const { clientId } = await connector.customers.add({ id: company.id, name: company.name, ...options });
  await company.request(clientId);
  await connector.customers.onboarded(company.id, company.triples);
  await connector.runOnce();
  await company.switchOn(clientId);
  return { clientId };
}

async function signIn(baseUrl: string, email: string) {
  const headers = { 'content-type': 'application/json', 'x-carrick': '1' };
  const response = await fetch(`${baseUrl}/app/api/sign-in`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const call = async (path: string, body?: object) => {
    const answer = await fetch(`${baseUrl}/app/api${path}`, {
      headers: { ...headers, cookie },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test expects it to be
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as any };
  };
  return { get: (path: string) => call(path), post: call };
}

const AT = Date.UTC(2025, 5, 1);

export const job = (title: string, fields: object = {}): RecordFor<'job'> => ({
  title,
  description: `${title}. `.repeat(20),
  location: 'Chicago, IL',
  listedAt: AT,
  companyApplyUrl: 'https://jobs.example.com/1',
  jobPostingOperationType: 'CREATE',
  ...fields,
});

export const candidate = (firstName: string, fields: object = {}): RecordFor<'candidate'> => ({
  atsCreatedAt: AT,
  atsLastModifiedAt: AT,
  firstName,
  lastName: 'Quill',
  emailAddresses: [`${firstName.toLowerCase()}@mail.example`],
  externalProfileUrl: 'https://ats.example.com/candidates/1',
  ...fields,
});

export const application = (
  candidateId: string,
  jobId: string,
  fields: object = {},
): RecordFor<'application'> => ({
  atsCreatedAt: AT,
  atsLastModifiedAt: AT,
  atsCandidateId: candidateId,
  atsJobPostingId: jobId,
  atsJobPostingName: 'A job',
  firstName: 'Ada',
  lastName: 'Quill',
  ...fields,
});

export const stage = (name: string): RecordFor<'stage'> => ({ stage: name, atsCreatedAt: AT });
