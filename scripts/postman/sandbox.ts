import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../repository.ts';
import type { Dumped } from './judge.ts';

const CARRICK = join(root, 'packages', 'cli', 'src', 'main.ts');

interface Details {
  readonly baseUrl: string;
  readonly organization: string;
  readonly contract: string;
  readonly parent: { readonly clientId: string; readonly clientSecret: string };
  readonly customer: { readonly clientId: string; readonly clientSecret: string };
  readonly seats: readonly { readonly id: number; readonly person: string }[];
}

export interface Sandbox {
  readonly baseUrl: string;
  readonly details: Details;
  /** Everything that is stored. */
  dump(): Promise<readonly Dumped[]>;
  stop(): Promise<void>;
}

/** A sandbox in a process of its own, as its user would start it. */
export async function startSandbox(folder: string): Promise<Sandbox> {
  const child = carrick(['sandbox', '--data', folder, '--port', '0', '--json', '--log', 'warn']);
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = (await Promise.race([once(lines, 'line'), ended])) as [unknown];
  if (typeof first[0] !== 'string') throw new Error('the sandbox did not start');
  const details = JSON.parse(first[0]) as Details; // our own command's line
  return {
    baseUrl: details.baseUrl,
    details,
    async dump() {
      const dumping = carrick(['dump', '--json', '--data', folder]);
      const records: Dumped[] = [];
      for await (const line of createInterface({ input: dumping.stdout }))
        records.push(JSON.parse(line) as Dumped);
      return records;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function carrick(args: readonly string[]) {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CARRICK, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
