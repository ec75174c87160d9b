import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withFileLock } from './file-lock.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'file lock '));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('RU10 one holder at a time, failed ones included', async () => {
  const file = join(folder, 'a.lock');
  let holders = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 5 }, (_, i) =>
      withFileLock(file, async () => {
        expect(++holders).toBe(1);
        await new Promise(setImmediate);
        holders--;
        if (i === 2) throw new Error('work failed');
        return i;
      }),
    ),
  );
  expect(results.map(({ status }) => status).sort()).toEqual([...Array(4).fill('fulfilled'), 'rejected']);
});

test('RU10 another process waits for the holder, and a killed holder lets go', async () => {
  const file = join(folder, 'b.lock');
  const program = `
    import { withFileLock } from ${JSON.stringify(join(import.meta.dirname, 'file-lock.ts'))};
    await withFileLock(${JSON.stringify(file)}, async () => {
      process.stdout.write('held');
      await new Promise((resolve) => setTimeout(resolve, 3_600_000));
    });`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  let isKilled = false;
  const waiting = withFileLock(file, async () => isKilled);
  await new Promise(setImmediate);
  isKilled = true;
  holder.kill('SIGKILL');
  expect(await waiting).toBe(true);
});
