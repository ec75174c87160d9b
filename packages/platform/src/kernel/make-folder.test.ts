import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

test('RU92 a folder is made with those above it, or the system says at once why it cannot be', () => {
  const root = mkdtempSync(join(tmpdir(), 'carrick-folder-'));
  const deep = join(root, 'a', 'b c', 'd');
  makeFolder(deep);
  makeFolder(deep);
  expect(existsSync(deep)).toBe(true);
  const file = join(root, 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(file)).toThrow(/EEXIST/);
  expect(() => makeFolder(join(file, 'below'))).toThrow(/ENOTDIR/);
  if (existsSync('/proc/self')) expect(() => makeFolder('/proc/nope/deeper')).toThrow(/ENOENT/);
  rmSync(root, { recursive: true });
});
