import type { IntegrationType, OnboardingStatus } from '@carrick/protocol';

/** What the onboarding widget hands to `data-onintegrate`. */
export interface IntegrationTriple {
  readonly integrationContext: string;
  readonly integrationType: string;
  readonly tenantType: string;
}

/** One company that uses the ATS, with its own application on the platform. Secrets are not shown. */
export interface Customer {
  /** The ATS's own id of the company. */
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly applicationUrn: string | null;
  /** Null until the widget's callback named it. */
  readonly organization: string | null;
  readonly contracts: readonly string[];
  readonly integrations: readonly CustomerIntegration[];
  readonly callbackUrl: string | null;
  readonly isPaused: boolean;
  /** When all of its history had been sent; null before. */
  readonly historySentAt: number | null;
}

export interface CustomerIntegration extends IntegrationTriple {
  readonly integrationType: IntegrationType;
  readonly status: OnboardingStatus;
}

/** Who sees jobs and applications without an access list: every seat, or nobody. */
export type Viewers = 'everyone' | 'nobody';

export interface NewCustomer {
  readonly id: string;
  /** Shown to the company's administrators. */
  readonly name: string;
  /** Those of the company's application where the ATS has no partner application that provisions one. */
  readonly credentials?: { readonly clientId: string; readonly clientSecret: string };
  /** Known beforehand; else the widget's callback names them. */
  readonly organization?: string;
  readonly contracts?: readonly string[];
  /** Origins on which the widgets stand, such as `https://ats.example.com`. */
  readonly widgetOrigins?: readonly string[];
  readonly viewers?: Viewers;
  /** A platform of its own, other than the connector's. */
  readonly platform?: PlatformAddress;
}

export interface PlatformAddress {
  /** Base of `/v2`. */
  readonly baseUrl: string;
  /** Base of `/oauth/v2/accessToken`, where that is another host. */
  readonly authUrl?: string;
}

/** An ATS user, as `suggestSeats` compares it. */
export interface AtsUser {
  readonly id: string;
  readonly email: string;
}

export interface SeatSuggestion {
  readonly user: string;
  /** The person of the seat whose address the user has; null where there is none, or several. */
  readonly person: string | null;
  readonly seatName: string | null;
  /** The person that the user is bound to by now. */
  readonly bound: string | null;
}
