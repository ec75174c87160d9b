/** What can be made to go wrong, and what whoever calls sees of it. The guide's table is generated from here. */
export const FAULTS = {
  throttled: {
    where: 'request',
    effect: '429 with `retry-after` (`retryAfterMs`, else 1 s). Nothing was done.',
  },
  'server-error': { where: 'request', effect: '500 with an `requestId`. Nothing was done.' },
  unavailable: { where: 'request', effect: '503 with `retry-after`. Nothing was done.' },
  slow: {
    where: 'request',
    effect: 'The right answer, `delayMs` late (5 s unless it says so, at most 120 s).',
  },
  cut: { where: 'request', effect: 'The connection is cut without an answer. Nothing was done.' },
  'answer-lost': {
    where: 'request',
    effect: 'Everything was done, and the connection is cut instead of the answer.',
  },
  'stale-token': {
    where: 'request',
    effect: '401, and from then on for every request with the same token: fetch a new one.',
  },
  'duplicate-notification': {
    where: 'notification',
    effect: 'The notification is posted twice, byte for byte.',
  },
  'late-notification': {
    where: 'notification',
    effect: 'The attempt starts `delayMs` late (5 s unless it says so, at most 9 s): others may overtake it.',
  },
  'lost-notification': {
    where: 'notification',
    effect: 'The attempt never reaches the ATS; the notification comes again by its schedule.',
  },
} as const satisfies Record<string, { readonly where: 'request' | 'notification'; readonly effect: string }>;

export type Fault = keyof typeof FAULTS;
type FaultAt<W> = { [F in Fault]: (typeof FAULTS)[F]['where'] extends W ? F : never }[Fault];
export type RequestFault = FaultAt<'request'>;
export type NotificationFault = FaultAt<'notification'>;

export const DELAY_MS = 5_000;
export const MOST_DELAY_MS = 120_000;
/** An attempt that takes longer than 10 s counts as failed. */
export const MOST_NOTIFICATION_DELAY_MS = 9_000;
export const RETRY_AFTER_MS = 1_000;
