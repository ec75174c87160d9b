import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestMariadb, type TestMariadb } from '../../packages/connector/src/testing-mariadb.ts';
import { missingOpencats, OPENCATS_MAPPING, OPENCATS_SQL } from './opencats-data.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..');
const MAIN = join(REPOSITORY, 'packages', 'cli', 'src', 'main.ts');
const GUIDE = join(REPOSITORY, 'docs', 'guides', 'connect-opencats.md');

/** The guide's shell lines, in order, without comments. */
function commandsOf(guide: string): string[] {
  const blocks = [...readFileSync(guide, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, block = '']) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s+# .*/, ''))
      .filter(Boolean),
  );
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

describe.skipIf(missingOpencats() !== null)('OpenCATS', () => {
  let mariadb: TestMariadb;
  let dir: string;
  let server: ChildProcess;
  let baseUrl: string;
  const env: NodeJS.ProcessEnv = { ...process.env, CARRICK_LOG: 'error', DATABASE_URL: '' };
  const children: ChildProcess[] = [];

  function start(line: string): ChildProcess {
    const child = spawn('bash', ['-c', `exec ${line}`], { cwd: dir, env });
    children.push(child);
    return child;
  }

  /** Runs one line of the guide with this test's addresses. A connector that keeps running is stopped as by Ctrl-C. */
  async function run(line: string): Promise<Ended> {
    const child = start(
      line
        .replace('npm run -s carrick --', `"${process.execPath}" "${MAIN}"`)
        .replaceAll('http://localhost:8080', baseUrl),
    );
    let output = '';
    const hear = (text: Buffer) => {
      output += text;
      if (output.includes('carrick connect: running')) child.kill('SIGINT');
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    const [code] = await once(child, 'close');
    return { code: code as number | null, output };
  }

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'carrick-guide-'));
    copyFileSync(OPENCATS_MAPPING, join(dir, 'opencats.yaml'));
    mariadb = await startTestMariadb();
    env.ATS = await mariadb.database('cats', OPENCATS_SQL);
    env.CARRICK_DATA = join(dir, 'data');
    server = start(`"${process.execPath}" "${MAIN}" serve --port 0 --json`);
    for await (const line of createInterface({ input: server.stdout ?? process.stdin })) {
      baseUrl = (JSON.parse(line) as { baseUrl: string }).baseUrl;
      break;
    }
  });
  afterAll(async () => {
    const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    const ended = running.map((child) => once(child, 'close'));
    for (const child of running) child.kill('SIGINT');
    await Promise.all(ended);
    await mariadb?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  test('CO21 CO16 CO13 L-030 L-031 L-037 the commands of the guide work as they are written', async () => {
    const printed: Record<string, string> = {};
    const outputs: string[] = [];
    for (const line of commandsOf(GUIDE)) {
      const exported = /^export (\w+)=(.*)$/.exec(line);
      if (exported) {
        const [, name = ''] = exported;
        const label = { ORGANIZATION: 'organization', CLIENT_ID: 'clientId', CLIENT_SECRET: 'clientSecret' }[
          name
        ];
        // ATS is this test's own database.
        if (label) env[name] = printed[label];
        continue;
      }
      const { code, output } = await run(line);
      expect(`${line}\n${output}\nexit code ${code}`).toMatch(/exit code 0$/);
      for (const [, name = '', value = ''] of output.matchAll(/^(\w+): (.+)$/gm)) printed[name] = value;
      outputs.push(output);
    }
    const [, , , dry, first, running, ledger, confirmed] = outputs;
    expect(dry).toMatch(/^candidate +71 +71 +0$/m);
    expect(dry).toContain('Nothing was sent.');
    for (const counts of [
      /^job +3 +3 +3 /m,
      /^candidate +71 +71 +71 /m,
      /^application +8 +8 +8 /m,
      /^stage +8 +8 +8 /m,
    ])
      expect(first).toMatch(counts);
    expect(running).toContain('running; Ctrl-C stops');
    expect(ledger).toBe('No record is refused.\n');
    expect(confirmed).toBe('No deletions are held back.\n');
  }, 120_000);
});
