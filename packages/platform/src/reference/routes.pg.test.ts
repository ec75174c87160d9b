import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Platform } from '../index.ts';
import { type ServedPlatform, servePlatform } from '../testing/served-platform.ts';

let served: ServedPlatform;
let platform: Platform;

beforeAll(async () => {
  served = await servePlatform();
  platform = served.platform;
});
afterAll(() => served.close());

test('RF1 RF2 the reference is served to everybody', async () => {
  const { baseUrl } = platform;
  for (const path of ['/docs/api', '/docs/required-fields']) {
    const response = await fetch(`${baseUrl}${path}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect(await response.text()).toContain('</html>');
  }
  const openApi = await fetch(`${baseUrl}/openapi.json`);
  expect(await openApi.json()).toMatchObject({ openapi: '3.1.0' });
  const collection = await fetch(`${baseUrl}/docs/postman.json`);
  expect(((await collection.json()) as { variable: unknown[] }).variable[0]).toMatchObject({
    key: 'baseUrl',
  });
  expect((await fetch(`${baseUrl}/docs/other`)).status).toBe(404);
});
