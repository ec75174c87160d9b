import { createHmac } from 'node:crypto';
import {
  bindAts,
  type Context,
  createContract,
  createCustomerApplication,
  createOrganisation,
  createPartner,
  createSeat,
  type Deployment,
  encodePersonId,
  findOauthApplication,
  findOrganisation,
  listContracts,
  listSeats,
  openToEverySeat,
  setIntegrationStatus,
} from '@carrick/platform';
import { formatUrn, INTEGRATION_BUNDLES } from '@carrick/protocol';

/** A company to be set up with everything switched on: sandboxes and the demo. */
export interface TenantPlan {
  /** Distinguishes its credentials from another plan's on the same deployment. */
  readonly label: string;
  readonly organizationUrn: string;
  readonly name: string;
  readonly atsName: string;
  readonly contractName: string;
  readonly seats: readonly SeatPlan[];
}

export interface SeatPlan {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly isAdmin: boolean;
  /** Their id in the member directory, where they are added unless they stand there already. */
  readonly memberExternalId: string;
}

/** As `sandbox --json` prints it. */
export interface TenantDetails {
  readonly tenantId: number;
  readonly parent: { readonly clientId: string; readonly clientSecret: string };
  readonly customer: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly applicationUrn: string;
  };
  readonly organization: string;
  readonly contract: string;
  readonly seats: readonly SeatDetails[];
  readonly members: readonly { readonly id: string; readonly person: string }[];
}

export interface SeatDetails {
  readonly id: number;
  readonly person: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly admin: boolean;
}

/**
 * Sets the company up, or finds it as an earlier start left it, finished or not. Credentials are derived from the
 * deployment's own key, so that they are the same every time and stand in no file.
 */
export async function ensureTenant(deployment: Deployment, plan: TenantPlan): Promise<TenantDetails> {
  const { ctx, memberHooks } = deployment;
  const derive = (purpose: string, length: number) => derivedText(ctx, `${plan.label}:${purpose}`, length);
  const credentials = (purpose: string) => ({
    clientId: `${purpose}${derive(`${purpose}-id`, 14)}`,
    clientSecret: derive(`${purpose}-secret`, 32),
  });
  const organisation =
    (await findOrganisation(ctx, plan.organizationUrn)) ??
    (await createOrganisation(ctx, { urn: plan.organizationUrn, name: plan.name }));
  const { tenantId, urn: organization } = organisation;
  const [contract = await createContract(ctx, tenantId, { name: plan.contractName })] = await listContracts(
    ctx,
    tenantId,
  );

  const parent = credentials('partner');
  if (!(await findOauthApplication(ctx, parent.clientId)))
    await createPartner(ctx, { name: plan.atsName, ...parent });
  const customer = await ensureCustomer(
    ctx,
    tenantId,
    plan.atsName,
    parent.clientId,
    credentials('customer'),
  );
  const scope = { tenantId, atsNo: customer.atsNo };
  await setIntegrationStatus(
    ctx,
    scope,
    [
      ...INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_COMPANY.map((type) => ({
        type,
        contextUrn: organization,
      })),
      ...INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_CONTRACT.map((type) => ({
        type,
        contextUrn: contract.urn,
      })),
    ],
    'ENABLED',
  );
  await openToEverySeat(ctx, scope, organization);

  const person = (memberId: number) =>
    formatUrn('person', encodePersonId(ctx.keys.personKey(customer.applicationId), memberId));
  const existing = await listSeats(ctx, tenantId, contract.contractId);
  const seats: SeatDetails[] = [];
  const members: { id: string; person: string }[] = [];
  for (const holder of plan.seats) {
    const { email, isAdmin } = holder;
    const password = derive(`password:${email}`, 12);
    const seat =
      existing.find((each) => each.email === email) ??
      (await createSeat(ctx, memberHooks, tenantId, {
        ...holder,
        contractId: contract.contractId,
        password,
      }));
    const name = `${holder.firstName} ${holder.lastName}`;
    members.push({ id: holder.memberExternalId, person: person(seat.memberId) });
    seats.push({ id: seat.seatId, person: person(seat.memberId), name, email, password, admin: isAdmin });
  }
  return {
    tenantId,
    parent,
    customer: {
      clientId: customer.clientId,
      clientSecret: customer.clientSecret,
      applicationUrn: customer.urn,
    },
    organization,
    contract: contract.urn,
    seats,
    members,
  };
}

async function ensureCustomer(
  ctx: Context,
  tenantId: number,
  name: string,
  partnerClientId: string,
  credentials: { clientId: string; clientSecret: string },
) {
  const found = await findOauthApplication(ctx, credentials.clientId);
  if (!found) return createCustomerApplication(ctx, { tenantId, name, partnerClientId, ...credentials });
  return { ...found, atsNo: await bindAts(ctx, tenantId, found.applicationId, name) };
}

function derivedText(ctx: Context, purpose: string, length: number): string {
  const bytes = createHmac('sha256', ctx.keys.clientSecret).update(`carrick-sandbox:${purpose}`).digest();
  return bytes.toString('base64url').replaceAll(/[-_]/g, 'x').slice(0, length);
}
