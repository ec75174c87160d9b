import {
  DATA_PROVIDER,
  type ErrorBody,
  errorBody,
  INTEGRATIONS,
  INTEGRATIONS_NOT_OFFERED,
  invalidField,
  isContractUrn,
  isIntegrationType,
  isOrganizationUrn,
  type KeyParts,
  parseUrn,
  RECRUITER_TENANT,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { AtsScope, IntegrationKey } from './integrations.ts';

/** Of the application that calls; null while it serves no organisation. */
export type IntegrationScope = (AtsScope & { readonly organisationUrn: string }) | null;
export type IntegrationAddress = { readonly key: IntegrationKey } | { readonly refusal: ErrorBody };

/** What the parts of a wire key mean, each key for itself: a bad one refuses nothing else. */
export function readIntegrationKey(parts: KeyParts): IntegrationAddress {
  const part = (name: string) => parts.get(name) ?? '';
  const type = part('integrationType');
  const contextUrn = part('integrationContext');
  if (part('dataProvider') !== DATA_PROVIDER) return noSymbol('dataProvider', part('dataProvider'));
  if (INTEGRATIONS_NOT_OFFERED.some((each) => each === type))
    return { refusal: errorBody('INTEGRATION_NOT_OFFERED', `${type} is not offered by this platform`) };
  if (!isIntegrationType(type)) return noSymbol('integrationType', type);
  if (part('tenantType') !== RECRUITER_TENANT) return noSymbol('tenantType', part('tenantType'));
  const { context } = INTEGRATIONS[type];
  const isContext = context === 'organization' ? isOrganizationUrn(contextUrn) : isContractUrn(contextUrn);
  if (!isContext)
    return { refusal: invalidField('integrationContext', `is not the URN of ${ARTICLE[context]}`) };
  return { key: { type, contextUrn } };
}

const ARTICLE = { organization: 'an organization', contract: 'a contract' } as const;

function noSymbol(name: string, value: string): IntegrationAddress {
  return { refusal: invalidField(name, `${JSON.stringify(value.slice(0, 60))} is not an enum symbol`) };
}

/** Those of the contexts that are neither the organisation nor one of its contracts. */
export async function foreignContexts(
  ctx: Context,
  organisation: { readonly tenantId: number; readonly organisationUrn: string } | null,
  contexts: readonly string[],
): Promise<ReadonlySet<string>> {
  // Nobody's yet: what it asks for is not there.
  if (!organisation) return new Set();
  const { tenantId, organisationUrn } = organisation;
  const contractIds = contexts.filter(isContractUrn).map(contractIdOf);
  const rows =
    contractIds.length === 0
      ? []
      : await ctx.db.read(
          tenantId,
          async (tx) => tx<{ contract_id: number }>`
            select contract_id from contract where tenant_id = ${tenantId} and contract_id = any(${contractIds}::bigint[])`,
        );
  const own = new Set(rows.map(({ contract_id }) => contract_id));
  return new Set(
    contexts.filter((urn) => urn !== organisationUrn && !(isContractUrn(urn) && own.has(contractIdOf(urn)))),
  );
}

/** No contract has the number 0. */
function contractIdOf(urn: string): number {
  const id = parseUrn(urn)?.id ?? '';
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0;
}

export const NOT_REQUESTED = errorBody(
  'NOT_FOUND',
  'Nobody has requested this integration: the customer requests it in the onboarding plugin',
);
