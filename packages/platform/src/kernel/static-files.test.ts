import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpRequest, HttpResponse } from './http.ts';
import { staticRoutes } from './static-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'carrick-static-'));
let get: (path: string, headers?: Record<string, string>) => Promise<HttpResponse>;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'run()');
  get = await opened(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function opened(path: string): Promise<typeof get> {
  const [route] = await staticRoutes(path, ['/v2/', '/app/api/', '/assets/']);
  return async (target, headers = {}) => {
    const request: HttpRequest = {
      method: 'GET',
      path: target,
      rawQuery: '',
      headers,
      body: Buffer.alloc(0),
      id: '1',
      address: '127.0.0.1',
      origin: 'http://localhost',
    };
    return route!.handler(request);
  };
}

test('RU58 hashed files are kept for ever, index.html is asked for again', async () => {
  const script = await get('/assets/app-1a2b.js');
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  const page = await get('/index.html');
  expect(page.headers).toMatchObject({ 'cache-control': 'no-cache' });
  const etag = String(page.headers?.etag);
  expect((await get('/index.html', { 'if-none-match': etag })).status).toBe(304);
});

test('RU58 pages of the app get index.html; unknown files, doors of the platform and other folders do not', async () => {
  expect((await get('/search/people')).body?.toString()).toBe('<!doctype html>');
  for (const path of [
    '/assets/app-0000.js',
    '/v2/unknown',
    '/app/api/unknown',
    '/favicon.ico',
    '/../secret.txt',
  ]) {
    await expect(get(path)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
});

test('RU58 what the browser can unpack is sent compressed', async () => {
  const script = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, deflate, br' });
  expect(script.headers?.['content-encoding']).toBe('br');
  expect(brotliDecompressSync(script.body as Buffer).toString()).toBe('run()');
});

test('RU58 an app that was not built says how to build it', async () => {
  const { status, body } = await (await opened(join(folder, 'missing')))('/');
  expect([status, String(body)]).toEqual([503, expect.stringContaining('not been built')]);
});
