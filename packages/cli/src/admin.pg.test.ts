import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carrick, dataFolder, type Started, startCarrick } from './carrick.fixture.ts';
import type { TenantDetails } from './ensure-tenant.ts';

interface Sandbox {
  readonly baseUrl: string;
  readonly tenants: readonly TenantDetails[];
}

interface Listed {
  readonly integrations: readonly {
    readonly type: string;
    readonly status: string;
    readonly state: string;
  }[];
  readonly notifications?: Readonly<Record<string, string>>;
}

/** Each command is a process of its own. */
const PROCESSES_MS = 120_000;

const folder = dataFolder();
let sandbox: Started<Sandbox>;
let tenant: TenantDetails;
let clientId: string;
let token: string;

beforeAll(async () => {
  sandbox = await startCarrick<Sandbox>(['sandbox', '--data', folder.path, '--port', '0', '--json']);
  tenant = sandbox.details.tenants[0]!;
  const vendor = await tokenOf(tenant.parent);
  const created = await call(vendor, '/v2/provisionedApplications', {
    method: 'POST',
    body: { uniqueForeignId: 'by-hand', name: 'Hire - Sandbox', description: 'x' },
  });
  const { client_id, client_secret } = created.credentials;
  clientId = client_id;
  token = await tokenOf({ clientId, clientSecret: client_secret });
});
afterAll(async () => {
  await sandbox.end('SIGKILL');
  await folder.remove();
});

async function tokenOf({
  clientId: id,
  clientSecret,
}: {
  clientId: string;
  clientSecret: string;
}): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: clientSecret,
  });
  const response = await fetch(`${sandbox.details.baseUrl}/oauth/v2/accessToken`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function call(
  bearer: string,
  path: string,
  { method = 'GET', body }: { method?: string; body?: unknown } = {},
) {
  const response = await fetch(`${sandbox.details.baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test expects it to be
  return (await response.json()) as any;
}

const admin = (...args: string[]) =>
  carrick(['admin', ...args, '--data', folder.path, '--client-id', clientId, '--json']);

async function done(...args: string[]): Promise<Listed> {
  const { code, stdout, stderr } = await admin(...args);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Listed;
}

const statesOf = ({ integrations }: Listed) =>
  Object.fromEntries(integrations.map(({ type, status }) => [type, status]));

const putCandidate = async () => {
  const key = `atsCandidateId=1&dataProvider=ATS&integrationContext=${tenant.organization}`;
  const { results, errors } = await call(
    token,
    `/v2/atsCandidates?${key.replaceAll(/(^|&)/g, '$1ids[0].')}`,
    {
      method: 'PUT',
      body: {
        entities: {
          [key]: {
            atsCreatedAt: 1,
            atsLastModifiedAt: 2,
            firstName: 'Ada',
            lastName: 'B',
            emailAddresses: [],
          },
        },
      },
    },
  );
  return (Object.values({ ...results, ...errors })[0] as { status: number }).status;
};

test(
  'TE48 admin takes integrations through all their states beside a running platform, which feels it',
  async () => {
    const requested = await done(
      'request-integration',
      '--organization',
      tenant.organization,
      '--bundle',
      'company',
    );
    expect(statesOf(requested)).toEqual({
      IN_ATS_INDICATOR: 'REQUESTED',
      ONE_CLICK_EXPORT: 'REQUESTED',
      PROFILE_PLUGIN: 'REQUESTED',
    });
    expect(requested.integrations[0]?.state).toContain('waits for the partner to send integrationName');
    const contract = await done(
      'request-integration',
      '--organization',
      tenant.organization,
      '--bundle',
      'contract',
    );
    expect(statesOf(contract)).toMatchObject({ CSA_API: 'REQUESTED' });

    const early = await admin('enable-integration', '--type', 'PROFILE_PLUGIN');
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('waits for the partner')]);
    expect(statesOf(await done('approve-integration', '--integration-name', 'Hire'))).toEqual({
      CSA_API: 'PARTNER_READY',
      IN_ATS_INDICATOR: 'PARTNER_READY',
      ONE_CLICK_EXPORT: 'REQUESTED',
      PROFILE_PLUGIN: 'PARTNER_READY',
    });
    expect(await putCandidate()).toBe(403);
    const enabled = await done('enable-integration', '--type', 'IN_ATS_INDICATOR');
    expect(statesOf(enabled)).toMatchObject({ IN_ATS_INDICATOR: 'ENABLED', PROFILE_PLUGIN: 'PARTNER_READY' });
    const [id] = Object.values(enabled.notifications ?? {});
    expect(await call(token, `/v2/atsIntegrations?q=request&requestId=${id}`)).toMatchObject({
      elements: [{ integrationName: 'Hire', onboardingStatus: 'ENABLED' }],
    });
    expect(await putCandidate()).toBe(204);
    await done('disable-integration', '--type', 'IN_ATS_INDICATOR');
    await expect.poll(putCandidate).toBe(403);
    const left = await done('delete-integration', '--type', 'CSA_API', '--contract', tenant.contract);
    expect(statesOf(left)).not.toHaveProperty('CSA_API');
    expect(statesOf(await done('list-integrations'))).toEqual(statesOf(left));
  },
  PROCESSES_MS,
);

test(
  'TE48 the sandbox takes callbacks on this machine; the command line outside of it does not',
  async () => {
    const path =
      `/v2/atsIntegrations/integrationContext=${tenant.organization}&integrationType=ONE_CLICK_EXPORT` +
      '&tenantType=RECRUITER&dataProvider=ATS/configurations?ids=CALLBACK_URL';
    const entities = { CALLBACK_URL: { configurationValue: { string: 'http://localhost:9/cb' } } };
    expect((await call(token, path, { method: 'PUT', body: { entities } })).results).toEqual({
      CALLBACK_URL: { status: 204 },
    });
    const { code, stderr } = await admin(
      'approve-integration',
      '--integration-name',
      'x',
      '--callback-url',
      'http://localhost:9/',
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining('must be an https URL')]);
  },
  PROCESSES_MS,
);

test(
  'TE48 what admin cannot do it says in one sentence',
  async () => {
    const organization = ['--organization', tenant.organization];
    for (const [args, exit, text] of [
      [
        ['request-integration', ...organization, '--type', 'APPLY_CONNECT'],
        2,
        'APPLY_CONNECT is not offered',
      ],
      [['request-integration', ...organization, '--type', 'X'], 2, '--type takes one of'],
      [['request-integration', ...organization, '--bundle', 'x'], 2, '--bundle takes'],
      [['delete-integration'], 2, '--type is needed'],
      [['enable-integration', '--type', 'CSA_API'], 1, 'has no such integration'],
      [['set-application-access', '--access', 'x'], 2, '--access takes one of'],
    ] as const) {
      const { code, stdout, stderr } = await admin(...args);
      expect([args, code, stdout, stderr]).toEqual([args, exit, '', expect.stringContaining(text)]);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(await done('set-application-access', '--access', 'pending')).toMatchObject({ access: 'pending' });
  },
  PROCESSES_MS,
);

test(
  'SE72 whether a seat decides matches is switched by its URN',
  async () => {
    const { organization, seats } = tenant;
    const seat = `urn:li:seat:${seats[1]!.id}`;
    const set = (more: readonly string[]) =>
      carrick([
        'admin',
        'set-seat',
        '--data',
        folder.path,
        '--organization',
        organization,
        ...more,
        '--json',
      ]);
    const done = await set(['--seat', seat, '--decides-matches', 'no']);
    expect(JSON.parse(done.stdout)).toEqual({ seat, decidesMatches: false });
    expect((await set(['--seat', 'urn:li:seat:999999', '--decides-matches', 'no'])).code).not.toBe(0);
    expect((await set(['--seat', seat, '--decides-matches', 'maybe'])).code).not.toBe(0);
  },
  PROCESSES_MS,
);

test(
  'ER9 the operator hands out, counts, erases, gets the certificate and checks it',
  async () => {
    const admin = async (...args: string[]) => {
      const { stdout } = await carrick(['admin', ...args, '--data', folder.path, '--json']);
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    const seat = ['--organization', tenant.organization, '--seat', `urn:li:seat:${tenant.seats[1]?.id}`];
    const file = join(folder.path, 'out');
    expect(await admin('export-data', ...seat, '--file', file)).toMatchObject({ file });
    const handedOut = await readFile(file, 'utf8');
    expect(handedOut).toContain('"place":"seat"');
    expect(handedOut).not.toContain('password_hash');
    const { erasure, counts } = await admin('erase', ...seat);
    expect(counts).toMatchObject({ seat: 1 });
    const of = ['--organization', tenant.organization, '--erasure', String(erasure), '--file', file];
    expect(await admin('erase-confirm', ...of)).toMatchObject({ state: 'proved', certificate: file });
    expect(await admin('check-certificate', '--file', file)).toMatchObject({ signed: true });
  },
  PROCESSES_MS,
);
