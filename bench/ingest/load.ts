import { Agent, request } from 'node:http';
import { encodeBatchIds, encodeBodyKey, tunnel } from '@carrick/protocol';
import type { Candidate } from './people.ts';
import type { Tenant } from './server.ts';

export interface Timing {
  readonly recordsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Sends the batches over so many connections, each with one request at a time, and takes the time of each. */
export async function drive<B>(
  batches: readonly B[],
  recordsPerBatch: number,
  connections: number,
  send: (batch: B, connection: number) => Promise<void>,
): Promise<Timing> {
  const times: number[] = [];
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      for (let batch = batches[next++]; batch !== undefined; batch = batches[next++]) {
        const sentAt = performance.now();
        await send(batch, connection);
        times.push(performance.now() - sentAt);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    recordsPerSecond: Math.round((batches.length * recordsPerBatch) / seconds),
    ...percentiles(times),
  };
}

function percentiles(times: number[]): Pick<Timing, 'p50Ms' | 'p99Ms'> {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

const KEY = { parts: ['atsCandidateId', 'dataProvider', 'integrationContext'] };

export interface HttpBatch {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly size: number;
}

/** The request of one batch, written beforehand: what is measured is the server, not the making of requests. */
export function httpBatch({ organization }: Tenant, candidates: readonly Candidate[]): HttpBatch {
  const keys = candidates.map(({ id }) => [id, 'ATS', organization]);
  const entities = Object.fromEntries(
    candidates.map(({ record }, i) => [encodeBodyKey(keys[i] ?? [], KEY, '1.0.0'), record]),
  );
  const query = encodeBatchIds(keys, KEY, '1.0.0');
  const { headers, body } = tunnel({
    method: 'PUT',
    path: '/v2/atsCandidates',
    query,
    body: JSON.stringify({ entities }),
  });
  return {
    headers: { ...headers, 'X-RestLi-Method': 'batch_update' },
    body: Buffer.from(body),
    size: candidates.length,
  };
}

export async function fetchToken(baseUrl: string, { customer }: Tenant): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: customer.clientId,
    client_secret: customer.clientSecret,
  });
  const response = await fetch(`${baseUrl}/oauth/v2/accessToken`, { method: 'POST', body });
  const { access_token: token } = (await response.json()) as { access_token: string }; // the wire's own shape
  return token;
}

/** One agent a connection; every answer is read and every key of it must have been stored. */
export function httpSender(baseUrl: string, token: string, connections: number) {
  const agents = Array.from({ length: connections }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  const url = new URL('/v2/atsCandidates', baseUrl);
  const send = async ({ headers, body, size }: HttpBatch, connection: number): Promise<void> => {
    const answer = await post(
      url,
      { ...headers, Authorization: `Bearer ${token}`, 'Content-Length': String(body.length) },
      body,
      agents[connection],
    );
    const stored = answer.split('"status":204').length - 1;
    if (stored !== size) throw new Error(`${stored} of ${size} records were stored: ${answer.slice(0, 300)}`);
  };
  return { send, close: () => agents.forEach((agent) => void agent.destroy()) };
}

function post(
  url: URL,
  headers: Record<string, string>,
  body: Buffer,
  agent: Agent | undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, ...(agent ? { agent } : {}) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
