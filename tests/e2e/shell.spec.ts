import type { Page } from '@playwright/test';
import { findViolations, takePictures } from './axe.ts';
import { runCommand } from './carrick-process.ts';
import { expect, test, type World } from './world.ts';

const PASSWORD = 'long enough for a seat';

/** The newest link for a password in somebody's built-in mailbox. */
async function passwordLink(page: Page, email: string): Promise<string> {
  let link = '';
  await expect(async () => {
    const mailbox = await page.request.get(`/mailbox/${encodeURIComponent(email)}`);
    link = /\/password#[A-Za-z0-9_-]{43}/.exec(await mailbox.text())?.[0] ?? '';
    expect(link).not.toBe('');
  }).toPass();
  return link;
}

/** Somebody with seats on two contracts. */
async function addBoth(world: World): Promise<void> {
  const admin = ['--json', '--data', world.dataDir, '--organization', world.tenant.organization];
  const { contract } = JSON.parse(
    await runCommand(['admin', 'create-contract', ...admin, '--name', 'Night Contract']),
  );
  for (const one of [world.tenant.contract, contract]) {
    const who = ['--email', 'nora@tenant1.example', '--first-name', 'Nora', '--last-name', 'Night'];
    await runCommand(
      ['admin', 'create-seat', ...admin, '--contract', one, ...who, '--password-env', 'E2E_PASSWORD'],
      { E2E_PASSWORD: PASSWORD },
    );
  }
}

test('SH12 L-091 L-092 from every screen the top bar leads to projects, jobs and reports, and a new search starts there', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(world.r1);
  for (const path of [
    '/home',
    '/search',
    '/projects',
    '/jobs',
    '/matches',
    '/messages',
    '/reports',
    '/help',
  ]) {
    await page.goto(path);
    const main = page.getByRole('navigation', { name: 'Main' });
    await expect(main.getByRole('link', { name: 'Projects' })).toHaveAttribute('href', '/projects');
    await expect(main.getByRole('link', { name: 'Jobs' })).toHaveAttribute('href', '/jobs');
    await expect(main.getByRole('link', { name: 'Reports' })).toHaveAttribute('href', '/reports');
    await page.getByRole('banner').getByRole('search').getByRole('textbox').fill('Mae');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/search\?q=Mae/);
  }
});

test('SH5 1.1 A2 another contract is one choice away, by keyboard, and nothing has to be signed in again', async ({
  page,
  world,
}) => {
  await addBoth(world);
  await page.goto('/signin');
  await page.getByLabel('E-mail').fill('nora@tenant1.example');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /Night Contract/ }).click();
  await page.getByRole('button', { name: 'Account of Nora Night' }).click();
  await page.getByRole('menuitem', { name: 'Change contract' }).press('Enter');
  await expect(page.getByRole('button', { name: /Night Contract/ })).toHaveAttribute('aria-current', 'true');
  expect(await findViolations(page)).toEqual([]);
  await takePictures(page, (theme) => `contracts-${theme}-desktop`);
  await page.getByRole('button', { name: /Sandbox Contract 1/ }).press('Enter');
  await expect(page).toHaveURL(/\/home$/);
  await page.getByRole('button', { name: 'Account of Nora Night' }).click();
  await expect(page.getByRole('menu')).toContainText('Sandbox Contract 1');
});

test('SH1 SH2 SH11 a forgotten password: asked for, mailed, chosen, and the link is spent', async ({
  page,
  world,
}) => {
  const { email } = world.r2;
  await page.goto('/signin');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText('If this e-mail holds a seat')).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  const link = await passwordLink(page, email);
  await page.goto(link);
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await expect(page.getByRole('alert')).toContainText('at least ten characters');
  await page.getByLabel('New password', { exact: true }).fill(world.r2.password);
  await page.getByRole('button', { name: 'Save the password' }).click();
  await expect(page.getByText('Saved. Sign in with the new password.')).toBeVisible();
  expect(page.url()).not.toContain('#');
  expect(await findViolations(page)).toEqual([]);
  await page.goto('/signin');
  await page.goto(link);
  await page.getByLabel('New password', { exact: true }).fill('another long password');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await expect(page.getByRole('alert')).toContainText('used already');
});

test('SH7 SH8 SH13 1.21 L-180 help is one click away on every page; the first step leads to the company’s own past applicants', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(world.r1);
  for (const path of ['/home', '/search', '/projects', '/messages']) {
    await page.goto(path);
    await page.getByRole('link', { name: 'Help', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  }
  for (const section of [
    'Activate your ATS',
    'Export people to your ATS',
    'What is done with data',
    'Common questions',
  ])
    await expect(page.getByRole('heading', { level: 2, name: section })).toBeVisible();
  await page.goto('/');
  await expect(page).toHaveURL(/\/home$/);
  const waiting = page.getByTestId('worth-doing');
  await expect(waiting.getByRole('link', { name: /^Past applicants for/ }).first()).toHaveAttribute(
    'href',
    /spotlights=pastApplicants/,
  );
  const steps = page.getByTestId('first-steps');
  await expect(steps.getByRole('listitem')).toHaveCount(5);
  await expect(steps.getByRole('listitem').first()).toContainText(/\d+ (person|people)/);
  await steps.getByRole('link', { name: 'Meet your past applicants' }).click();
  await expect(page).toHaveURL(/spotlights=pastApplicants/);
  await expect(page.getByTestId('results')).toBeVisible();
});

test('SH9 SH10 2.3 the language is chosen in the menu and stays; in the pseudo-locale nothing is unmarked', async ({
  page,
  world,
  signIn,
}) => {
  const [admin] = world.tenant.seats;
  if (!admin) throw new Error('a sandbox without an administrator');
  await signIn(admin);
  await page.goto('/search');
  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await expect(page.getByRole('navigation', { name: 'Hauptmenü' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.goto('/help');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hilfe');
  await takePictures(page, (theme) => `help-german-${theme}-desktop`);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of [
    ...['/home', '/reports', '/matches', '/projects', '/messages', '/jobs'],
    ...['/admin/ats', '/admin/people', '/admin/sync', '/admin/exports'],
  ]) {
    await page.goto(path);
    await expect(page.locator('#main [aria-busy=true]')).toHaveCount(0);
    await expect(page.locator('#main')).not.toBeEmpty();
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    expect.soft({ path, overflow }).toEqual({ path, overflow: 0 });
    await takePictures(page, (theme) => `german${path.replaceAll('/', '-')}-${theme}-phone`);
  }
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.evaluate(() => localStorage.setItem('carrick.language', 'en-XA'));
  for (const path of ['/search?q=Mae', '/help', '/contracts']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    expect.soft({ path, unmarked: await unmarkedTexts(page) }).toEqual({ path, unmarked: [] });
  }
  await page.context().clearCookies();
  for (const path of ['/signin', '/forgotten', '/password']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect.soft({ path, unmarked: await unmarkedTexts(page) }).toEqual({ path, unmarked: [] });
  }
});

/** What comes from data, names of languages and keys: not words of the app. */
const DATA =
  'bdi, [dir=auto], [data-row], [data-testid=facet], [data-testid=in-ats], kbd, time, strong, [lang]:not(html), label:has(input[type=checkbox])';

/** Texts and names of controls without marks; signs without letters and the product's name need none. */
async function unmarkedTexts(page: Page): Promise<string[]> {
  const texts = await page
    .locator('#root *')
    .evaluateAll(
      (elements, data) =>
        elements
          .filter((element) => !element.closest(data))
          .flatMap((element) => [
            ...[...element.childNodes]
              .filter((node) => node.nodeType === 3)
              .map((node) => node.textContent ?? ''),
            element.getAttribute('aria-label') ?? '',
            element.getAttribute('placeholder') ?? '',
          ]),
      DATA,
    );
  return texts.filter((text) => /\p{L}{3}/u.test(text) && !/[⟦⟧]/.test(text) && text.trim() !== 'Carrick');
}

const SCREENS: Record<string, (page: Page) => Promise<void>> = {
  help: async (page) => {
    await page.goto('/help');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  },
  home: async (page) => {
    await page.goto('/home');
    await expect(page.getByTestId('first-steps')).toBeVisible();
  },
  notices: async (page) => {
    await page.goto('/home');
    await page.getByRole('button', { name: /^Notices/ }).click();
    await expect(page.getByTestId('notices').locator('[aria-busy=true]')).toHaveCount(0);
  },
  reports: async (page) => {
    await page.goto('/reports');
    await expect(page.getByTestId('reports').getByRole('figure')).toHaveCount(5);
    await expect(page.getByTestId('recruiters')).toHaveCount(0);
  },
  forgotten: async (page) => {
    await page.goto('/forgotten');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  },
  password: async (page) => {
    await page.goto('/password#x');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  },
};

test('SH11 2.2 axe finds nothing in either theme; nothing scrolls sideways at 320 px or 200 % zoom; focus shows in forced colours', async ({
  page,
  world,
  signIn,
}) => {
  test.setTimeout(120_000);
  await signIn(world.r1);
  for (const [name, open] of Object.entries(SCREENS)) {
    await page.setViewportSize({ width: 1280, height: 844 });
    await open(page);
    for (const [form, width] of [
      ['desktop', 1280],
      ['phone', 390],
    ] as const) {
      await page.setViewportSize({ width, height: 844 });
      expect.soft({ name, form, found: await findViolations(page) }).toEqual({ name, form, found: [] });
      await takePictures(page, (theme) => `${name}-${theme}-${form}`, { fullPage: true });
    }
    // 200 % of a window of 1280 is one of 640; 320 is the narrowest that has to work.
    for (const width of [640, 320]) {
      await page.setViewportSize({ width, height: 600 });
      const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
      expect.soft({ name, width, overflow }).toEqual({ name, width, overflow: 0 });
    }
    await page.emulateMedia({ forcedColors: 'active' });
    await page.keyboard.press('Tab');
    await expect.soft(page.locator(':focus'), name).not.toHaveCSS('outline-style', 'none');
    await page.emulateMedia({ forcedColors: 'none' });
  }
});

test('SH11 SH14 2.2 1.1 A6 Escape closes the menu or the notices alone and gives the focus back; the first stop is “Skip to content”', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(world.r1);
  await page.goto('/help');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  const account = page.getByRole('button', { name: /Account of/ });
  await account.press('Enter');
  await expect(page.getByRole('menuitemradio', { name: 'English' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(account).toBeFocused();
  const bell = page.getByRole('button', { name: /^Notices/ });
  await bell.press('Enter');
  await expect(page.getByTestId('notices')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('notices')).toHaveCount(0);
  await expect(bell).toBeFocused();
});
