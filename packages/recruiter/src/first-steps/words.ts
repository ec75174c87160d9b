import type { StartAnswer } from '@carrick/protocol/account';
import { inLanguage } from '../language.ts';
import { plural } from '../numbers.ts';

type StepId = StartAnswer['steps'][number]['id'];

const en = {
  title: 'First steps',
  failed: 'The first steps could not be loaded',
  done: 'Done',
  open: 'To do',
  progress: (done: number, all: number) => `${done} of ${all} done`,
  steps: {
    'past-applicants': 'Meet your past applicants',
    connect: 'Connect your ATS',
    sync: 'First sync',
    match: 'First match',
    export: 'First export',
  } satisfies Record<StepId, string>,
  hints: {
    'past-applicants': 'People who once applied with you and got further, as far as you may see.',
    connect: 'An administrator switches the integration on.',
    sync: 'Your ATS sends candidates, applications and jobs.',
    match: 'A candidate of your ATS is recognised in the directory.',
    export: 'Send a person from a profile to a job of your ATS.',
  } satisfies Record<StepId, string>,
  people: (count: number) => plural(count, { one: 'person', other: 'people' }),
  records: (count: number, isMore: boolean) =>
    `${isMore ? 'over ' : ''}${plural(count, { one: 'candidate', other: 'candidates' })}`,
} as const;

export const words = inLanguage('firstSteps', en);
export type FirstStepsWords = typeof en;
