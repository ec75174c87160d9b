import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, FrameLocator, Locator, Page } from '@playwright/test';
import postgres from 'postgres';
import { runCommand } from './carrick-process.ts';
import { BESIDE_RECORDS } from './profile-widget-people.ts';
import { type Ats, test as base, expect, profilePage, signInInWindow } from './widget-pages.ts';
import { type World, withWorld } from './world.ts';

export { expect } from './widget-pages.ts';

/** A recruiter who is signed in inside the ATS, once for all tests. */
interface Recruiter {
  readonly page: Page;
  /** Goes to a record's page; the attributes take the place of the sample's. */
  open(candidateId: string, attributes?: Record<string, string>): Promise<FrameLocator>;
}

/** One world for all files that import it: they run in one worker. */
export const test = base.extend<object, { world: World; r1: Recruiter; r2: Recruiter }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright reads what a fixture needs
    async ({}, use) => withWorld(use, BESIDE_RECORDS),
    { scope: 'worker', timeout: 120_000 },
  ],
  r1: [
    async ({ browser, world, ats, key }, use) => {
      const context = await browser.newContext({ baseURL: world.baseUrl, reducedMotion: 'reduce' });
      const signedIn = await recruiter(context, world, ats, key, world.r1);
      await addContract(world);
      await use(signedIn);
      await context.close();
    },
    { scope: 'worker' },
  ],
  r2: [
    async ({ browser, world, ats, key }, use) => {
      const context = await browser.newContext({ baseURL: world.baseUrl, reducedMotion: 'reduce' });
      await use(await recruiter(context, world, ats, key, world.r2));
      await context.close();
    },
    { scope: 'worker' },
  ],
});

async function recruiter(
  context: BrowserContext,
  world: World,
  ats: Ats,
  key: string,
  seat: World['r1'],
): Promise<Recruiter> {
  const page = await context.newPage();
  const frame = page.frameLocator('iframe');
  const open = async (candidateId: string, attributes: Record<string, string> = {}) => {
    await page.goto(ats.serve(`/candidates/${candidateId}`, recordPage(world, key, candidateId, attributes)));
    return frame;
  };
  await open('c-nobody');
  await signInInWindow(page, frame, seat);
  await frame.getByRole('heading', { name: 'Nora Nowhere' }).waitFor();
  return { page, open };
}

function recordPage(world: World, key: string, id: string, attributes: Record<string, string>): string {
  const given = Object.entries({ ...attributes, 'data-ats-candidate-id': id });
  return given.reduce(
    (html, [name, value]) => html.replace(new RegExp(`${name}="[^"]*"`), `${name}="${value}"`),
    profilePage(world, key, 'data-theme="light"')
      .replace('<html>', '<html lang="en">')
      .replace('<main>', '<main><h1>Candidate</h1>'),
  );
}

/** The recruiter R1 gets a seat on a second contract. No door of a sandbox makes one. */
async function addContract({ databaseUrl, tenant, r1 }: World): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const { tenantId } = tenant;
  await sql.begin(async (tx) => {
    await tx`select set_config('carrick.tenant_id', ${String(tenantId)}, true)`;
    const [contract] = await tx<{ contract_id: number }[]>`
      insert into contract (tenant_id, name, created_at) values (${tenantId}, 'Agency contract', 0) returning contract_id`;
    await tx`
      insert into seat (tenant_id, contract_id, member_id, email, password_hash, created_at)
      select tenant_id, ${contract?.contract_id ?? 0}, member_id, email, password_hash, 1 from seat where email = ${r1.email}`;
  });
  await sql.end();
}

export async function changeMember(world: World, line: object): Promise<void> {
  const file = join(world.dataDir, 'changed.jsonl');
  writeFileSync(file, `${JSON.stringify(line)}\n`);
  await runCommand(['import-members', '--file', file, '--data', world.dataDir]);
}

export const printed = async (page: Page): Promise<string> =>
  (await page.locator('#output').innerText()).trim();
export const heading = (frame: FrameLocator, name: string) => frame.getByRole('heading', { level: 1, name });
export const activities = (frame: FrameLocator) =>
  frame.getByRole('tab', { name: 'Recruiting activities' }).click();

/** The frame's own document. */
export function insideOf(page: Page): Locator {
  return page.frameLocator('iframe').locator('html');
}

/** Whose profile the frame shows. */
export async function personIn(frame: FrameLocator): Promise<string> {
  const href = await frame.getByRole('link', { name: 'View in Recruiter' }).getAttribute('href');
  return (href ?? '').slice('/people/'.length);
}

/** Asks the app as the recruiter, who is signed in there as well. */
export async function postToApp(page: Page, world: World, path: string, data: object): Promise<void> {
  const answer = await page.request.post(`${world.baseUrl}/app/api/${path}`, {
    headers: { 'x-carrick': '1' },
    data,
  });
  expect(answer.ok()).toBe(true);
}

/** What the frame takes for the time since it was loaded, in milliseconds. */
export async function turnFrameClock(page: Page, to: number): Promise<void> {
  await insideOf(page).evaluate((html, at) => {
    const view = html.ownerDocument.defaultView;
    if (view) view.performance.now = () => at;
  }, to);
}

let hours = 0;

/** Presses long after the frame came into view: one that has just come takes no press that cannot be taken back. */
export async function pressLater(page: Page, button: Locator): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  // Observers hear of it together, the frame's own among them: only then does its time begin.
  await insideOf(page).evaluate(`({ ownerDocument }) => new Promise((seen) => {
    new IntersectionObserver(([entry]) => entry?.isIntersecting && seen(true)).observe(ownerDocument.body);
  })`);
  hours += 1;
  await turnFrameClock(page, hours * 3_600_000);
  await button.click();
}
