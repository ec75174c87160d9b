import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../repository.ts';

/** It is big and only these runs need it: fetched when asked for, into a folder that is not committed. */
const NEWMAN = 'newman@6.2.2';
const HOME = join(root, '.carrick', 'newman', NEWMAN);

/** One request of a run with its answer, as newman hands them over. */
export interface NewmanRequest {
  readonly item: { readonly name: string };
  readonly request: {
    readonly method: string;
    readonly url: { toString(): string };
    readonly headers: { toObject(): Record<string, string> };
    readonly body?: { toString(): string };
  };
  readonly response?: {
    readonly code: number;
    readonly headers: { toObject(): Record<string, string> };
    readonly stream?: Buffer;
  };
}

export interface NewmanSummary {
  readonly run: {
    readonly failures: readonly { readonly error: Error; readonly source?: { readonly name: string } }[];
    readonly stats: { readonly assertions: { readonly total: number } };
  };
  readonly globals: Variables;
}

interface Variables {
  readonly values: { map<T>(read: (variable: { readonly key: string; readonly value: unknown }) => T): T[] };
}

/** What scripts have set by the end of a run, for the next one; each scope by name. */
export type Kept = ReadonlyMap<string, unknown>;

interface TestedScript {
  readonly executions: readonly { readonly result?: { readonly collectionVariables?: Variables } }[];
}

interface Newman {
  run(options: object, done: (error: Error | null, summary: NewmanSummary) => void): Run;
}

interface Run {
  on(event: 'request', heard: (error: Error | null, exchange: NewmanRequest) => void): Run;
  on(event: 'test', heard: (error: Error | null, script: TestedScript) => void): Run;
}

/** @throws Error when it cannot be fetched */
export function loadNewman(): Newman {
  if (!existsSync(join(HOME, 'node_modules', 'newman', 'package.json'))) fetchNewman();
  return createRequire(join(HOME, 'package.json'))('newman') as Newman; // its own interface, as far as it is used
}

function fetchNewman(): void {
  process.stderr.write(`fetching ${NEWMAN} into .carrick (once)\n`);
  const draft = `${HOME}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, 'package.json'), '{"private":true}\n');
  const args = [
    'install',
    '--prefix',
    draft,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    NEWMAN,
  ];
  const { status } = spawnSync('npm', args, {
    cwd: draft,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${NEWMAN} could not be installed`);
  rmSync(HOME, { recursive: true, force: true });
  renameSync(draft, HOME);
}

/** Runs one collection; everything that is sent is told to `heard`. */
export function runNewman(
  newman: Newman,
  options: object,
  heard: (exchange: NewmanRequest) => void,
): Promise<{ readonly summary: NewmanSummary; readonly kept: Kept }> {
  const kept = new Map<string, unknown>();
  const keep = ({ values }: Variables) => values.map(({ key, value }) => kept.set(key, value));
  return new Promise((resolve, reject) => {
    newman
      .run({ reporters: [], ...options }, (error, summary) => {
        if (error) reject(error);
        else {
          keep(summary.globals);
          resolve({ summary, kept });
        }
      })
      .on('request', (_error, exchange) => heard(exchange))
      // Of variables of the collection newman tells at no other place.
      .on('test', (_error, { executions }) => {
        for (const { result } of executions)
          if (result?.collectionVariables) keep(result.collectionVariables);
      });
  });
}
