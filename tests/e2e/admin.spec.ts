import type { Page } from '@playwright/test';
import { ATS, admin, adminOf, approve, expect, PASSWORD, requestAnew, test } from './admin-world.ts';

test.describe.configure({ mode: 'serial' });

const row = (page: Page, type: string) => page.getByTestId(`integration-${type}`);
const switchIn = (page: Page, type: string) => row(page, type).getByRole('switch');

test('AD1 1.1 A3 1.12 A8 L-143 a recruiter finds no admin settings, and by address is told whom to ask', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(world.r2);
  await page.goto('/search');
  await page.getByRole('button', { name: /Account of/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Admin settings' })).toHaveCount(0);
  for (const section of ['ats', 'people', 'audit']) {
    await page.goto(`/admin/${section}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Only an administrator of this contract can change ATS settings',
    );
    await expect(page.getByText(`Ask ${adminOf(world.tenant).name}.`)).toBeVisible();
  }
  expect((await page.request.get('/app/api/admin/integrations')).status()).toBe(403);
});

test('AD2 1.12 L-144 the menu of the own picture leads to Admin settings, and ATS Integration stands in the panel on the left', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(adminOf(world.tenant));
  await page.goto('/search');
  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Admin settings' }).click();
  const panel = page.getByRole('navigation', { name: 'Admin settings' });
  await expect(panel.getByRole('link').first()).toHaveText('ATS Integration');
  await expect(panel.getByRole('link', { name: 'ATS Integration' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('heading', { level: 2, name: ATS })).toBeVisible();
});

test('AD15 1.12 A6 L-145 without an integration the page says how to get one, and lists the providers with their guides', async ({
  page,
  world,
  signIn,
}) => {
  const partner = world.tenant.parent.clientId;
  await admin(
    world,
    'describe-provider',
    ...[
      '--client-id',
      partner,
      '--contact-email',
      'help@vendor.example',
      '--guide-url',
      'https://vendor.example/guide',
    ],
  );
  const { organization } = (await admin(world, 'create-organisation', '--name', 'Newcomer')) as {
    organization: string;
  };
  await admin(world, 'create-contract', '--organization', organization, '--name', 'First');
  const who = ['--email', 'new@newcomer.example', '--first-name', 'Nia', '--last-name', 'New', '--admin'];
  await admin(world, 'create-seat', '--organization', organization, ...who, '--password-env', 'E2E_PASSWORD');
  await signIn({ person: '', name: 'Nia New', email: 'new@newcomer.example', password: PASSWORD });
  await page.goto('/admin/ats');
  await expect(
    page.getByRole('heading', { name: 'Ask your ATS vendor to show you its setup page' }),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: /Activation guide of/ }).first()).toHaveAttribute(
    'href',
    'https://vendor.example/guide',
  );
  await page.getByRole('searchbox', { name: 'Find your provider' }).fill('nobody makes this');
  await expect(page.getByText('No provider matches “nobody makes this”.')).toBeVisible();
});

test('AD3 AD4 1.12 A1 L-026 L-146 what is requested waits for the vendor and cannot be switched', async ({
  page,
  world,
  signIn,
}) => {
  await requestAnew(world, world.quiet);
  await signIn(adminOf(world.quiet));
  await page.goto('/admin/ats');
  const company = page.getByTestId('company-level');
  const contract = page.getByTestId('contract-level');
  await expect(company.getByRole('heading', { name: 'Company-level access' })).toBeVisible();
  await expect(company.getByRole('switch')).toHaveCount(3);
  await expect(contract.getByRole('switch')).toHaveCount(1);
  const exporting = row(page, 'ONE_CLICK_EXPORT');
  await expect(exporting.getByTestId('standing')).toHaveText('Requested');
  await expect(exporting).toContainText(/Waiting for .* to finish its setup/);
  await expect(exporting.getByRole('switch')).toHaveAttribute('aria-disabled', 'true');
  await expect(exporting.locator('[aria-current="step"]')).toContainText('Partner ready');
  await exporting.getByRole('switch').click({ force: true });
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // It was asked for a moment ago.
  await expect(page.getByRole('button', { name: 'Notify partner' })).toHaveCount(0);
});

test('AD3 AD8 1.12 A2 L-017 L-146 L-147 L-148 switching on asks first, tells what is shared both ways, and the vendor is told once for each', async ({
  page,
  world,
  signIn,
  callbacks,
}) => {
  await approve(world, world.quiet, callbacks.url);
  await signIn(adminOf(world.quiet));
  await page.goto('/admin/ats');
  await expect(page.getByRole('heading', { level: 2, name: 'Hireworks' })).toBeVisible();
  await page.getByRole('button', { name: 'Switch on all that is ready: Company-level access' }).click();
  const dialog = page.getByRole('dialog');
  for (const group of ['Jobs', 'Applications', 'Candidate identity', 'Stub profiles of exported people'])
    await expect(dialog.getByText(group, { exact: true })).toBeVisible();
  await expect(dialog).toContainText('optional: Interview feedback, notes, resumes');
  await expect(dialog).toContainText('Your company is the controller of the personal data in its ATS');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(row(page, 'IN_ATS_INDICATOR').getByTestId('standing')).toHaveText('Partner ready');
  expect(callbacks.received).toHaveLength(0);

  await page.getByRole('button', { name: 'Switch on all that is ready: Company-level access' }).click();
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await expect(dialog).toBeHidden();
  for (const type of ['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN']) {
    await expect(row(page, type).getByTestId('standing')).toHaveText('Enabled');
    await expect(row(page, type).getByTestId('notice')).toContainText(/Notice delivered\d+:\d\d:\d\d/);
    await expect(row(page, type)).toContainText(`Switched by ${adminOf(world.quiet).name}`);
  }
  // Contract-level access is apart.
  await expect(row(page, 'CSA_API').getByTestId('standing')).toHaveText('Partner ready');
  expect(callbacks.received).toHaveLength(3);
});

test('AD13 1.12 A3 a notice that fails says so, with its attempts, and is sent again', async ({
  page,
  world,
  signIn,
  callbacks,
}) => {
  callbacks.status = 500;
  await signIn(adminOf(world.quiet));
  await page.goto('/admin/ats');
  await switchIn(page, 'CSA_API').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch on' }).click();
  const contract = row(page, 'CSA_API');
  await expect(contract.getByTestId('standing')).toHaveText('Enabled');
  await expect(contract.getByTestId('notice')).toContainText('Notice not delivered');
  await contract.getByText('Attempts').click();
  await expect(contract.getByTestId('attempts')).toContainText('127.0.0.1');
  callbacks.status = 204;
  await contract.getByRole('button', { name: 'Send again' }).click();
  await expect(contract.getByTestId('notice')).toContainText('Notice delivered');
  await page.getByRole('link', { name: 'Deliveries' }).click();
  await expect(page.getByTestId('deliveries').getByRole('listitem').first()).toContainText('Delivered');
});

test('AD7 1.12 A10 L-072 while nobody chose who sees jobs without a rule a banner says that nobody does', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(adminOf(world.quiet));
  await page.goto('/admin/ats');
  await expect(page.getByTestId('acl-banner')).toContainText(
    'Jobs without access rules are hidden from everybody',
  );
  await page.getByRole('button', { name: 'Show them to every seat' }).click();
  await expect(page.getByTestId('acl-banner')).toHaveCount(0);
  await page.getByRole('button', { name: 'Hide them from everybody' }).click();
  await expect(page.getByTestId('acl-banner')).toBeVisible();
});

test('AD6 AC13 1.12 A9 a feature switched off for the contract is gone for its recruiters, and comes back', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(adminOf(world.tenant));
  const setIndicator = async () => {
    await page.goto('/admin/ats');
    await page.getByTestId('features').getByRole('switch', { name: 'In-ATS indicator' }).click();
  };
  await setIndicator();
  await expect(
    page.getByTestId('features').getByRole('switch', { name: 'In-ATS indicator' }),
  ).toHaveAttribute('aria-checked', 'false');
  await page.goto('/search?q=Mae');
  await expect(page.getByTestId('results')).toContainText('Mae Norris');
  await expect(page.getByTestId('in-ats')).toHaveCount(0);
  await setIndicator();
  await expect(
    page.getByTestId('features').getByRole('switch', { name: 'In-ATS indicator' }),
  ).toHaveAttribute('aria-checked', 'true');
  await page.goto('/search?q=Mae');
  await expect(page.getByTestId('in-ats').first()).toBeVisible();
});

test('AD10 AD12 1.13 A1 A3 a preview says why somebody does not see a job, signs nobody in, and is audited', async ({
  page,
  world,
  signIn,
}) => {
  const { name } = world.r2;
  await signIn(adminOf(world.tenant));
  await page.goto('/admin/people');
  await expect(page.getByTestId('seats')).toContainText(world.r2.email);
  await expect(page.getByTestId('rules-by-group')).toContainText('board-only');
  await expect(page.getByTestId('rules-by-group')).toContainText('Chief Executive – SEC1');
  await page.getByLabel('Read the rules by').selectOption('person');
  await expect(page.getByTestId('rules-by-person')).toContainText(world.r1.name);
  await page.getByRole('link', { name: `Preview as ${name}` }).click();
  await page.getByLabel('Job, by title or id').fill('SEC1');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(page.getByTestId('previewed-SEC1')).toContainText(
    `Hidden: rule board-only, 1 person, ${name} not among them`,
  );
  await page.getByRole('button', { name: /Account of/ }).click();
  await expect(page.getByRole('menu')).toContainText(adminOf(world.tenant).email);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByTestId('audit').getByRole('listitem').first()).toContainText(`Previewed as ${name}`);
});

test('AD11 1.13 A2 L-077 who is added to a rule through the API is visible in the preview within five seconds', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(adminOf(world.tenant));
  await page.goto('/admin/preview');
  await page.getByLabel('Person').selectOption({ label: world.r2.name });
  await page.getByLabel('Job, by title or id').fill('SEC1');
  const key = { atsEntityAclId: 'board-only', atsEntityType: 'JOB_POSTING' };
  await world.ats.upsert('entityAclAssignee', null, [
    { id: JSON.stringify({ ...key, assignee: world.r2.person }), record: {} },
  ]);
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(page.getByTestId('previewed-SEC1')).toContainText(`2 people, ${world.r2.name} among them`, {
    timeout: 30_000,
  });
});

test('AD9 1.12 A8 the audit log can be filtered, and taken away as CSV', async ({ page, world, signIn }) => {
  await signIn(adminOf(world.quiet));
  await page.goto('/admin/audit');
  await page.getByLabel('Show').selectOption({ label: 'Switched on' });
  await expect(page.getByTestId('audit').getByRole('listitem')).toHaveCount(4);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download CSV' }).click();
  expect((await download).suggestedFilename()).toBe('audit-log.csv');
});

test('AD26 SH3 1.13 somebody is invited, switched off and on again; the own seat has no switch', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(adminOf(world.tenant));
  await page.goto('/admin/people');
  const invite = page.getByTestId('invite');
  await invite.getByRole('button', { name: 'Invite' }).click();
  await expect(invite.getByRole('alert')).toHaveText('Enter an e-mail and both names.');
  await invite.getByLabel('E-mail').fill('nora.new@sandbox.example');
  await invite.getByLabel('First name').fill('Nora');
  await invite.getByLabel('Last name').fill('New');
  await invite.getByRole('button', { name: 'Invite' }).click();
  const nora = page.getByRole('row').filter({ hasText: 'nora.new@sandbox.example' });
  await expect(nora).toContainText('Recruiter');
  await nora.getByRole('button', { name: 'Switch off: Nora New' }).click();
  await expect(nora).toContainText('Switched off');
  await nora.getByRole('button', { name: 'Switch on: Nora New' }).click();
  await expect(nora).not.toContainText('Switched off');
  await nora.getByRole('button', { name: 'Make administrator: Nora New' }).click();
  await expect(nora).toContainText('Administrator');
  const own = page.getByRole('row').filter({ hasText: adminOf(world.tenant).email });
  await expect(own).toContainText('You');
  await expect(own.getByRole('button')).toHaveCount(0);
});

test('AD14 1.13 failed calls stand by code, with what to do and an example to pass on', async ({
  page,
  world,
  signIn,
}) => {
  const [outcome] = await world.ats.upsert('candidate', null, [
    { id: 'broken', record: { firstName: 'Only' } },
  ]);
  expect(outcome?.ok).toBe(false);
  await signIn(adminOf(world.tenant));
  // The log is written behind the answer.
  await expect(async () => {
    await page.goto('/admin/errors');
    const error = page.getByTestId('errors').getByRole('listitem').first();
    await error.getByText('Examples', { exact: true }).click({ timeout: 2_000 });
    await expect(error).toContainText('broken', { timeout: 1_000 });
  }).toPass();
});

test('AD8 1.12 A4 A5 L-029 switching off says what stops; the last one lets keep or, with the name typed, erase', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(adminOf(world.quiet));
  await page.goto('/admin/ats');
  const dialog = page.getByRole('dialog');
  for (const type of ['PROFILE_PLUGIN', 'ONE_CLICK_EXPORT']) {
    await switchIn(page, type).click();
    await expect(dialog).toContainText('keeps syncing');
    await dialog.getByRole('button', { name: 'Switch off' }).click();
    await expect(dialog).toBeHidden();
    await expect(row(page, type).getByTestId('standing')).toHaveText('Disabled');
  }
  await switchIn(page, 'IN_ATS_INDICATOR').click();
  await expect(dialog).toContainText(
    'messages and notes are still retrieved where contract-level access is on',
  );
  await dialog.getByRole('radio', { name: /Erase what was synced/ }).check();
  await expect(dialog.getByRole('button', { name: 'Switch off and erase' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await dialog.getByLabel('Type “Hireworks” to erase').fill('Hireworks');
  await dialog.getByRole('button', { name: 'Switch off and erase' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('ats')).toContainText('0 candidates, 0 applications and 0 jobs');
  // Contract-level access goes on by itself.
  await expect(row(page, 'CSA_API').getByTestId('standing')).toHaveText('Enabled');
  await page.getByRole('button', { name: 'Remove request: Profile widget' }).click();
  await expect(row(page, 'PROFILE_PLUGIN')).toHaveCount(0);
  await page.goto('/search?q=Mae');
  await expect(page.getByTestId('in-ats')).toHaveCount(0);
});

test('ER8 ER4 1.13 an administrator counts, erases and certifies a candidate; it is gone from the search', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(adminOf(world.tenant));
  await page.goto('/search?q=Mae');
  await expect(page.getByTestId('in-ats').first()).toBeVisible();
  await page.goto('/admin/erasure');
  await page.getByLabel('Whose data?').fill('c-m1');
  await page.getByRole('button', { name: 'Look up' }).click();
  await page.getByRole('button', { name: /^Count what would go: Mae/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByTestId('erasure-counts')).toContainText('candidate record: 1');
  await expect(dialog).toContainText('And whatever you may not see of: past applications by person');
  const erase = dialog.getByRole('button', { name: 'Erase for good' });
  await expect(erase).toHaveAttribute('aria-disabled', 'true');
  // Escape asks for nothing.
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: /^Count what would go: Mae/ }).click();
  await dialog.getByRole('checkbox').check();
  await erase.click();
  await expect(dialog).toBeHidden();
  await expect(async () => {
    await page.reload();
    await expect(page.getByTestId('erasures')).toContainText('Erased', { timeout: 1000 });
  }).toPass();
  const certificate = page.getByRole('link', { name: /^Certificate of the erasure/ });
  const answer = await page.request.get((await certificate.getAttribute('href')) ?? '');
  expect(await answer.json()).toMatchObject({ kind: 'candidate', erased: { candidate: 1 } });
  await page.goto('/search?q=Mae');
  await expect(page.getByTestId('in-ats')).toHaveCount(0);
});
