import { runCommand } from './carrick-process.ts';
import { expect, test } from './world.ts';

test('UI1 L-007 a recruiter of the sandbox signs in at once, and is where they wanted to be', async ({
  page,
  world,
}) => {
  await page.goto('/search?q=Mae&inAts=only');
  await expect(page).toHaveURL(/\/signin\?/);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('E-mail').fill(world.r1.email);
  await page.getByLabel('Password', { exact: true }).fill(world.r1.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${world.baseUrl}/search?q=Mae&inAts=only`);
  await expect(page.getByTestId('in-ats')).toHaveText('In Sandbox ATS 1');
});

test('UI1 nobody is sent to another site after signing in', async ({ page, world }) => {
  await page.goto('/signin?to=//elsewhere.example/');
  await page.getByLabel('E-mail').fill(world.r1.email);
  await page.getByLabel('Password', { exact: true }).fill(world.r1.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${world.baseUrl}/home`);
});

test('UI2 a wrong password is explained, and the explanation goes with the next attempt', async ({
  page,
  world,
}) => {
  await page.goto('/signin');
  const password = page.getByLabel('Password', { exact: true });
  await page.getByLabel('E-mail').fill(world.r1.email);
  await password.fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('do not belong together');
  await expect(password).toBeFocused();
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(password).toHaveAttribute('type', 'text');
  await password.fill(world.r1.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByTestId('worth-doing')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('UI3 who has seats on several contracts chooses one, and the choice is shown', async ({
  page,
  world,
}) => {
  const { organization } = world.tenant;
  const admin = ['--json', '--data', world.dataDir, '--organization', organization];
  const { contract } = JSON.parse(
    await runCommand(['admin', 'create-contract', ...admin, '--name', 'Second Contract']),
  );
  for (const one of [world.tenant.contract, contract]) {
    const who = ['--email', 'both@tenant1.example', '--first-name', 'Bo', '--last-name', 'Both'];
    await runCommand(
      ['admin', 'create-seat', ...admin, '--contract', one, ...who, '--password-env', 'E2E_PASSWORD'],
      { E2E_PASSWORD: 'long enough for a seat' },
    );
  }
  await page.goto('/');
  await page.getByLabel('E-mail').fill('both@tenant1.example');
  await page.getByLabel('Password', { exact: true }).fill('long enough for a seat');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Choose a contract' })).toBeFocused();
  await page.getByRole('button', { name: /Second Contract/ }).click();
  await page.getByRole('button', { name: 'Account of Bo Both' }).click();
  await expect(page.getByText('Second Contract')).toBeVisible();
});

test('UI4 a session that ends is taken up again over the page, and what was asked goes on', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(world.r1);
  await page.goto('/search');
  await expect(page.getByTestId('results')).toBeVisible();
  await page.getByLabel('Search people').fill('Kelsey');
  await page.context().clearCookies();
  await page.getByLabel('Search people').press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel('E-mail')).toHaveValue(world.r1.email);
  await dialog.getByLabel('Password', { exact: true }).fill(world.r1.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('result-total')).toHaveText('1 person');
  await expect(page.getByLabel('Search people')).toHaveValue('Kelsey');
});

test('UI5 the menu names who works where, keeps the theme, and signs out', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(world.r1);
  await page.goto('/search');
  await page.getByRole('button', { name: `Account of ${world.r1.name}` }).click();
  const menu = page.getByRole('menu');
  await expect(menu).toContainText(world.r1.email);
  await expect(menu).toContainText('Sandbox Contract 1 · Sandbox Company 1');
  await menu.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/signin$/);
  await page.goto('/search');
  await expect(page).toHaveURL(/\/signin/);
});
