import { randomUUID } from 'node:crypto';
import type { PersonMessages, SendAnswer, SendRequest } from '@carrick/protocol';
import { pino } from 'pino';
import { expect } from 'vitest';
import { configOf } from '../../config.ts';
import { createPlatform, type Platform } from '../../index.ts';
import { FakeClock } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { TEST_MASTER_KEY, type TestDatabase, testDatabase } from '../../kernel/testing.ts';
import { startMailServer, type TestMailServer } from '../../mail/testing/smtp-server.ts';
import { importMembers } from '../../members/index.ts';
import { type AtsScope, applyBatch } from '../../records/index.ts';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  createSeat,
  setIntegrationStatus,
} from '../../tenancy/index.ts';

const PASSWORD = 'a long enough password';
const within = { timeout: 60_000, interval: 20 };

// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test expects it to be
type Answer = { readonly status: number; readonly body: any };
export type Recruiter = Awaited<ReturnType<typeof openRecruiter>>;
export type Company = Awaited<ReturnType<typeof openCompany>>;
export type MessageWorld = Awaited<ReturnType<typeof openMessageWorld>>;

/** A whole platform over HTTP at a clock that stands still, with a mail server that keeps what it is given. */
export async function openMessageWorld() {
  const clock = new FakeClock();
  const database: TestDatabase = await testDatabase();
  const smtp: TestMailServer = await startMailServer();
  const logged: string[] = [];
  const platform: Platform = createPlatform(
    configOf({
      databaseUrl: database.ownerUrl,
      masterKey: TEST_MASTER_KEY.toString('hex'),
      port: 0,
      smtpUrl: smtp.url,
      replyAddress: 'replies@mail.example.com',
      inboundMailSecret: INBOUND_SECRET,
      quotas: false,
    }),
    { clock, log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }) },
  );
  await platform.start();
  const { ctx } = platform.deployment;
  const world = {
    platform,
    ctx: ctx as Context,
    clock,
    database,
    smtp,
    logged,
    baseUrl: platform.baseUrl,
    /** @returns member ids by external id */
    async members(...lines: readonly object[]): Promise<Map<string, number>> {
      const ids = new Map<string, number>();
      async function* source() {
        yield lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      }
      await importMembers(ctx, source(), {
        hooks: platform.deployment.memberHooks,
        onMember: (memberId, externalId) => ids.set(externalId, memberId),
      });
      return ids;
    },
    company: (name: string) => openCompany(world, name),
    /** The newest mail to this address, once there are `count`. */
    async mailTo(address: string, count = 1) {
      const theirs = () => smtp.received.filter(({ recipients }) => recipients.includes(address));
      await expect.poll(() => theirs().length, within).toBeGreaterThanOrEqual(count);
      const last = theirs().at(-1);
      if (!last) throw new Error(`no mail to ${address}`);
      return last;
    },
    /** What a browser without script does with a link. */
    async visit(url: string, form?: Readonly<Record<string, string>>) {
      const response = await fetch(url, form ? { method: 'POST', body: new URLSearchParams(form) } : {});
      return { status: response.status, url: response.url, html: await response.text() };
    },
    async close() {
      await platform.stop();
      await smtp.close();
      await database.drop();
    },
  };
  return world;
}

export const INBOUND_SECRET = 'the-mail-servers-secret';

/** The link of a mail. */
export function linkIn(text: string | undefined): string {
  const url = /https?:\/\/\S+\/member\/reply\/\S+/.exec(text ?? '')?.[0];
  if (url === undefined) throw new Error(`no link in: ${text}`);
  return url;
}

async function openCompany(
  world: { readonly ctx: Context; readonly platform: Platform; readonly baseUrl: string },
  name: string,
) {
  const { ctx, platform, baseUrl } = world;
  const { tenantId, urn } = await createOrganisation(ctx, { name });
  const { contractId, urn: contractUrn } = await createContract(ctx, tenantId, { name: `${name} hiring` });
  const application = await createCustomerApplication(ctx, { tenantId, name: `${name} ATS` });
  const scope: AtsScope = { tenantId, atsNo: application.atsNo };
  const csa = { type: 'CSA_API', contextUrn: contractUrn } as const;
  await setIntegrationStatus(
    ctx,
    scope,
    [{ type: 'ONE_CLICK_EXPORT', contextUrn: urn }, { type: 'IN_ATS_INDICATOR', contextUrn: urn }, csa],
    'ENABLED',
  );
  const { clientId, clientSecret } = application;
  const mint = async (): Promise<string> => {
    const minted = await fetch(`${baseUrl}/oauth/v2/accessToken`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
    });
    return ((await minted.json()) as { access_token: string }).access_token;
  };
  let token = await mint();
  return {
    tenantId,
    atsNo: scope.atsNo,
    urn,
    contractId,
    contractUrn,
    applicationId: application.applicationId,
    setCsa: (status: 'ENABLED' | 'PARTNER_READY') => setIntegrationStatus(ctx, scope, [csa], status),
    async seat(seatName: string, { contract = contractId, isAdmin = false } = {}) {
      const [firstName = '', lastName = ''] = seatName.split(' ');
      const email = `${seatName.toLowerCase().replaceAll(' ', '.')}@${name.toLowerCase()}.example`;
      const given = { contractId: contract, email, password: PASSWORD, firstName, lastName, isAdmin };
      const seat = await createSeat(ctx, platform.deployment.memberHooks, tenantId, given);
      return openRecruiter(baseUrl, seat.seatId, seat.memberId, email);
    },
    async wire(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
      const ask = () =>
        fetch(`${baseUrl}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
      let response = await ask();
      // The clock was turned past the end of the token.
      if (response.status === 401) {
        token = await mint();
        response = await ask();
      }
      return { status: response.status, body: await response.json() };
    },
    async candidate(id: string, fields: object) {
      const record = { atsCreatedAt: 1, atsLastModifiedAt: 1, emailAddresses: [], ...fields };
      const outcomes = await applyBatch(platform.deployment.records, scope, 'candidate', 'upsert', [
        { key: [id], record },
      ]);
      for (const outcome of outcomes.values())
        if (outcome.status !== 204) throw new Error(JSON.stringify(outcome));
    },
  };
}

async function openRecruiter(baseUrl: string, seatId: number, memberId: number, email: string) {
  const headers = { 'content-type': 'application/json', 'x-carrick': '1' };
  const signIn = async () => {
    const signedIn = await fetch(`${baseUrl}/app/api/sign-in`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    return signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  };
  let cookie = await signIn();
  const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const ask = () => fetch(`${baseUrl}/app/api${path}`, { ...init, headers: { ...headers, cookie } });
    let response = await ask();
    // The clock was turned past the end of the session.
    if (response.status === 401) {
      cookie = await signIn();
      response = await ask();
    }
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  const post = (path: string, body: unknown) => send(path, { method: 'POST', body: JSON.stringify(body) });
  return {
    seatId,
    memberId,
    seatUrn: `urn:li:seat:${seatId}`,
    get: (path: string) => send(path),
    post,
    async idOf(name: string): Promise<string> {
      const { body } = await send(`/search?q=${encodeURIComponent(name)}`);
      return body.people[0].id;
    },
    async write(to: string | readonly string[], given: Partial<SendRequest> = {}): Promise<SendAnswer> {
      const { status, body } = await post('/messages', {
        to: typeof to === 'string' ? [to] : to,
        subject: 'A role in freight',
        body: 'Are you free for a talk?',
        visibility: 'ORGANISATION',
        requestKey: randomUUID(),
        sendAt: null,
        ...given,
      });
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body;
    },
    /** The event stream, as an open page reads it. */
    async follow() {
      cookie = await signIn();
      const ending = new AbortController();
      const response = await fetch(`${baseUrl}/app/api/events`, {
        headers: { cookie },
        signal: ending.signal,
      });
      let text = '';
      const reading = (async () => {
        for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString('utf8');
      })().catch(() => undefined);
      return {
        heard: (personId: string) => text.includes(JSON.stringify(personId)),
        async close() {
          ending.abort();
          await reading;
        },
      };
    },
    async with(personId: string): Promise<PersonMessages> {
      return (await send(`/messages/with/${personId}`)).body;
    },
  };
}
