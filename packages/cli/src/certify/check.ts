import type { Stage } from './stage.ts';

/** The five modules of an integration, and what is looked at over all of them. */
export const MODULES = {
  1: 'Customer configuration',
  2: 'Data sync',
  3: 'Retrieve and widgets',
  4: 'Access lists',
  5: 'Deletion and versions',
  6: 'Required fields and quota',
} as const;
export type ModuleNo = keyof typeof MODULES;

/** One thing that an integration must do. */
export interface Check {
  /** `RSC-…` as the vendor's certification names it; others are ours. */
  readonly id: string;
  readonly module: ModuleNo;
  readonly title: string;
  /** The rule that is broken when it fails. */
  readonly rule: string;
  /** Checks that must have passed: without them it says nothing. */
  readonly needs?: readonly string[];
  /** What a person has to look at; such a check is never passed by a machine. */
  readonly byEye?: string;
  /** Its text was never seen: it is listed, and nothing is invented. */
  readonly isUnknown?: true;
  /** @throws Broken where the ATS does something else, NotRun where it cannot be told */
  run?(stage: Stage): Promise<void>;
}

export class Broken extends Error {}
export class NotRun extends Error {}
/** Somebody ended the certification. */
export class Stopped extends Error {}

/** @throws Broken */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Broken(otherwise);
}

/** A call that the ATS made while a check ran. */
export interface Evidence {
  /** `x-li-uuid` of the answer. */
  readonly requestId: string;
  readonly at: number;
  readonly call: string;
  readonly status: number;
  readonly records: number;
  readonly failed: number;
}

export type Outcome = 'passed' | 'failed' | 'not run' | 'not known';

export interface Verdict {
  readonly check: Check;
  readonly outcome: Outcome;
  /** Why it failed or was not run; of one that passed: on whose word, where it was no machine's. */
  readonly reason: string | null;
  readonly evidence: readonly Evidence[];
  readonly ms: number;
  /** Of the platform's clock: the calls in between are its evidence. */
  readonly from: number;
  readonly to: number;
}
