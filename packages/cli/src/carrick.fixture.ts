import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopEmbeddedPostgres } from '@carrick/platform';

const MAIN = join(import.meta.dirname, 'main.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started<T> {
  readonly process: ChildProcess;
  /** The line of JSON it printed when it was ready. */
  readonly details: T;
  /** Ends it with the signal and waits. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

/** The environment of a command: none of the options of whoever runs the tests. */
function environment(extra: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(CARRICK_|DATABASE_URL$)/.test(name));
  return { ...Object.fromEntries(inherited), CARRICK_LOG: 'warn', ...extra };
}

function launch(args: readonly string[], extra: Record<string, string>) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    env: environment(extra),
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      output[name] += chunk;
    });
  }
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, ...output }));
  return { child, output, ended };
}

/** Runs a command to its end. */
export async function carrick(args: readonly string[], extra: Record<string, string> = {}): Promise<Ended> {
  return launch(args, extra).ended;
}

/** Starts a command that stays, and waits until its output holds `sign` (a whole line of JSON on stdout, if not given). */
export async function startCarrick<T>(
  args: readonly string[],
  sign?: { readonly stderr: string },
): Promise<Started<T>> {
  const { child, output, ended } = launch(args, {});
  const isReady = () => (sign ? output.stderr.includes(sign.stderr) : output.stdout.includes('\n'));
  await new Promise<void>((resolve, reject) => {
    const look = () => isReady() && resolve();
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    ended.then(({ code, stderr }) => reject(new Error(`it ended with ${code}: ${stderr}`)), reject);
  });
  const line = output.stdout.split('\n')[0] ?? '';
  return {
    process: child,
    details: (line === '' ? {} : JSON.parse(line)) as T,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** A data folder (with a space in its path), and the way to be rid of it and its database. */
export function dataFolder(): { readonly path: string; remove(): Promise<void> } {
  const root = mkdtempSync(join(tmpdir(), 'carrick-cli-'));
  const path = join(root, 'a data folder');
  return {
    path,
    async remove() {
      await stopEmbeddedPostgres(path);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
