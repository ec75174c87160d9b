import { createHttpEdge } from '../../kernel/http.ts';
import { encodePersonId } from '../../kernel/secrets.ts';
import { unknownResources } from '../../kernel/wire-routes.ts';
import {
  type AtsScope,
  createCustomerApplication,
  createOrganisation,
  createPartner,
  type OauthApplication,
  oauthRoutes,
  onboardingRoutes,
  setIntegrationStatus,
} from '../../tenancy/index.ts';
import { openTraffic } from '../../traffic/index.ts';
import type { RecordHook } from '../hooks.ts';
import { recordRoutes } from '../routes.ts';
import { type TestStore, testStore } from './store.ts';

export { type BatchOptions, batch, byId, call, resource } from './wire-batch.ts';

/** One ATS as its connector knows the platform. */
export interface TestAts extends AtsScope {
  readonly organisation: string;
  readonly applicationId: number;
  readonly token: string;
  person(memberId: number): string;
  enable(): Promise<void>;
  /** A token of the present hour: the clock of a test may have left the first one behind. */
  newToken(): Promise<string>;
}

export interface TestWire extends TestStore {
  readonly baseUrl: string;
  ats(options?: { readonly of?: TestAts; readonly isEnabled?: boolean }): Promise<TestAts>;
  partnerToken(): Promise<string>;
}

/** The synced resources over real HTTP, on a database of their own. */
export async function testWire(hooks: readonly RecordHook[] = []): Promise<TestWire> {
  const world = await testStore(hooks);
  const { ctx } = world;
  const edge = createHttpEdge(ctx.log, () => {});
  const { port } = await edge.listen('127.0.0.1', 0);
  // A clock that stands still would make one minute of all that a test sends.
  const traffic = openTraffic({ ...ctx, config: { ...ctx.config, quotas: false } });
  edge.open([
    ...oauthRoutes(ctx),
    ...onboardingRoutes(ctx, traffic),
    ...recordRoutes(world.store, traffic),
    ...unknownResources,
  ]);
  const baseUrl = `http://127.0.0.1:${port}`;

  async function tokenOf({ clientId, clientSecret }: OauthApplication): Promise<string> {
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const response = await fetch(`${baseUrl}/oauth/v2/accessToken`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const body: unknown = await response.json();
    return (body as { access_token: string }).access_token; // the token endpoint's own tests check its answer
  }

  return {
    ...world,
    baseUrl,
    async ats({ of, isEnabled = true } = {}) {
      const organisation = of
        ? { tenantId: of.tenantId, urn: of.organisation }
        : await createOrganisation(ctx, { name: 'Acme' });
      const { tenantId } = organisation;
      const application = await createCustomerApplication(ctx, { name: 'ATS', tenantId });
      const { applicationId, atsNo } = application;
      const enable = () =>
        setIntegrationStatus(
          ctx,
          { tenantId, atsNo },
          [{ type: 'IN_ATS_INDICATOR', contextUrn: organisation.urn }],
          'ENABLED',
        );
      if (isEnabled) await enable();
      const key = ctx.keys.personKey(applicationId);
      const person = (memberId: number) => `urn:li:person:${encodePersonId(key, memberId)}`;
      const token = await tokenOf(application);
      return {
        tenantId,
        atsNo,
        organisation: organisation.urn,
        applicationId,
        token,
        enable,
        person,
        newToken: () => tokenOf(application),
      };
    },
    async partnerToken() {
      return tokenOf(await createPartner(ctx, { name: 'Vendor' }));
    },
    async close() {
      await edge.close();
      await world.close();
    },
  };
}
