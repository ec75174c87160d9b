import { type Static, Type } from '@sinclair/typebox';
import { MOST_PAGE_ORIGINS } from './page-origin.ts';

/** What a customer may switch on, and what the wire knows besides. */
export interface IntegrationDefinition {
  /** A whole organization or one contract: which kind of URN its `integrationContext` is. */
  readonly context: 'organization' | 'contract';
  readonly configurationKeys: readonly ConfigurationKey[];
  /** Without these it cannot become PARTNER_READY. */
  readonly requiredKeys: readonly ConfigurationKey[];
}

export const CONFIGURATION_KEYS = ['CALLBACK_URL', 'JOB_POSTING_VIEWERS', 'APPLICATION_VIEWERS'] as const;
export type ConfigurationKey = (typeof CONFIGURATION_KEYS)[number];

/** The integrations that are offered. Each takes a CALLBACK_URL of its own; only the export cannot do without one. */
export const INTEGRATIONS = {
  ONE_CLICK_EXPORT: {
    context: 'organization',
    configurationKeys: ['CALLBACK_URL', 'JOB_POSTING_VIEWERS'],
    requiredKeys: ['CALLBACK_URL'],
  },
  IN_ATS_INDICATOR: {
    context: 'organization',
    configurationKeys: ['CALLBACK_URL', 'APPLICATION_VIEWERS'],
    requiredKeys: [],
  },
  PROFILE_PLUGIN: { context: 'organization', configurationKeys: ['CALLBACK_URL'], requiredKeys: [] },
  CSA_API: { context: 'contract', configurationKeys: ['CALLBACK_URL'], requiredKeys: [] },
} as const satisfies Record<string, IntegrationDefinition>;

export type IntegrationType = keyof typeof INTEGRATIONS;

/** Known to the protocol and not offered. */
export const INTEGRATIONS_NOT_OFFERED = [
  'APPLY_CONNECT',
  'APPLY_WITH_LINKEDIN',
  'RECOMMENDED_MATCHES',
  'UNIFIED_SEARCH',
  'CRM_CSA_API',
  'CRM_ONE_CLICK_EXPORT',
  'PREMIUM_JOB_POSTING',
] as const;

/** What a customer chooses in the plugin, and the integrations that come with it. */
export const INTEGRATION_BUNDLES = {
  RECRUITER_SYSTEM_CONNECT_COMPANY: ['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN'],
  RECRUITER_SYSTEM_CONNECT_CONTRACT: ['CSA_API'],
} as const satisfies Record<string, readonly IntegrationType[]>;

/** The only `tenantType` of what is offered. */
export const RECRUITER_TENANT = 'RECRUITER';
export const DATA_PROVIDER = 'ATS';

/** REQUESTED by the customer, made PARTNER_READY by the ATS's vendor, ENABLED by the customer's administrator. */
export type OnboardingStatus = 'REQUESTED' | 'PARTNER_READY' | 'ENABLED';

/** The one value of the VIEWERS keys: what no access list secures is open to every seat. Without it, to nobody. */
export const EVERY_SEAT = 'ALL_PRODUCT_USERS';

export function isIntegrationType(text: string): text is IntegrationType {
  return Object.hasOwn(INTEGRATIONS, text);
}

/** Which addresses a CALLBACK_URL may have: https on its port or 80; `loopback` also takes any on this machine. */
export type CallbackUrlPolicy = 'strict' | 'loopback';

const LONGEST_URL = 2_000;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Why a value cannot stand under a key of an integration; null when it can. */
export function configurationProblem(
  type: IntegrationType,
  key: string,
  value: string,
  policy: CallbackUrlPolicy,
): string | null {
  const { configurationKeys }: IntegrationDefinition = INTEGRATIONS[type];
  const known = CONFIGURATION_KEYS.find((each) => each === key);
  if (known === undefined) return 'is not a configuration key';
  if (!configurationKeys.includes(known))
    return `is not a configuration key of ${type}: it takes ${configurationKeys.join(', ')}`;
  if (known === 'CALLBACK_URL') return callbackUrlProblem(value, policy);
  return value === EVERY_SEAT
    ? null
    : `must be ${EVERY_SEAT}; to hide what no access list secures, delete the key`;
}

function callbackUrlProblem(value: string, policy: CallbackUrlPolicy): string | null {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return 'must be an https URL';
  if (value.length > LONGEST_URL) return `is longer than ${LONGEST_URL} characters`;
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    return 'must have neither a user, a password nor a fragment';
  if (policy === 'loopback' && LOOPBACK.test(url.hostname)) return null;
  if (url.protocol !== 'https:') return 'must be an https URL';
  return ['', '80'].includes(url.port) ? null : 'must be on port 443 or 80';
}

const MOST_URLS = 50;
const urls = (maxItems: number) =>
  Type.Optional(Type.Array(Type.String({ maxLength: LONGEST_URL }), { maxItems }));

/** What a partner says of a customer's application. `credentials` brings along those that the customer has already. */
export const ProvisionedApplication = Type.Object({
  uniqueForeignId: Type.String({ minLength: 1, maxLength: 255 }),
  name: Type.String({ minLength: 1, maxLength: 50 }),
  description: Type.String({ minLength: 1, maxLength: 2_000 }),
  oauth2AuthorizedCallbackUrls: urls(MOST_URLS),
  validJsSdkDomains: urls(MOST_PAGE_ORIGINS),
  credentials: Type.Optional(
    Type.Object({
      client_id: Type.String({ minLength: 1, maxLength: 100 }),
      client_secret: Type.String({ minLength: 8, maxLength: 256 }),
    }),
  ),
});

/** What of it can be changed later. Lists are replaced whole. */
export const ProvisionedApplicationChange = Type.Partial(
  Type.Pick(ProvisionedApplication, [
    'name',
    'description',
    'oauth2AuthorizedCallbackUrls',
    'validJsSdkDomains',
  ]),
);

/** What a partner may set of an integration. */
export const IntegrationName = Type.Object({
  integrationName: Type.String({ minLength: 1, maxLength: 255 }),
});

export const Configuration = Type.Object({
  configurationValue: Type.Object({ string: Type.String({ minLength: 1 }) }),
});

/** What a partner would send of each kind: what the reference shows. */
export const ONBOARDING_EXAMPLES = {
  provisionedApplication: {
    name: 'Example ATS - Acme',
    uniqueForeignId: 'CUSTOMER-1',
    description: 'Syncs the hiring of Acme',
    validJsSdkDomains: ['https://ats.example.com'],
    oauth2AuthorizedCallbackUrls: ['https://ats.example.com/consent'],
  },
  integration: { integrationName: 'Example ATS' },
  integrationConfiguration: { configurationValue: { string: 'https://ats.example.com/callbacks' } },
} as const satisfies {
  readonly provisionedApplication: Static<typeof ProvisionedApplication>;
  readonly integration: Static<typeof IntegrationName>;
  readonly integrationConfiguration: Static<typeof Configuration>;
};
