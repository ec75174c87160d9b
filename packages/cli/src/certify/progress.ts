import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { CommandError } from '../command.ts';
import type { Passed } from './certify.ts';
import type { Verdict } from './check.ts';

/** What has passed so far of a certification that people go on with on another day. */
export interface Progress {
  readonly passed: readonly Passed[];
  /** When the first run began; null: this is the first. */
  readonly since: number | null;
  begin(at: number): void;
  keep(verdict: Verdict): void;
}

interface Kept {
  /** Whose certification it is. */
  of: string;
  since: number | null;
  passed: readonly Passed[];
}

/** In a file, where one is named. @throws CommandError for a file of another certification */
export function openProgress(path: string | undefined, of: string): Progress {
  const kept = path !== undefined && existsSync(path) ? read(path) : { of, since: null, passed: [] };
  if (kept.of !== of || !Array.isArray(kept.passed))
    throw new CommandError(`${path} belongs to another certification: name another file`);
  return {
    passed: kept.passed,
    since: kept.since,
    begin(at) {
      kept.since ??= at;
    },
    keep({ check: { id }, outcome, reason, from, to, ms }) {
      if (path === undefined || outcome !== 'passed') return;
      kept.passed = [...kept.passed.filter((each) => each.id !== id), { id, reason, from, to, ms }];
      writeFileSync(path, JSON.stringify(kept));
    },
  };
}

function read(path: string): Kept {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Kept; // written above; whose it is is looked at
  } catch (cause) {
    throw new CommandError(`${path} is no progress of a certification: name another file`, { cause });
  }
}
