import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Object = Readonly<Record<string, unknown>>;

export interface FakeGreenhouse {
  readonly url: string;
  readonly lists: Record<string, Object[]>;
  /** What was asked, in order. */
  readonly asked: string[];
  tokens: number;
  /** Requests that are left in the window; Infinity says nothing about it. */
  remaining: number;
  /** Answered instead, once each. */
  readonly faults: { status: number; headers?: Record<string, string> }[];
  close(): Promise<void>;
}

const PAGE = 2;

/**
 * Greenhouse's Harvest API as its public documentation describes it: tokens, lists by id from the newest down, `Link` with a cursor that
 * stands alone, filters by ids and by a window of a time, a fixed window of requests. Nothing of it was recorded from the real one.
 */
export async function fakeGreenhouse(
  lists: Record<string, Object[]>,
  now: () => number,
): Promise<FakeGreenhouse> {
  const credentials = `Basic ${Buffer.from('id:secret').toString('base64')}`;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', fake.url);
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    fake.asked.push(decodeURIComponent(`${url.pathname}${url.search}`));
    if (url.pathname === '/token') {
      if (request.headers.authorization !== credentials) return answer(401, { error: 'invalid_client' });
      const expires_at = new Date(now() + 3600_000).toISOString();
      return answer(200, { token_type: 'Bearer', access_token: `token-${++fake.tokens}`, expires_at });
    }
    const fault = fake.faults.shift();
    if (fault) return answer(fault.status, { message: 'a fault' }, fault.headers);
    if (request.headers.authorization !== `Bearer token-${fake.tokens}`)
      return answer(401, { message: 'expired' });
    if (fake.remaining <= 0) return answer(429, { message: 'slow down' }, { 'retry-after': '30' });
    fake.remaining--;
    const limits: Record<string, string> = Number.isFinite(fake.remaining)
      ? {
          'x-ratelimit-remaining': String(fake.remaining),
          'x-ratelimit-reset': String(Math.ceil(now() / 1000) + 30),
        }
      : {};
    const cursor = url.searchParams.get('cursor');
    if (cursor !== null && url.searchParams.size > 1)
      return answer(422, { errors: ['When passing a cursor, do not include other query params.'] });
    const query = new URLSearchParams(
      cursor === null ? url.search : Buffer.from(cursor, 'base64url').toString(),
    );
    const all = (fake.lists[url.pathname.replace('/v3/', '')] ?? [])
      .filter((object) => isWanted(object, query))
      .sort((a, b) => Number(b.id) - Number(a.id));
    const start = Number(query.get('start') ?? 0);
    query.set('start', String(start + PAGE));
    const next = `${fake.url}${url.pathname}?cursor=${Buffer.from(String(query)).toString('base64url')}`;
    const link: Record<string, string> = start + PAGE < all.length ? { link: `<${next}>; rel="next"` } : {};
    return answer(200, all.slice(start, start + PAGE), { ...limits, ...link });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // listening on a port: never a path
  const fake: FakeGreenhouse = {
    url: `http://127.0.0.1:${port}`,
    lists,
    asked: [],
    tokens: 0,
    remaining: Number.POSITIVE_INFINITY,
    faults: [],
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return fake;
}

function isWanted(object: Object, query: URLSearchParams): boolean {
  for (const [name, value] of query) {
    const field = name === 'ids' ? 'id' : name.endsWith('_ids') ? name.slice(0, -1) : null;
    if (field !== null && !value.split(',').includes(String(object[field]))) return false;
    if (!name.endsWith('_at')) continue;
    const [, from = '', , to = ''] = value.split('|');
    const at = Date.parse(String(object[name]));
    if (at < Date.parse(from) || at > Date.parse(to)) return false;
  }
  return true;
}
