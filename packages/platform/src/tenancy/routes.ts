import type { Context } from '../kernel/context.ts';
import type { HttpRequest, Route } from '../kernel/http.ts';
import { readWireRequest } from '../kernel/wire-request.ts';
import { type WireAnswer, wireRoutes } from '../kernel/wire-routes.ts';
import { answerConfigurations } from './answer-configurations.ts';
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
export function onboardingRoutes(ctx: Context): Route[] {
  return [
    ...wireRoutes(['provisionedApplications'], async (request) =>
      answerProvisioning(ctx, await authenticatePartner(ctx, request), readWireRequest(request)),
    ),
    ...wireRoutes(['me'], async (request) => ({
      body: await answerMe(ctx, await authenticateMember(ctx, request), readWireRequest(request)),
    })),
    ...wireRoutes(['atsIntegrations'], (request) => answerOnboarding(ctx, request)),
  ];
}

async function answerOnboarding(ctx: Context, request: HttpRequest): Promise<WireAnswer> {
  const scope = await authenticateCustomer(ctx, request);
  const wire = readWireRequest(request);
  const answer = wire.resource.kind === 'integration' ? answerIntegrations : answerConfigurations;
  return { body: await answer(ctx, scope, wire) };
}
