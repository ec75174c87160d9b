import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium as playwright } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readHistory } from '../../examples/reference-ats/src/records.ts';
import { CHECKS, certify, isPassed } from '../../packages/cli/src/certify/certify.ts';
import type { Verdict } from '../../packages/cli/src/certify/check.ts';
import { breakConnector, MUTANTS } from '../../packages/cli/src/certify/mutants.ts';
import { openReferenceWorld, type ReferenceWorld } from '../../packages/cli/src/certify/reference-world.ts';
import { reportHtml } from '../../packages/cli/src/certify/report-html.ts';
import { reportJunit } from '../../packages/cli/src/certify/report-junit.ts';
import {
  configOf,
  createLog,
  createPlatform,
  openSideDatabase,
  type Platform,
} from '../../packages/platform/src/index.ts';
import {
  TEST_MASTER_KEY,
  type TestDatabase,
  testDatabase,
} from '../../packages/platform/src/kernel/testing.ts';
import { chromium } from '../../scripts/system-tools.ts';
import { STATEMENTS } from './statements.ts';

/** A handful of the broken ones, of different sorts; `npm run soak -- mutants` tries all. */
const TRIED = ['forgets deleted candidates', 'sends when a candidate was made in seconds'];

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Where set, pages are also kept as pictures. */
const PICTURES = process.env.CARRICK_TEST_PICTURES;

const log = createLog('silent');
let database: TestDatabase;
let platform: Platform;
let config: ReturnType<typeof configOf>;
let world: ReferenceWorld;
let verdicts: readonly Verdict[];

beforeAll(async () => {
  database = await testDatabase();
  config = {
    ...configOf({
      databaseUrl: database.ownerUrl,
      masterKey: TEST_MASTER_KEY.toString('hex'),
      port: 0,
      quotas: false,
    }),
    callbackUrls: 'loopback',
    mailbox: true,
  };
  platform = createPlatform(config, { log });
  await platform.start();
  world = await openWorld(1);
  verdicts = await certify(world.stage);
}, 360_000);
afterAll(async () => {
  await world.close();
  await platform.stop();
  await database.drop();
});

async function openWorld(number: number, mutant?: (typeof MUTANTS)[number]): Promise<ReferenceWorld> {
  const side = await openSideDatabase(config, log, `certified_${process.pid}_${number}`);
  return openReferenceWorld(platform, {
    number,
    database: side,
    ...(mutant && { connect: breakConnector(mutant) }),
  });
}

const outcomeOf = (id: string) => verdicts.find(({ check }) => check.id === id);

test('CE1 L-174 the reference ATS passes every case that a machine can judge, and no other is called passed', () => {
  expect(
    verdicts.filter(({ outcome }) => outcome === 'failed').map(({ check, reason }) => [check.id, reason]),
  ).toEqual([]);
  expect(isPassed(verdicts)).toBe(true);
  expect(verdicts.filter(({ outcome }) => outcome === 'not known').map(({ check }) => check.id)).toEqual([
    'RSC-106',
    'RSC-204',
    'RSC-306',
  ]);
  expect(verdicts.filter(({ outcome }) => outcome === 'not run').map(({ check }) => check.id)).toEqual([
    'RSC-302',
    'RSC-305',
    'RSC-505',
  ]);
});

test.each(STATEMENTS)('RA1 seed $line: $says', ({ cases }) => {
  for (const id of cases)
    expect([id, outcomeOf(id)?.outcome, outcomeOf(id)?.reason]).toEqual([id, 'passed', null]);
});

const PROVED = {
  access: ['RSC-403', 'RSC-404'],
  exports: ['RSC-301', 'RSC-303'],
  notifications: ['PUSH-SIGNATURE', 'PUSH-UNKNOWN'],
  pace: ['QUOTA-BATCH', 'QUOTA-PACE'],
};
const passed = (ids: readonly string[]) =>
  expect(ids.map((id) => [id, outcomeOf(id)?.outcome])).toEqual(ids.map((id) => [id, 'passed']));

test('RA1 L-114 an exported person becomes one candidate on the chosen job', () => passed(PROVED.exports));
test('RA1 L-068 who joins a team sees its jobs, and who leaves it no longer does', () =>
  passed(PROVED.access));
test('RA1 L-154 signature and type are checked before anything is fetched', () =>
  passed(PROVED.notifications));
test('RA1 L-023 at most 100 records a batch, and a second between calls on integrations', () =>
  passed(PROVED.pace));

test('CE7 L-169 L-175 L-176 planner, FAQ, support guide and changelog are there, and name only cases that exist', () => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
  const guides = ['project-planner', 'go-to-production', 'faq', 'customer-support'].map((name) =>
    read(`docs/guides/${name}.md`),
  );
  const ids = CHECKS.map(({ id }) => id);
  for (const guide of guides) for (const [id] of guide.matchAll(/\bRSC-\d{3}\b/g)) expect(ids).toContain(id);
  const { version } = JSON.parse(read('package.json')) as { version: string };
  expect(read('CHANGELOG.md')).toContain(`## ${version}`);
});

test('CE2 a verdict carries the calls that the ATS made, by the ids of the request log', () => {
  const { evidence } = outcomeOf('APPLICATION') ?? { evidence: [] };
  expect(evidence.map(({ call }) => call)).toContain('PUT v2/atsApplications/stages batch_update');
  for (const { requestId } of evidence) expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test('RA2 L-032 the history happens once: begun again, it sends nothing', async () => {
  const { connector, sql, url } = world.ats;
  const { kinds } = await connector.backfill('company-1', readHistory(sql, url));
  for (const [kind, { sent, refused }] of Object.entries(kinds))
    expect([kind, sent, refused]).toEqual([kind, 0, 0]);
  expect(kinds.candidate?.unchanged).toBeGreaterThan(30);
});

test('RA3 a form that another site sends is refused, and what people write is text', async () => {
  const foreign = await fetch(`${world.ats.url}/candidates`, {
    method: 'POST',
    headers: { origin: 'https://elsewhere.example' },
    body: new URLSearchParams({ firstName: 'Eve', lastName: 'Elsewhere' }),
  });
  expect(foreign.status).toBe(403);
  const own = await fetch(`${world.ats.url}/candidates`, {
    method: 'POST',
    headers: { origin: world.ats.url },
    body: new URLSearchParams({ firstName: '<script>alert(1)</script>', lastName: 'Tester' }),
  });
  expect(await own.text()).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect((await fetch(`${world.ats.url}/candidates/none`)).status).toBe(404);
});

test.skipIf(!existsSync(chromium))(
  'RA4 every page is read by everybody: both themes, wide and narrow',
  async () => {
    const { url, sql } = world.ats;
    const [person] = await sql<{ id: string }[]>`
    select candidate_id as id from application a where exists (select 1 from feedback where application_id = a.id) order by 1 limit 1`;
    const record = `/candidates/${person?.id}`;
    const paths = [
      '/jobs?closed=yes',
      '/jobs/HP-101',
      '/candidates',
      '/candidates?q=nobody',
      record,
      `${record}?tab=interviews`,
    ];
    paths.push(`${record}?tab=discussions`, `${record}?tab=documents`, '/permissions', '/setup?check=yes');
    const browser = await playwright.launch({
      executablePath: chromium,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({ baseURL: url, colorScheme });
        const page = await context.newPage();
        // Dark is another palette on the same markup: what has every kind of element is enough.
        const shown = colorScheme === 'light' ? paths : paths.filter((path) => /interviews|setup/.test(path));
        for (const path of shown) {
          await page.setViewportSize({ width: 1280, height: 800 });
          await page.goto(path);
          const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).analyze();
          expect(
            violations.flatMap(({ id, nodes }) =>
              nodes.map(({ html }) => `${path} ${id}: ${html.slice(0, 120)}`),
            ),
          ).toEqual([]);
          await page.setViewportSize({ width: 390, height: 800 });
          expect([path, await page.evaluate<number>('document.documentElement.scrollWidth')]).toEqual([
            path,
            390,
          ]);
          if (PICTURES !== undefined)
            await page.screenshot({ path: join(PICTURES, `ats-${colorScheme}-${paths.indexOf(path)}.png`) });
        }
        await context.close();
      }
    } finally {
      await browser.close();
    }
  },
  240_000,
);

describe('broken on purpose', () => {
  test.each(TRIED)(
    'CE3 an ATS that %s is caught by the case that names the rule',
    async (name) => {
      const mutant = MUTANTS.find((each) => each.name === name);
      if (!mutant) throw new Error(`there is no such mutant: ${name}`);
      const broken = await openWorld(2 + TRIED.indexOf(name), mutant);
      try {
        const failed = (await certify(broken.stage, { only: mutant.breaks })).filter(
          ({ outcome }) => outcome === 'failed',
        );
        expect(failed.map(({ check }) => check.id).filter((id) => mutant.breaks.includes(id))).not.toEqual(
          [],
        );
      } finally {
        await broken.close();
      }
    },
    120_000,
  );
});

test('CE4 L-173 L-178 a company whose ATS has sent nothing is told each kind that is missing, jobs first', async () => {
  const mute = await openWorld(9, { name: 'mute', breaks: [], shape: () => undefined });
  try {
    const said = await certify(mute.stage, { only: ['KINDS', 'JOB-FIRST'] });
    expect(said.map(({ check, reason }) => [check.id, reason])).toEqual([
      ['RSC-101', null],
      ['JOB-FIRST', 'no job arrives: begin with job posting'],
      ['KINDS', 'never sent: job, candidate, application, stage'],
    ]);
  } finally {
    await mute.close();
  }
}, 120_000);

test('CE5 the report shows every case of every module, with its calls, and build servers read the other one', () => {
  const html = reportHtml(verdicts, {
    organization: 'urn:li:organization:1',
    baseUrl: 'http://localhost',
    at: 0,
  });
  for (const { id } of CHECKS) expect(html).toContain(id);
  expect(html).toContain('No case failed');
  expect(html).not.toContain('<script');
  const junit = reportJunit([
    ...verdicts,
    { check: CHECKS[0]!, outcome: 'failed', reason: 'a < b', evidence: [], ms: 5 },
  ]);
  expect(junit).toContain(`tests="${verdicts.length + 1}" failures="1"`);
  expect(junit).toContain('<failure message="a &lt; b">');
});

test('CE6 the command says what it needs, and that its cases are named wrongly', () => {
  const run = (...args: string[]) =>
    spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'packages/cli/src/main.ts', 'certify', ...args],
      { encoding: 'utf8' },
    );
  expect(run().stderr).toContain('--base-url is needed');
  expect(run('--help').stdout).toContain('--reference');
});
