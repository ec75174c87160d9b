import { setTimeout as pause } from 'node:timers/promises';
import { Broken, type Check, type Evidence, NotRun, Stopped, type Verdict } from './check.ts';
import { accessChecks } from './checks/access.ts';
import { configurationChecks } from './checks/configuration.ts';
import { deletionChecks } from './checks/deletion.ts';
import { historyChecks } from './checks/history.ts';
import { incrementChecks } from './checks/increments.ts';
import { lintChecks } from './checks/lint.ts';
import { retrieveChecks } from './checks/retrieve.ts';
import type { Stage } from './stage.ts';

/** Every case, in the order of a demonstration. */
export const CHECKS: readonly Check[] = [
  ...configurationChecks,
  ...historyChecks,
  ...incrementChecks,
  ...retrieveChecks,
  ...accessChecks,
  ...deletionChecks,
  ...lintChecks,
];

/** Requests stand in the log about a second after their answer. */
const LOG_DELAY_MS = 1_200;
const MOST_EVIDENCE = 40;

export interface CertifyOptions {
  /** Only these, and what they need. */
  readonly only?: readonly string[];
  /** What passed in an earlier run of the same certification: it is not played again. */
  readonly earlier?: readonly Passed[];
  readonly onCase?: (check: Check, number: number, total: number) => void;
  readonly onVerdict?: (verdict: Verdict) => void;
  readonly stopping?: AbortSignal;
}

/** A case that passed, with the time in which it did. */
export type Passed = Pick<Verdict, 'reason' | 'from' | 'to' | 'ms'> & { readonly id: string };

/** Plays every case against the ATS. What a case needs and did not pass is not run, nor is what comes after a stop. */
export async function certify(
  stage: Stage,
  { only, earlier = [], onCase, onVerdict, stopping }: CertifyOptions = {},
): Promise<Verdict[]> {
  const wanted = only ? withNeeds(only) : null;
  const checks = CHECKS.filter(({ id }) => !wanted || wanted.has(id));
  const verdicts: Omit<Verdict, 'evidence'>[] = [];
  const passed = new Set<string>();
  let isLogWaitedFor = false;
  let isStopped = false;
  for (const [index, check] of checks.entries()) {
    // What is looked at over all modules costs nobody anything, and there may be more of it by now.
    const before = check.module === 6 ? undefined : earlier.find(({ id }) => id === check.id);
    isStopped ||= stopping?.aborted === true;
    if (check.module === 6 && !isLogWaitedFor && !isStopped) {
      isLogWaitedFor = true;
      await pause(LOG_DELAY_MS);
    }
    const [from, startedAt] = [stage.now(), performance.now()];
    let verdict: Omit<Verdict, 'evidence'>;
    if (before) {
      verdict = { ...before, check, outcome: 'passed' };
    } else {
      if (!isStopped) onCase?.(check, index + 1, checks.length);
      const judged: Judged = isStopped ? stoppedAt(check) : await judge(stage, check, passed);
      isStopped ||= judged.reason === STOPPED;
      verdict = { ...judged, from, to: stage.now(), ms: Math.round(performance.now() - startedAt) };
      if (!isStopped) onVerdict?.({ ...verdict, evidence: [] });
    }
    if (verdict.outcome === 'passed') passed.add(check.id);
    verdicts.push(verdict);
  }
  if (!isLogWaitedFor) await pause(LOG_DELAY_MS);
  const calls = await stage.calls(stage.startedAt);
  return verdicts.map((verdict) => ({
    ...verdict,
    evidence: calls
      .filter(({ at }) => at >= verdict.from && at <= verdict.to)
      .slice(0, MOST_EVIDENCE)
      .map(
        ({ requestId, at, httpMethod, method, resource, status, records, failed }): Evidence => ({
          requestId,
          at,
          call: `${httpMethod} ${resource}${method === null ? '' : ` ${method}`}`,
          status,
          records,
          failed,
        }),
      ),
  }));
}

type Judged = Pick<Verdict, 'check' | 'outcome' | 'reason'>;

const STOPPED = 'the certification was stopped before';
const stoppedAt = (check: Check): Judged => ({ check, outcome: 'not run', reason: STOPPED });

async function judge(stage: Stage, check: Check, passed: ReadonlySet<string>): Promise<Judged> {
  if (check.isUnknown)
    return { check, outcome: 'not known', reason: 'its text was never published where we could read it' };
  const missing = check.needs?.find((id) => !passed.has(id));
  if (missing !== undefined) return { check, outcome: 'not run', reason: `${missing} has to pass first` };
  try {
    if (check.byEye === undefined) {
      await check.run?.(stage);
      return { check, outcome: 'passed', reason: null };
    }
    if (!stage.hands.confirm) return { check, outcome: 'not run', reason: `for a person: ${check.byEye}` };
    await stage.hands.confirm(`${check.rule} So ${check.byEye}. Is it so?`);
    return { check, outcome: 'passed', reason: 'on the word of the person at the ATS' };
  } catch (error) {
    if (error instanceof Stopped) return stoppedAt(check);
    if (error instanceof NotRun) return { check, outcome: 'not run', reason: error.message };
    if (error instanceof Broken) return { check, outcome: 'failed', reason: error.message };
    // The ATS or the platform answered something that no check foresaw: that too is no pass.
    return { check, outcome: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function withNeeds(ids: readonly string[]): ReadonlySet<string> {
  const all = new Set<string>();
  const add = (id: string) => {
    if (all.has(id)) return;
    all.add(id);
    for (const need of CHECKS.find((check) => check.id === id)?.needs ?? []) add(need);
  };
  for (const id of ids) add(id);
  return all;
}

/** Passed as a whole: nothing failed, and something was tried. */
export const isPassed = (verdicts: readonly Verdict[]): boolean =>
  verdicts.every(({ outcome }) => outcome !== 'failed') &&
  verdicts.some(({ outcome }) => outcome === 'passed');
