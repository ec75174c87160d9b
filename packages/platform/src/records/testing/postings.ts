import { expect } from 'vitest';
import { call, type TestAts, type TestWire } from './wire.ts';

/** As long as a public job has to be described. */
export const LONG_DESCRIPTION =
  'Builds bridges, and tests them, and repairs the ones that were built by somebody else. '.repeat(2);

/** A job with everything required; give what matters. */
export const aPosting = (
  { organisation }: TestAts,
  id: string,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  integrationContext: organisation,
  externalJobPostingId: id,
  title: 'Engineer',
  description: 'Builds bridges.',
  location: 'San Francisco, CA',
  availability: 'PRIVATE_TO_ATS_INTEGRATION',
  companyApplyUrl: 'https://example.com/apply',
  listedAt: 1_700_000_000_000,
  ...changes,
});

export interface PostedJob {
  readonly id: string;
  readonly status: number;
  readonly location?: string;
  readonly entity?: unknown;
  readonly error?: { readonly status: number; readonly message: string };
}

/** One answer for each posting, in order. */
export async function postJobs(
  world: TestWire,
  ats: TestAts,
  elements: readonly unknown[],
): Promise<PostedJob[]> {
  const answer = await call(world, ats, {
    method: 'POST',
    path: '/v2/simpleJobPostings',
    headers: { 'X-RestLi-Method': 'BATCH_CREATE' },
    body: { elements },
  });
  expect(answer.status).toBe(200);
  return answer.body.elements;
}
