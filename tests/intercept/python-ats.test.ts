import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { IntegrationsAnswer } from '@carrick/protocol/administration';
import type { ExportJobsAnswer } from '@carrick/protocol/exports';
import type { SearchAnswer } from '@carrick/protocol/recruiter';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { carrick, dataFolder, type Started, startCarrick } from '../../packages/cli/src/carrick.fixture.ts';
import type { TenantDetails } from '../../packages/cli/src/ensure-tenant.ts';

interface Details extends TenantDetails {
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly proxyUrl: string;
  readonly caFile: string;
}

/** What the ATS says of itself. */
interface AtsState {
  readonly clientId: string;
  /** What it holds, by the platform's names of tables. */
  readonly counts: Readonly<Record<string, number>>;
  readonly done: readonly string[];
  readonly statuses: Readonly<Record<string, string>>;
  readonly persons: Readonly<Record<string, string>>;
  readonly refused: Readonly<Record<string, string>>;
  readonly exported: readonly {
    readonly candidate: string;
    readonly job: string;
    readonly lastName: string;
  }[];
  readonly failure: string | null;
}

const folder = dataFolder();
let sandbox: Started<Details>;

beforeAll(async () => {
  sandbox = await startCarrick<Details>([
    ...['sandbox', '--data', folder.path, '--port', '0', '--intercept', '--intercept-port', '0', '--json'],
  ]);
}, 60_000);
afterAll(async () => {
  await sandbox.end('SIGTERM');
  await folder.remove();
});

/** What the proxy answers to CONNECT. */
function connectTo(target: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(sandbox.details.proxyUrl);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method: 'CONNECT', path: target });
    asked.once('connect', (response, socket, head) => {
      let text = head.toString();
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      if (response.statusCode === 200) socket.destroy();
      socket.once('close', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.once('error', reject);
    asked.end();
  });
}

test('IC1 IC2 IC4 the proxy listens here, answers for three hosts and opens no connection to any other', async () => {
  expect(sandbox.details.proxyUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(readFileSync(sandbox.details.caFile, 'utf8')).toContain('BEGIN CERTIFICATE');
  for (const host of ['api.linkedin.com:443', 'www.linkedin.com:443', 'PLATFORM.linkedin.com:443'])
    expect((await connectTo(host)).status).toBe(200);
  // A server that would notice.
  let visits = 0;
  const elsewhere = createServer(() => visits++);
  elsewhere.listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const { port } = elsewhere.address() as AddressInfo; // listening on a port: never a path
  const refused = [
    'example.com:443',
    'api.linkedin.com:80',
    `127.0.0.1:${port}`,
    'evil-api.linkedin.com:443',
    'x',
  ];
  for (const target of refused) {
    const { status, text } = await connectTo(target);
    expect([target, status]).toEqual([target, 403]);
    expect(text).toContain('nothing leaves this machine');
  }
  const plain = await new Promise<number>((resolve) =>
    request(
      { ...hostOf(sandbox.details.proxyUrl), path: `http://127.0.0.1:${port}/` },
      (answer) => void resolve(answer.resume().statusCode ?? 0),
    ).end(),
  );
  expect(plain).toBe(403);
  expect(visits).toBe(0);
  elsewhere.close();
});

const hostOf = (url: string) => {
  const { hostname, port } = new URL(url);
  return { hostname, port };
};

/** A person at the app. */
async function signIn(seat: { readonly email: string; readonly password: string } | undefined) {
  if (!seat) throw new Error('the sandbox has three seats');
  const { baseUrl } = sandbox.details;
  const headers = { 'content-type': 'application/json', 'x-carrick': '1' };
  const answer = await fetch(`${baseUrl}/app/api/sign-in`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: seat.email, password: seat.password }),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return async <T>(path: string, body?: object): Promise<T> => {
    const response = await fetch(`${baseUrl}/app/api/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { ...headers, cookie },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  };
}

/** The secret of the application that the ATS provisioned for the customer, as its vendor can look it up. */
async function secretOf(clientId: string): Promise<string> {
  const { baseUrl, parent } = sandbox.details;
  const credentials = { client_id: parent.clientId, client_secret: parent.clientSecret };
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...credentials });
  const token = await fetch(`${baseUrl}/oauth/v2/accessToken`, { method: 'POST', body });
  const { access_token: bearer } = (await token.json()) as { access_token: string };
  const path = '/v2/provisionedApplications?q=credentialsByUniqueForeignId&uniqueForeignId=acme';
  const found = await fetch(`${baseUrl}${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  const { elements } = (await found.json()) as {
    elements: { credentials: { client_id: string; client_secret: string } }[];
  };
  const secret = elements.find(({ credentials: { client_id: id } }) => id === clientId)?.credentials
    .client_secret;
  if (!secret) throw new Error('the vendor finds the application it provisioned');
  return secret;
}

/** How many records of an ATS the platform holds. */
async function stored(atsNo: number, tables: readonly string[]): Promise<Record<string, number>> {
  const { databaseUrl, tenantId } = sandbox.details;
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    const counts = await sql.begin(async (tx) => {
      await tx`select set_config('carrick.tenant_id', ${String(tenantId)}, true)`;
      const parts = tables.map(
        (table) => `select '${table}' as name, count(*)::int as rows from ${table} where ats_no = ${atsNo}`,
      );
      return tx.unsafe<{ name: string; rows: number }[]>(parts.join(' union all '));
    });
    return Object.fromEntries(counts.map(({ name, rows }) => [name, rows]));
  } finally {
    await sql.end();
  }
}

const hasPython = (() => {
  try {
    execFileSync('python3', ['-c', 'import ssl, sys; assert sys.version_info >= (3, 9)']);
    return true;
  } catch {
    return false;
  }
})();

// Skipped where there is no Python 3.9 with TLS.
describe.skipIf(!hasPython)('an ATS in Python, written for the original', () => {
  let ats: ChildProcess;
  let url = '';
  const state = async () => (await (await fetch(`${url}/state`)).json()) as AtsState;
  const until = { timeout: 60_000, interval: 100 };
  const doneTo = async (step: string) => {
    await expect
      .poll(async () => {
        const { done, failure } = await state();
        return failure ?? done.includes(step);
      }, until)
      .not.toBe(false);
    const now = await state();
    expect(now.failure).toBeNull();
    return now;
  };

  beforeAll(async () => {
    const members = [
      { id: 'm-ada', firstName: 'Ada', lastName: 'Okafor', emails: ['ada.0@people.example'] },
      {
        id: 'm-kim',
        firstName: 'Kim',
        lastName: 'Openwater',
        emails: ['kim@home.example'],
        shareWithThirdParties: true,
      },
    ];
    const file = join(folder.path, 'members.jsonl');
    writeFileSync(file, members.map((member) => `${JSON.stringify(member)}\n`).join(''));
    expect((await carrick(['import-members', '--file', file, '--data', folder.path])).code).toBe(0);
    const { organization, contract, parent, seats, proxyUrl, caFile } = sandbox.details;
    const script = join(import.meta.dirname, '../../examples/python-ats/ats.py');
    const options = {
      name: 'Pyre',
      customer: 'acme',
      organization,
      contract,
      recruiter: seats[1]?.email ?? '',
      port: '0',
    };
    ats = spawn(
      'python3',
      [script, ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: process.env.PATH,
          PYTHONDONTWRITEBYTECODE: '1',
          HTTPS_PROXY: proxyUrl,
          SSL_CERT_FILE: caFile,
          PARTNER_CLIENT_ID: parent.clientId,
          PARTNER_CLIENT_SECRET: parent.clientSecret,
        },
      },
    );
    if (!ats.stdout) throw new Error('its output is piped');
    const [line] = (await once(createInterface({ input: ats.stdout }), 'line')) as [string];
    url = (JSON.parse(line) as { url: string }).url;
  }, 60_000);
  afterAll(async () => {
    if (ats.exitCode !== null) return;
    ats.kill();
    await once(ats, 'exit');
  });

  test('IC3 L-021 L-031 L-056 L-062 L-064 L-066 L-154 modules 1 to 5: it is onboarded, syncs everything, reads matches, takes an export, secures a job and leaves', async () => {
    // Module 1: the ATS has an application of its own, the customer asks, the ATS configures, an administrator agrees.
    const { clientId } = await state();
    const { organization, contract: contractUrn } = sandbox.details;
    const asking = ['admin', 'request-integration', '--client-id', clientId, '--organization', organization];
    expect((await carrick([...asking, '--data', folder.path, '--json'])).code).toBe(0);
    const triple = (integrationContext: string, integrationType: string) => ({
      integrationContext,
      integrationType,
      tenantType: 'RECRUITER',
    });
    await fetch(`${url}/onboarded`, {
      method: 'POST',
      body: JSON.stringify([
        ...['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN'].map((type) =>
          triple(organization, type),
        ),
        triple(contractUrn, 'CSA_API'),
      ]),
    });
    await doneTo('onboarding');
    const admin = await signIn(sandbox.details.seats[0]);
    const own = async () => {
      const { atss } = await admin<IntegrationsAnswer>('admin/integrations');
      const found = atss.find(({ name }) => name.startsWith('Pyre'));
      if (!found) throw new Error(`Pyre is not among ${atss.map(({ name }) => name)}`);
      return found;
    };
    const { atsNo, company, contract } = await own();
    const integrations = [...company, ...contract];
    expect(integrations.map(({ status }) => status)).toEqual(integrations.map(() => 'PARTNER_READY'));
    await admin('admin/integrations/switch', {
      atsNo,
      isOn: true,
      integrations: integrations.map(({ type, contextUrn }) => ({ type, contextUrn })),
    });

    // Module 2: it was told, and sends all it has; one bad record is shown with its reason and fails no other.
    const synced = await doneTo('access');
    expect(synced.done).toEqual(['onboarding', 'sync', 'access']);
    expect(Object.values(synced.statuses)).toEqual(['ENABLED', 'ENABLED', 'ENABLED', 'ENABLED']);
    expect(synced.refused).toEqual({ 'C 17/&=': expect.stringMatching(/^422: .*emailAddresses/) });
    const { candidate, ...others } = synced.counts;
    expect(candidate).toBe(130);
    expect(await stored(atsNo, Object.keys(synced.counts))).toEqual({ ...others, candidate: 129 });
    expect(synced.persons).toEqual({ 'C 0/&=': expect.stringMatching(/^urn:li:person:/) });

    // Module 4: the secured job shows to the recruiter of its team and to nobody else.
    const [r1, r2] = [await signIn(sandbox.details.seats[1]), await signIn(sandbox.details.seats[2])];
    const jobsOf = async (of: typeof r1) =>
      (await of<ExportJobsAnswer>(`exports/jobs?atsNo=${atsNo}&q=PY-`)).jobs.map(({ id }) => id).sort();
    expect(await jobsOf(r1)).toEqual(['PY-0', 'PY-1', 'PY-2', 'PY-3']);
    expect(await jobsOf(r2)).toEqual(['PY-0', 'PY-1', 'PY-2']);

    // Module 3: a recruiter exports a person, who becomes a candidate of the ATS.
    const { people } = await r1<SearchAnswer>('search?q=Openwater');
    await r1('exports', { key: 'export-1', people: [people[0]?.id], atsNo, jobId: 'PY-3' });
    await expect
      .poll(async () => (await state()).failure ?? (await state()).exported, until)
      .toMatchObject([{ candidate: 'EXPORTED-1', job: 'PY-3', lastName: 'Openwater' }]);
    await expect.poll(async () => (await own()).records.candidates, until).toBe(130);

    // Who does not know the secret tells it nothing; a type that it does not know is acknowledged and ignored.
    const secret = await secretOf(clientId);
    const told = async (type: string, key: string) => {
      const body = JSON.stringify({ id: 'unheard-of', type, expiresAt: 0 });
      const headers = {
        'X-LI-Signature': createHmac('sha256', key).update(`hmacsha256=${body}`).digest('hex'),
      };
      return (await fetch(`${url}/callback`, { method: 'POST', headers, body })).status;
    };
    expect(await told('EXPORT_CANDIDATE_PROFILE', 'another')).toBe(401);
    expect(await told('SOMETHING_NEW', secret)).toBe(200);
    const asked = await fetch(`${url}/callback?challengeCode=abc`);
    expect(await asked.json()).toEqual({
      challengeCode: 'abc',
      challengeResponse: createHmac('sha256', secret).update('abc').digest('hex'),
    });

    // Module 5: all that it sent goes; jobs are closed.
    await fetch(`${url}/leave`, { method: 'POST' });
    const left = await doneTo('leave');
    expect(left.refused).toEqual(synced.refused);
    const { job, ...gone } = await stored(atsNo, Object.keys(synced.counts));
    expect([job, ...Object.values(gone)]).toEqual([5, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(await jobsOf(r1)).toEqual([]);
  }, 120_000);
});
