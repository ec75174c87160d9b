import { setTimeout as pause } from 'node:timers/promises';
import { Broken, type Check, type Evidence, NotRun, type Verdict } from './check.ts';
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
  readonly onVerdict?: (verdict: Verdict) => void;
  readonly stopping?: AbortSignal;
}

/** Plays every case against the ATS. What a case needs and did not pass is not run. */
export async function certify(
  stage: Stage,
  { only, onVerdict, stopping }: CertifyOptions = {},
): Promise<Verdict[]> {
  const wanted = only ? withNeeds(only) : null;
  const ran: { verdict: Omit<Verdict, 'evidence'>; from: number; to: number }[] = [];
  const passed = new Set<string>();
  let isLogWaitedFor = false;
  for (const check of CHECKS) {
    if (stopping?.aborted || (wanted && !wanted.has(check.id))) continue;
    if (check.module === 6 && !isLogWaitedFor) {
      isLogWaitedFor = true;
      await pause(LOG_DELAY_MS);
    }
    const from = stage.now();
    const startedAt = performance.now();
    const verdict = { ...(await judge(stage, check, passed)), ms: Math.round(performance.now() - startedAt) };
    if (verdict.outcome === 'passed') passed.add(check.id);
    ran.push({ verdict, from, to: stage.now() });
    onVerdict?.({ ...verdict, evidence: [] });
  }
  if (!isLogWaitedFor) await pause(LOG_DELAY_MS);
  const calls = await stage.calls(stage.startedAt);
  return ran.map(({ verdict, from, to }) => ({
    ...verdict,
    evidence: calls
      .filter(({ at }) => at >= from && at <= to)
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

async function judge(
  stage: Stage,
  check: Check,
  passed: ReadonlySet<string>,
): Promise<Pick<Verdict, 'check' | 'outcome' | 'reason'>> {
  if (check.isUnknown)
    return { check, outcome: 'not known', reason: 'its text was never published where we could read it' };
  if (check.byEye !== undefined) return { check, outcome: 'not run', reason: `for a person: ${check.byEye}` };
  const missing = check.needs?.find((id) => !passed.has(id));
  if (missing !== undefined) return { check, outcome: 'not run', reason: `${missing} has to pass first` };
  try {
    await check.run?.(stage);
    return { check, outcome: 'passed', reason: null };
  } catch (error) {
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
