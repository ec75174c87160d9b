import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Tenant } from './server.ts';
import { BATCH, type HttpBatch } from './subjects.ts';

export interface Timing {
  readonly recordsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Sends the batches over so many connections, each with one request at a time, and takes the time of each. */
export async function drive<B>(
  batches: readonly B[],
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
  return timing(times, performance.now() - startedAt);
}

/**
 * Sends the batches at their times, whatever has become of those before. A batch's time counts from when it was due: one that leaves late
 * because we or the server were busy has waited too.
 */
export async function driveAtRate<B>(
  batches: readonly B[],
  recordsPerSecond: number,
  send: (batch: B) => Promise<void>,
): Promise<Timing> {
  const gapMs = (BATCH / recordsPerSecond) * 1_000;
  const times: number[] = [];
  const sent: Promise<void>[] = [];
  const startedAt = performance.now();
  for (const [index, batch] of batches.entries()) {
    const dueAt = startedAt + index * gapMs;
    const early = dueAt - performance.now();
    if (early > 0) await pause(early);
    sent.push(send(batch).then(() => void times.push(performance.now() - dueAt)));
  }
  await Promise.all(sent);
  return timing(times, performance.now() - startedAt);
}

function timing(times: readonly number[], ms: number): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
  return {
    recordsPerSecond: Math.round((times.length * BATCH * 1_000) / ms),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
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

/**
 * Every answer is read, and must say of every record that it was stored. With `connections`, each is one connection; without, there
 * are as many as requests are under way.
 */
export function httpSender(baseUrl: string, token: string, connections?: number) {
  const agents = Array.from(
    { length: connections ?? 1 },
    () => new Agent({ keepAlive: true, ...(connections === undefined ? {} : { maxSockets: 1 }) }),
  );
  const send = async ({ path, headers, body, said, size }: HttpBatch, connection = 0): Promise<string> => {
    const answer = await post(
      new URL(path, baseUrl),
      { ...headers, Authorization: `Bearer ${token}`, 'Content-Length': String(body.length) },
      body,
      agents[connection],
    );
    const stored = answer.split(said).length - 1;
    if (stored !== size) throw new Error(`${stored} of ${size} records were stored: ${answer.slice(0, 300)}`);
    return answer;
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
