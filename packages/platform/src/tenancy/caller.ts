import { type ErrorBody, errorBody, ProtocolError } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest } from '../kernel/http.ts';
import type { PersonKey } from '../kernel/secrets.ts';
import { findToken, type TokenRow } from './access-token.ts';
import { listIntegrations } from './integrations.ts';
import { describeWaiting } from './onboarding-status.ts';

/** A customer application, bound to the one organisation and ATS that its calls act for. */
export interface Caller {
  readonly applicationId: number;
  readonly tenantId: number;
  readonly atsNo: number;
  readonly organisationUrn: string;
  /** Under which this application, and no other, knows members. */
  readonly personKey: PersonKey;
  /** Null while one of the company-level integrations is ENABLED: it admits every kind of record. Else why none is. */
  readonly syncRefusal: ErrorBody | null;
}

type Bound = Omit<Caller, 'syncRefusal'>;
type Request = Pick<HttpRequest, 'headers'>;

/**
 * The customer application behind the request's bearer token, for records.
 * @throws ProtocolError EMPTY_, INVALID_, EXPIRED_, REVOKED_ACCESS_TOKEN; APPLICATION_NOT_ENABLED; ACCESS_DENIED for a
 *   partner's or a member's token and for an application that serves no organisation yet.
 */
export async function authenticate(ctx: Context, request: Request): Promise<Caller> {
  const row = await customerToken(ctx, request);
  const bound = boundOf(ctx, row);
  if (!bound) throw new ProtocolError('ACCESS_DENIED', 'This application serves no organization yet');
  return { ...bound, syncRefusal: row.is_sync_enabled ? null : await syncRefusal(ctx, bound) };
}

/** The same for onboarding: `scope` is null while nobody has asked for an integration with the application. */
export async function authenticateCustomer(
  ctx: Context,
  request: Request,
): Promise<{ readonly applicationId: number; readonly scope: Bound | null }> {
  const row = await customerToken(ctx, request);
  return { applicationId: row.application_id, scope: boundOf(ctx, row) };
}

/** The partner behind the request's bearer token. @throws ProtocolError as `authenticate`, ACCESS_DENIED for a customer's */
export async function authenticatePartner(
  ctx: Context,
  request: Request,
): Promise<{ readonly applicationId: number }> {
  const row = await applicationToken(ctx, request);
  if (row.kind === 'partner') return { applicationId: row.application_id };
  throw new ProtocolError(
    'ACCESS_DENIED',
    'Not enough permissions to provision applications: use the token of a partner application',
  );
}

/** The member behind the request's bearer token, for one application. @throws ProtocolError as `authenticate` */
export async function authenticateMember(
  ctx: Context,
  request: Request,
): Promise<{ readonly applicationId: number; readonly memberId: number; readonly personKey: PersonKey }> {
  const { application_id: applicationId, member_id: memberId } = await goodToken(ctx, request);
  if (memberId !== null) return { applicationId, memberId, personKey: ctx.keys.personKey(applicationId) };
  throw new ProtocolError(
    'ACCESS_DENIED',
    'Not enough permissions to access: GET /me: use the token of a member (authorization code)',
  );
}

async function customerToken(ctx: Context, request: Request): Promise<TokenRow> {
  const row = await applicationToken(ctx, request);
  if (row.kind === 'customer') return row;
  throw new ProtocolError(
    'ACCESS_DENIED',
    'Not enough permissions to access this resource with a partner application: use the token of a customer application',
  );
}

async function applicationToken(ctx: Context, request: Request): Promise<TokenRow> {
  const row = await goodToken(ctx, request);
  if (row.member_id === null) return row;
  throw new ProtocolError(
    'ACCESS_DENIED',
    "Not enough permissions to access this resource with a member's token: use one of the client_credentials grant",
  );
}

async function goodToken(ctx: Context, request: Request): Promise<TokenRow> {
  const token = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new ProtocolError('EMPTY_ACCESS_TOKEN');
  const row = await findToken(ctx, token);
  if (!row) throw new ProtocolError('INVALID_ACCESS_TOKEN');
  if (ctx.clock.now() >= row.expires_at) throw new ProtocolError('EXPIRED_ACCESS_TOKEN');
  switch (row.access) {
    case 'blocked':
      throw new ProtocolError('REVOKED_ACCESS_TOKEN');
    case 'pending':
      throw new ProtocolError('APPLICATION_NOT_ENABLED');
    case 'enabled':
      return row;
  }
}

function boundOf(ctx: Context, row: TokenRow): Bound | null {
  if (row.tenant_id === null || row.ats_no === null || row.organisation_urn === null) return null;
  return {
    applicationId: row.application_id,
    tenantId: row.tenant_id,
    atsNo: row.ats_no,
    organisationUrn: row.organisation_urn,
    personKey: ctx.keys.personKey(row.application_id),
  };
}

async function syncRefusal(ctx: Context, caller: Bound): Promise<ErrorBody> {
  const company = (await listIntegrations(ctx, caller)).filter(
    ({ contextUrn }) => contextUrn === caller.organisationUrn,
  );
  const why =
    company.length === 0
      ? 'none has been requested'
      : company.map((each) => `${each.type} ${describeWaiting(each)}`).join('; ');
  return errorBody(
    'INTEGRATION_NOT_ENABLED',
    `No integration of this organization is enabled for sync: ${why}`,
  );
}
