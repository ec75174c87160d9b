import type { Step } from './steps.ts';

export type RecordPlace = 'profile' | 'interviews' | 'discussions';

/** Somebody at the ATS: a person who is told what to do, or a program that knows its pages. */
export interface Hands {
  act(step: Step): Promise<void>;
  /** Gives the ATS time to send what it has. A check looks again after it, so many times at most. */
  settle(): Promise<void>;
  readonly patience: number;
  /** Whether the ATS's record of the candidate shows all these texts. */
  sees(name: string, place: RecordPlace, texts: readonly string[]): Promise<boolean>;
  /** How many records called so the ATS has. */
  recordsCalled(name: string): Promise<number>;
  /** Whether the ATS's setup page shows all these texts. */
  setupShows(texts: readonly string[]): Promise<boolean>;
  /** How many records of each kind the ATS has by its own count; null: nobody knows. */
  counts(): Promise<AtsCounts | null>;
  /** A page's source for what no eye sees; null where a program has no access. */
  source(page: 'setup' | { readonly candidate: string }): Promise<string | null>;
}

export type AtsCounts = Readonly<
  Record<
    | 'job'
    | 'closedJob'
    | 'candidate'
    | 'application'
    | 'candidateNote'
    | 'applicationNote'
    | 'interviewFeedback'
    | 'stage',
    number
  >
>;
