import { createHmac } from 'node:crypto';
import type { BrowserContextOptions, Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { expect, vi } from 'vitest';
import {
  addMembers,
  type ExportCompany,
  openCompany,
} from '../../packages/platform/src/exports/testing/export-world.ts';
import type { Received } from '../../packages/platform/src/push/testing/receiver.ts';
import { applyBatch } from '../../packages/platform/src/records/index.ts';
import { createContract, setIntegrationStatus } from '../../packages/platform/src/tenancy/index.ts';
import {
  type OnboardingWorld,
  openOnboardingWorld,
} from '../../packages/platform/src/tenancy/testing/onboarding-world.ts';
import { openAppPages } from '../app-pages.ts';

const within = { timeout: 60_000, interval: 50 };

export type Seat = Awaited<ReturnType<ExportCompany['addSeat']>>;
export type MessageStage = Awaited<ReturnType<typeof openStage>>;

/** A company whose ATS listens over HTTP, two recruiters, one of another contract, and mailboxes in which one plays the members. */
export async function openStage() {
  const world: OnboardingWorld = await openOnboardingWorld({ callbackUrls: 'loopback', mailbox: true });
  const acme = await openCompany(world, 'Acme');
  const { ctx, platform } = world;
  const scope = { tenantId: acme.tenantId, atsNo: acme.atsNo };
  await setIntegrationStatus(ctx, scope, [{ type: 'CSA_API', contextUrn: acme.contractUrn }], 'ENABLED');
  const { contractId } = await createContract(ctx, acme.tenantId, { name: 'Another contract' });
  const r1 = await acme.addSeat('Rita One');
  const r2 = await acme.addSeat('Rob Two');
  const neighbour = await acme.addSeat('Nora Next', { contract: contractId });
  await acme.putJob('JX1200', { title: 'Senior Account Manager' });
  const pages = await openAppPages(() => platform.baseUrl);
  let number = 0;

  async function newestLink(email: string, kind: 'reply' | 'settings'): Promise<string> {
    const find = async () => {
      const rows = await ctx.db.lookup<{ body: string }>`
        select body from mailbox_message where address = ${email} and not is_outgoing order by message_no desc`;
      const pattern = new RegExp(`https?://\\S+/member/${kind}/\\S+`);
      return rows.flatMap(({ body }) => pattern.exec(body)?.[0] ?? [])[0] ?? '';
    };
    await expect.poll(find, within).not.toBe('');
    return find();
  }

  return {
    world,
    acme,
    r1,
    r2,
    neighbour,
    open: (seat: Seat | null, options?: BrowserContextOptions) =>
      pages.open(seat?.browser.cookie ?? null, options),
    leave: pages.leave,
    /** A member of their own for each test. */
    async member(firstName: string, given: object = {}) {
      const id = `b${++number}`;
      const email = `${id}@mine.example`;
      const phone = `+49 30 44100${String(number).padStart(2, '0')}`;
      const line = {
        id,
        firstName,
        lastName: `Member${number}`,
        headline: `${firstName} keeps freight moving`,
        emails: [email],
        phones: [phone],
        positions: [{ title: 'Account manager', companyName: 'Hanseatic', startDate: '2019' }],
        shareWithThirdParties: true,
        ...given,
      };
      const ids = await addMembers(world, [line]);
      const name = `${firstName} ${line.lastName}`;
      const personId = await r1.browser.idOf(name);
      return { id, email, phone, line, name, personId, memberId: ids.get(id) ?? 0 };
    },
    async candidate(id: string, fields: object) {
      const record = { atsCreatedAt: 1, atsLastModifiedAt: 1, emailAddresses: [], ...fields };
      await applyBatch(platform.deployment.records, scope, 'candidate', 'upsert', [{ key: [id], record }]);
    },
    /** The newest link to answer that was mailed there. */
    linkTo: (email: string) => newestLink(email, 'reply'),
    settingsOf: (email: string) => newestLink(email, 'settings'),
    /** As a receiver does: by the vectors' way, and by an independent library for the Standard Webhooks headers. */
    verify(received: Received | undefined): void {
      if (!received) throw new Error('nothing was received');
      const { clientSecret } = acme.credentials;
      const expected = createHmac('sha256', clientSecret).update(`hmacsha256=${received.body}`).digest('hex');
      expect(received.headers['x-li-signature']).toBe(expected);
      const webhook = new Webhook(Buffer.from(clientSecret).toString('base64'));
      // The library asks the machine how late it is; the platform's clock stands still.
      vi.useFakeTimers({ toFake: ['Date'], now: world.clock.now() });
      try {
        expect(() => webhook.verify(received.body, received.headers as Record<string, string>)).not.toThrow();
      } finally {
        vi.useRealTimers();
      }
    },
    /** Stubs as the ATS fetches them. */
    async stubs() {
      const path = `/v2/mailStubs?q=contract&contract=${acme.contractUrn}&owners=urn:li:seat:${r1.seatId}&count=100`;
      const { body } = await world.call(acme.token, path);
      return body.elements as { lastName: string; emailAddress?: string; phoneNumber?: string }[];
    },
    async close() {
      await pages.close();
      await acme.close();
      await world.close();
    },
  };
}

/** Opens the composer on a person's page. */
export async function compose(page: Page, personId: string) {
  await page.goto(`/people/${personId}`);
  await page.getByRole('button', { name: 'Message', exact: true }).click();
  const dialog = page.getByTestId('composer');
  await dialog.getByLabel('Subject').waitFor();
  return dialog;
}

export { canBrowse, keepPicture } from '../app-pages.ts';
export { findViolations } from '../e2e/axe.ts';
