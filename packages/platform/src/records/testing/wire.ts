import {
  encodeBatchIds,
  encodeBodyKey,
  encodePathKey,
  needsTunnel,
  type ProtocolVersion,
  RESOURCES,
  type ResourceDefinition,
  ROOTS,
  tunnel,
} from '@carrick/protocol';
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

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test expects it to be
  readonly body: any;
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

export interface Call {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly token?: string | null;
}

export async function call(
  world: TestWire,
  ats: TestAts,
  { method, path, headers, body, token = ats.token }: Call,
): Promise<Answer> {
  const response = await fetch(`${world.baseUrl}${path}`, {
    method,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

export function resource(name: string, parent?: string): ResourceDefinition {
  const found = RESOURCES.find((each: ResourceDefinition) => each.name === name && each.parent === parent);
  if (!found) throw new Error(`no resource ${name}`);
  return found;
}

export interface BatchOptions {
  readonly version?: ProtocolVersion;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | null;
  /** For a child: its parent's key. */
  readonly parentKey?: readonly string[];
  /** Appended to the query. */
  readonly more?: string;
}

/** A batch as a faithful client writes it; `entries` are keys with, for a write, their entities. */
export async function batch(
  world: TestWire,
  ats: TestAts,
  method: Call['method'],
  definition: ResourceDefinition,
  entries: readonly (readonly [key: readonly string[], entity?: unknown])[],
  { version = '1.0.0', headers = {}, parentKey, more = '', ...options }: BatchOptions = {},
): Promise<Answer> {
  const { name, parent, key: shape } = definition;
  const above =
    parent && parentKey ? `${parent}/${encodePathKey(parentKey, resource(parent).key, version)}/` : '';
  const ids = encodeBatchIds(
    entries.map(([key]) => key),
    shape,
    version,
  );
  const entities = Object.fromEntries(
    entries.map(([key, entity]) => [encodeBodyKey(key, shape, version), entity]),
  );
  const path = `${'replaces' in definition ? ROOTS.rest : ROOTS.v2}${above}${name}`;
  const query = `${ids}${more}`;
  const body = method === 'PUT' || method === 'POST' ? { body: JSON.stringify({ entities }) } : {};
  const plain = { method, path: `${path}?${query}`, headers: {}, ...body };
  const sent = needsTunnel(path, query) ? tunnel({ method, path, query, ...body }) : plain;
  return call(world, ats, {
    ...sent,
    headers: { 'X-RestLi-Protocol-Version': version, ...headers, ...sent.headers },
    ...options,
  });
}

/** Every result and error of a batch answer by the first part of its key. */
export function byId(
  answer: Answer,
  definition: ResourceDefinition,
): Map<string, { status: number; message?: string; code?: string }> {
  const part = definition.key.simple ? null : (definition.key.parts[0] ?? '');
  const idOf = (text: string) => (part === null ? text : (new URLSearchParams(text).get(part) ?? text));
  return new Map(
    [...Object.entries(answer.body.results), ...Object.entries(answer.body.errors)].map(([key, value]) => [
      idOf(key),
      value as { status: number },
    ]),
  );
}
