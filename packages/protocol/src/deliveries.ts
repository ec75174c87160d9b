/**
 * The administrator's view of what was sent to the organisation's ATSs (`/app/api/…`, same origin, session of an administrator;
 * anybody else is refused with 403 ADMINISTRATORS_ONLY). Times are epoch milliseconds.
 */
import type { NotificationType } from './push.ts';

export const DELIVERY_STATES = ['pending', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/**
 * `GET /app/api/deliveries?state=dead&atsNo=1&since=&before=&most=100` → `DeliveriesAnswer`, the newest first. `since` and
 * `before` bound `createdAt`; the `next` of an answer is the `before` of the next page.
 */
export interface DeliveriesAnswer {
  readonly deliveries: readonly DeliverySummary[];
  /** Null at the end. */
  readonly next: string | null;
}

export interface DeliverySummary {
  /** The notification's id. */
  readonly id: string;
  readonly atsNo: number;
  readonly type: NotificationType;
  readonly state: DeliveryState;
  readonly createdAt: number;
  /** Until when the ATS can fetch what it is about. */
  readonly expiresAt: number;
  /** Attempts of the present schedule; a resend begins a new one. */
  readonly attempts: number;
  readonly attemptedAt: number | null;
  /** Null unless it is pending. */
  readonly nextAt: number | null;
  /** HTTP status of the last answer. */
  readonly status: number | null;
  /** Why it did not get through: TIMED_OUT, REFUSED, DISABLED …; null where it did. */
  readonly failure: string | null;
  readonly detail: string | null;
}

/** `GET /app/api/deliveries/{id}` → `DeliveryAnswer`. */
export interface DeliveryAnswer extends DeliverySummary {
  readonly log: readonly DeliveryAttempt[];
}

export interface DeliveryAttempt {
  readonly at: number;
  readonly ms: number;
  /** Host and port of the callback URL. */
  readonly host: string;
  readonly status: number | null;
  readonly failure: string | null;
  readonly detail: string | null;
}

/**
 * `POST /app/api/deliveries/{id}/resend` → `ResendAnswer`; `POST /app/api/deliveries/resend` with `ResendRequest` → `ResendAnswer`.
 * The same bytes under the same id, at once, and then by the schedule. What has expired is not sent again.
 */
export interface ResendRequest {
  readonly atsNo: number;
  /** All that was notified since then. */
  readonly since: number;
  /** Only what did not get through. */
  readonly onlyDead?: boolean;
}
export interface ResendAnswer {
  readonly resent: number;
}

/** `GET /app/api/destinations` → `DestinationsAnswer`; `POST /app/api/destinations/enable` with {atsNo} → 204. */
export interface DestinationsAnswer {
  readonly destinations: readonly DestinationSummary[];
}

/** One ATS, to which all its notifications go in one order. */
export interface DestinationSummary {
  readonly atsNo: number;
  readonly name: string;
  /** Open: it fails, and is only tried from time to time. Disabled: nothing is sent until somebody enables it. */
  readonly state: 'well' | 'open' | 'disabled';
  /** Why it was disabled. */
  readonly reason: string | null;
  /** Failed attempts in a row. */
  readonly failures: number;
  readonly succeededAt: number | null;
  /** Since when it is open or disabled. */
  readonly since: number | null;
  readonly pending: number;
  readonly dead: number;
}
