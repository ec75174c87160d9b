import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTenant, type TenantDetails } from '../../packages/cli/src/ensure-tenant.ts';
import {
  Connector,
  type ConnectorOptions,
  ConnectorState,
  type Mapping,
  type Source,
} from '../../packages/connector/src/daemon.ts';
import {
  configOf,
  createLog,
  createPlatform,
  dumpRecords,
  FakeClock,
  importMembers,
  type Platform,
  setIntegrationStatus,
} from '../../packages/platform/src/index.ts';
import { testDatabase } from '../../packages/platform/src/kernel/testing.ts';
import { INTEGRATION_BUNDLES } from '../../packages/protocol/src/index.ts';
import { openWireProxy, type WireProxy } from './wire-proxy.ts';

/** A stored record as `carrick dump` prints it. */
export interface DumpedRecord {
  readonly kind: string;
  readonly key: readonly unknown[];
  readonly record: Readonly<Record<string, unknown>>;
}

/** A platform with one company whose ATS is about to be connected, and the wire between them. */
export interface World {
  readonly clock: FakeClock;
  readonly proxy: WireProxy;
  readonly tenant: TenantDetails;
  readonly platform: Platform;
  /** A connector of this company; it and its state end with the world. A name stands for a state folder. */
  connector(
    mapping: Mapping,
    source: Source,
    options?: Partial<ConnectorOptions> & { state?: string },
  ): Connector;
  stateDir(name?: string): string;
  /** Looks at the connector's state from beside it, as the command line does. */
  inspectState<T>(look: (state: ConnectorState) => T): T;
  setSyncEnabled(isEnabled: boolean): Promise<void>;
  stopPlatform(): Promise<void>;
  startPlatform(): Promise<void>;
  dump(): Promise<DumpedRecord[]>;
  /** How many records of each kind the platform holds. */
  counts(): Promise<Record<string, number>>;
  importMembers(lines: readonly object[]): Promise<void>;
  /** What the app answers somebody who is signed in. */
  read<T>(email: string, path: string): Promise<T>;
  close(): Promise<void>;
}

const PLAN = {
  label: 'connector-test',
  organizationUrn: 'urn:li:organization:4gX03uw',
  name: 'Harbour Talent',
  atsName: 'OpenCATS',
  contractName: 'Harbour hiring',
  seats: [
    {
      firstName: 'Ines',
      lastName: 'Marlow',
      email: 'admin@harbour.example',
      memberExternalId: 'seat-admin',
      isAdmin: true,
    },
    {
      firstName: 'Rowan',
      lastName: 'Fell',
      email: 'r1@harbour.example',
      memberExternalId: 'seat-r1',
      isAdmin: false,
    },
    {
      firstName: 'Tomoko',
      lastName: 'Hale',
      email: 'r2@harbour.example',
      memberExternalId: 'seat-r2',
      isAdmin: false,
    },
  ],
};

export async function openWorld(): Promise<World> {
  const database = await testDatabase();
  const clock = new FakeClock();
  const log = createLog('silent');
  const config = {
    databaseUrl: database.ownerUrl,
    masterKey: `${'00'.repeat(31)}01`,
    poolSize: 4,
    host: '127.0.0.1',
  };
  const make = () => createPlatform(configOf({ ...config, port: 0 }), { clock, log });
  const connectors: Connector[] = [];
  let platform = make();
  await platform.start();
  const tenant = await ensureTenant(platform.deployment, PLAN).catch(async (error: unknown) => {
    await platform.stop();
    await database.drop();
    throw error;
  });
  const folder = mkdtempSync(join(tmpdir(), 'carrick-connector-'));
  const proxy = await openWireProxy(() => platform.baseUrl);
  const cookies = new Map<string, string>();

  async function cookieOf(email: string): Promise<string> {
    const known = cookies.get(email);
    if (known) return known;
    const password = tenant.seats.find((seat) => seat.email === email)?.password;
    const response = await fetch(`${platform.baseUrl}/app/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-carrick': '1' },
      body: JSON.stringify({ email, password }),
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (!response.ok || !cookie) throw new Error(`${email} cannot sign in: ${await response.text()}`);
    cookies.set(email, cookie);
    return cookie;
  }

  const world: World = {
    clock,
    proxy,
    tenant,
    get platform() {
      return platform;
    },
    stateDir: (name = 'state') => join(folder, name),
    connector(mapping, source, { state, ...options } = {}) {
      const connector = new Connector({
        mapping,
        source,
        client: {
          baseUrl: proxy.baseUrl,
          authUrl: proxy.baseUrl,
          clientId: tenant.customer.clientId,
          clientSecret: tenant.customer.clientSecret,
          organization: tenant.organization,
          retryForMs: 60_000,
        },
        stateDir: world.stateDir(state),
        now: () => clock.now(),
        // Waiting is what turns this clock.
        pause: async (ms) => clock.advance(ms),
        ...options,
      });
      connectors.push(connector);
      return connector;
    },
    inspectState(look) {
      const state = ConnectorState.inspect(world.stateDir());
      try {
        return look(state);
      } finally {
        state.close();
      }
    },
    async setSyncEnabled(isEnabled) {
      await setIntegrationStatus(
        platform.deployment.ctx,
        { tenantId: tenant.tenantId, atsNo: 1 },
        INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_COMPANY.map((type) => ({
          type,
          contextUrn: tenant.organization,
        })),
        isEnabled ? 'ENABLED' : 'PARTNER_READY',
      );
    },
    async stopPlatform() {
      await platform.stop();
    },
    async startPlatform() {
      platform = make();
      await platform.start();
    },
    async dump() {
      const records: DumpedRecord[] = [];
      for await (const record of dumpRecords(platform.deployment.ctx)) records.push(record);
      return records;
    },
    async counts() {
      const counts: Record<string, number> = {};
      for await (const { kind } of dumpRecords(platform.deployment.ctx))
        counts[kind] = (counts[kind] ?? 0) + 1;
      return counts;
    },
    async importMembers(lines) {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`);
      const { ctx, memberHooks } = platform.deployment;
      const { refused, reasons } = await importMembers(ctx, toAsync(text), { hooks: memberHooks });
      if (refused > 0) throw new Error(`members were refused: ${JSON.stringify(reasons)}`);
    },
    async read<T>(email: string, path: string): Promise<T> {
      const response = await fetch(`${platform.baseUrl}${path}`, {
        headers: { cookie: await cookieOf(email) },
      });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    async close() {
      for (const connector of connectors) connector.close();
      await proxy.close();
      await platform.stop();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

/** What an ATS said that it holds. */
export function recordCounts({ db }: Platform['deployment']['ctx'], tenantId: number) {
  return db.read(
    tenantId,
    async (tx) => tx<{ kind: string; year: number; records: number }>`
      select kind, year, records from ats_record_count where tenant_id = ${tenantId} order by kind, year`,
  );
}

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
