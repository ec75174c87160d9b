/**
 * `npm run bench -- oracle [--probes 20000] [--members 2000]`: whether an ATS can learn whose address it has guessed. By turns it
 * sends a candidate with a member's address and one with nobody's, both under a name that nobody has, and reads whom each is
 * matched with. What comes back must be the same but for the id, and as soon. One JSON object on stdout; exit code 1 otherwise.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fetchToken } from '../ingest/load.ts';
import { importMembers, startServer, type Tenant } from '../ingest/server.ts';

const WARM_UP = 300;
const MOST_DIFFERENCE = 0.02;

const { values } = parseArgs({
  options: {
    probes: { type: 'string', default: '20000' },
    members: { type: 'string', default: '2000' },
  },
});
const [probes, members] = [Number(values.probes), Number(values.members)];

const dataDir = mkdtempSync(join(tmpdir(), 'carrick-bench-'));
const server = await startServer(dataDir, 1, undefined);
try {
  await importMembers(dataDir, memberLines());
  const [tenant] = server.tenants;
  if (!tenant) throw new Error('a tenant was asked for');
  const report = await measure(server.baseUrl, tenant);
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.isAlike ? 0 : 1;
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

function* memberLines(): Generator<string> {
  for (let n = 0; n < members; n++)
    yield JSON.stringify({
      id: `member-${n}`,
      firstName: 'Frances',
      lastName: `Lovelace${n}`,
      emails: [address('known', n)],
      phones: ['+1 212 736 5000'],
      positions: [{ title: 'Engineer', companyName: `Company ${n % 100}` }],
      location: 'Springfield, IL',
    });
}

/** Of one length, so that no byte more or less tells them apart. */
function address(kind: 'known' | 'other', n: number): string {
  return `${kind}.${String(n).padStart(6, '0')}@mail${n % 97}.org`;
}

interface Probe {
  readonly answers: Map<string, number>;
  readonly putMs: number[];
  readonly getMs: number[];
}

async function measure(baseUrl: string, tenant: Tenant) {
  const token = await fetchToken(baseUrl, tenant);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const kinds: Readonly<Record<'known' | 'other', Probe>> = { known: emptyProbe(), other: emptyProbe() };
  for (let n = -WARM_UP; n < probes; n++) {
    // Neither is always the first of the two.
    const order = n % 2 === 0 ? (['known', 'other'] as const) : (['other', 'known'] as const);
    for (const kind of order) {
      const probe = n < 0 ? emptyProbe() : kinds[kind];
      await guess(
        { baseUrl, token, agent, tenant },
        `${kind[0]}${String(n + WARM_UP).padStart(6, '0')}`,
        address(kind, (n + WARM_UP) % members),
        probe,
      );
    }
    if (n > 0 && n % 2_000 === 0) process.stderr.write(`${n} of ${probes}\n`);
  }
  agent.destroy();
  const difference = { put: differenceOf('putMs'), get: differenceOf('getMs') };
  const isSameBody =
    JSON.stringify([...kinds.known.answers.keys()].sort()) ===
    JSON.stringify([...kinds.other.answers.keys()].sort());
  return {
    probes,
    medianMs: {
      put: { known: median(kinds.known.putMs), other: median(kinds.other.putMs) },
      get: { known: median(kinds.known.getMs), other: median(kinds.other.getMs) },
    },
    differenceOfMedians: difference,
    answers: { known: [...kinds.known.answers], other: [...kinds.other.answers] },
    isAlike: isSameBody && difference.put <= MOST_DIFFERENCE && difference.get <= MOST_DIFFERENCE,
  };

  function differenceOf(what: 'putMs' | 'getMs'): number {
    const [known, other] = [median(kinds.known[what]), median(kinds.other[what])];
    return Math.round((Math.abs(known - other) / other) * 10_000) / 10_000;
  }
}

function emptyProbe(): Probe {
  return { answers: new Map(), putMs: [], getMs: [] };
}

interface Door {
  readonly baseUrl: string;
  readonly token: string;
  readonly agent: Agent;
  readonly tenant: Tenant;
}

async function guess(door: Door, id: string, email: string, { answers, putMs, getMs }: Probe): Promise<void> {
  const key = `(atsCandidateId:${id},dataProvider:ATS,integrationContext:${encodeURIComponent(door.tenant.organization)})`;
  const record = {
    atsCreatedAt: 1_600_000_000_000,
    atsLastModifiedAt: 1_700_000_000_000,
    firstName: 'Zebulon',
    lastName: 'Quatermass',
    emailAddresses: [email],
    phoneNumbers: [],
    addresses: [],
    externalProfileUrl: `https://ats.example/${id}`,
  };
  const path = `/v2/atsCandidates?ids=List(${key})`;
  const body = JSON.stringify({ entities: { [key]: record } });
  const put = await call(door, 'PUT', path, body);
  const get = await call(door, 'GET', `${path}&fields=matchedMembers,manualMatchedMember`, null);
  putMs.push(put.ms);
  getMs.push(get.ms);
  const answer = [put, get].map(({ status, text }) => `${status} ${text.replaceAll(id, 'ID')}`).join('\n');
  answers.set(answer, (answers.get(answer) ?? 0) + 1);
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

function call(
  { baseUrl, token, agent }: Door,
  method: 'PUT' | 'GET',
  path: string,
  body: string | null,
): Promise<Answer> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const headers = {
      Authorization: `Bearer ${token}`,
      'X-RestLi-Protocol-Version': '2.0.0',
      'X-RestLi-Method': method === 'PUT' ? 'batch_update' : 'batch_get',
      ...(body === null
        ? {}
        : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) }),
    };
    const sent = request(`${baseUrl}${path}`, { method, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString('utf8'),
          ms: performance.now() - startedAt,
        }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body ?? undefined);
  });
}

function median(times: readonly number[]): number {
  return Math.round((times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0) * 1_000) / 1_000;
}
