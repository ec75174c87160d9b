import type { ExportAnswer, ExportRequest, PersonExports } from '@carrick/protocol';
import { importMembers } from '../../members/index.ts';
import { Receiver } from '../../push/testing/receiver.ts';
import {
  createContract,
  createCustomerApplication,
  createSeat,
  findAts,
  openToEverySeat,
  putConfigurations,
  setIntegrationStatus,
} from '../../tenancy/index.ts';
import { company, openCustomer } from '../../tenancy/testing/onboarding-customer.ts';
import {
  configurationsPath,
  integrationsPath,
  naming,
  type OnboardingWorld,
  openOnboardingWorld,
  putting,
} from '../../tenancy/testing/onboarding-world.ts';

const PASSWORD = 'a long enough password';
const TYPES = ['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR'] as const;

export type ExportCompany = Awaited<ReturnType<typeof openCompany>>;
export type Browser = Awaited<ReturnType<typeof openBrowser>>;

export const openExportWorld = (): Promise<OnboardingWorld> =>
  openOnboardingWorld({ callbackUrls: 'loopback' });

/** A company whose ATS listens at a receiver of its own, with export and indicator enabled and jobs open to every seat. */
export async function openCompany(world: OnboardingWorld, name: string) {
  const { ctx } = world;
  const receiver = await Receiver.open();
  const customer = await openCustomer(world, name);
  await customer.request(...company(customer, ...TYPES));
  const keys = TYPES.map((type) => customer.key(type));
  await world.call(customer.token, integrationsPath(keys), naming(keys, { integrationName: 'Hire' }));
  await world.call(
    customer.token,
    configurationsPath(customer.key('ONE_CLICK_EXPORT'), ['CALLBACK_URL']),
    putting({ CALLBACK_URL: receiver.url }),
  );
  const scope = await findAts(ctx, customer.applicationId);
  if (!scope) throw new Error('not bound');
  const { tenantId, atsNo } = scope;
  for (const type of TYPES) await customer.turn(type, true);
  await openToEverySeat(ctx, scope, customer.organisation.urn);
  const { contractId, urn: contractUrn } = await createContract(ctx, tenantId, { name: `${name} hiring` });

  async function putJob(
    id: string,
    {
      title = 'Account Manager',
      code = null,
      isClosed = false,
    }: { title?: string; code?: string | null; isClosed?: boolean } = {},
  ): Promise<void> {
    await ctx.db.pipeline(tenantId, (tx) => [
      tx`
        insert into job (
          tenant_id, ats_no, id, title, description, location, company_apply_url, listed_at, state, availability, access_restricted,
          received_at, extra
        )
        values (
          ${tenantId}, ${atsNo}, ${id}, ${title}, '', 'Chicago, IL', 'https://jobs.example.com', 1, ${isClosed ? 'CLOSED' : 'LISTED'},
          'PUBLIC', false, ${ctx.clock.now()}, ${JSON.stringify(code === null ? {} : { companyJobCode: code })}::text::jsonb
        )
        on conflict (tenant_id, ats_no, id) do update set title = excluded.title, state = excluded.state`,
    ]);
  }

  return {
    ...customer,
    receiver,
    tenantId,
    atsNo,
    contractId,
    contractUrn,
    putJob,
    /** Job by job: only the assignees of its ACL see it. */
    secure: (jobId: string, ...memberIds: number[]) =>
      ctx.db.pipeline(tenantId, (tx) => [
        tx`insert into entity_acl (tenant_id, ats_no, acl_id, entity_type, entity_id, received_at)
           values (${tenantId}, ${atsNo}, ${jobId}, 'JOB_POSTING', ${jobId}, 1)`,
        tx`insert into acl_assignee (tenant_id, ats_no, acl_id, entity_type, member_id, received_at)
           select ${tenantId}, ${atsNo}, ${jobId}, 'JOB_POSTING', m, 1 from unnest(${memberIds}::bigint[]) m`,
      ]),
    async addSeat(seatName: string, { isAdmin = false, contract = contractId } = {}) {
      const [firstName = '', lastName = ''] = seatName.split(' ');
      const email = `${seatName.toLowerCase().replaceAll(' ', '.')}@${name.toLowerCase()}.example`;
      const given = { contractId: contract, email, password: PASSWORD, firstName, lastName, isAdmin };
      const seat = await createSeat(ctx, [], tenantId, given);
      return { ...seat, browser: await openBrowser(world, email) };
    },
    /** A second ATS of the company, with a receiver and a job of its own. */
    async addAts(atsName: string, jobId: string) {
      const second = await createCustomerApplication(ctx, { tenantId, name: atsName });
      const own = { tenantId, atsNo: second.atsNo };
      const contextUrn = customer.organisation.urn;
      await setIntegrationStatus(
        ctx,
        own,
        TYPES.map((type) => ({ type, contextUrn })),
        'ENABLED',
      );
      const listener = await Receiver.open();
      const integration = { type: 'ONE_CLICK_EXPORT' as const, contextUrn };
      await putConfigurations(ctx, own, integration, [{ key: 'CALLBACK_URL', value: listener.url }]);
      await openToEverySeat(ctx, own, contextUrn);
      await ctx.db.pipeline(tenantId, (tx) => [
        tx`insert into job (tenant_id, ats_no, id, title, description, company_apply_url, listed_at, state, availability,
             access_restricted, received_at)
           values (${tenantId}, ${second.atsNo}, ${jobId}, ${`Job of ${atsName}`}, '', 'https://jobs.example.com', 1, 'LISTED', 'PUBLIC',
             false, ${ctx.clock.now()})`,
      ]);
      return { atsNo: second.atsNo, receiver: listener, token: await world.tokenOf(second) };
    },
    fetch: (requestId: string) =>
      world.call(customer.token, `/v2/exportedCandidates?q=request&requestId=${requestId}`),
    close: () => receiver.close(),
  };
}

async function openBrowser({ platform }: OnboardingWorld, email: string) {
  const headers = { 'content-type': 'application/json', 'x-carrick': '1' };
  const signedIn = await fetch(`${platform.baseUrl}/app/api/sign-in`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${platform.baseUrl}/app/api${path}`, {
      ...init,
      headers: { ...headers, cookie },
    });
    const text = await response.text();
    // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test expects it to be
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as any };
  };
  const post = (path: string, body: unknown) => send(path, { method: 'POST', body: JSON.stringify(body) });
  return {
    cookie,
    get: (path: string) => send(path),
    post,
    press: (request: ExportRequest) =>
      post('/exports', request) as Promise<{
        status: number;
        body: ExportAnswer & { code: string; message: string };
      }>,
    async exportsOf(person: string): Promise<PersonExports['exports']> {
      return (await send(`/exports?person=${person}`)).body.exports;
    },
    async idOf(name: string): Promise<string> {
      const { body } = await send(`/search?q=${encodeURIComponent(name)}`);
      return body.people[0].id;
    },
  };
}

/** @returns member ids by external id */
export async function addMembers(
  { platform, ctx }: OnboardingWorld,
  lines: readonly object[],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  async function* source() {
    yield lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  }
  await importMembers(ctx, source(), {
    hooks: platform.deployment.memberHooks,
    onMember: (memberId, externalId) => ids.set(externalId, memberId),
  });
  return ids;
}
