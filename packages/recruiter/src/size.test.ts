import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const dist = join(import.meta.dirname, '../dist');
const index = join(dist, 'index.html');
const FIRST_LOAD = 130_000;
const LATER_PART = 90_000;

test.skipIf(!existsSync(index))('UI76 the first load and every later part stay within their budgets', () => {
  const html = readFileSync(index, 'utf8');
  const sizes = readdirSync(join(dist, 'assets')).map((name) => ({
    name,
    isFirst: html.includes(name),
    bytes: gzipSync(readFileSync(join(dist, 'assets', name))).length,
  }));
  const firstLoad = sizes.filter(({ isFirst }) => isFirst).reduce((sum, { bytes }) => sum + bytes, 0);
  expect(firstLoad).toBeGreaterThan(0);
  expect(firstLoad).toBeLessThanOrEqual(FIRST_LOAD);
  expect(sizes.filter(({ isFirst, bytes }) => !isFirst && bytes > LATER_PART)).toEqual([]);
});
