import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Broken, NotRun, Stopped } from './check.ts';
import type { Counted, Hands } from './hands.ts';
import { describeStep } from './steps.ts';

/** So long nobody wonders. */
const QUIET_LOOKS = 3;

const COUNTED: Readonly<Record<Counted, string>> = {
  job: 'jobs, closed ones included,',
  closedJob: 'closed jobs',
  candidate: 'candidates',
  application: 'applications',
  candidateNote: 'notes on candidates',
  applicationNote: 'notes on applications',
  interviewFeedback: 'records of interview feedback',
  stage: 'stages, all that applications ever had,',
};

export interface PersonOptions {
  /** How long the ATS may take until what was done there is seen. */
  readonly waitMs: number;
  readonly lookEveryMs?: number;
  readonly stopping: AbortSignal;
}

/**
 * Tells a person what to do, and asks what only a person can see. `s` passes a case over; while something is waited for, `s` does too
 * and `n` says that it will not come. The end of the input stops the certification, as Ctrl-C does.
 */
export function personHands(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  { waitMs, lookEveryMs = 1_000, stopping }: PersonOptions,
): Hands & { close(): void } {
  const lines = createInterface({ input, output });
  const ended = new AbortController();
  const signal = AbortSignal.any([stopping, ended.signal]);
  let looks = 0;
  let isAsking = false;
  let typed = '';
  lines.on('close', () => ended.abort());
  // A terminal's Ctrl-C comes here first: it ends the command as any other does.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  lines.on('line', (line) => {
    if (!isAsking) typed = line.trim().toLowerCase();
  });

  async function ask(question: string): Promise<string> {
    looks = 0;
    typed = '';
    isAsking = true;
    try {
      if (signal.aborted) throw new Stopped();
      const answer = (await lines.question(question, { signal })).trim().toLowerCase();
      if (answer === 's') throw new NotRun('passed over');
      return answer;
    } catch (error) {
      throw signal.aborted ? new Stopped() : error;
    } finally {
      isAsking = false;
    }
  }

  async function confirm(question: string): Promise<boolean> {
    for (;;) {
      const answer = await ask(`? ${question}\n  y yes, n no, Enter ask me again, s pass over: `);
      if (answer.startsWith('y')) return true;
      if (answer.startsWith('n')) throw new Broken(`“no”, says the person at the ATS: ${question}`);
    }
  }

  const quoted = (texts: readonly string[]) =>
    texts
      .map((text) => (text === 'urn:li:person:' ? 'that it is tied to a member of the network' : `“${text}”`))
      .join(', ');

  return {
    async act(step) {
      await ask(`\n→ ${describeStep(step)}\n  Enter when done, s to pass over: `);
    },
    async settle() {
      looks += 1;
      if (looks === QUIET_LOOKS)
        output.write(
          `  … waiting for the ATS, ${Math.ceil(waitMs / 60_000)} min. at most (s and Enter: pass over; n and Enter: it will not come)\n`,
        );
      await pause(lookEveryMs, undefined, { signal }).catch(() => {
        throw new Stopped();
      });
      const word = typed;
      typed = '';
      if (word === 's') throw new NotRun('passed over');
      return word === 'n' ? 'enough' : 'go on';
    },
    patience: Math.ceil(waitMs / lookEveryMs),
    confirm,
    sees: (name, _place, texts) =>
      confirm(`Does the ATS’s record of ${name} show, in its own words and places: ${quoted(texts)}?`),
    hasRecords: (name, count) => confirm(`Are there exactly ${count} records of ${name} in the ATS?`),
    setupShows: (texts) => confirm(`Does the ATS’s setup page show, in its own words: ${quoted(texts)}?`),
    async count(kind) {
      for (;;) {
        const answer = await ask(`? How many ${COUNTED[kind]} has the ATS? A number, or s to pass over: `);
        if (/^\d+$/.test(answer)) return Number(answer);
      }
    },
    source: async () => null,
    close: () => lines.close(),
  };
}
