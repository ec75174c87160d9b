/**
 * What administrators see and decide (`/app/api/admin/…`, same origin, session of an administrator; anybody else is refused with
 * 403 ADMINISTRATORS_ONLY). Settings of a contract are those of the administrator's own. Times are epoch milliseconds.
 * How notifications fare is in `deliveries.ts`.
 */
import type { ConfigurationKey, IntegrationType, OnboardingStatus } from './onboarding.ts';

/** `GET /app/api/administrators` → `Administrators`, for every seat: whom to ask. */
export interface Administrators {
  readonly names: readonly string[];
}

/** `GET /app/api/admin/integrations` → `IntegrationsAnswer`. */
export interface IntegrationsAnswer {
  readonly organisation: string;
  readonly contract: string;
  readonly atss: readonly AdminAts[];
  readonly providers: readonly Provider[];
  readonly features: readonly ContractFeatureState[];
  /** How many there are, where that is more than anybody surveys; else null. */
  readonly tooMany: number | null;
  readonly answeredAt: number;
}

/** A vendor of this deployment. */
export interface Provider {
  readonly name: string;
  readonly contactEmail: string | null;
  readonly guideUrl: string | null;
  /** Which of the organisation's ATSs are this vendor's. */
  readonly atsNos: readonly number[];
}

export interface AdminAts {
  readonly atsNo: number;
  readonly name: string;
  readonly company: readonly AdminIntegration[];
  /** Of the administrator's own contract. */
  readonly contract: readonly AdminIntegration[];
  /** Whether jobs and applications without an access rule show to every seat; null while neither is asked for. */
  readonly isOpen: boolean | null;
  /** Jobs without an access rule. */
  readonly unsecuredJobs: number;
  /** When the vendor may be reminded; null: nothing waits for it. */
  readonly canNotifyAt: number | null;
  readonly partnerToldAt: number | null;
  readonly hasPartner: boolean;
  readonly hasPartnerContact: boolean;
  /** What the ATS sent so far. */
  readonly records: { readonly jobs: number; readonly candidates: number; readonly applications: number };
}

export interface AdminIntegration {
  readonly type: IntegrationType;
  readonly contextUrn: string;
  readonly status: OnboardingStatus;
  readonly wasSwitchedOff: boolean;
  readonly name: string | null;
  readonly since: number;
  /** Null where nobody switched it yet. */
  readonly changedBy: string | null;
  readonly changedAt: number | null;
  readonly missing: readonly ('integrationName' | ConfigurationKey)[];
  readonly configurationKeys: readonly ConfigurationKey[];
  /** The notice of its last change; null where none was sent. */
  readonly notice: IntegrationNotice | null;
}
export interface IntegrationNotice {
  readonly deliveryId: string;
  readonly state: 'pending' | 'delivered' | 'dead';
  readonly attempts: number;
  readonly attemptedAt: number | null;
  readonly failure: string | null;
}

/** `POST /app/api/admin/integrations/switch` → `SwitchAnswer`; 409 NOT_READY where the vendor has yet to act. */
export interface SwitchRequest {
  readonly atsNo: number;
  readonly integrations: readonly { readonly type: IntegrationType; readonly contextUrn: string }[];
  readonly isOn: boolean;
  /** With `isOn: false`, once nothing of this ATS syncs any more: everything it sent goes too. Its name, typed. */
  readonly erase?: string;
}
export interface SwitchAnswer {
  readonly switched: number;
  /** Null unless it was asked for. */
  readonly erasedRecords: number | null;
}

/** `POST /app/api/admin/integrations/remove` with {atsNo, type, contextUrn} → 204: a request that is not switched on. */
/** `POST /app/api/admin/integrations/notify` with {atsNo} → `NotifyAnswer`. 409 TOO_SOON within ten minutes. */
export interface NotifyAnswer {
  /** False: the vendor has no address here; it is told in its console. */
  readonly isMailed: boolean;
}
/** `POST /app/api/admin/integrations/viewers` with {atsNo, isOpen} → 204: who sees what has no access rule. */

export const CONTRACT_FEATURES = [
  'export',
  'indicator',
  'bare-indicator',
  'spotlight',
  'possible-matches',
  'widget',
] as const;
export type ContractFeature = (typeof CONTRACT_FEATURES)[number];
/** `GET /app/api/admin/features` → `FeaturesAnswer`; `POST` there with {feature, atsNo?, isOn} → 204, `atsNo` of an export. */
export interface FeaturesAnswer {
  readonly features: readonly ContractFeatureState[];
}
export interface ContractFeatureState {
  readonly feature: ContractFeature;
  /** False: for no ATS. */
  readonly isOn: boolean;
  /** Where it can be switched ATS by ATS. */
  readonly atss: readonly { readonly atsNo: number; readonly name: string; readonly isOn: boolean }[];
}

/** `GET /app/api/admin/people` → `PeopleAnswer`: the seats of the contract, and the groups of every ATS, both ways. */
export interface PeopleAnswer {
  readonly contract: string;
  readonly seats: readonly AdminSeat[];
  readonly groups: readonly AccessGroup[];
  /** Groups beyond those listed. */
  readonly moreGroups: number;
  readonly answeredAt: number;
}
export interface AdminSeat {
  readonly seatId: string;
  readonly name: string;
  readonly email: string;
  readonly isAdmin: boolean;
  readonly isActive: boolean;
  /** The administrator's own: somebody else has to change it. */
  readonly isOwn: boolean;
  readonly decidesMatches: boolean;
  /** Lets an ATS act for this person. */
  readonly hasConsented: boolean;
  /** In how many access groups the ATSs name this person. */
  readonly assignees: number;
}
/** `POST /app/api/admin/seats` with `SeatChange` → 204: a seat of the own contract, and never the own one. */
export interface SeatChange {
  readonly seatId: string;
  readonly isActive?: boolean;
  readonly isAdmin?: boolean;
  readonly decidesMatches?: boolean;
}
export interface AccessGroup {
  readonly atsNo: number;
  readonly ats: string;
  readonly aclId: string;
  readonly isEveryone: boolean;
  /** Some, and how many there are. */
  readonly jobs: readonly { readonly id: string; readonly title: string | null }[];
  readonly jobCount: number;
  readonly people: readonly { readonly seatId: string | null; readonly name: string }[];
  readonly personCount: number;
}

export const PREVIEW_FEATURES = ['indicator', 'export'] as const;
export type PreviewFeature = (typeof PREVIEW_FEATURES)[number];

/** `POST /app/api/admin/preview` → `PreviewAnswer`: which jobs a seat sees, and why. It opens no session, and stands in the audit log. */
export interface PreviewRequest {
  readonly seatId: string;
  readonly feature: PreviewFeature;
  /** Part of a title, or an id. */
  readonly q?: string;
}
export interface PreviewAnswer {
  readonly seat: string;
  readonly visible: number;
  readonly hidden: number;
  /** At most fifty; hidden ones first. */
  readonly jobs: readonly PreviewedJob[];
  readonly answeredAt: number;
}
export interface PreviewedJob {
  readonly atsNo: number;
  readonly ats: string;
  readonly jobId: string;
  readonly title: string | null;
  readonly isOpen: boolean;
  readonly isVisible: boolean;
  /** The first one decides; rules of a job stand together. */
  readonly reasons: readonly PreviewReason[];
}
export type PreviewReason =
  | { readonly code: 'integration-off' }
  | { readonly code: 'contract-off' }
  | { readonly code: 'everyone' }
  | { readonly code: 'rule'; readonly aclId: string; readonly people: number; readonly isNamed: boolean }
  | { readonly code: 'unknown-job' }
  | { readonly code: 'restricted' }
  | { readonly code: 'default-open' }
  | { readonly code: 'default-hidden' };

/** `GET /app/api/admin/errors?hours=24` → `ErrorsAnswer`: what the ATSs' calls failed of, the most affected first. */
export interface ErrorsAnswer {
  readonly hours: number;
  readonly requests: number;
  readonly failedRequests: number;
  readonly records: number;
  readonly errors: readonly ErrorGroup[];
  readonly answeredAt: number;
}
export interface ErrorGroup {
  readonly code: string;
  readonly status: number;
  /** The rule that was broken most often. */
  readonly rule: string | null;
  readonly requests: number;
  readonly records: number;
  readonly lastAt: number;
  readonly resources: readonly string[];
  readonly samples: readonly {
    readonly requestId: string;
    readonly at: number;
    readonly key: string | null;
    readonly field: string | null;
    readonly rule: string | null;
  }[];
}

export const AUDIT_ACTIONS = [
  'integration-requested',
  'integration-on',
  'integration-off',
  'integration-removed',
  'partner-notified',
  'viewers-opened',
  'viewers-closed',
  'records-erased',
  'feature-on',
  'feature-off',
  'previewed',
  'seat-on',
  'seat-off',
  'administrator-on',
  'administrator-off',
  'matching-on',
  'matching-off',
  'erasure-asked',
  'erasure-confirmed',
  'people-exported',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** `GET /app/api/admin/audit?action=&before=` → `AuditAnswer`, newest first; `GET /app/api/admin/audit.csv?action=` the whole as CSV. */
export interface AuditAnswer {
  readonly entries: readonly AuditEntry[];
  /** The `before` of the next page; null at the end. */
  readonly next: number | null;
  readonly answeredAt: number;
}
export interface AuditEntry {
  readonly entryNo: number;
  readonly at: number;
  readonly by: string;
  readonly contract: string;
  readonly action: AuditAction;
  readonly ats: string | null;
  /** What it was about, in codes: an integration type, a feature, a seat's name. */
  readonly subject: Readonly<Record<string, string | number>>;
}
