import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { NotRun } from './check.ts';
import type { Hands } from './hands.ts';
import { describeStep } from './steps.ts';

const LOOK_EVERY_MS = 1_000;

/** Tells a person what to do, and asks what only a person can see. `s` passes a step over. */
export function personHands(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  patienceMs: number,
): Hands & { close(): void } {
  const lines = createInterface({ input, output });
  async function ask(question: string): Promise<string> {
    const answer = (await lines.question(question)).trim().toLowerCase();
    if (answer === 's') throw new NotRun('passed over');
    return answer;
  }
  const yes = async (question: string) => (await ask(`${question} [y/n/s] `)).startsWith('y');
  const quoted = (texts: readonly string[]) => texts.map((text) => `“${text}”`).join(', ');
  return {
    async act(step) {
      await ask(`\n→ ${describeStep(step)}.\n  Enter when done, s to pass over: `);
    },
    settle: () => pause(LOOK_EVERY_MS),
    patience: Math.ceil(patienceMs / LOOK_EVERY_MS),
    sees: (name, place, texts) => yes(`? Does the ATS’s record of ${name} (${place}) show ${quoted(texts)}?`),
    async recordsCalled(name) {
      return Number(await ask(`? How many records called ${name} has the ATS? `));
    },
    setupShows: (texts) => yes(`? Does the ATS’s setup page show ${quoted(texts)}?`),
    counts: async () => null,
    source: async () => null,
    close: () => lines.close(),
  };
}
