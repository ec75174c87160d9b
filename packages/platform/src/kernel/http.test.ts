import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { ProtocolError } from '@carrick/protocol';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttpEdge, type HttpEdge, type HttpRequest, type RequestRecord, type Route } from './http.ts';
import type { Log } from './log.ts';

let edge: HttpEdge;
let records: RequestRecord[];
let logged: { level: string; fields: unknown; text: unknown }[];

afterEach(() => edge.close());

async function open(routes: readonly Route[] | null): Promise<number> {
  records = [];
  logged = [];
  const note =
    (level: string) =>
    (fields: unknown, text?: unknown): void =>
      void logged.push({ level, fields, text });
  const log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') } as Log;
  edge = createHttpEdge(log, (record) => records.push(record));
  const { port } = await edge.listen('localhost', 0);
  if (routes) edge.open(routes);
  return port;
}

const route = (method: Route['method'], path: string, handler: Route['handler']): Route => ({
  method,
  path,
  handler,
});
const say = (body: string) => async () => ({ status: 200, body });

/** Sends the target as it stands, which fetch would not. */
function send(
  port: number,
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body?: string,
) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port, method, path: target, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      });
      request.on('error', reject);
      request.end(body);
    },
  );
}

describe('routes', () => {
  test('RU50 it listens on both loopback addresses, and a taken port is an error', async () => {
    const port = await open([route('GET', '/a', say('a'))]);
    expect(await (await fetch(`http://127.0.0.1:${port}/a`)).text()).toBe('a');
    expect(await (await fetch(`http://[::1]:${port}/a`)).text()).toBe('a');
    const second = createHttpEdge(console, () => {});
    await expect(second.listen('localhost', port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await second.close();
  });

  test('RU51 path and query arrive as they were sent, the body as bytes whatever its content type', async () => {
    let seen: HttpRequest | undefined;
    const port = await open([
      route('PUT', '/v2/*', async (request) => {
        seen = request;
        return { status: 204 };
      }),
    ]);
    const target = '/v2/a=1&b=urn:li:x:%zz/notes?ids[0].a=b%2Fc&ids[1]=(x)';
    expect(
      (await send(port, 'PUT', target, { 'content-type': 'multipart/mixed; boundary=x' }, 'ü')).status,
    ).toBe(204);
    expect(seen?.path).toBe('/v2/a=1&b=urn:li:x:%zz/notes');
    expect(seen?.rawQuery).toBe('ids[0].a=b%2Fc&ids[1]=(x)');
    expect(seen?.body).toEqual(Buffer.from('ü'));
    await send(port, 'PUT', '/v2/none', {}, 'plain');
    expect(seen?.body.toString()).toBe('plain');
  });

  test('RU51 an exact path wins, then the longest prefix; a path of other methods is 405, an unknown one 404', async () => {
    const port = await open([
      route('GET', '/a/*', say('prefix')),
      route('GET', '/a/b/*', say('longer')),
      route('GET', '/a/b/c', say('exact')),
    ]);
    const text = async (path: string) => (await send(port, 'GET', path)).body;
    expect(await Promise.all([text('/a/x'), text('/a/b/x'), text('/a/b/c'), text('/a/b/c/d')])).toEqual([
      'prefix',
      'longer',
      'exact',
      'longer',
    ]);
    expect((await send(port, 'HEAD', '/a/b/c')).status).toBe(200);
    expect((await send(port, 'POST', '/a/b/c')).status).toBe(405);
    expect((await send(port, 'GET', '/b')).status).toBe(404);
  });
});

describe('refusals', () => {
  test('RU52 what is too large is refused in the form of the protocol: a body 413, a head 414', async () => {
    const port = await open([route('POST', '/a', say('a'))]);
    const body = await fetch(`http://127.0.0.1:${port}/a`, {
      method: 'POST',
      body: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    expect(body.status).toBe(413);
    expect(await body.json()).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
    const head = await send(port, 'GET', `/a?${'x'.repeat(30_000)}`);
    expect(head.status).toBe(414);
    expect(JSON.parse(head.body)).toMatchObject({ status: 414, code: 'URI_TOO_LONG' });
    expect(head.headers['x-li-uuid']).toBeTruthy();
  });

  test('RU52 a client that is still sending reads that its body is too large, and can go on', async () => {
    const port = await open([route('POST', '/a', say('a'))]);
    const answers = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: ${30 * 1024 * 1024}\r\n\r\n`);
        for (let i = 0; i < 30; i++) socket.write(Buffer.alloc(1024 * 1024));
        socket.write('POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      });
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
    });
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });

  test('RU52 a POST that does not say how long its body is is 411', async () => {
    const port = await open([route('POST', '/a', say('a'))]);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
      );
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 411 [\s\S]*"code":"LENGTH_REQUIRED"/);
  });

  test('RU52 what is no HTTP is answered with 400 and ends the connection', async () => {
    const port = await open([]);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('nonsense\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('RU53 every answer carries the security headers and an id, the refused ones too', async () => {
    const port = await open([route('GET', '/a', say('a'))]);
    for (const path of ['/a', '/unknown']) {
      const { headers } = await send(port, 'GET', path);
      expect(headers['content-security-policy']).toContain(
        "default-src 'none'; script-src 'self'; style-src 'self'",
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['x-li-uuid']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test('RU54 a bug is a 500 that tells an id only, logged once with its cause', async () => {
    const port = await open([
      route('GET', '/bug', async () => {
        throw new Error('secret detail', { cause: new Error('deeper') });
      }),
    ]);
    const { status, body, headers } = await send(port, 'GET', '/bug');
    expect(status).toBe(500);
    expect(body).not.toContain('secret');
    expect(JSON.parse(body)).toMatchObject({ code: 'INTERNAL', requestId: headers['x-li-uuid'] });
    const errors = logged.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.fields).toMatchObject({
      id: headers['x-li-uuid'],
      err: { cause: { message: 'deeper' } },
    });
  });

  test('RU54 a refusal is no bug: it keeps its status and message', async () => {
    const port = await open([
      route('GET', '/no', async () => {
        throw new ProtocolError('THROTTLED', 'slower, please');
      }),
    ]);
    const { status, body, headers } = await send(port, 'GET', '/no');
    expect([status, JSON.parse(body).message, headers['retry-after']]).toEqual([429, 'slower, please', '5']);
    expect(logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('life', () => {
  test('RU55 before it is open everything but /healthz is 503', async () => {
    const port = await open(null);
    expect((await send(port, 'GET', '/healthz')).status).toBe(200);
    const early = await send(port, 'PUT', '/v2/atsCandidates', {}, '{}');
    expect([early.status, JSON.parse(early.body).code]).toEqual([503, 'UNAVAILABLE']);
    edge.open([route('GET', '/a', say('a'))]);
    expect((await send(port, 'GET', '/a')).status).toBe(200);
  });

  test('RU56 closing lets a request in flight finish and ends streams', async () => {
    const arrived = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const port = await open([
      route('GET', '/slow', async () => {
        arrived.resolve();
        await release.promise;
        return { status: 200, body: 'done' };
      }),
      route('GET', '/stream', async () => ({
        status: 200,
        headers: { 'content-type': 'text/event-stream' },
        stream: (write, signal) =>
          new Promise((resolve) => {
            write('data: 1\n\n');
            signal.addEventListener('abort', () => resolve());
          }),
      })),
    ]);
    const stream = await fetch(`http://127.0.0.1:${port}/stream`);
    const reader = stream.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: 1\n\n');
    const slow = send(port, 'GET', '/slow');
    await arrived.promise;
    const closed = edge.close();
    expect((await reader.read()).done).toBe(true);
    release.resolve();
    expect((await slow).body).toBe('done');
    await closed;
    await expect(send(port, 'GET', '/slow')).rejects.toThrow();
  });

  test('RU56 a connection that never sent a request holds nothing up', async () => {
    const port = await open([]);
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    await send(port, 'GET', '/');
    const left = new Promise((resolve) => socket.once('close', resolve));
    const startedAt = performance.now();
    await edge.close();
    await left;
    expect(performance.now() - startedAt).toBeLessThan(4_900);
  });

  test('RU57 one line and one record a request: the route, never the path or the query', async () => {
    const port = await open([route('GET', '/people/*', say('a'))]);
    await send(port, 'GET', '/people/ada?email=ada@example.com');
    await send(port, 'GET', '/nowhere');
    expect(records.map(({ method, route: path, status }) => [method, path, status])).toEqual([
      ['GET', '/people/*', 200],
      ['GET', 'none', 404],
    ]);
    expect(logged.filter(({ text }) => text === 'request')).toHaveLength(2);
    expect(JSON.stringify(logged)).not.toContain('ada');
  });
});
