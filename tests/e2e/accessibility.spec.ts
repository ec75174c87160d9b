import type { Page } from '@playwright/test';
import { findViolations } from './axe.ts';
import { ATS, expect, rowOf, test } from './world.ts';

const BROKEN = { status: 500, json: { code: 'INTERNAL', message: 'x', requestId: 'e-1' } };

/** Every screen, and those of its states that look different. */
const SCREENS: Record<string, (page: Page) => Promise<void>> = {
  search: async (page) => {
    await page.goto('/search?spotlights=pastApplicants');
    await expect(page.getByTestId('results')).toBeVisible();
  },
  'search, loading': async (page) => {
    await page.route(/\/api\/search/, () => new Promise(() => undefined));
    await page.goto('/search');
    await expect(page.getByTestId('skeleton')).toBeVisible();
  },
  'search, empty': async (page) => {
    await page.goto('/search?q=Mae&location=Oslo,+Norway');
    await expect(page.getByRole('heading', { name: 'No people match' })).toBeVisible();
  },
  'search, failed': async (page) => {
    await page.route(/\/api\/search/, (route) => route.fulfill(BROKEN));
    await page.goto('/search');
    await expect(page.getByRole('alert')).toBeVisible();
  },
  card: async (page) => {
    await page.goto('/search?q=Mae');
    await rowOf(page, 'Mae Norris').getByTestId('in-ats').click();
    await expect(page.getByTestId('ats-card')).toContainText('1 active');
  },
  menu: async (page) => {
    await page.goto('/search?q=Mae');
    await page.getByRole('button', { name: /Account of/ }).click();
    await expect(page.getByRole('menu')).toBeVisible();
  },
  'keyboard shortcuts': async (page) => {
    await page.goto('/search?q=Mae');
    await expect(page.getByTestId('results')).toBeVisible();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  profile: async (page) => {
    await page.goto('/search?q=Mae');
    await page.getByRole('link', { name: 'Mae Norris' }).click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
  },
  'ATS tab in the pane': async (page) => {
    await page.goto('/search?q=Mae');
    await rowOf(page, 'Mae Norris').getByTestId('in-ats').click();
    await page.getByRole('link', { name: 'View all' }).click();
    await expect(page.getByRole('tab', { name: new RegExp(ATS) })).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('button', { name: /JX2320/ }).click();
    await page.getByRole('button', { name: 'See more' }).click();
    await expect(page.getByText('+1 312 555 0123')).toBeVisible();
  },
  'nobody there': async (page) => {
    await page.goto('/people/AAAAAAAAAAAAAAAAAAAAAA');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  },
};

for (const width of [1280, 390]) {
  test.describe(`${width} px`, () => {
    // Without motion nothing is measured half-way through a fade.
    test.use({ viewport: { width, height: 844 }, contextOptions: { reducedMotion: 'reduce' } });

    test(`UI70 axe finds nothing on sign-in, ${width} px`, async ({ page, world }) => {
      await page.goto('/signin');
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      expect(await findViolations(page)).toEqual([]);
      await page.getByLabel('E-mail').fill(world.r1.email);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('alert')).toContainText('Enter your e-mail');
      expect(await findViolations(page)).toEqual([]);
    });

    test(`UI70 axe finds nothing on search, card, menu and profile, ${width} px`, async ({
      page,
      world,
      signIn,
    }) => {
      test.setTimeout(180_000);
      await signIn(world.r1);
      for (const [name, open] of Object.entries(SCREENS)) {
        await page.unrouteAll();
        await open(page);
        expect.soft({ name, found: await findViolations(page) }).toEqual({ name, found: [] });
      }
    });
  });
}

test('UI71 the first Tab stop skips to the content, which has its landmarks around it', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(world.r1);
  await page.goto('/search?q=Mae');
  await expect(page.getByTestId('results')).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page.getByRole('banner').getByRole('search')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Filters' })).toBeVisible();
});

test('UI72 a new page begins at its top for the keyboard, and Back returns to the row', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(world.r1);
  await page.goto('/search?q=analyst');
  const row = page.locator('[data-row-link]').nth(20);
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/people\//);
  await expect(page.getByRole('main')).toBeFocused();
  await page.goBack();
  await expect(row).toBeFocused();
  await expect(row).toBeInViewport();
});

test('UI73 at 320 px nothing scrolls sideways', async ({ page, world, signIn }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(world.r1);
  for (const open of [SCREENS.search, SCREENS.card, SCREENS.profile, SCREENS['ATS tab in the pane']]) {
    await open?.(page);
    for (const scrolled of await page.locator('html, [data-testid=person-pane]').all())
      expect(await scrolled.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  }
});

test('UI74 the content security policy is never broken', async ({ page, world, signIn }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/content security policy|trusted type/i.test(message.text())) complaints.push(message.text());
  });
  await signIn(world.r1);
  const response = await page.goto('/search');
  const policy = (await response?.headerValue('content-security-policy')) ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  for (const open of [
    SCREENS.card,
    SCREENS.menu,
    SCREENS['keyboard shortcuts'],
    SCREENS['ATS tab in the pane'],
  ])
    await open?.(page);
  expect(complaints).toEqual([]);
});
