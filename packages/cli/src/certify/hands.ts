import type { Step } from './steps.ts';

export type RecordPlace = 'profile' | 'interviews' | 'discussions';

/** Somebody at the ATS: a person who is told what to do, or a program that knows its pages. */
export interface Hands {
  /** @throws NotRun where it is passed over, Stopped where somebody ended it; so do all of these */
  act(step: Step): Promise<void>;
  /** Gives the ATS time to send what it has. A check looks again after it, so many times at most, or until it is enough. */
  settle(): Promise<'go on' | 'enough'>;
  readonly patience: number;
  /** What only eyes can judge, where there are some. @throws Broken after a no */
  confirm?(question: string): Promise<boolean>;
  /** Whether the ATS's record of the candidate shows all these texts. */
  sees(name: string, place: RecordPlace, texts: readonly string[]): Promise<boolean>;
  /** Whether the ATS has so many records called so. */
  hasRecords(name: string, count: number): Promise<boolean>;
  /** Whether the ATS's setup page shows all these texts. */
  setupShows(texts: readonly string[]): Promise<boolean>;
  /** How many the ATS has by its own count. */
  count(kind: Counted): Promise<number>;
  /** A page's source for what no eye sees; null where a program has no access. */
  source(page: 'setup' | { readonly candidate: string }): Promise<string | null>;
}

export type Counted =
  | 'job'
  | 'closedJob'
  | 'candidate'
  | 'application'
  | 'candidateNote'
  | 'applicationNote'
  | 'interviewFeedback'
  | 'stage';
