import { randomUUID } from 'node:crypto';
import { type Config, configOf } from '../../config.ts';
import { FakeClock } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { openDatabase } from '../../kernel/db.ts';
import { createLog, silentLog } from '../../kernel/log.ts';
import { type TestDatabase, testDatabase, testKeys } from '../../kernel/testing.ts';
import {
  createCustomerApplication,
  createOrganisation,
  createPartner,
  notify,
  type OauthApplication,
  type Organisation,
  putConfigurations,
  setIntegrationStatus,
} from '../../tenancy/index.ts';
import { openSender, type Sender, type SenderOptions } from '../sender.ts';
import { Receiver } from './receiver.ts';

/** One customer's ATS with a receiver of its own. */
export interface PushedAts {
  readonly organisation: Organisation;
  readonly application: OauthApplication;
  readonly tenantId: number;
  readonly atsNo: number;
  readonly receiver: Receiver;
  setCallback(url: string): Promise<void>;
  /** In one transaction. @returns the ids in their order */
  notify(count?: number): Promise<string[]>;
  deliveries(): Promise<DeliveryRow[]>;
  destination(): Promise<Record<string, unknown>>;
}

export interface DeliveryRow {
  readonly notification_id: string;
  readonly state: string;
  readonly attempts: number;
  readonly tried: number;
  readonly next_at: number;
  readonly status: number | null;
  readonly failure: string | null;
  readonly detail: string | null;
}

export interface PushWorld {
  readonly ctx: Context;
  readonly clock: FakeClock;
  readonly database: TestDatabase;
  readonly sender: Sender;
  addAts(name: string): Promise<PushedAts>;
  /** As another process would: on connections of its own. */
  addSender(options?: SenderOptions): Sender;
  /** Polls until it is so; every poll starts and records what is there by then. */
  until(isSo: () => boolean | Promise<boolean>): Promise<void>;
  /** All receivers answer from now on: what one test left behind disturbs no other. */
  quiet(): Promise<void>;
  /** Until nothing is due and nothing is under way. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** A test that waits for ever would disturb those behind it. */
const LONGEST_WAIT_MS = 20_000;

export async function openPushWorld(
  config: Partial<Config> = {},
  options: SenderOptions = {},
): Promise<PushWorld> {
  const database = await testDatabase();
  const clock = new FakeClock();
  const ctx: Context = {
    config: configOf({ callbackUrls: 'loopback', ...config }),
    db: database.db,
    clock,
    log: createLog('silent'),
    keys: testKeys,
  };
  const noOutbox = { onWake: () => {} };
  const sender = openSender(ctx, noOutbox, { random: () => 0.5, ...options });
  const closing: (() => Promise<unknown>)[] = [];
  const receivers: Receiver[] = [];
  const partner = await createPartner(ctx, { name: 'Vendor' });

  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    const startedAt = performance.now();
    do {
      if (performance.now() - startedAt > LONGEST_WAIT_MS) throw new Error('it does not come to that');
      await sender.poll();
      await new Promise((resolve) => setImmediate(resolve));
    } while (!(await isSo()));
  }

  async function addAts(name: string): Promise<PushedAts> {
    const organisation = await createOrganisation(ctx, { name });
    const { tenantId, urn } = organisation;
    const created = await createCustomerApplication(ctx, {
      tenantId,
      name: `Hire - ${name}`,
      partnerClientId: partner.clientId,
    });
    const { atsNo } = created;
    const integration = { type: 'ONE_CLICK_EXPORT' as const, contextUrn: urn };
    await setIntegrationStatus(ctx, { tenantId, atsNo }, [integration], 'ENABLED');
    const receiver = await Receiver.open();
    receivers.push(receiver);
    closing.push(() => receiver.close());
    const setCallback = async (url: string) => {
      await putConfigurations(ctx, { tenantId, atsNo }, integration, [{ key: 'CALLBACK_URL', value: url }]);
    };
    await setCallback(receiver.url);
    return {
      organisation,
      application: created,
      tenantId,
      atsNo,
      receiver,
      setCallback,
      async notify(count = 1) {
        const ids = Array.from({ length: count }, () => randomUUID());
        await ctx.db.pipeline(tenantId, (tx) =>
          ids.map((notificationId) =>
            notify(tx, ctx, {
              notificationId,
              atsNo,
              type: 'EXPORT_CANDIDATE_PROFILE',
              integration,
              subject: {},
            }),
          ),
        );
        return ids;
      },
      async deliveries() {
        const rows = await ctx.db.read(
          tenantId,
          async (tx) => tx<{ [K in keyof DeliveryRow]: DeliveryRow[K] }>`
            select notification_id, state, attempts, tried, next_at, status, failure, detail from delivery
            where tenant_id = ${tenantId} order by delivery_no`,
        );
        return [...rows];
      },
      async destination() {
        const [row] = await ctx.db.read(
          tenantId,
          async (tx) => tx`select * from destination where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
        );
        return row ?? {};
      },
    };
  }

  const settle = () =>
    until(async () => {
      const [row] = await ctx.db.lookup<{ count: number }>`
        select count(*) as count from push_due(${clock.now()}, 1000)`;
      return row?.count === 0;
    });

  return {
    ctx,
    clock,
    database,
    sender,
    addAts,
    addSender(given = {}) {
      const db = openDatabase({ url: database.appUrl, max: 2, log: silentLog });
      const other = openSender({ ...ctx, db }, noOutbox, { random: () => 0.5, ...given });
      closing.unshift(async () => {
        await other.stop();
        await db.close();
      });
      return other;
    },
    until,
    settle,
    async quiet() {
      for (const receiver of receivers) receiver.answerAll();
      await settle();
    },
    async close() {
      // Receivers first: what hangs would keep the sender waiting.
      for (const close of closing) await close();
      await sender.stop();
      await database.drop();
    },
  };
}
