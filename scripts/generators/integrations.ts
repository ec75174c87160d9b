import {
  INTEGRATION_BUNDLES,
  INTEGRATIONS,
  INTEGRATIONS_NOT_OFFERED,
  type IntegrationDefinition,
} from '../../packages/protocol/src/index.ts';

export const path = 'docs/generated/integrations.md';

/** What a customer can switch on, and what the ATS sends for it. */
export function generate(): string {
  const rows = Object.entries(INTEGRATIONS).map(([type, row]: [string, IntegrationDefinition]) => {
    const required = row.requiredKeys.map((key) => `\`${key}\``).join(', ') || 'none';
    const optional = row.configurationKeys.filter((key) => !row.requiredKeys.includes(key));
    const bundle = Object.entries(INTEGRATION_BUNDLES).find(([, types]) =>
      types.some((each) => each === type),
    );
    return `| \`${type}\` | ${row.context} | \`${bundle?.[0] ?? ''}\` | ${required} | ${optional.map((key) => `\`${key}\``).join(', ')} |`;
  });
  return [
    '# Integrations',
    '',
    'Written by `npm run gen` from `packages/protocol/src/onboarding.ts`. An integration stays REQUESTED until the ATS has',
    'named it and set its required configurations; then it is PARTNER_READY, and the customer can enable it.',
    '',
    '| integrationType | context | comes with | required configurations | optional ones |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `Known to the protocol and not offered: ${INTEGRATIONS_NOT_OFFERED.map((type) => `\`${type}\``).join(', ')}.`,
    '',
  ].join('\n');
}
