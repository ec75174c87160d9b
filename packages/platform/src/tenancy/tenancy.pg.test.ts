import type { IntegrationType } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Platform } from '../index.ts';
import { appLogin } from '../kernel/app-role.ts';
import { FakeClock } from '../kernel/clock.ts';
import { connect } from '../kernel/connect.ts';
import type { Context } from '../kernel/context.ts';
import { decodePersonId, encodePersonId } from '../kernel/secrets.ts';
import { TEST_MASTER_KEY } from '../kernel/testing.ts';
import { type ServedPlatform, servePlatform } from '../testing/served-platform.ts';
import {
  bindAts,
  createContract,
  createCustomerApplication,
  createOrganisation,
  createPartner,
  createSeat,
  type OauthApplication,
  type Organisation,
  setIntegrationStatus,
} from './index.ts';

const clock = new FakeClock();
let served: ServedPlatform;
let platform: Platform;
let ctx: Context;
let a: Customer;
let b: Customer;

interface Customer {
  readonly organisation: Organisation;
  readonly application: OauthApplication & { readonly atsNo: number };
}

beforeAll(async () => {
  served = await servePlatform({}, { clock });
  platform = served.platform;
  ctx = platform.deployment.ctx;
  a = await createCustomer('Aster');
  b = await createCustomer('Birch');
});
afterAll(() => served.close());

async function createCustomer(name: string, partnerClientId?: string): Promise<Customer> {
  const organisation = await createOrganisation(ctx, { name });
  const application = await createCustomerApplication(ctx, {
    tenantId: organisation.tenantId,
    name: `${name} ATS`,
    ...(partnerClientId === undefined ? {} : { partnerClientId }),
  });
  await setStatus({ organisation, application }, 'ENABLED');
  return { organisation, application };
}

function setStatus(
  { organisation, application }: Customer,
  status: 'ENABLED' | 'PARTNER_READY',
  type: IntegrationType = 'IN_ATS_INDICATOR',
) {
  const scope = { tenantId: organisation.tenantId, atsNo: application.atsNo };
  return setIntegrationStatus(ctx, scope, [{ type, contextUrn: organisation.urn }], status);
}

async function askToken(form: Record<string, string>, init: { query?: string; contentType?: string } = {}) {
  const response = await fetch(`${platform.baseUrl}/oauth/v2/accessToken${init.query ?? ''}`, {
    method: 'POST',
    headers: { 'content-type': init.contentType ?? 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const formOf = ({ clientId, clientSecret }: OauthApplication) => ({
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: clientSecret,
});

async function tokenOf(application: OauthApplication): Promise<string> {
  const { body } = await askToken(formOf(application));
  return String(body.access_token);
}

/** Of a refused statement as of one that finds nothing. */
function ifForbidden(error: unknown): { readonly rows: number }[] {
  if (error instanceof Error && error.message.startsWith('permission denied')) return [{ rows: 0 }];
  throw error;
}

const PERSON = {
  atsCreatedAt: 1,
  atsLastModifiedAt: 1,
  firstName: 'Ada',
  lastName: 'Byron',
  emailAddresses: [],
};

/** PUTs a candidate for each context; answers the HTTP status and the status of each context. */
async function putCandidates(token: string | null, contexts: readonly string[], person: object = PERSON) {
  const key = (context: string) =>
    `atsCandidateId=1&dataProvider=ATS&integrationContext=${encodeURIComponent(context)}`;
  const query = contexts
    .map(
      (context, i) =>
        `ids[${i}].atsCandidateId=1&ids[${i}].dataProvider=ATS&ids[${i}].integrationContext=${context}`,
    )
    .join('&');
  const response = await fetch(`${platform.baseUrl}/v2/atsCandidates?${query}`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ entities: Object.fromEntries(contexts.map((context) => [key(context), person])) }),
  });
  const body = (await response.json()) as {
    code?: string;
    results?: Record<string, { status: number }>;
    errors?: Record<string, { status: number }>;
  };
  const answers = Object.entries({ ...body.results, ...body.errors });
  const statuses = contexts.map(
    (context) => answers.find(([each]) => decodeURIComponent(each).includes(context))?.[1].status,
  );
  return { status: response.status, code: body.code, statuses };
}

describe('tokens', () => {
  test('TE1 client credentials in a form body give a token for half an hour, whatever the content type', async () => {
    for (const contentType of ['application/x-www-form-urlencoded', 'text/plain', 'application/json']) {
      const { status, body } = await askToken(formOf(a.application), { contentType });
      expect(status).toBe(200);
      expect(body).toEqual({ access_token: expect.any(String), expires_in: 1800 });
    }
  });

  test('TE1 credentials in the URL are not read', async () => {
    const query = `?${new URLSearchParams(formOf(a.application))}`;
    expect(await askToken({}, { query })).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  test('TE2 what is missing or wrong is named as the protocol names it', async () => {
    const form = formOf(a.application);
    for (const name of ['grant_type', 'client_id', 'client_secret']) {
      const { status, body } = await askToken({ ...form, [name]: '' });
      expect([status, body]).toEqual([
        400,
        { error: 'invalid_request', error_description: `A required parameter "${name}" is missing` },
      ]);
    }
    expect(await askToken({ ...form, client_id: 'abcdefghijk' })).toEqual({
      status: 400,
      body: {
        error: 'invalid_client_id',
        error_description: 'The passed in client_id is invalid "abcdefghijk"',
      },
    });
    expect((await askToken({ ...form, client_id: 'a\u0000' })).status).toBe(400);
    expect(await askToken({ ...form, client_secret: b.application.clientSecret })).toEqual({
      status: 401,
      body: { error: 'invalid_client_id', error_description: 'Client authentication failed' },
    });
    expect(await askToken({ ...form, grant_type: 'password' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    });
  });

  test('TE3 L-008 no token, a forged one and one that ran out are refused with 401, each with its reason', async () => {
    const own = [a.organisation.urn];
    expect(await putCandidates(null, own)).toMatchObject({ status: 401, code: 'EMPTY_ACCESS_TOKEN' });
    expect(await putCandidates('AQforged', own)).toMatchObject({ status: 401, code: 'INVALID_ACCESS_TOKEN' });
    const token = await tokenOf(a.application);
    expect(await putCandidates(token, own)).toMatchObject({ status: 200, statuses: [204] });
    clock.advance(31 * 60_000);
    expect(await putCandidates(token, own)).toMatchObject({ status: 401, code: 'EXPIRED_ACCESS_TOKEN' });
  });

  test('TE4 L-009 a token is valid until its thirtieth minute, for any number of concurrent calls', async () => {
    const token = await tokenOf(a.application);
    const calls = () =>
      Promise.all(Array.from({ length: 24 }, () => putCandidates(token, [a.organisation.urn])));
    expect(new Set((await calls()).map(({ status }) => status))).toEqual(new Set([200]));
    clock.advance(29 * 60_000 + 59_000);
    expect(new Set((await calls()).map(({ status }) => status))).toEqual(new Set([200]));
    clock.advance(2_000);
    expect(new Set((await calls()).map(({ status }) => status))).toEqual(new Set([401]));
  });

  test('TE5 neither tokens nor client secrets stand in the database', async () => {
    const token = await tokenOf(a.application);
    const owner = connect(served.database.ownerUrl, { max: 1 });
    try {
      const rows = await owner`
        select t::text as text from access_token t union all select o::text from oauth_application o`;
      const text = rows.map((row) => String(row.text)).join('\n');
      for (const secret of [token, a.application.clientSecret]) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(Buffer.from(secret).toString('hex'));
      }
      // Sealed for one client id: copied to another application's row it opens nothing.
      await owner`update oauth_application set client_secret =
        (select client_secret from oauth_application where client_id = ${b.application.clientId})
        where client_id = ${(await createPartner(ctx, { name: 'P', clientId: 'moved' })).clientId}`;
    } finally {
      await owner.end();
    }
    const { status } = await askToken({ ...formOf(b.application), client_id: 'moved' });
    expect(status).toBe(500);
  });
});

describe('who a call acts for', () => {
  test("TE6 L-003 another organisation's context is a 403 of its key alone; a partner's token is refused", async () => {
    const token = await tokenOf(b.application);
    const { status, statuses } = await putCandidates(token, [a.organisation.urn, b.organisation.urn]);
    expect([status, statuses]).toEqual([200, [403, 204]]);
    const partner = await createPartner(ctx, { name: 'Vendor' });
    expect(await putCandidates(await tokenOf(partner), [a.organisation.urn])).toMatchObject({
      status: 403,
      code: 'ACCESS_DENIED',
    });
  });

  test('TE7 an application serves one organisation, also when two ask for it at once', async () => {
    const { application } = await createCustomer('Cedar');
    await expect(bindAts(ctx, a.organisation.tenantId, application.applicationId, 'x')).rejects.toThrow(
      /another organisation/,
    );
    const owner = connect(served.database.ownerUrl, { max: 1 });
    await owner`delete from integration where ats_no = ${application.atsNo} and tenant_id in
      (select tenant_id from ats_instance where application_id = ${application.applicationId})`;
    await owner`delete from ats_instance where application_id = ${application.applicationId}`;
    await owner.end();
    const outcomes = await Promise.allSettled(
      [a, b].map(({ organisation }) => bindAts(ctx, organisation.tenantId, application.applicationId, 'x')),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('TE7 two ATSs of one organisation both keep a candidate 1', async () => {
    const first = await createCustomer('Dogwood');
    const { tenantId } = first.organisation;
    const application = await createCustomerApplication(ctx, { tenantId, name: 'Second ATS' });
    const second = { organisation: first.organisation, application };
    await setStatus(second, 'ENABLED');
    expect([first.application.atsNo, application.atsNo]).toEqual([1, 2]);
    for (const [customer, firstName] of [
      [first, 'One'],
      [second, 'Two'],
    ] as const) {
      await putCandidates(await tokenOf(customer.application), [first.organisation.urn], {
        ...PERSON,
        firstName,
      });
    }
    const rows = await ctx.db.read(
      tenantId,
      async (tx) => tx`
      select ats_no, first_name from candidate where tenant_id = ${tenantId} and id = '1' order by ats_no`,
    );
    expect([...rows]).toEqual([
      { ats_no: 1, first_name: 'One' },
      { ats_no: 2, first_name: 'Two' },
    ]);
  });

  test('TE8 records are admitted while a company-level integration is enabled, from the next request on', async () => {
    const customer = await createCustomer('Elder');
    const token = await tokenOf(customer.application);
    const put = async () => (await putCandidates(token, [customer.organisation.urn])).statuses;
    expect(await put()).toEqual([204]);
    await setStatus(customer, 'PARTNER_READY');
    expect(await put()).toEqual([403]);
    await setStatus(customer, 'ENABLED', 'CSA_API');
    expect(await put()).toEqual([403]);
    await setStatus(customer, 'ENABLED', 'PROFILE_PLUGIN');
    expect(await put()).toEqual([204]);
  });

  test('TE9 L-030 a company with an ATS of its own needs no partner', async () => {
    const owner = connect(served.database.ownerUrl, { max: 1 });
    const [row] =
      await owner`select partner_id from oauth_application where client_id = ${a.application.clientId}`;
    await owner.end();
    expect(row?.partner_id).toBeNull();
    expect(await putCandidates(await tokenOf(a.application), [a.organisation.urn])).toMatchObject({
      statuses: [204],
    });
  });

  test('TE9 an application may name its partner, and only one that exists', async () => {
    const partner = await createPartner(ctx, { name: 'Vendor' });
    await expect(createCustomer('Fir', partner.clientId)).resolves.toBeDefined();
    await expect(createCustomer('Gorse', a.application.clientId)).rejects.toThrow(/no partner application/);
  });

  test("TE10 a member's id of one application is unknown to another", () => {
    const [ours, theirs] = [a, b].map(({ application }) => ctx.keys.personKey(application.applicationId));
    const id = encodePersonId(ours!, 42);
    expect(decodePersonId(ours!, id)).toBe(42);
    expect(encodePersonId(theirs!, 42)).not.toBe(id);
    expect(decodePersonId(theirs!, id)).toBeNull();
  });

  test('TE11 a seat is one member of the directory on one contract', async () => {
    const { tenantId } = a.organisation;
    const { memberHooks } = platform.deployment;
    const contract = await createContract(ctx, tenantId, { name: 'One' });
    const other = await createContract(ctx, tenantId, { name: 'Two' });
    const holder = {
      email: 'ines@example.com',
      password: 'a long password',
      firstName: 'Ines',
      lastName: 'Q',
      isAdmin: false,
    };
    const seat = await createSeat(ctx, memberHooks, tenantId, { ...holder, contractId: contract.contractId });
    const again = createSeat(ctx, memberHooks, tenantId, { ...holder, contractId: contract.contractId });
    await expect(again).rejects.toThrow(/already/);
    const second = await createSeat(ctx, memberHooks, tenantId, { ...holder, contractId: other.contractId });
    expect(second.memberId).toBe(seat.memberId);
    const foreign = createSeat(ctx, memberHooks, b.organisation.tenantId, {
      ...holder,
      contractId: contract.contractId,
    });
    await expect(foreign).rejects.toThrow(/no contract/);
  });
});

describe('isolation in the database', () => {
  async function tenantTables(): Promise<string[]> {
    const rows = await ctx.db.lookup<{ name: string }>`
      select c.relname as name from pg_class c join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`;
    return rows.map(({ name }) => name);
  }

  test('TE12 the role of the application is bound by row-level security, on every table with a tenant', async () => {
    const sql = connect(platform.deployment.databaseUrl, { max: 1 });
    try {
      const [role] = await sql`
        select rolname, rolsuper, rolbypassrls, rolcreaterole,
               (select count(*) from pg_class where relowner = r.oid) as owned
        from pg_roles r where rolname = current_user`;
      expect(role).toEqual({
        rolname: appLogin(TEST_MASTER_KEY),
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        owned: 0,
      });
      const open = await sql`
        select relname from pg_class c join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id'
        where c.relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)`;
      expect([...open]).toEqual([]);
      await expect(sql`select * from oauth_application`).rejects.toThrow(/permission denied/);
      await expect(sql`select * from access_token`).rejects.toThrow(/permission denied/);
    } finally {
      await sql.end();
    }
  });

  test("TE13 over databaseUrl another tenant's rows can be neither read, changed nor added, and without a tenant there are none", async () => {
    await putCandidates(await tokenOf(a.application), [a.organisation.urn]);
    const tables = await tenantTables();
    expect(tables.length).toBeGreaterThan(20);
    const theirs = a.organisation.tenantId;
    const sql = connect(platform.deployment.databaseUrl, { max: 1 });
    try {
      const held = await ctx.db.read(
        theirs,
        async (tx) => tx`select id from candidate where tenant_id = ${theirs}`,
      );
      expect(held.length).toBeGreaterThan(0);
      for (const table of tables) {
        // What only functions of the reader's look at is not even counted.
        const [unset] = await sql`select count(*) as rows from ${sql(table)}`.catch(ifForbidden);
        expect([table, unset?.rows]).toEqual([table, 0]);
      }
      await sql`select set_config('carrick.tenant_id', ${String(b.organisation.tenantId)}, false)`;
      for (const table of tables) {
        const [found] =
          await sql`select count(*) as rows from ${sql(table)} where tenant_id = ${theirs}`.catch(
            ifForbidden,
          );
        expect([table, found?.rows]).toEqual([table, 0]);
        // Where the application may delete nothing at all, there is nothing of theirs either.
        const deleted = await sql`delete from ${sql(table)} where tenant_id = ${theirs}`.catch(ifForbidden);
        expect([table, 'count' in deleted ? deleted.count : 0]).toEqual([table, 0]);
      }
      const add = sql`insert into contract (tenant_id, name, created_at) values (${theirs}, 'x', 1)`;
      await expect(add).rejects.toThrow(/row-level security/);
    } finally {
      await sql.end();
    }
  });

  test('TE14 what looks across tenants is the reader’s, with a fixed search path, and for the application alone', async () => {
    const functions = await ctx.db.lookup<Record<'name' | 'owner' | 'path' | 'grantees', string>>`
      select p.proname as name, pg_get_userbyid(p.proowner) as owner, array_to_string(p.proconfig, ',') as path,
             (select string_agg(coalesce(nullif(g.grantee, 0)::regrole::text, 'public'), ',' order by g.grantee)
              from aclexplode(p.proacl) g where g.grantee <> p.proowner) as grantees
      from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef`;
    expect(functions.length).toBeGreaterThan(7);
    for (const { name, owner, path, grantees } of functions) {
      expect([name, owner, grantees]).toEqual([name, 'carrick_reader', 'carrick_app']);
      expect([name, path]).toEqual([name, expect.stringContaining('search_path=')]);
    }
  });
});
