import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpRequest } from '../kernel/http.ts';
import { openWidgetFiles, type WidgetFiles } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'carrick-widgets-'));
let files: WidgetFiles;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'in.js'), 'load()');
  writeFileSync(join(folder, 'assets', 'start-1a.js'), 'start()');
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      '_start.js': { file: 'assets/start-1a.js', css: ['assets/start-1b.css'] },
      'src/profile/main.tsx': {
        file: 'assets/hcm-1c.js',
        imports: ['_start.js'],
        css: ['assets/hcm-1d.css'],
      },
    }),
  );
  files = await openWidgetFiles(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function get(path: string, headers: Record<string, string> = {}) {
  const route = files.routes.find(
    (each) => each.path === path || path.startsWith(each.path.replace('*', '/')),
  );
  if (!route) return null;
  const request: HttpRequest = {
    method: 'GET',
    path,
    rawQuery: '',
    headers,
    body: Buffer.alloc(0),
    id: '1',
    address: '127.0.0.1',
    origin: 'http://localhost',
  };
  return route.handler(request);
}

test('WI6 the loader is served to every site, for five minutes, and for ever under its own hash', async () => {
  for (const path of ['/in.js', '/xdoor/scripts/in.js']) {
    const answer = await get(path);
    expect(answer?.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    });
    expect((await get(path, { 'if-none-match': String(answer?.headers?.etag) }))?.status).toBe(304);
  }
  const pinned = files.routes.find(({ path }) => /^\/xdoor\/scripts\/in-[0-9a-f]{16}\.js$/.test(path));
  const answer = await get(pinned?.path ?? '');
  expect(answer?.headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable' });
  expect(String(answer?.body)).toBe('load()');
  expect(await get('/xdoor/scripts/in-0000000000000000.js')).toBeNull();
});

test('WI5 WI6 the original’s extension paths answer an empty script, and a frame loads what its entry imports', async () => {
  for (const path of [
    '/rsc/extensions/profile-widget',
    '/rsc/extensions/onboarding-widget',
    '/recruiter/widget/hcm',
  ]) {
    const answer = await get(path);
    expect([answer?.status, String(answer?.body)]).toEqual([200, expect.stringMatching(/^\/\*[^*]*\*\/\n$/)]);
  }
  expect(files.framesOf('hcm')).toEqual({
    script: '/widgets/assets/hcm-1c.js',
    styles: ['/widgets/assets/hcm-1d.css', '/widgets/assets/start-1b.css'],
    preloads: ['/widgets/assets/start-1a.js'],
  });
  expect(files.framesOf('onboarding')).toBeNull();
  expect((await openWidgetFiles(join(folder, 'nowhere'))).framesOf('hcm')).toBeNull();
});
