import { ATS, expect, rowOf, test } from './world.ts';

test.beforeEach(async ({ world, signIn, page }) => {
  await signIn(world.r1);
  await page.goto('/search?inAts=only&q=Mae+OR+Kelsey+OR+الفارسي');
});

test('UI30 L-087 1.3 A1 A5 resting on the indicator opens the card, moving onto it keeps it, leaving closes it', async ({
  page,
}) => {
  const chip = rowOf(page, 'Mae Norris').getByTestId('in-ats');
  const card = page.getByRole('dialog', { name: `${ATS} profile` });
  await chip.hover();
  await expect(card).toBeVisible();
  await card.getByText('mae.norris@mail.example').hover();
  await expect(card).toBeVisible();
  const { y, height } = (await chip.boundingBox()) ?? { y: 0, height: 0 };
  expect((await card.boundingBox())?.y).toBeGreaterThanOrEqual(y + height);
  await page.mouse.move(5, 5);
  await expect(card).toBeHidden();
});

test('UI31 L-087 1.3 A2 Escape closes the card under the pointer, and it stays closed until the pointer comes back', async ({
  page,
}) => {
  const chip = rowOf(page, 'Mae Norris').getByTestId('in-ats');
  const card = page.getByTestId('ats-card');
  await chip.hover();
  await card.getByText('Latest contact').hover();
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  // Twice the time in which it would open again, by the page's own clock.
  const closedAt = await page.evaluate(() => performance.now());
  await page.waitForFunction((since) => performance.now() - since > 600, closedAt);
  await expect(card).toHaveCount(0);
  await page.mouse.move(5, 5);
  await chip.hover();
  await expect(card).toBeVisible();
});

test('UI32 L-087 1.3 A3 by keyboard: Tab opens nothing, Enter opens and leads to View all, Escape leads back', async ({
  page,
}) => {
  const row = rowOf(page, 'Mae Norris');
  const chip = row.getByTestId('in-ats');
  await row.getByRole('link', { name: 'Mae Norris' }).focus();
  await page.keyboard.press('Tab');
  await expect(chip).toBeFocused();
  await expect(chip).toHaveAttribute('aria-haspopup', 'dialog');
  await expect(chip).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'View all' })).toBeFocused();
  await expect(chip).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(chip).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: `${ATS} (4)` })).toHaveAttribute('aria-selected', 'true');
});

test('UI34 L-088 the card tells the e-mail, how many jobs, and the newest active one with its stage', async ({
  page,
}) => {
  await rowOf(page, 'Mae Norris').getByTestId('in-ats').hover();
  const card = page.getByRole('dialog', { name: `${ATS} profile` });
  await expect(card).toContainText('mae.norris@mail.example');
  await expect(card).toContainText('1 active, 3 past jobs');
  await expect(card).toContainText('Senior Account Manager – JX1200');
  await expect(card).toContainText('Phone screen · January 8, 2026');
  await expect(card.locator('time').first()).toHaveAttribute('datetime', '2026-01-08T12:00:00.000Z');
  await expect(card).toContainText('Latest contactRebekkah Morris · January 8, 2026');
  await expect(card.getByText(/^Synced /)).toBeVisible();
  const outward = card.getByRole('link', { name: `Open in ${ATS}` });
  await expect(outward).toHaveAttribute('href', 'https://ats.example/candidates/m1');
  await expect(outward).toHaveAttribute('rel', /noopener/);
});

test('UI34 L-088 1.3 A7 A8 a candidate without an application is said to have none', async ({ page }) => {
  await rowOf(page, 'محمد الفارسي').getByTestId('in-ats').hover();
  await expect(page.getByTestId('ats-card')).toContainText('No applications yet. Added March 3, 2023');
  await expect(page.getByText('Latest contact')).toHaveCount(0);
});

test('UI35 1.3 A11 indicators ask for nothing; a card asks once, and again only after a minute or a change', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/card')) asked.push(request.url());
  });
  await page.reload();
  await expect(page.getByTestId('in-ats')).toHaveCount(3);
  expect(asked).toHaveLength(0);
  for (const visit of [1, 2]) {
    await rowOf(page, 'Mae Norris').getByTestId('in-ats').hover();
    await expect(page.getByTestId('ats-card'), `visit ${visit}`).toContainText('1 active');
    await page.mouse.move(5, 5);
    await expect(page.getByTestId('ats-card')).toBeHidden();
  }
  expect(asked).toHaveLength(1);
});

test('UI36 1.3 A9 a card that fails says so, the indicator stays, and trying again helps', async ({
  page,
}) => {
  await page.route(/\/card$/, (route) =>
    route.fulfill({ status: 500, json: { code: 'INTERNAL', message: 'x' } }),
  );
  const chip = rowOf(page, 'Mae Norris').getByTestId('in-ats');
  await chip.click();
  const card = page.getByTestId('ats-card');
  await expect(card.getByRole('alert')).toContainText(`Couldn't load ${ATS} details`);
  await expect(chip).toBeVisible();
  await page.unroute(/\/card$/);
  await card.getByRole('button', { name: 'Try again' }).click();
  await expect(card).toContainText('1 active');
});

test.describe('by touch', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('UI33 L-087 1.3 A4 a tap opens the card, a tap beside it closes it', async ({ page }) => {
    const card = page.getByTestId('ats-card');
    await rowOf(page, 'Mae Norris').getByTestId('in-ats').tap();
    await expect(card).toContainText('1 active');
    const box = (await card.boundingBox()) ?? { x: 0, width: 999 };
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    await page.getByTestId('result-total').tap();
    await expect(card).toBeHidden();
  });
});

test.describe('the pane', () => {
  test('UI37 L-090 1.4 A1 A3 A4 "View all" opens the ATS tab beside the list, which stays where it was; Escape leads back to the row', async ({
    page,
  }) => {
    await page.goto('/search?q=analyst');
    const chip = page.getByTestId('in-ats').last();
    await chip.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('ats-card')).toContainText('1 active job');
    const scrollTop = () => page.locator('html').evaluate((html) => html.scrollTop);
    const scrolled = await scrollTop();
    expect(scrolled).toBeGreaterThan(500);
    await page.keyboard.press('Enter');
    const pane = page.getByRole('region', { name: /Adler|Brandt|Castro/ });
    await expect(pane).toBeFocused();
    await expect(pane.getByRole('tab', { name: `${ATS} (1)` })).toHaveAttribute('aria-selected', 'true');
    await expect(pane.getByTestId('ats-job')).toContainText('Account Manager – JX2320');
    await expect(page).toHaveURL(/[?&]person=[^&]+&tab=ats$/);
    await expect(page.getByTestId('ats-card')).toHaveCount(0);
    expect(await scrollTop()).toBe(scrolled);
    expect((await pane.boundingBox())?.width).toBe(720);
    await page.keyboard.press('Shift+Tab');
    await expect(page.getByRole('navigation', { name: 'Pages' }).getByRole('link').last()).toBeFocused();
    await pane.getByRole('button', { name: 'More actions' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(pane).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(pane).toHaveCount(0);
    await expect(chip).toBeFocused();
    expect(await scrollTop()).toBe(scrolled);
    await expect(page).toHaveURL(/\?q=analyst$/);
    await page.goForward();
    await expect(pane).toBeFocused();
    await page.goBack();
    await expect(pane).toHaveCount(0);
    await expect(chip).toBeFocused();
  });

  test('UI38 UI39 UI54 L-090 L-117 1.4 A2 A3 A4 an address opens list and pane; Next and Previous cross the pages; the page prints; narrow, the pane is a dialog; who is gone is said to be', async ({
    page,
  }) => {
    await page.goto('/search?q=analyst');
    const last = page.locator('[data-row-link]').last();
    const lastId = (await last.getAttribute('data-row-link')) ?? '';
    await page.goto(`/search?q=analyst&person=${lastId}&tab=projects`);
    const pane = page.getByTestId('person-pane');
    await expect(pane.getByRole('tab', { name: 'Projects (0)' })).toHaveAttribute('aria-selected', 'true');
    await expect(last).toHaveAttribute('aria-current', 'true');
    await expect(pane).toContainText('25 of 40');
    await pane.getByRole('button', { name: 'Next person' }).click();
    await expect(pane).toContainText('26 of 40');
    const first = await page.locator('[data-row-link]').first().innerText();
    await expect(page.getByRole('status').filter({ hasText: `${first}, 26 of 40` })).toHaveCount(1);
    await expect(pane.getByRole('heading', { level: 2 }).first()).toContainText(first);
    await expect(page).toHaveURL(/page=2/);
    await expect(page).toHaveURL(/tab=projects/);
    await pane.getByRole('button', { name: 'Previous person' }).click();
    await expect(pane).toContainText('25 of 40');
    await expect(last).toHaveAttribute('aria-current', 'true');

    await page.context().addInitScript('window.print = () => document.body.classList.add("printed")');
    const printing = page.context().waitForEvent('page');
    await pane.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Print or save as PDF' }).click();
    const printed = await printing;
    await expect(printed.locator('body.printed').getByRole('heading', { level: 1 })).toContainText(/\w+ \w+/);
    await expect(printed).toHaveURL(/\/people\/[^?]+$/);
    await printed.close();

    await page.setViewportSize({ width: 390, height: 844 });
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('25 of 40');
    const frame = async () => Object.values((await dialog.boundingBox()) ?? {}).map(Math.round);
    await expect.poll(frame).toEqual([0, 0, 390, 844]); // it slides in
    await dialog.getByRole('link', { name: 'Open full page' }).focus();
    for (const _ of Array(20)) await page.keyboard.press('Tab');
    await expect(dialog.locator(':focus')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(page.getByTestId('in-ats').last()).toBeFocused();

    await page.goto('/search?q=analyst&person=AAAAAAAAAAAAAAAAAAAAAA');
    await expect(dialog.getByRole('heading')).toHaveText('This profile is no longer available');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByTestId('results')).toBeVisible();
  });
});
