import {
  encodeBatchIds,
  encodeBodyKey,
  encodePathKey,
  type ProtocolVersion,
  RESOURCES,
  type TypedKey,
} from '@carrick/protocol';
import { type Config, configOf } from '../../config.ts';
import { createPlatform, type Platform, type SandboxDoors } from '../../index.ts';
import { FakeClock } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { createLog } from '../../kernel/log.ts';
import { TEST_MASTER_KEY, type TestDatabase, testDatabase } from '../../kernel/testing.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test expects it to be
  readonly body: any;
}

export interface Call {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A whole platform over HTTP, at a clock that stands still. */
export interface OnboardingWorld {
  readonly platform: Platform;
  readonly ctx: Context;
  readonly clock: FakeClock;
  readonly database: TestDatabase;
  call(token: string, path: string, call?: Call): Promise<Answer>;
  form(path: string, fields: Readonly<Record<string, string>>): Promise<Answer>;
  tokenOf(credentials: Credentials): Promise<string>;
  close(): Promise<void>;
}

export interface OnboardingSurroundings {
  readonly sandbox?: SandboxDoors;
  /** Another process of the same deployment. */
  readonly beside?: OnboardingWorld;
}

export async function openOnboardingWorld(
  config: Partial<Config> = {},
  { sandbox, beside }: OnboardingSurroundings = {},
): Promise<OnboardingWorld> {
  const clock = beside?.clock ?? new FakeClock();
  const database = beside?.database ?? (await testDatabase());
  const masterKey = TEST_MASTER_KEY.toString('hex');
  const platform = createPlatform(
    // A clock that stands still would leave no time between two calls.
    configOf({ databaseUrl: database.ownerUrl, masterKey, port: 0, quotas: false, ...config }),
    {
      clock,
      log: createLog('silent'),
      ...(sandbox ? { sandbox } : {}),
    },
  );
  await platform.start();

  async function send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${platform.baseUrl}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : isJson ? JSON.parse(text) : text,
    };
  }

  const form: OnboardingWorld['form'] = (path, fields) =>
    send(path, { method: 'POST', body: new URLSearchParams(fields) });

  return {
    platform,
    ctx: platform.deployment.ctx,
    clock,
    database,
    form,
    call: (token, path, { method = 'GET', body, headers = {} } = {}) =>
      send(path, {
        method,
        headers: { authorization: `Bearer ${token}`, ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    async tokenOf({ clientId, clientSecret }) {
      const { body } = await form('/oauth/v2/accessToken', {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      });
      return body.access_token;
    },
    async close() {
      await platform.stop();
      if (!beside) await database.drop();
    },
  };
}

export const INTEGRATION_KEY = RESOURCES.find(({ name }) => name === 'atsIntegrations')!.key;

/** The key of an integration in the order of the resource. */
export function integrationKey(
  context: string,
  type: string,
  tenantType = 'RECRUITER',
  dataProvider = 'ATS',
): TypedKey {
  return [context, type, tenantType, dataProvider];
}

export const keyText = (key: TypedKey, version: ProtocolVersion = '1.0.0'): string =>
  encodeBodyKey(key, INTEGRATION_KEY, version);

export const integrationsPath = (keys: readonly TypedKey[], version: ProtocolVersion = '1.0.0'): string =>
  `/v2/atsIntegrations?${encodeBatchIds(keys, INTEGRATION_KEY, version)}`;

export const configurationsPath = (
  key: TypedKey,
  names: readonly string[],
  version: ProtocolVersion = '1.0.0',
): string =>
  `/v2/atsIntegrations/${encodePathKey(key, INTEGRATION_KEY, version)}/configurations?` +
  encodeBatchIds(
    names.map((name) => [name]),
    { simple: true },
    version,
  );

/** The call that names integrations. */
export function naming(keys: readonly TypedKey[], set: unknown, version: ProtocolVersion = '1.0.0'): Call {
  const entities = Object.fromEntries(keys.map((key) => [keyText(key, version), { patch: { $set: set } }]));
  const headers = { 'x-restli-method': 'batch_partial_update', 'x-restli-protocol-version': version };
  return { method: 'POST', headers, body: { entities } };
}

/** The call that puts configurations. */
export function putting(values: Readonly<Record<string, unknown>>, version: ProtocolVersion = '1.0.0'): Call {
  const entities = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, { configurationValue: { string: value } }]),
  );
  const headers = { 'x-restli-method': 'batch_update', 'x-restli-protocol-version': version };
  return { method: 'PUT', headers, body: { entities } };
}
