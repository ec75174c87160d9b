import { connect } from 'node:net';
import type { HostileRequest } from './hostile-request.ts';

export interface HostileAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly ms: number;
}

const LONGEST_MS = 10_000;

/** Sends a request as it is, over a connection of its own. Rejects when no answer comes in ten seconds. */
export function exchange(port: number, token: string, request: HostileRequest): Promise<HostileAnswer> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.setTimeout(LONGEST_MS, () => socket.destroy(new Error(`no answer in ${LONGEST_MS} ms`)));
    socket.on('data', (chunk) => chunks.push(chunk));
    // An answer that refuses a body may come before all of it was sent.
    socket.on('error', (error) => (chunks.length === 0 ? reject(error) : undefined));
    socket.on('close', () => resolve(readAnswer(Buffer.concat(chunks), performance.now() - startedAt)));
    const body = Buffer.from(request.body);
    const head = [
      `${request.method} ${target(request)} HTTP/1.1`,
      'Host: 127.0.0.1',
      'Connection: close',
      `Authorization: Bearer ${token}`,
      ...request.headers.map(([name, value]) => `${name}: ${value}`),
      ...(request.hasNoLength ? [] : [`Content-Length: ${body.length}`]),
    ];
    socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
  });
}

/** Spaces and line ends would make another request of it; other bytes stay. */
function target(request: HostileRequest): string {
  return request.target.replace(/[\s\p{Cc}]/gu, (char) => encodeURIComponent(char));
}

function readAnswer(bytes: Buffer, ms: number): HostileAnswer {
  const text = bytes.toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(first.split(' ')[1] ?? 0),
    headers: new Map(headers),
    body: text.slice(end + 4),
    ms,
  };
}

const SLOW_MS = 5_000;

/** What is wrong with an answer, whatever the request was; null when nothing is. */
export function faultOf(request: HostileRequest, answer: HostileAnswer): string | null {
  const { status, headers, body, ms } = answer;
  if (status < 200 || status >= 500) return `status ${status}: ${body.slice(0, 300)}`;
  if (ms > SLOW_MS) return `${Math.round(ms)} ms`;
  if (!headers.has('x-li-uuid')) return 'no x-li-uuid';
  // Pages, forms and the app's API have answers of their own.
  if (!/^\/(v2|rest)\//.test(request.target)) return null;
  if (request.method === 'HEAD') return null;
  if (body === '') return status < 400 ? null : 'no message';
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return `not JSON: ${body.slice(0, 300)}`;
  }
  if (status >= 400) {
    const isMarked = headers.has('x-restli-error-response') || headers.has('x-linkedin-error-response');
    return isMarked ? errorFault(parsed, status) : 'no error header';
  }
  return batchFault(parsed);
}

function errorFault(error: unknown, status?: number): string | null {
  const { status: said, message, code } = error as Record<string, unknown>; // a body without them is the fault looked for
  if (typeof message !== 'string' || message === '' || typeof code !== 'string')
    return 'an error without message';
  if (typeof said !== 'number' || said < 400 || said >= 500) return `an error of status ${said}`;
  return status === undefined || said === status ? null : `status ${status} says ${said}`;
}

function batchFault(body: unknown): string | null {
  const { errors, results } = body as Record<string, unknown>; // likewise
  if (errors === undefined) return null;
  if (typeof results !== 'object') return 'errors without results';
  for (const error of Object.values(errors as object)) {
    const fault = errorFault(error);
    if (fault) return fault;
  }
  return null;
}
