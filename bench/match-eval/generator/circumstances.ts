import { type Random, Weighted } from './random.ts';

/** Who a candidate is in truth, and whose identifiers the record carries. */
export type Circumstance =
  | 'member'
  | 'stranger'
  | 'same-name-stranger'
  | 'twin'
  | 'jr-sr'
  | 'family-mailbox'
  | 'family-phone'
  | 'agency-mailbox'
  | 'recruiter-mailbox'
  | 'role-mailbox'
  | 'placeholder-mailbox'
  | 'enumeration';

const SHARES: readonly (readonly [Circumstance, number])[] = [
  ['stranger', 18],
  ['same-name-stranger', 6],
  ['twin', 0.3],
  ['jr-sr', 0.6],
  ['family-mailbox', 1.5],
  ['family-phone', 2.4],
  ['agency-mailbox', 1.5],
  ['recruiter-mailbox', 0.5],
  ['role-mailbox', 0.5],
  ['placeholder-mailbox', 1],
  ['enumeration', 1],
];
const OTHERS = SHARES.reduce((sum, [, share]) => sum + share, 0);
const ALL = new Weighted([...SHARES, ['member', 100 - OTHERS] as const], ([, share]) => share);

export function circumstanceOf(random: Random): Circumstance {
  return ALL.pick(random)[0];
}

export const ROLE_MAILBOXES = [
  'info',
  'jobs',
  'hr',
  'careers',
  'admin',
  'office',
  'recruiting',
  'contact',
  'hiring',
  'sales',
];

export const PLACEHOLDER_MAILBOXES = [
  'noemail@noemail.com',
  'test@test.com',
  'none@none.com',
  'na@na.com',
  'unknown@unknown.com',
  'no@email.com',
  'x@x.com',
  'donotreply@ats-relay.com',
  'noreply@workflow-mail.com',
  'candidate-8812@indeedemail.com',
];
