import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { CHECKS } from './certify.ts';
import type { Verdict } from './check.ts';
import { openProgress } from './progress.ts';

const folder = mkdtempSync(join(tmpdir(), 'carrick-progress-'));
const path = join(folder, 'progress.json');
afterEach(() => rmSync(path, { force: true }));

const verdict = (outcome: Verdict['outcome']): Verdict => ({
  ...{ check: CHECKS[0]!, outcome, reason: null, evidence: [], ms: 5, from: 10, to: 20 },
});

test('CE9 what has passed is there again, and when it all began; what failed is not', () => {
  const first = openProgress(path, 'acme');
  expect(first).toMatchObject({ passed: [], since: null });
  first.begin(7);
  first.keep(verdict('failed'));
  first.keep(verdict('passed'));
  first.keep(verdict('passed'));
  const again = openProgress(path, 'acme');
  expect(again.since).toBe(7);
  expect(again.passed).toEqual([{ id: CHECKS[0]?.id, reason: null, from: 10, to: 20, ms: 5 }]);
});

test('CE9 a file of another certification is refused, and left as it is', () => {
  openProgress(path, 'acme').keep(verdict('passed'));
  expect(() => openProgress(path, 'other')).toThrow('belongs to another certification');
  for (const text of ['[]', '{"of":"acme"}', 'my diary']) {
    writeFileSync(path, text);
    expect(() => openProgress(path, 'acme')).toThrow('name another file');
    expect(readFileSync(path, 'utf8')).toBe(text);
  }
});
