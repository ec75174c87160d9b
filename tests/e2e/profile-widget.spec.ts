import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, FrameLocator, Locator, Page } from '@playwright/test';
import postgres from 'postgres';
import { findViolations } from './axe.ts';
import { runCommand } from './carrick-process.ts';
import { BESIDE_RECORDS, CATARINA, LATE } from './profile-widget-people.ts';
import { type Ats, test as base, expect, profilePage, signInInWindow } from './widget-pages.ts';
import { type World, withWorld } from './world.ts';

/** A recruiter who is signed in inside the ATS, once for all tests. */
interface Recruiter {
  readonly page: Page;
  /** Goes to a record's page; the attributes take the place of the sample's. */
  open(candidateId: string, attributes?: Record<string, string>): Promise<FrameLocator>;
}

const test = base.extend<object, { world: World; r1: Recruiter; r2: Recruiter }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright reads what a fixture needs
    async ({}, use) => withWorld(use, BESIDE_RECORDS),
    { scope: 'worker', timeout: 120_000 },
  ],
  r1: [
    async ({ browser, world, ats, key }, use) => {
      const context = await browser.newContext({ baseURL: world.baseUrl });
      const signedIn = await recruiter(context, world, ats, key, world.r1);
      await addContract(world);
      await use(signedIn);
      await context.close();
    },
    { scope: 'worker' },
  ],
  r2: [
    async ({ browser, world, ats, key }, use) => {
      const context = await browser.newContext({ baseURL: world.baseUrl });
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
    profilePage(world, key, 'data-theme="light"').replace('<html>', '<html lang="en">'),
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

async function changeMember(world: World, line: object): Promise<void> {
  const file = join(world.dataDir, 'changed.jsonl');
  writeFileSync(file, `${JSON.stringify(line)}\n`);
  await runCommand(['import-members', '--file', file, '--data', world.dataDir]);
}

const printed = async (page: Page): Promise<string> => (await page.locator('#output').innerText()).trim();
const heading = (frame: FrameLocator, name: string) => frame.getByRole('heading', { level: 1, name });
const activities = (frame: FrameLocator) => frame.getByRole('tab', { name: 'Recruiting activities' }).click();

/** Presses until it counts: a frame that has just come into view takes no press that cannot be taken back. */
async function pressUntil(button: Locator, seen: Locator): Promise<void> {
  await expect(async () => {
    await button.click();
    await expect(seen).toBeVisible({ timeout: 700 });
  }).toPass();
}

/** Kept where SCREENS says so. */
async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env.CARRICK_SCREENS;
  if (folder) await page.locator('iframe').screenshot({ path: join(folder, `${name}.png`) });
}

/** The frame's own document. */
function insideOf(page: Page): Locator {
  return page.frameLocator('iframe').locator('html');
}

test('WI53 1.16 A1 L-129 L-132 L-135 a matched record shows its member within 1.5 s, and leads to the app', async ({
  r1: { page, open },
}) => {
  await open('c-catarina');
  await expect(heading(page.frameLocator('iframe'), 'Catarina Moreau')).toBeVisible();
  const begun = Date.now();
  const frame = await open('c-catarina');
  await expect(heading(frame, 'Catarina Moreau · 2nd')).toBeVisible();
  expect(Date.now() - begun).toBeLessThan(1500);
  await expect(frame.getByText('Greater Chicago Area | Computer software')).toBeVisible();
  const facts = frame.locator('dl');
  await expect(facts).toContainText('CurrentProject manager at Larkfield');
  await expect(facts).toContainText('PreviousProject manager at MintwoodAnalyst at Forty-Four Elk');
  await expect(facts).not.toContainText('Oldest');
  await expect(facts).toContainText('EducationLakeside Institute');
  await expect(facts).toContainText('catarina@mail.example from Sandbox ATS 1');
  await expect(facts.getByRole('link', { name: 'catarina.example' })).toHaveAttribute('target', '_blank');
  const [app] = await Promise.all([
    page.waitForEvent('popup'),
    frame.getByRole('link', { name: 'View in Recruiter' }).click(),
  ]);
  await expect(app.getByRole('heading', { level: 1 })).toContainText('Catarina Moreau');
  await app.close();
});

test('WI54 1.17 A1 A2 A5 A6 A7 L-138 L-139 L-140 what a profile holds, a few at first, and a sentence where there is nothing', async ({
  r1: { page, open },
  r2,
}) => {
  const frame = await open('c-catarina');
  const path = frame
    .locator('section')
    .filter({ has: frame.getByRole('heading', { name: 'Connection path' }) });
  await expect(path).toContainText('You → Gabriel Frey → Catarina Moreau');
  await expect(path.getByRole('link', { name: 'Gabriel Frey' })).toHaveAttribute('href', /^\/people\//);
  await path.getByRole('button', { name: 'Show 1 more path' }).click();
  await expect(path).toContainText('You → Ida Quist → Catarina Moreau');
  await expect(frame.locator('.skills li')).toHaveCount(11);
  const more = frame.getByRole('button', { name: 'Show 6 more' });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(frame.locator('.skills li')).toHaveCount(17);
  await expect(frame.getByRole('button', { name: 'Show fewer', expanded: true }).last()).toBeFocused();
  await expect(frame.getByText('6 more skills shown')).toBeAttached();
  await expect(
    frame.getByText('“Does what she puts her mind to.”').or(frame.getByText('Does what she puts')),
  ).toBeVisible();
  await expect(frame.getByText('Engineer at Acorn')).toBeVisible();
  await expect(frame.getByText('Trainee at Oldest & Sons')).toBeVisible();
  await expect(frame.getByText('Lakeside Institute, BSc, Economics')).toBeVisible();
  await expect(frame.getByText(/export/i)).toHaveCount(0);
  await activities(frame);
  await expect(frame.getByText(/^Viewed( \d+ times)? by You/)).toBeVisible();
  await expect(frame.getByText('No messages from your team yet.')).toBeVisible();
  await expect(frame.getByText('No notes from your team yet.')).toBeVisible();

  const bare = await r2.open('c-bare');
  await expect(heading(bare, 'Bea Bare')).toBeVisible();
  await expect(bare.getByRole('heading', { name: 'Connection path' })).toHaveCount(0);
  for (const sentence of ['skills', 'recommendations', 'positions', 'education'])
    await expect(bare.getByText(`No ${sentence} on the profile.`)).toBeVisible();
  await activities(bare);
  await expect(bare.getByText('Nobody of your team has looked at this person yet.')).toBeVisible();
});

test('WI55 1.16 A2 L-134 "Update me" brings what the member changes into the home feed, by name; off, nothing', async ({
  r1: { page, open },
  world,
}) => {
  const frame = await open('c-catarina');
  await frame.getByRole('button', { name: 'Update me' }).click();
  await expect(frame.getByRole('button', { name: 'You get updates', pressed: true })).toBeVisible();
  await changeMember(world, { ...CATARINA, headline: 'Head of projects at Larkfield' });
  await page.reload();
  await expect(frame.getByText('Head of projects at Larkfield')).toBeVisible();
  const home = await page.context().newPage();
  await home.goto(`${world.baseUrl}/home`);
  const item = home
    .getByRole('main')
    .getByText(/Catarina Moreau/)
    .first();
  await expect(item).toBeVisible();
  await expect(home.getByRole('main')).toContainText(/headline/i);
  await frame.getByRole('button', { name: 'You get updates' }).click();
  await expect(frame.getByRole('button', { name: 'Update me', pressed: false })).toBeVisible();
  await home.reload();
  await expect(home.getByRole('main')).toContainText('Nothing new');
  await home.close();
});

test('WI56 1.16 A3 L-133 the person is saved to a project that is found or made, and the line says to which', async ({
  r1: { page, open },
}) => {
  const frame = await open('c-catarina');
  await frame.getByRole('button', { name: 'Save to project' }).click();
  await expect(frame.getByText('Your contract has no project yet.')).toBeVisible();
  await expect(frame.getByLabel('Find a project')).toBeFocused();
  await page.keyboard.type('Spring hiring');
  await frame.getByRole('button', { name: 'New project “Spring hiring”' }).click();
  await expect(frame.getByText('Catarina Moreau is saved to “Spring hiring”.')).toBeVisible();
  await expect(frame.getByRole('button', { name: 'Save to project' })).toBeFocused();
  await page.keyboard.press('Enter');
  await frame.getByLabel('Find a project').fill('spring');
  await frame.getByRole('button', { name: 'Spring hiring · saved' }).click();
  await expect(frame.getByText('Catarina Moreau was in “Spring hiring” already.')).toBeVisible();
  await activities(frame);
  await expect(frame.getByText('Saved to “Spring hiring” by You')).toBeVisible();
});

test('WI57 1.16 A4 1.17 A3 L-133 L-141 a message is sent from the frame; its writer reads it again, a colleague sees that it is there', async ({
  r1: { page, open },
  r2,
}) => {
  const frame = await open('c-catarina');
  await frame.getByRole('button', { name: 'Send message' }).click();
  await frame.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(frame.getByText('Write a subject.')).toBeVisible();
  await frame.getByLabel('Subject').fill('Interested in a talk?');
  await frame.getByLabel('Message', { exact: false }).last().fill('We build what you like.');
  await frame.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(frame.getByText('Sent to Catarina Moreau.')).toBeVisible();
  await activities(frame);
  await expect(frame.getByRole('row').nth(1)).toContainText('Catarina MoreauYouInterested in a talk?');
  await frame.getByRole('button', { name: 'Interested in a talk?' }).click();
  await expect(frame.getByText('We build what you like.')).toBeVisible();
  expect(await page.locator('#output').innerText()).toBe('');

  const theirs = await r2.open('c-catarina');
  await activities(theirs);
  const row = theirs.getByRole('row').nth(1);
  await expect(row).toContainText('Rowan Fell');
  await expect(row).toContainText('Only its writer reads the text.');
  await expect(row.getByRole('button')).toHaveCount(0);
  await expect(theirs.getByText('We build what you like.')).toHaveCount(0);
});

test("WI58 1.17 A4 L-142 notes of the contract are there; a colleague's private one is not", async ({
  r1,
  r2,
  world,
}) => {
  const frame = await r2.open('c-catarina');
  const personId = (
    (await frame.getByRole('link', { name: 'View in Recruiter' }).getAttribute('href')) ?? ''
  ).slice('/people/'.length);
  for (const [body, visibility] of [
    ['Follow up in three months', 'CONTRACT'],
    ['Mine alone', 'PRIVATE'],
  ])
    await r2.page.request.post(`${world.baseUrl}/app/api/activities/${personId}/notes`, {
      headers: { 'x-carrick': '1' },
      data: { body, visibility },
    });
  await r2.open('c-catarina');
  await activities(frame);
  await expect(frame.getByText('Mine alone')).toBeVisible();
  const theirs = await r1.open('c-catarina');
  await activities(theirs);
  await expect(theirs.getByText('Follow up in three months')).toBeVisible();
  await expect(theirs.getByText('Tomoko Hale', { exact: true })).toBeVisible();
  await expect(theirs.getByText('Mine alone')).toHaveCount(0);
});

test('WI59 1.16 A5 L-046 L-136 the wrong member is parted from the record after a question, and the right one is found and linked', async ({
  r1: { page, open },
  world,
}) => {
  const frame = await open('c-morgan');
  await expect(frame.getByText('Warehouse lead at Northbound').first()).toBeVisible();
  await frame.getByRole('button', { name: 'Not the right profile?' }).click();
  expect(await printed(page)).toBe('');
  const said = frame.getByText('No longer linked with Morgan Reed.');
  await pressUntil(frame.getByRole('button', { name: 'Not this person' }), said);
  await expect.poll(() => printed(page)).toMatch(/^Unlinked: urn:li:person:[\w-]+$/);
  const [, wrong] = (await printed(page)).split('Unlinked: ');
  await expect(frame.getByRole('heading', { name: 'Find the right profile' })).toBeVisible();
  await expect(frame.getByLabel('Employer')).toHaveValue('Tidewater');
  await frame.getByRole('button', { name: 'Search' }).click();
  await expect(frame.getByText('1 person found')).toBeVisible();
  await frame.getByRole('button', { name: 'Link with Morgan Reed' }).last().click();
  await expect(frame.getByText('Data engineer at Tidewater').first()).toBeVisible();
  await expect.poll(() => printed(page)).toMatch(/^Unlinked: \S+\nLinked: urn:li:person:[\w-]+$/);
  const [, right] = (await printed(page)).split('Linked: ');
  // As the ATS reads it on the wire, under the same names.
  expect((await world.ats.matches(['c-morgan'])).get('c-morgan')).toEqual({ automatic: [], manual: right });
  expect(right).not.toBe(wrong);
});

test('WI60 1.16 A5 without the question it is done at once and can be taken back; the page may leave it out', async ({
  r1: { page, open },
}) => {
  const frame = await open('c-bare', { 'data-confirm-unlink': 'false' });
  const wrong = frame.getByRole('button', { name: 'Not the right profile?' });
  await pressUntil(wrong, frame.getByText('No longer linked with Bea Bare.'));
  await frame.getByRole('button', { name: 'Undo' }).click();
  await expect(wrong).toBeVisible();
  await expect.poll(() => printed(page)).toMatch(/^Unlinked: (\S+)\nLinked: \1$/);
  await open('c-bare', { 'data-show-unlink-url': 'false' });
  await expect(heading(frame, 'Bea Bare')).toBeVisible();
  await expect(wrong).toHaveCount(0);
});

test('WI61 a press within half a second of coming into view does nothing that cannot be taken back', async ({
  r1: { page, open },
}) => {
  const frame = await open('c-bare', { 'data-confirm-unlink': 'false' });
  const wrong = frame.getByRole('button', { name: 'Not the right profile?' });
  await expect(wrong).toBeVisible();
  const turnClock = (to: number) =>
    insideOf(page).evaluate((html, at) => {
      const view = html.ownerDocument.defaultView;
      if (view) view.performance.now = () => at;
    }, to);
  const show = (display: string) =>
    page.locator('iframe').evaluate((element, value) => element.style.setProperty('display', value), display);
  /** Resolves when the frame's own watch has been told: it was there first. */
  const isInView = () =>
    page
      .frames()
      .at(-1)
      ?.evaluate(`new Promise((resolve) => {
      new IntersectionObserver(([entry]) => entry.isIntersecting && resolve()).observe(document.body);
    })`);
  await show('none');
  await turnClock(100_000);
  await show('block');
  await isInView();
  await turnClock(100_499);
  await wrong.click();
  await frame.getByRole('tab', { name: 'Recruiting activities' }).click();
  await expect(frame.getByRole('heading', { name: 'Team activities' })).toBeVisible();
  expect(await printed(page)).toBe('');
  await turnClock(100_500);
  await wrong.click();
  await frame.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => printed(page)).toMatch(/^Unlinked: (\S+)\nLinked: \1$/);
});

test("WI62 1.16 A6 L-137 another contract of the recruiter's shows what that contract wrote", async ({
  r1: { open },
}) => {
  const frame = await open('c-catarina');
  await activities(frame);
  await expect(frame.getByText('Follow up in three months')).toBeVisible();
  await frame.getByRole('button', { name: 'Change contract' }).click();
  await frame.getByRole('button', { name: 'Agency contract' }).click();
  await expect(frame.getByText('Contract: Agency contract')).toBeVisible();
  await activities(frame);
  await expect(frame.getByText('No notes from your team yet.')).toBeVisible();
  await expect(frame.getByText('Spring hiring')).toHaveCount(0);
  await frame.getByRole('button', { name: 'Change contract' }).click();
  await frame.getByRole('button', { name: 'Sandbox Contract 1' }).click();
  await expect(frame.getByText('Contract: Sandbox Contract 1')).toBeVisible();
});

test('WI63 1.16 A7 the frame is as high as what is in it, growing and shrinking, down to 280 px of width', async ({
  r1: { page, open },
}) => {
  const heights = async () => {
    const { frame, content, overflow } = {
      frame: await page.locator('iframe').evaluate((element) => element.getBoundingClientRect().height),
      content: await insideOf(page).evaluate(
        ({ ownerDocument }) => ownerDocument.body.getBoundingClientRect().height,
      ),
      overflow: await insideOf(page).evaluate((html) => html.scrollWidth - html.clientWidth),
    };
    return { gap: Math.abs(frame - content) <= 1, overflow, frame };
  };
  for (const width of ['800', '280']) {
    const frame = await open('c-catarina', { 'data-width': width });
    await expect(heading(frame, 'Catarina Moreau')).toBeVisible();
    await expect.poll(heights).toMatchObject({ gap: true, overflow: 0 });
    const { frame: whole } = await heights();
    await activities(frame);
    await expect.poll(async () => (await heights()).frame).toBeLessThan(whole);
    await expect.poll(heights).toMatchObject({ gap: true, overflow: 0 });
    const { frame: less } = await heights();
    await frame.getByRole('button', { name: 'Send message' }).click();
    await expect.poll(async () => (await heights()).frame).toBeGreaterThan(less);
    await expect.poll(heights).toMatchObject({ gap: true, overflow: 0 });
  }
});

test('WI64 1.16 A8 a page without the callbacks has a working widget, and a console line that names them', async ({
  r1: { page, open },
}) => {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  const frame = await open('c-bare', { 'data-confirm-unlink': 'false', 'data-onunlink': 'nowhere' });
  const wrong = frame.getByRole('button', { name: 'Not the right profile?' });
  await pressUntil(wrong, frame.getByText('No longer linked with Bea Bare.'));
  await expect.poll(() => lines.join('\n')).toContain('nowhere');
  await frame.getByRole('button', { name: 'Undo' }).click();
  await expect(wrong).toBeVisible();
});

test('WI65 1.16 A9 a page that swaps the tag and asks to parse shows the next candidate in the only frame', async ({
  r1: { page, open },
}) => {
  const frame = await open('c-catarina');
  await expect(heading(frame, 'Catarina Moreau')).toBeVisible();
  await page.evaluate(`{
    const tag = document.querySelector('script[type^="IN/HcmWidget"]');
    const next = tag.cloneNode(true);
    next.type = 'IN/HcmWidget';
    next.setAttribute('data-ats-candidate-id', 'c-bare');
    tag.replaceWith(next);
  }`);
  await page.evaluate('IN.parse()');
  await expect(heading(frame, 'Bea Bare')).toBeVisible();
  await expect(page.locator('iframe')).toHaveCount(1);
});

test('WI66 L-130 a record that the ATS has yet to send is waited for; one with several likely members is asked about; a closed account says so', async ({
  r1: { page, open },
  world,
}) => {
  const frame = await open('c-late');
  await expect(frame.getByText('Sandbox ATS 1 has not sent this person yet.')).toBeVisible();
  expect(await world.ats.upsert('candidate', null, [LATE])).toEqual([{ ok: true }]);
  await frame.getByRole('button', { name: 'Refresh' }).click();
  await expect(heading(frame, 'Bea Bare')).toBeVisible();

  await open('c-chidi');
  await expect(frame.getByRole('heading', { name: 'Is it one of these?' })).toBeVisible();
  await pressUntil(
    frame.getByRole('button', { name: 'Link with Chidi Okafor' }).first(),
    frame.getByText('Linked with Chidi Okafor.'),
  );
  await expect(frame.getByRole('heading', { name: 'Skills' })).toBeVisible();
  await frame.getByRole('button', { name: 'Undo' }).click();
  await expect(frame.getByRole('heading', { name: 'Is it one of these?' })).toBeVisible();
  await expect.poll(() => printed(page)).toMatch(/^Linked: (\S+)\nUnlinked: \1$/);

  await open('c-leaving', { 'data-confirm-unlink': 'false' });
  await expect(heading(frame, 'Leo Leaving')).toBeVisible();
  await changeMember(world, { id: 'leaving', closed: true });
  await frame.getByRole('button', { name: 'Refresh' }).click();
  await expect(frame.getByText('Nobody is linked with Leo Leaving yet.')).toBeVisible();
});

test('WI67 without an answer the last one stays and says that it is old; the first one can be asked for again', async ({
  r1: { page, open },
}) => {
  const frame = await open('c-catarina');
  await expect(heading(frame, 'Catarina Moreau')).toBeVisible();
  await page.context().setOffline(true);
  await frame.getByRole('button', { name: 'Refresh' }).click();
  await expect(frame.getByText('This could not be refreshed.')).toBeVisible();
  await expect(heading(frame, 'Catarina Moreau')).toBeVisible();
  await page.context().setOffline(false);
  await expect(frame.getByText('This could not be refreshed.')).toHaveCount(0);

  const failing = /\/widgets\/api\/profile$/;
  await page.route(failing, (route) =>
    route.fulfill({ status: 500, json: { code: 'INTERNAL', message: 'Something failed.' } }),
  );
  await open('c-catarina');
  await expect(frame.getByRole('alert')).toContainText('Something failed.');
  await page.unroute(failing);
  await frame.getByRole('button', { name: 'Try again' }).click();
  await expect(heading(frame, 'Catarina Moreau')).toBeVisible();
});

test('WI68 axe finds nothing in the frame, in light and dark, wide and at 280 px, whatever is open', async ({
  r1: { page, open },
}) => {
  // High enough for all of it: of a frame only what is in view is painted.
  await page.setViewportSize({ width: 900, height: 2400 });
  for (const [theme, width, opened] of [
    ['light', '800', ['Save to project', 'Not the right profile?']],
    ['dark', '280', ['Send message', 'Change contract']],
  ] as const) {
    const frame = await open('c-catarina', { 'data-theme': theme, 'data-width': width });
    await expect(heading(frame, 'Catarina Moreau')).toBeVisible();
    await takePicture(page, `profile-widget-${theme}`);
    for (const name of opened) {
      await frame.getByRole('button', { name }).click();
      await takePicture(page, `profile-widget-${theme}-${opened.indexOf(name)}`);
      expect(await findViolations(page), name).toEqual([]);
    }
    await activities(frame);
    await frame.getByRole('button', { name: 'Interested in a talk?' }).click();
    await takePicture(page, `profile-widget-activities-${theme}`);
    expect(await findViolations(page)).toEqual([]);
    await open('c-chidi', { 'data-theme': theme, 'data-width': width });
    await frame.getByRole('button', { name: 'Search' }).click();
    await expect(frame.getByText('2 people found')).toBeVisible();
    await takePicture(page, `profile-widget-find-${theme}`);
    expect(await findViolations(page)).toEqual([]);
  }
});

test('WI69 the tabs and everything that opens work by keys alone', async ({ r1: { page, open } }) => {
  const frame = await open('c-catarina');
  await frame.getByRole('tab', { name: 'Profile' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(frame.getByRole('tab', { name: 'Recruiting activities', selected: true })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(frame.getByRole('tab', { name: 'Profile', selected: true })).toBeFocused();
  await frame.getByRole('button', { name: 'Save to project' }).focus();
  await page.keyboard.press('Enter');
  await expect(frame.getByLabel('Find a project')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(frame.getByLabel('Find a project')).toHaveCount(0);
  await expect(frame.getByRole('button', { name: 'Save to project' })).toBeFocused();
});
