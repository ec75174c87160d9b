/**
 * The console of an ATS's vendor (`/app/api/partner/…`, same origin, session of one of the vendor's own people). Everything is about
 * the customers of that vendor and nobody else's. Times are epoch milliseconds.
 */
import type { DeliverySummary } from './deliveries.ts';
import type { ConfigurationKey, IntegrationType, OnboardingStatus } from './onboarding.ts';

/** `POST sign-in` with {email, password} → `PartnerMe`; `GET me` → `PartnerMe`; `POST sign-out` → 204. */
export interface PartnerMe {
  readonly name: string;
  readonly email: string;
  readonly partner: string;
  /** Of the vendor's own application, with which it provisions customers. */
  readonly clientId: string;
  /** Until when its former secret is good; null: there is none. */
  readonly formerGoodUntil: number | null;
}

/** `GET customers` → `PartnerCustomers`. */
export interface PartnerCustomers {
  readonly customers: readonly PartnerCustomer[];
  readonly answeredAt: number;
}
export interface PartnerCustomer {
  readonly applicationId: number;
  readonly urn: string;
  /** The vendor's own id for the customer; null: the operator made the application. */
  readonly foreignId: string | null;
  readonly name: string;
  readonly description: string;
  readonly clientId: string;
  readonly access: 'blocked' | 'pending' | 'enabled';
  readonly jsDomains: readonly string[];
  readonly redirectAddresses: readonly string[];
  readonly formerGoodUntil: number | null;
  /** Whether the ATS came with the present secret since the last rotation. */
  readonly isSecretKnown: boolean;
  /** Null while it serves no organisation. */
  readonly organisation: string | null;
  readonly organisationUrn: string | null;
  readonly integrations: readonly PartnerIntegration[];
  /** When the customer's administrator last said that it waits; null: nothing waits, or nobody said. */
  readonly askedAt: number | null;
  readonly lastCallAt: number | null;
  readonly callbackUrl: string | null;
}
export interface PartnerIntegration {
  readonly type: IntegrationType;
  readonly contextUrn: string;
  readonly status: OnboardingStatus;
  readonly missing: readonly ('integrationName' | ConfigurationKey)[];
}

/** `POST customers` with {foreignId, name, description} → `NewSecret`, shown this once; 409 where the foreign id is taken. */
/** `POST customers/rotate` with {applicationId, overlapMs} and `POST rotate` with {overlapMs} → `NewSecret`. */
export interface NewSecret {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly formerGoodUntil: number | null;
}
/** `POST customers/change` with {applicationId, jsDomains?, redirectAddresses?} → 204; 400 NOT_VALID says which and why. */

/** How long both secrets are good, to choose from. */
export const ROTATION_OVERLAPS_MS = [0, 3_600_000, 24 * 3_600_000, 7 * 24 * 3_600_000] as const;

/** `POST customers/test-event` with {applicationId} → `TestEvent`; 409 NO_CALLBACK_URL where none is set. */
export interface TestEvent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The text that the signature is made of, and of which header. */
  readonly signed: readonly { readonly header: string; readonly text: string }[];
  readonly outcome: { readonly status: number } | { readonly failure: string; readonly detail: string };
  readonly ms: number;
}

/** `GET requests?applicationId=&failed=yes` → `PartnerRequests`: of all customers, or of one; newest first, at most 100. */
export interface PartnerRequests {
  readonly requests: readonly PartnerRequest[];
  readonly answeredAt: number;
}
export interface PartnerRequest {
  readonly requestId: string;
  readonly applicationId: number;
  readonly at: number;
  readonly httpMethod: string;
  readonly resource: string;
  readonly method: string | null;
  readonly status: number;
  readonly records: number;
  readonly failed: number;
  readonly ms: number;
  /** Why it was refused, or which of its records were and why: the first ten. */
  readonly refusals: readonly PartnerRefusal[];
}
export interface PartnerRefusal {
  /** Null: the request as a whole. */
  readonly key: string | null;
  readonly status: number;
  readonly code: string | null;
  readonly field: string | null;
  readonly reason: string | null;
  /** Where the rule that it broke is documented. */
  readonly rule: string;
}

/** `GET deliveries?applicationId=` → `PartnerDeliveries`: what the ATS was told, the newest fifty. */
export interface PartnerDeliveries {
  readonly deliveries: readonly DeliverySummary[];
}

export const PARTNER_ACTIONS = [
  'customer-added',
  'origins-changed',
  'redirects-changed',
  'secret-rotated',
  'own-secret-rotated',
  'test-event-sent',
] as const;
export type PartnerAction = (typeof PARTNER_ACTIONS)[number];

/** `GET audit?before=` → `PartnerAudit`, newest first, fifty at a time; `GET audit.csv` → all of it. */
export interface PartnerAudit {
  readonly entries: readonly PartnerAuditEntry[];
  /** To ask for what is older; null: there is nothing older. */
  readonly next: number | null;
  readonly answeredAt: number;
}
export interface PartnerAuditEntry {
  readonly entryNo: number;
  readonly at: number;
  readonly by: string;
  readonly action: PartnerAction;
  /** Null: the vendor itself. */
  readonly customer: string | null;
  /** `added`, `removed`: addresses of sites; `overlapMs`; `outcome`: a status or the code of a failure. No secret. */
  readonly detail: Readonly<Record<string, string | number | readonly string[]>>;
}
