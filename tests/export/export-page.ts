import type { BrowserContextOptions, Page } from '@playwright/test';
import {
  addMembers,
  type ExportCompany,
  openCompany,
  openExportWorld,
} from '../../packages/platform/src/exports/testing/export-world.ts';
import type { OnboardingWorld } from '../../packages/platform/src/tenancy/testing/onboarding-world.ts';
import { openAppPages } from '../app-pages.ts';

/** A company with two recruiters and an administrator, an ATS that listens, and the people of the dialog's tests. */
export interface ExportStage {
  readonly world: OnboardingWorld;
  readonly acme: ExportCompany;
  readonly r1: Seat;
  readonly r2: Seat;
  readonly admin: Seat;
  readonly members: Map<string, number>;
  /** A page of a seat, in a browser of its own. */
  open(seat: Seat, options?: BrowserContextOptions): Promise<Page>;
  /** Closes the pages behind a test. */
  leave(): Promise<void>;
  close(): Promise<void>;
}
export type Seat = Awaited<ReturnType<ExportCompany['addSeat']>>;

export const person = (id: string, firstName: string, lastName: string, shares: boolean) => ({
  id,
  firstName,
  lastName,
  headline: `${firstName} does what ${firstName} does`,
  location: 'Berlin, Germany',
  positions: [{ title: 'Account manager', companyName: 'Hanseatic', startDate: '2019' }],
  shareWithThirdParties: shares,
});

export async function openStage(): Promise<ExportStage> {
  const world = await openExportWorld();
  const acme = await openCompany(world, 'Acme');
  const members = await addMembers(world, [
    person('m1', 'Mae', 'Norris', true),
    person('m2', 'Blake', 'Burke', true),
    person('m3', 'Kim', 'Private', false),
    person('m4', 'Lee', 'Open', true),
  ]);
  const r1 = await acme.addSeat('Rita One');
  const r2 = await acme.addSeat('Rob Two');
  const admin = await acme.addSeat('Ada Admin', { isAdmin: true });
  await acme.putJob('JX1200', { title: 'Senior Account Manager', code: 'R-17' });
  await acme.putJob('JX2320', { title: 'Account Manager', isClosed: true });
  await acme.putJob('SB220', { title: 'Sales Lead' });
  await acme.putJob('SEC1', { title: 'Chief Secret' });
  await acme.secure('SEC1', r1.memberId);
  const pages = await openAppPages(() => world.platform.baseUrl);
  return {
    world,
    acme,
    r1,
    r2,
    admin,
    members,
    open: (seat, options) => pages.open(seat.browser.cookie, options),
    leave: pages.leave,
    async close() {
      await pages.close();
      await acme.close();
      await world.close();
    },
  };
}

/** Opens the page of a person and, by the key, the dialog. */
export async function openProfile(page: Page, stage: ExportStage, name: string): Promise<void> {
  await page.goto(`/people/${await stage.r1.browser.idOf(name)}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

export { canBrowse, keepPicture } from '../app-pages.ts';
export { findViolations } from '../e2e/axe.ts';
