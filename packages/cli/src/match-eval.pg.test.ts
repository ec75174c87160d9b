import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carrick, type Ended } from './carrick.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'carrick-eval-test-'));
const temporary = join(folder, 'tmp');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, lines: readonly (object | string)[]): string {
  const path = join(folder, name);
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(path, `${text.join('\n')}\n`);
  return path;
}

interface DecisionLine {
  readonly candidate: string;
  readonly decision: string;
  readonly member: string | null;
  readonly best: string | null;
  readonly weight: number | null;
  readonly probability: number | null;
  readonly reasons: readonly string[];
}

function decisions(path: string): Record<string, DecisionLine> {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  // Our own command's lines.
  const parsed = lines.filter(Boolean).map((line) => JSON.parse(line) as DecisionLine);
  return Object.fromEntries(parsed.map((line) => [line.candidate, line]));
}

/** Its database lies in our folder, so that what is left behind can be seen. */
async function matchEval(args: readonly string[]): Promise<Ended> {
  return carrick(['match-eval', ...args], {
    TMPDIR: temporary,
    DATABASE_URL: 'postgres://nobody@localhost:1/none',
  });
}

const out = join(folder, 'out.jsonl');
let ended: Ended;
let found: Record<string, DecisionLine>;
beforeAll(async () => {
  mkdirSync(temporary);
  const members = file('members.jsonl', [
    { id: 'm1', firstName: 'Ann', lastName: 'Cole', emails: ['ann.cole@gmail.com'] },
    {
      id: 'm2',
      firstName: 'Thaddeus',
      lastName: 'Quackenbush',
      positions: [{ companyName: 'Old Mill Foods', title: 'Baker' }],
      address: { city: 'Leeds', country: 'gb' },
    },
    '{"id":"m3",',
    { id: 'm4', emails: ['nameless@gmail.com'] },
    { id: 'm5' },
    { id: 'm6', firstName: 7 },
    { id: 'm7', lastName: 'Sukarno', emails: ['sukarno@gmail.com'] },
    { id: 'm8', firstName: 'Eve', lastName: 'Shared', emails: ['desk@agency.example.com'] },
  ]);
  const candidates = file('candidates.jsonl', [
    { id: 'linked', firstName: 'Ann', lastName: 'Cole', emailAddresses: ['Ann.Cole+jobs@gmail.com'] },
    { id: 'guess', firstName: 'Zara', lastName: 'Quist', emailAddresses: ['ann.cole@gmail.com'] },
    {
      id: 'proposed',
      firstName: 'Thaddeus',
      lastName: 'Quackenbush',
      currentCompanyName: 'Old Mill Foods Ltd',
      currentJobTitle: 'Baker',
      addresses: [{ city: 'Leeds', country: 'gb' }],
    },
    'not json',
    { firstName: 'Nobody' },
    { id: 'empty' },
    { id: 'nameless', emailAddresses: ['nameless@gmail.com'] },
    { id: 'mononym', firstName: '', lastName: 'Sukarno', emailAddresses: ['sukarno@gmail.com'] },
    { id: 'again', firstName: 'Wrong', lastName: 'Person' },
    { id: 'again', firstName: 'Ann', lastName: 'Cole', emailAddresses: ['ann.cole@gmail.com'] },
    // A mailbox of several families is found out behind the first two, and what rested on it is taken back.
    { id: 'desk1', firstName: 'Eve', lastName: 'Shared', emailAddresses: ['desk@agency.example.com'] },
    { id: 'desk2', firstName: 'Bo', lastName: 'Lindqvist', emailAddresses: ['desk@agency.example.com'] },
    { id: 'desk3', firstName: 'Ciro', lastName: 'Ferrante', emailAddresses: ['desk@agency.example.com'] },
  ]);
  const truth = file('truth.jsonl', [
    { candidate: 'linked', member: 'm1', tags: ['x'] },
    { candidate: 'guess', member: null },
    { candidate: 'proposed', member: 'm2' },
    { candidate: 'again', member: 'm1' },
    { candidate: 'nobody', member: 'm1' },
    '[',
  ]);
  ended = await matchEval([
    '--members',
    members,
    '--candidates',
    candidates,
    '--out',
    out,
    '--truth',
    truth,
    '--json',
  ]);
  found = decisions(out);
}, 120_000);

test('MA61 decides by the engine, in a scratch database that is gone afterwards', () => {
  expect(ended.stderr).not.toContain(' at ');
  expect(ended.code).toBe(0);
  expect(found.linked).toMatchObject({ decision: 'AUTO', member: 'm1', best: 'm1' });
  expect(found.linked?.weight).toBeGreaterThan(10);
  // What its waterfall and the review queue tell, too.
  expect(found.linked?.probability).toBeGreaterThan(0.95);
  expect(found.linked?.probability).toBeLessThan(1);
  expect(found.linked?.reasons.length).toBeGreaterThan(0);
  expect(found.proposed).toMatchObject({ decision: 'REVIEW', member: 'm2', best: 'm2' });
  expect(readdirSync(temporary).filter((name) => name.startsWith('carrick-scratch-'))).toEqual([]);
});

test('MA61 the best member is told whatever the rules say', () => {
  expect(found.guess).toMatchObject({ decision: 'NONE', member: null, best: 'm1' });
});

test('MA61 what a mailbox of several families carried is taken back before the decisions are read', () => {
  for (const id of ['desk1', 'desk2', 'desk3']) expect(found[id]?.decision).not.toBe('AUTO');
});

test('MA62 names and every other field may be missing', () => {
  expect(found.empty).toMatchObject({ decision: 'NONE', member: null, best: null, weight: null });
  expect(found.nameless?.decision).not.toBe('AUTO');
  expect(found.nameless?.best).toBe('m4');
  // One word is one part of a name: with one identifier a person is asked.
  expect(found.mononym).toMatchObject({ member: 'm7', best: 'm7' });
});

test('MA62 broken lines are counted and named, and their neighbours decided', () => {
  const report = JSON.parse(ended.stdout);
  expect(report.members).toMatchObject({ read: 8, refused: 2 });
  expect(report.candidates).toMatchObject({ read: 13, refused: 2, replaced: 1 });
  expect(report.truth).toMatchObject({ read: 6, refused: 1, unknown: 1 });
  expect(report.unsettled).toBe(0);
  expect(ended.stderr).toContain('members: line 3 refused: invalid JSON');
  expect(ended.stderr).toContain('members: line 6 refused: wrong type of firstName');
  expect(ended.stderr).toContain('candidates: line 4 refused: invalid JSON');
  expect(ended.stderr).toContain('candidates: line 5 refused: missing id');
  expect(ended.stderr).toContain('truth: line 6 refused: invalid JSON');
  expect(Object.keys(found)).toHaveLength(10);
  expect(found.again).toMatchObject({ decision: 'AUTO', member: 'm1' });
});

test('MA60 with the truth it tells how good the decisions are', () => {
  const { accuracy } = JSON.parse(ended.stdout);
  expect(accuracy).toMatchObject({ candidates: 4, pairs: 3, auto: { links: 2, precision: { value: 1 } } });
  expect(accuracy.review.recallWithAuto.value).toBe(1);
  expect(accuracy.sweep.length).toBeGreaterThan(5);
});

test('MA62 no field at all on either side is no error', async () => {
  const members = file('bare-members.jsonl', [{ id: 1 }, { id: 'b' }]);
  const candidates = file('bare-candidates.jsonl', [{ id: 2 }, { id: 'y' }]);
  const path = join(folder, 'bare.jsonl');
  const truth = file('other-truth.jsonl', [{ candidate: 'z', member: 'b' }]);
  const bare = await matchEval([
    ...['--members', members, '--candidates', candidates],
    ...['--out', path, '--truth', truth],
  ]);
  expect(bare).toMatchObject({ code: 0 });
  expect(bare.stdout).toContain('2 members read\n2 candidates read\n0 AUTO, 0 REVIEW, 2 NONE');
  expect(bare.stdout).toContain('no candidate has a truth: both files must use the same ids');
  expect(Object.values(decisions(path)).map(({ decision }) => decision)).toEqual(['NONE', 'NONE']);
}, 60_000);

test('MA61 what is wrong with the call is said before any work', async () => {
  const some = file('some.jsonl', [{ id: 'a' }]);
  const call = (args: readonly string[]) => matchEval(args);
  const [unnamed, missing, unwritable, help] = await Promise.all([
    call(['--members', some]),
    call(['--members', join(folder, 'nowhere'), '--candidates', some, '--out', out]),
    call(['--members', some, '--candidates', some, '--out', join(folder, 'nowhere', 'out.jsonl')]),
    call(['--help']),
  ]);
  expect(unnamed).toMatchObject({ code: 2, stderr: 'carrick: --candidates is needed\n' });
  expect(missing?.code).toBe(1);
  expect(missing?.stderr).toContain('cannot be read');
  expect(unwritable?.code).toBe(1);
  expect(help?.code).toBe(0);
  for (const name of ['--members', '--candidates', '--out', '--truth', '--json'])
    expect(help?.stdout).toContain(name);
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});
