import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../packages/cli/src/main.ts');

/** A command of ours that stays, in a process of its own, and the line of JSON it printed when it was ready. */
export interface RunningCommand<Details> {
  readonly details: Details;
  /** Asks it to end, and waits until it did. */
  end(): Promise<void>;
}

function launch(args: readonly string[], env: Record<string, string>, program = MAIN) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(CARRICK_|DATABASE_URL$)/.test(name));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    env: { ...Object.fromEntries(inherited), CARRICK_LOG: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      output[name] += chunk;
    });
  }
  return { child, output, closed: once(child, 'close') };
}

/** Runs a command to its end and returns what it printed. */
export async function runCommand(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { child, output, closed } = launch(args, env);
  await closed;
  if (child.exitCode !== 0)
    throw new Error(`carrick ${args[0]} ended with ${child.exitCode}: ${output.stderr}`);
  return output.stdout;
}

export function startCommand<Details>(args: readonly string[]): Promise<RunningCommand<Details>> {
  return startProgram(MAIN, args);
}

/** Any program that says in one line of JSON that it is ready, and ends when it is interrupted. */
export async function startProgram<Details>(
  program: string,
  args: readonly string[],
): Promise<RunningCommand<Details>> {
  const { child, output, closed } = launch(args, {}, program);
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => output.stdout.includes('\n') && resolve());
    child.on('close', (code) =>
      reject(new Error(`${program} ${args[0]} ended with ${code}: ${output.stderr}`)),
    );
  });
  return {
    details: JSON.parse(output.stdout),
    async end() {
      child.kill('SIGINT');
      await closed;
    },
  };
}
