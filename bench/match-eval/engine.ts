import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import type { Accuracy } from '../../packages/cli/src/match-eval/accuracy.ts';
import type { Truth } from './generator/generate.ts';
import type { LabelledSet } from './labelled-set.ts';
import { type DecisionLine, Tally } from './tally.ts';

const CLI = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts');

export interface EngineReport {
  readonly decisions: Readonly<Record<'AUTO' | 'REVIEW' | 'NONE', number>>;
  readonly unsettled: number;
  readonly tookMs: Readonly<Record<string, number>>;
  readonly accuracy: Accuracy;
}

export interface EngineRun {
  readonly tally: Tally;
  readonly report: EngineReport;
}

/** In the order of the candidates, with who is right. */
export type OnDecision = (line: DecisionLine, right: string | null) => void;

/** Writes the set to files and has `carrick match-eval` decide it, as anybody would. */
export async function decideByEngine(
  set: LabelledSet,
  { isQuiet = false, onDecision }: { isQuiet?: boolean; onDecision?: OnDecision } = {},
): Promise<EngineRun> {
  const folder = mkdtempSync(join(tmpdir(), 'carrick-set-'));
  const path = (name: string) => join(folder, `${name}.jsonl`);
  try {
    await writeLines(path('members'), set.members());
    await writeLines(
      path('candidates'),
      map(set.candidates(), ({ candidate }) => candidate),
    );
    await writeLines(
      path('truth'),
      map(set.candidates(), ({ truth }) => truth),
    );
    const report = await matchEval(path, isQuiet);
    const tally = new Tally();
    const decided = linesOf<DecisionLine>(path('out'));
    const truths = linesOf<Truth>(path('truth'))[Symbol.asyncIterator]();
    for await (const line of decided) {
      const { value: truth } = await truths.next();
      if (truth?.candidate !== line.candidate) throw new Error(`${line.candidate} came out of its order`);
      tally.add(line, truth);
      onDecision?.(line, truth.member);
    }
    return { tally, report };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function matchEval(path: (name: string) => string, isQuiet: boolean): Promise<EngineReport> {
  const files = ['members', 'candidates', 'out', 'truth'].flatMap((name) => [`--${name}`, path(name)]);
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', CLI, 'match-eval', ...files, '--json'],
    { stdio: ['ignore', 'pipe', isQuiet ? 'ignore' : 'inherit'] },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`match-eval ended with ${code}`);
  return JSON.parse(output) as EngineReport; // our own command's report
}

async function writeLines(path: string, lines: Iterable<object>): Promise<void> {
  const out = createWriteStream(path);
  for (const line of lines) if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain');
  out.end();
  await finished(out);
}

async function* linesOf<T>(path: string): AsyncGenerator<T> {
  for await (const line of createInterface({ input: createReadStream(path) })) yield JSON.parse(line) as T; // written by us
}

function* map<T, R>(items: Iterable<T>, change: (item: T) => R): Generator<R> {
  for (const item of items) yield change(item);
}
