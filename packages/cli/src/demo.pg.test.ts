import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carrick, dataFolder, type Started, startCarrick } from './carrick.fixture.ts';
import type { TenantDetails } from './ensure-tenant.ts';

interface Details extends TenantDetails {
  readonly baseUrl: string;
  readonly atsUrl: string;
}

const folder = dataFolder();
const ARGS = ['demo', '--data', folder.path, '--port', '0', '--ats-port', '0', '--json'];
let demo: Started<Details>;

beforeAll(async () => {
  // The first start is killed while it fills the company; the second has to make that good.
  const killed = await startCarrick(ARGS, { stderr: 'filling the demo company' });
  await killed.end('SIGKILL');
  demo = await startCarrick<Details>(ARGS);
}, 120_000);
afterAll(async () => {
  await demo.end('SIGKILL');
  await folder.remove();
});

async function search(
  seat: TenantDetails['seats'][number] | undefined,
  query: string,
): Promise<SearchAnswer> {
  const { baseUrl } = demo.details;
  const signIn = await fetch(`${baseUrl}/app/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-carrick': '1' },
    body: JSON.stringify({ email: seat?.email, password: seat?.password }),
  });
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const response = await fetch(`${baseUrl}/app/api/search?${query}`, { headers: { cookie } });
  return (await response.json()) as SearchAnswer;
}

interface Dumped {
  readonly kind: string;
  readonly key: readonly string[];
  readonly record: { readonly firstName?: string; readonly stage?: string; readonly state?: string };
}

async function dump(): Promise<Dumped[]> {
  const { stdout } = await carrick(['dump', '--json', '--data', folder.path]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Dumped);
}

test('RU65 the demo world is complete, also when its filling was broken off', async () => {
  const { isComplete } = JSON.parse(readFileSync(join(folder.path, 'demo.json'), 'utf8'));
  expect(isComplete).toBe(true);
  const records = await dump();
  const count = (kind: string) => records.filter((record) => record.kind === kind).length;
  expect([count('job'), count('candidate'), count('entityAcl'), count('entityAclAssignee')]).toEqual([
    12, 600, 1, 1,
  ]);
  for (const kind of ['candidateNote', 'applicationNote', 'interviewFeedback'])
    expect(count(kind)).toBeGreaterThan(50);
  expect(count('application')).toBeGreaterThan(500);
  expect(count('stage')).toBeGreaterThan(1500);
  const names = records
    .filter(({ kind }) => kind === 'candidate')
    .map(({ record }) => record.firstName)
    .join('');
  for (const script of [
    'Latin',
    'Cyrillic',
    'Greek',
    'Han',
    'Hangul',
    'Katakana',
    'Arabic',
    'Hebrew',
    'Devanagari',
    'Thai',
    'Georgian',
  ]) {
    expect([script, new RegExp(`\\p{Script=${script}}`, 'u').test(names)]).toEqual([script, true]);
  }
});

test('RU65 about half of the candidates are members, and nobody is taken for who shares a mailbox with them', async () => {
  const [admin] = demo.details.seats;
  const matched = await candidatesMatched();
  // 300 candidates are members. Whoever the ATS spells in Latin letters in a way that names do not compare by is left
  // unmatched; the 6 who only apply from a member's mailbox must not be matched.
  expect(matched).toBeGreaterThan(260);
  expect(matched).toBeLessThanOrEqual(300);
  // Those without a profile count too: 2,003 members, and the candidates who are none.
  expect((await search(admin, 'q=')).total).toBe(2003 + 600 - matched);
});

test('RU65 the ATS is on another site, shows its candidates, and has stored whom they are matched with', async () => {
  const { atsUrl, baseUrl } = demo.details;
  expect([new URL(atsUrl).hostname, new URL(baseUrl).hostname]).toEqual(['127.0.0.1', 'localhost']);
  expect(await (await fetch(`${atsUrl}/candidates`)).text()).toContain('600 candidates');
  const setup = await (await fetch(`${atsUrl}/setup`)).text();
  for (const part of [
    'Enabled',
    'All history was sent',
    'None: everything that was sent was taken.',
    demo.details.organization,
  ])
    expect(setup).toContain(part);
  expect(setup).not.toContain(demo.details.customer.clientSecret);
});

test('RU65 the confidential job is seen by one recruiter only', async () => {
  const [, idris, noor] = demo.details.seats;
  const past = (answer: SearchAnswer) =>
    answer.spotlights.find(({ id }) => id === 'pastApplicants')?.count ?? 0;
  const [seen, unseen] = [past(await search(idris, 'q=')), past(await search(noor, 'q='))];
  expect(unseen).toBeGreaterThan(0);
  expect(seen).toBeGreaterThan(unseen);
});

test('RU66 the demo ends in order and starts again as it was, also after kill -9 of everything', async () => {
  const before = demo.details;
  expect((await demo.end('SIGINT')).code).toBe(0);
  demo = await startCarrick<Details>(ARGS);
  const apart = { baseUrl: '', atsUrl: '', databaseUrl: '' };
  expect({ ...demo.details, ...apart }).toEqual({ ...before, ...apart });
  await demo.end('SIGKILL');
  const pid = Number(readFileSync(join(folder.path, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  demo = await startCarrick<Details>(ARGS);
  expect((await search(demo.details.seats[0], 'q=')).total).toBeGreaterThan(2003);
  expect(await (await fetch(`${demo.details.atsUrl}/candidates`)).text()).toContain('600 candidates');
});

test('RU66 a data folder of an earlier demo world is refused with what to do', async () => {
  const file = join(folder.path, 'demo.json');
  const now = readFileSync(file, 'utf8');
  writeFileSync(file, JSON.stringify({ startedAt: 0, isComplete: true }));
  const { code, stderr } = await carrick(['demo', '--data', folder.path, '--port', '0', '--ats-port', '0']);
  writeFileSync(file, now);
  expect([code, stderr]).toEqual([1, expect.stringContaining('--fresh')]);
});

test('RU66 --fresh leaves a data folder alone that a running platform uses', async () => {
  const { code, stderr } = await carrick(['demo', '--fresh', '--data', folder.path, '--port', '0']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('is in use')]);
  expect((await fetch(`${demo.details.baseUrl}/readyz`)).status).toBe(200);
});

test('RU66 --fresh forgets its own data folder and refuses any other', async () => {
  const { code, stderr } = await carrick(['demo', '--fresh', '--data', import.meta.dirname, '--port', '0']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('is not a data folder of Carrick')]);
});

/** Candidates of the ATS that are members, as its own pages say. */
async function candidatesMatched(): Promise<number> {
  let matched = 0;
  for (let page = 1; page <= 12; page++) {
    const text = await (await fetch(`${demo.details.atsUrl}/candidates?page=${page}`)).text();
    matched += text.split('<td>yes</td>').length - 1;
  }
  return matched;
}
