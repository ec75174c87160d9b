import type { Context } from '../kernel/context.ts';
import type { HttpRequest, Route } from '../kernel/http.ts';
import { readWireRequest, type WireRequest } from '../kernel/wire-request.ts';
import { wireRoutes } from '../kernel/wire-routes.ts';
import type { CallingApplication, Traffic } from '../traffic/index.ts';
import { answerConfigurations, type CheckCallback } from './answer-configurations.ts';
import { answerIntegrations } from './answer-integrations.ts';
import { answerMe } from './answer-me.ts';
import { answerIntrospection, answerToken } from './answer-oauth.ts';
import { answerProvisioning } from './answer-provisioning.ts';
import { authenticateCustomer, authenticateMember, authenticatePartner } from './caller.ts';

/** Tokens. The page where a member agrees is the session slice's. */
export function oauthRoutes(ctx: Context): Route[] {
  return [
    { method: 'POST', path: '/oauth/v2/accessToken', handler: (request) => answerToken(ctx, request) },
    {
      method: 'POST',
      path: '/oauth/v2/introspectToken',
      handler: (request) => answerIntrospection(ctx, request),
    },
  ];
}

/** What comes before records: applications, integrations with their configurations, and who a member is. */
export function onboardingRoutes(
  ctx: Context,
  traffic: Traffic,
  checkCallback: CheckCallback | null = null,
): Route[] {
  return [
    ...wireRoutes(['provisionedApplications'], async (request) => {
      const partner = await authenticatePartner(ctx, request);
      return answerProvisioning(ctx, partner, await admitted(traffic, request, partner));
    }),
    ...wireRoutes(['me'], async (request) => {
      const member = await authenticateMember(ctx, request);
      return answerMe(ctx, member, await admitted(traffic, request, member));
    }),
    ...wireRoutes(['atsIntegrations'], async (request) => {
      const customer = await authenticateCustomer(ctx, request);
      const wire = await admitted(traffic, request, customer.scope ?? customer);
      return wire.resource.kind === 'integration'
        ? answerIntegrations(ctx, customer.scope, wire)
        : answerConfigurations(ctx, customer.scope, wire, checkCallback);
    }),
  ];
}

async function admitted(
  traffic: Traffic,
  request: HttpRequest,
  application: CallingApplication,
): Promise<WireRequest> {
  const wire = readWireRequest(request);
  await traffic.admit(request, application, wire);
  return wire;
}
