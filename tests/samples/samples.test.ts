import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { challengeResponse, signature } from '../../packages/platform/src/push/sign.ts';
import { keyIdentity, mergeBatchResponse, RESOURCES } from '../../packages/protocol/src/index.ts';

interface Vectors {
  readonly signatures: readonly { secret: string; body: string; header: string; isGood: boolean }[];
  readonly challenges: readonly { secret: string; code: string; response: string }[];
  readonly batches: readonly { sent: string[]; answer: object; refused: Readonly<Record<string, string>> }[];
}

const SAMPLES = join(import.meta.dirname, '../../examples/samples');
const FILE = join(SAMPLES, 'vectors.json');
const vectors = JSON.parse(readFileSync(FILE, 'utf8')) as Vectors;
const folder = mkdtempSync(join(tmpdir(), 'carrick-samples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (command: string, args: readonly string[]): string =>
  execFileSync(command, args, { encoding: 'utf8', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });

function has(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('IC5 the vectors are what the platform signs and what our own client reads in an answer', () => {
  for (const { secret, body, header, isGood } of vectors.signatures)
    expect(signature(secret, body) === header).toBe(isGood);
  for (const { secret, code, response } of vectors.challenges)
    expect(challengeResponse(secret, code)).toBe(response);
  const candidates = RESOURCES.find(({ kind }) => kind === 'candidate');
  if (!candidates || !('parts' in candidates.key)) throw new Error('candidates have keys of parts');
  const { parts } = candidates.key;
  for (const { sent, answer, refused } of vectors.batches) {
    const keys = sent.map((text) =>
      text.includes('=') ? parts.map((part) => new URLSearchParams(text).get(part) ?? '') : [text],
    );
    const shape = sent[0]?.includes('=') ? candidates.key : ({ simple: true } as const);
    const merged = mergeBatchResponse(answer, shape, {
      sentKeys: new Map(keys.map((key) => [keyIdentity(key), key])),
      onUnknownKey: (text) => expect.fail(`an unknown key: ${text}`),
    });
    const found = sent.flatMap((text, index) => {
      const outcome = merged.get(keyIdentity(keys[index] ?? []));
      if (!outcome) return [[text, '0: no answer']];
      return outcome.error ? [[text, `${outcome.status}: ${outcome.error.message.trim()}`]] : [];
    });
    expect(Object.fromEntries(found)).toEqual(refused);
  }
});

const java = () => {
  const sources = readdirSync(join(SAMPLES, 'java')).map((name) => join(SAMPLES, 'java', name));
  run('javac', ['-d', folder, ...sources]);
  return run('java', ['-cp', folder, 'Check', FILE]);
};

const mono = () => {
  const program = join(folder, 'Check.exe');
  const sources = ['RscSamples.cs', 'Check.cs'].map((name) => join(SAMPLES, 'csharp', name));
  run('mcs', [`-out:${program}`, '-r:System.Web.Extensions.dll', ...sources]);
  return run('mono', [program, FILE]);
};

/** Skipped where the language is not on the machine. */
const LANGUAGES = [
  {
    name: 'Python',
    isHere: has('python3', '--version'),
    check: () => run('python3', [join(SAMPLES, 'python/check.py'), FILE]),
  },
  { name: 'Java', isHere: has('javac', '--version'), check: java },
  {
    name: 'Ruby',
    isHere: has('ruby', '--version'),
    check: () => run('ruby', [join(SAMPLES, 'ruby/check.rb'), FILE]),
  },
  {
    name: 'PHP',
    isHere: has('php', '--version'),
    check: () => run('php', [join(SAMPLES, 'php/check.php'), FILE]),
  },
  {
    name: 'C# of Mono',
    isHere: has('mcs', '--version'),
    check: mono,
  },
  {
    name: 'C# of .NET',
    isHere: has('dotnet', '--version'),
    check: () => run('dotnet', ['run', '--project', join(SAMPLES, 'csharp'), '--', FILE]),
  },
];

describe('IC5 the sample gets every vector right', () => {
  for (const { name, isHere, check } of LANGUAGES)
    test.skipIf(!isHere)(
      `IC5 in ${name}${isHere ? '' : ': not on this machine'}`,
      () => {
        expect(check()).toBe('ok\n');
      },
      60_000,
    );
});
