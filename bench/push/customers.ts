import { randomUUID } from 'node:crypto';
import {
  type Context,
  createCustomerApplication,
  createOrganisation,
  createPartner,
  notify,
  putConfigurations,
  setIntegrationStatus,
} from '../../packages/platform/src/index.ts';

/** One customer's ATS that can be notified. */
export interface Customer {
  readonly tenantId: number;
  readonly atsNo: number;
  readonly contextUrn: string;
}

/** @param urlOf the callback URL of the n-th */
export async function createCustomers(
  ctx: Context,
  count: number,
  urlOf: (n: number) => string,
): Promise<Customer[]> {
  const { clientId } = await createPartner(ctx, { name: 'Vendor' });
  const customers: Customer[] = [];
  for (let n = 0; n < count; n++) {
    const { tenantId, urn: contextUrn } = await createOrganisation(ctx, { name: `Customer ${n}` });
    const name = `Vendor - Customer ${n}`;
    const { atsNo } = await createCustomerApplication(ctx, { tenantId, name, partnerClientId: clientId });
    const integration = { type: 'ONE_CLICK_EXPORT', contextUrn } as const;
    const scope = { tenantId, atsNo };
    await setIntegrationStatus(ctx, scope, [integration], 'ENABLED');
    await putConfigurations(ctx, scope, integration, [{ key: 'CALLBACK_URL', value: urlOf(n) }]);
    customers.push({ ...scope, contextUrn });
  }
  return customers;
}

/** Notifies in one transaction. @returns the ids in their order, once it has committed */
export async function notifyCustomer(ctx: Context, customer: Customer, count: number): Promise<string[]> {
  const { tenantId, atsNo, contextUrn } = customer;
  const ids = Array.from({ length: count }, () => randomUUID());
  await ctx.db.pipeline(tenantId, (tx) =>
    ids.map((notificationId) =>
      notify(tx, ctx, {
        notificationId,
        atsNo,
        type: 'EXPORT_CANDIDATE_PROFILE',
        integration: { type: 'ONE_CLICK_EXPORT', contextUrn },
        subject: {},
      }),
    ),
  );
  return ids;
}
