import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import {
  configOf,
  createLog,
  createOrganisation,
  createScratchDatabase,
  type MatchTrial,
  openDeployment,
  openTrial,
  type TrialDecision,
} from '@carrick/platform';
import { type Command, CommandError, optional, required } from '../command.ts';
import { accuracyOf, type Decided } from '../match-eval/accuracy.ts';
import { describeAccuracy } from '../match-eval/describe-accuracy.ts';
import { Progress } from '../match-eval/progress.ts';
import { readTruth } from '../match-eval/truth.ts';

export const command: Command = {
  summary: 'Match a file of candidates with a file of members by the engine itself, and measure it.',
  usage: 'match-eval --members FILE --candidates FILE --out FILE [--truth FILE] [--json]',
  options: {
    members: { type: 'string' },
    candidates: { type: 'string' },
    out: { type: 'string' },
    truth: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: {
    members: 'members as for import-members, one JSON object a line; every field but id may be missing',
    candidates:
      'candidates in the fields of the wire with an "id", one JSON object a line; every other field may be missing',
    out: 'where a line for each candidate goes: {"candidate","decision","member","best","weight","probability","reasons"}',
    truth:
      'who is who: {"candidate","member"} a line, member null where there is none; prints how good the decisions are',
    json: 'the summary as JSON; lines that were refused are counted in it, and the command succeeds all the same',
  },
  async run({ flags, stopping }) {
    const files = {
      members: required(flags, 'members'),
      candidates: required(flags, 'candidates'),
      out: required(flags, 'out'),
      truth: optional(flags, 'truth'),
    };
    await Promise.all([files.members, files.candidates, files.truth ?? files.members].map(mustBeFile));
    await mustBeWritable(files.out);
    const progress = new Progress(process.stderr);
    // Before the long work: a broken truth is said at once.
    const truth = files.truth === undefined ? null : await readTruth(files.truth, progress);
    const log = createLog('error');
    const scratch = await createScratchDatabase(log);
    try {
      const deployment = await openDeployment(configOf({ dataDir: scratch.dataDir }), { log });
      try {
        const { tenantId } = await createOrganisation(deployment.ctx, { name: 'match-eval' });
        const trial = openTrial(deployment, { tenantId, atsNo: 1 });
        const { decided, summary } = await match(trial, files, progress, stopping);
        const accuracy = truth === null ? null : accuracyOf(decided, truth.members);
        const unknown =
          truth === null ? 0 : [...truth.members.keys()].filter((id) => !decided.has(id)).length;
        const report = {
          ...summary,
          ...(truth === null ? {} : { truth: { read: truth.read, refused: truth.refused, unknown } }),
          ...(accuracy === null ? {} : { accuracy }),
        };
        process.stdout.write(
          flags.json === true
            ? `${JSON.stringify(report)}\n`
            : describe(summary, accuracy === null ? '' : describeAccuracy(accuracy, unknown)),
        );
        return 0;
      } finally {
        await deployment.close();
      }
    } finally {
      await scratch.remove();
    }
  },
};

interface Files {
  readonly members: string;
  readonly candidates: string;
  readonly out: string;
}

type Decisions = Record<TrialDecision['decision'], number>;

interface Summary {
  readonly members: { readonly read: number; readonly refused: number };
  readonly candidates: { readonly read: number; readonly refused: number; readonly replaced: number };
  readonly decisions: Decisions;
  /** Candidates whose stored link is not what would be decided now: none, or the engine has a fault. */
  readonly unsettled: number;
  /** How long each part took. */
  readonly tookMs: Readonly<Record<'members' | 'candidates' | 'settling' | 'reading', number>>;
}

async function match(
  trial: MatchTrial,
  files: Files,
  progress: Progress,
  stopping: AbortSignal,
): Promise<{ readonly decided: ReadonlyMap<string, Decided>; readonly summary: Summary }> {
  const took = { members: 0, candidates: 0, settling: 0, reading: 0 };
  const timed = async <T>(part: keyof typeof took, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      took[part] = Math.round(performance.now() - startedAt);
      progress.end();
    }
  };
  const watching = (what: string) => ({
    onRefused: ({ line, reason }: { line: number; reason: string }) =>
      progress.refused(what, `line ${line} refused: ${reason}`),
    onProgress: (read: number) => {
      if (stopping.aborted) throw stopped();
      progress.show(`${what}: ${read} read`);
    },
  });
  const members = await timed('members', () =>
    trial.importMembers(createReadStream(files.members), watching('members')),
  );
  const candidates = await timed('candidates', () =>
    trial.putCandidates(createReadStream(files.candidates), watching('candidates')),
  );
  await timed('settling', () =>
    unlessStopped(
      stopping,
      trial.settle((open) => progress.show(`${open} pieces of work left`)),
    ),
  );
  const decisions: Decisions = { AUTO: 0, REVIEW: 0, NONE: 0 };
  const decided = new Map<string, Decided>();
  await timed('reading', async () => {
    const out = createWriteStream(files.out);
    for await (const decision of trial.decisions()) {
      if (stopping.aborted) throw stopped();
      decisions[decision.decision]++;
      const { candidate, member, best, weight } = decision;
      decided.set(candidate, { decision: decision.decision, member, best, weight });
      if (!out.write(`${JSON.stringify(decision)}\n`)) await once(out, 'drain');
      if (decided.size % 1_000 === 0) progress.show(`${decided.size} decisions written`);
    }
    out.end();
    await finished(out);
  });
  return {
    decided,
    summary: {
      members: { read: members.read, refused: members.refused },
      candidates,
      decisions,
      unsettled: trial.unsettled(),
      tookMs: took,
    },
  };
}

const stopped = () => new CommandError('stopped', { exitCode: 130 });

/** The work itself ends with its database. */
function unlessStopped<T>(stopping: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(stopped());
    stopping.addEventListener('abort', stop, { once: true });
    if (stopping.aborted) stop();
    work.then(resolve, reject).finally(() => stopping.removeEventListener('abort', stop));
  });
}

function describe({ members, candidates, decisions, unsettled }: Summary, accuracy: string): string {
  const refused = (count: number) => (count > 0 ? `, ${count} refused` : '');
  return [
    `${members.read} members read${refused(members.refused)}`,
    `${candidates.read} candidates read${refused(candidates.refused)}${candidates.replaced > 0 ? `, ${candidates.replaced} replaced by a later line` : ''}`,
    `${decisions.AUTO} AUTO, ${decisions.REVIEW} REVIEW, ${decisions.NONE} NONE`,
    ...(unsettled > 0 ? [`${unsettled} links are not what would be decided now: a fault of the engine`] : []),
    accuracy === '' ? '' : `\n${accuracy}`,
  ].join('\n');
}

async function mustBeFile(path: string): Promise<void> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new CommandError(`${path} cannot be read: check the path`, { cause });
  });
  if (!found.isFile()) throw new CommandError(`${path} is no file`);
}

/** Before the work, not after an hour of it. */
async function mustBeWritable(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) throw new CommandError(`${path} is a folder: --out takes a file`);
  const folder = await stat(dirname(path)).catch(() => null);
  if (!folder?.isDirectory()) throw new CommandError(`${dirname(path)} is no folder: check --out`);
}
