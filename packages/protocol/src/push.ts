/** Notifications: the platform tells an ATS that there is something to fetch, and signs that it was the platform. */

/** What an ATS is told, and the finder that its id is then given to. Receivers pass over a type they do not know. */
export const NOTIFICATION_TYPES = {
  INTEGRATION_STATUS_CHANGE: 'atsIntegrations',
  EXPORT_CANDIDATE_PROFILE: 'exportedCandidates',
  /** Ours: contact data that a member shared is to be deleted. */
  SHARED_CONTACT_WITHDRAWN: 'mailStubs',
} as const;
export type NotificationType = keyof typeof NOTIFICATION_TYPES;

/** Ours: says nothing but that it arrived. */
export const TEST_EVENT = 'TEST_EVENT';

export interface Notification {
  /** The `requestId` of the finder. */
  readonly id: string;
  readonly type: NotificationType | typeof TEST_EVENT;
  /** Epoch milliseconds until which it can be fetched; 0: for ever. */
  readonly expiresAt: number;
}

/** The same bytes at every attempt. ASCII only, so that every reading of "the payload" that was signed is the same. */
export function notificationBody({ id, type, expiresAt }: Notification): string {
  return JSON.stringify({ id, type, expiresAt }).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Lower-case hexadecimal HMAC-SHA256 of `signedText(body)` under the client secret of the customer's application. */
export const SIGNATURE_HEADER = 'X-LI-Signature';

/** The prefix is part of what is signed, never of the header. */
export function signedText(body: string): string {
  return `hmacsha256=${body}`;
}

/** Standard Webhooks: `v1,` and the base64 of the HMAC-SHA256 of `standardSignedText`, one for each good secret, spaces between. */
export const STANDARD_HEADERS = {
  id: 'webhook-id',
  /** Epoch seconds of the attempt. */
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const;

export function standardSignedText(id: string, timestamp: number, body: string): string {
  return `${id}.${timestamp}.${body}`;
}

/** The question of whoever wants to know that an address answers for an application; `response` is the hexadecimal HMAC-SHA256 of the code. */
export const CHALLENGE = {
  code: 'challengeCode',
  application: 'applicationId',
  response: 'challengeResponse',
} as const;
