/**
 * `npm test`: every test of the repository, then one line with the sum of all runners.
 *
 *   --unit, --e2e      only vitest, only the browser
 *   --require-tools    a missing browser or database server is a failure (CI) and not a reason to skip
 *   anything else      handed to the runners as a filter of file names
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { chromium, ensureSystemTools, isExecutable } from './system-tools.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** What a reader of the last lines needs: each failed test with its message, and who passed only at the second try. */
  remarks?: string[];
}

const house = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const filters = args.filter((arg) => !['--unit', '--e2e', '--require-tools'].includes(arg));
const results = mkdtempSync(join(tmpdir(), 'carrick-results-'));
const tallies: Tally[] = [];
try {
  const missing = ensureSystemTools();
  for (const { name, neededBy } of missing) console.log(`${name} is missing: ${neededBy} are skipped`);
  if (args.includes('--require-tools') && missing.length > 0) {
    tallies.push({ passed: 0, failed: missing.length, skipped: 0 });
  }
  if (!args.includes('--e2e')) tallies.push(await runVitest());
  if (!args.includes('--unit'))
    tallies.push(isExecutable(chromium) ? await runPlaywright() : skipPlaywright());
} finally {
  rmSync(results, { recursive: true, force: true });
}

const remarks = tallies.flatMap((tally) => tally.remarks ?? []);
if (remarks.length > 0) console.log(`\n${remarks.join('\n')}`);
const sum = (part: 'passed' | 'failed' | 'skipped') =>
  tallies.reduce((total, tally) => total + tally[part], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') === 0 ? 0 : 1;

async function runVitest(): Promise<Tally> {
  const file = join(results, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run('vitest/vitest.mjs', ['run', '--passWithNoTests', ...reporters, ...filters]);
  const report = readReport(file);
  return conclude('vitest', code, {
    passed: count(report, 'numPassedTests'),
    failed: count(report, 'numFailedTests'),
    skipped: count(report, 'numPendingTests') + count(report, 'numTodoTests'),
    remarks: readVitestFailures(report),
  });
}

async function runPlaywright(): Promise<Tally> {
  if (!existsSync(join(house, 'tests', 'e2e'))) return { passed: 0, failed: 0, skipped: 0 };
  const file = join(results, 'playwright.json');
  const flags = ['test', '--pass-with-no-tests', '--reporter=list,json', ...filters];
  const code = await run('@playwright/test/cli.js', flags, { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  const { stats, suites } = readReport(file);
  return conclude('playwright', code, {
    passed: count(stats, 'expected') + count(stats, 'flaky'),
    failed: count(stats, 'unexpected'),
    skipped: count(stats, 'skipped'),
    remarks: readPlaywrightFailures(suites),
  });
}

/** Without a browser its tests are counted by listing them. */
function skipPlaywright(): Tally {
  if (!existsSync(join(house, 'tests', 'e2e'))) return { passed: 0, failed: 0, skipped: 0 };
  const cli = join(house, 'node_modules', '@playwright/test/cli.js');
  const listed = spawnSync(process.execPath, [cli, 'test', '--list', ...filters], {
    cwd: house,
    encoding: 'utf8',
  });
  return { passed: 0, failed: 0, skipped: Number(/Total: (\d+) test/.exec(listed.stdout)?.[1] ?? 0) };
}

/** A runner that failed without a failed test (a file did not load, an error outside of tests) failed once. */
function conclude(runner: string, code: number, tally: Tally): Tally {
  if (code === 0 || tally.failed > 0) return tally;
  console.log(`${runner} ended with ${code} outside of its tests`);
  return { ...tally, failed: 1 };
}

type Report = Record<string, unknown>;

function readReport(file: string): Report {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function count(report: unknown, field: string): number {
  const value = typeof report === 'object' && report !== null ? Reflect.get(report, field) : 0;
  return typeof value === 'number' ? value : 0;
}

interface VitestFile {
  name: string;
  message: string;
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
}

function readVitestFailures({ testResults }: Report): string[] {
  return ((testResults ?? []) as VitestFile[]).flatMap(({ name, message, assertionResults }) => [
    ...(message ? [remark('FAILED', relative(house, name), message)] : []),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map((each) =>
        remark(
          'FAILED',
          `${relative(house, name)} › ${each.fullName.trim()}`,
          each.failureMessages.join('\n'),
        ),
      ),
  ]);
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs: {
    title: string;
    file: string;
    tests: { status: string; results: { errors: { message?: string }[] }[] }[];
  }[];
}

function readPlaywrightFailures(suites: unknown): string[] {
  return ((suites ?? []) as PlaywrightSuite[]).flatMap((suite) => [
    ...suite.specs.flatMap(({ title, file, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ status, results }) =>
          remark(
            status === 'flaky' ? 'SECOND TRY' : 'FAILED',
            `${file} › ${title}`,
            results.flatMap(({ errors }) => errors.map(({ message }) => message ?? '')).join('\n'),
          ),
        ),
    ),
    ...readPlaywrightFailures(suite.suites),
  ]);
}

function remark(verdict: string, test: string, message: string): string {
  return `${verdict} ${test}\n${stripVTControlCharacters(message).split('\n').slice(0, 12).join('\n')}`;
}

/** Runs an npm package's program to its end with our output; a SIGTERM to us reaches it. */
function run(program: string, flags: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(house, 'node_modules', program), ...flags], {
      cwd: house,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    const forward = () => child.kill('SIGTERM');
    // Ctrl-C reaches the child by itself; we stay to report.
    const stay = () => undefined;
    process.on('SIGTERM', forward).on('SIGINT', stay);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGTERM', forward).off('SIGINT', stay);
      resolve(code ?? 1);
    });
  });
}
