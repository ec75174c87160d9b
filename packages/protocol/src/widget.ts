/**
 * The widgets: what an ATS's page (with our loader in it) and a frame of ours say to each other, and what a frame asks the platform.
 *
 * One handshake on `window` (`Hello` to anybody, `Init` with a port to our own frame only), then a private `MessageChannel`.
 * Either side reads with the guards below and drops what they refuse: the other side is another site.
 */
import type { IntegrationType, OnboardingStatus } from './onboarding.ts';

/** `IN/HcmWidget` and `IN/ATSIntegrationWidget`. */
export const WIDGET_KINDS = ['hcm', 'onboarding'] as const;
export type WidgetKind = (typeof WIDGET_KINDS)[number];

export const WIDGET_MESSAGES_VERSION = 1;
/** A frame that says it is higher is not believed. */
export const MOST_FRAME_PX = 20_000;

/** The `data-…` attributes of a tag under the names that `dataset` gives them, without `data-on…`. */
export type WidgetData = Readonly<Record<string, string>>;

/** Frame → page, on `window`, to anybody: carries nothing. Repeated until it is answered. */
export interface Hello {
  readonly in: 'hello';
  readonly v: number;
}

/** Page → frame, on `window`, with the port. */
export interface Init {
  readonly in: 'init';
  readonly v: number;
  readonly data: WidgetData;
}

/** Page → frame, on the port: the tag's attributes changed. */
export interface PageMessage {
  readonly in: 'update';
  readonly data: WidgetData;
}

/** What an integration is called on the wire; the callback `data-onintegrate` gets a list of these. */
export interface IntegrationTriple {
  readonly integrationContext: string;
  readonly integrationType: string;
  readonly tenantType: string;
}

/** Frame → page, on the port. */
export type FrameMessage =
  /** Everything is there that shows without being asked for. */
  | { readonly in: 'ready' }
  | { readonly in: 'resize'; readonly h: number }
  /** A person's URN, after somebody chose it. */
  | { readonly in: 'onlink'; readonly person: string }
  | { readonly in: 'onunlink'; readonly person: string }
  | { readonly in: 'onintegrate'; readonly integrations: readonly IntegrationTriple[] }
  | { readonly in: 'error'; readonly code: WidgetErrorCode; readonly text: string };

/** What the host page is told has gone wrong, by name. */
export type WidgetErrorCode =
  | 'no_key'
  | 'origin_not_allowed'
  | 'unreachable'
  | 'not_enabled'
  | 'bad_context'
  | 'unknown_widget';

/** Which callbacks a kind has: of any other kind they are dropped. */
export const WIDGET_CALLBACKS = {
  hcm: ['onlink', 'onunlink'],
  onboarding: ['onintegrate'],
} as const satisfies Record<WidgetKind, readonly FrameMessage['in'][]>;

export function isHello(message: unknown): message is Hello {
  return isRecord(message) && message.in === 'hello' && message.v === WIDGET_MESSAGES_VERSION;
}

export function isInit(message: unknown): message is Init {
  return (
    isRecord(message) &&
    message.in === 'init' &&
    message.v === WIDGET_MESSAGES_VERSION &&
    isTexts(message.data)
  );
}

export function isPageMessage(message: unknown): message is PageMessage {
  return isRecord(message) && message.in === 'update' && isTexts(message.data);
}

export function isFrameMessage(message: unknown): message is FrameMessage {
  if (!isRecord(message)) return false;
  switch (message.in) {
    case 'ready':
      return true;
    case 'resize':
      return typeof message.h === 'number' && message.h >= 0;
    case 'onlink':
    case 'onunlink':
      return isText(message.person);
    case 'onintegrate':
      return Array.isArray(message.integrations) && message.integrations.every(isTexts);
    case 'error':
      return isText(message.text) && isText(message.code);
    default:
      return false;
  }
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/**
 * Every request of a frame (`/widgets/api/…`) carries these headers, so that no id stands in an address. A POST also carries
 * `x-carrick: 1`. Values are percent-encoded.
 */
export const WIDGET_HEADERS = {
  /** The customer application's client id. It identifies and authorises nothing. */
  key: 'x-carrick-key',
  /** `data-integration-context`. */
  context: 'x-carrick-context',
  /** `data-ats-candidate-id`. */
  candidate: 'x-carrick-candidate',
} as const;

/** What the server renders into a frame. */
export interface FrameSetting {
  readonly kind: WidgetKind;
  readonly apiKey: string;
  readonly lang: string;
  /** The origins of pages that may speak to it: `validJsSdkDomains` of the key. */
  readonly origins: readonly string[];
}

/** `GET /widgets/api/me` → who sits before the frame, as far as this key may know. */
export type WidgetMe =
  | { readonly state: 'signed-out' }
  /**
   * `seatless`: the ATS vouches for somebody without a seat, who sees what the ATS itself holds of this one candidate.
   * `foreign`: signed in, with seats at other companies only.
   */
  | { readonly state: 'no-seat'; readonly reason: 'seatless' | 'foreign' }
  | ({ readonly state: 'signed-in' } & WidgetPerson);

export interface WidgetPerson {
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly isAdmin: boolean;
  /** This person's seats of this organisation that are switched on, one for each contract. */
  readonly seats: readonly WidgetSeat[];
}

export interface WidgetSeat {
  readonly seatId: string;
  readonly contract: string;
  readonly isCurrent: boolean;
  readonly isAdmin: boolean;
}

/** `POST /widgets/api/session` {code, verifier} or {token}, the ATS's own → `WidgetMe`, and a cookie for this site alone. */
export type OpenWidgetSession =
  | { readonly code: string; readonly verifier: string }
  | { readonly token: string };

/** `POST /widgets/api/seat` {seatId} → `WidgetMe`: the same person on another contract. */
export interface ChooseWidgetSeat {
  readonly seatId: string;
}

/** `GET /widgets/api/onboarding` → `OnboardingAnswer`, for administrators; `OnboardingHelp` for everybody else. */
export interface OnboardingAnswer {
  readonly for: 'administrator';
  readonly organisation: string;
  readonly contract: string;
  readonly ats: string;
  readonly bundles: readonly OnboardingBundle[];
  /** From when the vendor may be told that it is waited for; null while nothing waits. */
  readonly canNotifyAt: number | null;
  readonly notifiedAt: number | null;
  /** Where an administrator switches on what is ready. */
  readonly settingsUrl: string;
  readonly answeredAt: number;
}
export interface OnboardingHelp {
  readonly for: 'others';
  /** Administrators of this person's contract. */
  readonly administrators: readonly string[];
}

/** `not-requested` and the statuses of the wire; of a bundle the least advanced counts. */
export type BundleStatus = 'NOT_REQUESTED' | OnboardingStatus;

export interface OnboardingBundle {
  readonly bundle: string;
  readonly integrations: readonly {
    readonly type: IntegrationType;
    readonly integrationContext: string;
    readonly status: BundleStatus;
  }[];
  readonly status: BundleStatus;
  /** Other ATSs of this company that have it ENABLED. */
  readonly elsewhere: readonly string[];
}

/** `POST /widgets/api/onboarding/request` {bundle} → the triples that the page's `data-onintegrate` gets. */
export interface RequestBundle {
  readonly bundle: string;
}
export interface RequestedBundle {
  readonly integrations: readonly IntegrationTriple[];
}
