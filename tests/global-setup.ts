import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { stopEmbeddedPostgres } from '../packages/platform/src/kernel/embedded-postgres.ts';

const PREFIX = 'carrick-test-';

/** One PostgreSQL server per run, started by the first test that needs it (kernel/testing.ts) and stopped here. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const dataDir = join(tmpdir(), `${PREFIX}${process.pid}`);
  mkdirSync(dataDir, { mode: 0o700 });
  project.provide('testDataDir', dataDir);
  return () => remove(dataDir);
}

/** What runs left behind that were killed before they could stop their server. */
async function removeLeftovers(): Promise<void> {
  const leftovers = readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX));
  for (const name of leftovers) {
    if (!isAlive(Number(name.slice(PREFIX.length)))) await remove(join(tmpdir(), name));
  }
}

async function remove(dataDir: string): Promise<void> {
  await stopEmbeddedPostgres(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
