import {
  type ConfigurationKey,
  INTEGRATIONS,
  type IntegrationDefinition,
  type IntegrationType,
  type OnboardingStatus,
} from '@carrick/protocol';

/** What decides how far an integration is. */
export interface OnboardingFacts {
  readonly type: IntegrationType;
  readonly status: OnboardingStatus;
  readonly name: string | null;
  readonly configurationKeys: readonly ConfigurationKey[];
}

/** Whose turn it is, and for what. */
export interface Waiting {
  readonly waitsFor: 'partner' | 'administrator' | null;
  /** What the partner still has to send; nothing of it keeps an integration that is ENABLED from working. */
  readonly missing: readonly ('integrationName' | ConfigurationKey)[];
}

export function waitingOf({ type, status, name, configurationKeys }: OnboardingFacts): Waiting {
  const { requiredKeys }: IntegrationDefinition = INTEGRATIONS[type];
  const missing = [
    ...(name === null ? (['integrationName'] as const) : []),
    ...requiredKeys.filter((key) => !configurationKeys.includes(key)),
  ];
  switch (status) {
    case 'REQUESTED':
      return { waitsFor: 'partner', missing };
    case 'PARTNER_READY':
      return { waitsFor: 'administrator', missing };
    case 'ENABLED':
      return { waitsFor: null, missing };
  }
}

/** `is REQUESTED: waits for the partner to send integrationName, CALLBACK_URL` */
export function describeWaiting(facts: OnboardingFacts): string {
  const { waitsFor, missing } = waitingOf(facts);
  switch (waitsFor) {
    case 'partner':
      return `is ${facts.status}: waits for the partner to send ${missing.join(', ') || 'integrationName'}`;
    case 'administrator':
      return `is ${facts.status}: waits for the customer's administrator to enable it`;
    case null:
      return `is ${facts.status}`;
  }
}
