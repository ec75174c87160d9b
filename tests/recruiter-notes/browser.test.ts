import { type Page, expect as see } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addMembers } from '../../packages/platform/src/exports/testing/export-world.ts';
import {
  canBrowse,
  findViolations,
  keepPicture,
  type MessageStage,
  openStage,
} from '../messages/message-stage.ts';

const WIDTHS = [
  { name: 'wide', viewport: { width: 1280, height: 800 } },
  { name: 'narrow', viewport: { width: 390, height: 844 } },
] as const;

describe.skipIf(!canBrowse)('notes, tags and the home feed in Chromium', () => {
  let stage: MessageStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterEach(() => stage.leave());
  afterAll(() => stage?.close());

  const choose = async (page: Page, item: string) => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    return page.getByTestId('activity');
  };

  test('NO9 L-117 Add note and Add tag in the menu of a profile; the tab shows them, and to whom they are open', async () => {
    const noa = await stage.member('Noa');
    const page = await stage.open(stage.r1);
    await page.goto(`/people/${noa.personId}`);
    const dialog = await choose(page, 'Add note');
    await see(dialog.getByLabel('Note')).toBeFocused();
    await dialog.getByRole('button', { name: 'Save note' }).click();
    await see(dialog.getByText('Write a note.')).toBeVisible();
    expect(await findViolations(page)).toEqual([]);
    await keepPicture(page, 'note-dialog');
    await dialog.getByLabel('Note').fill('Prefers mornings');
    await dialog.getByLabel('Who may read it').selectOption('Only me');
    await dialog.getByRole('button', { name: 'Save note' }).click();
    await see(dialog).toBeHidden();
    await see(page.getByRole('button', { name: 'More actions' })).toBeFocused();
    const tagging = await choose(page, 'Add tag');
    await tagging.getByLabel('Tag').fill('Freight');
    await page.keyboard.press('Enter');
    await see(tagging).toBeHidden();
    await page.getByRole('tab', { name: 'Recruiting activities' }).click();
    await see(page).toHaveURL(/tab=activities/);
    await page.reload();
    await see(page.getByTestId('note')).toContainText('Prefers mornings');
    await see(page.getByTestId('note')).toContainText('Only me');
    await see(page.getByRole('button', { name: 'Remove the tag Freight' })).toBeVisible();
    await see(page.getByText('You viewed this profile')).toBeVisible();

    const colleague = await stage.open(stage.r2);
    await colleague.goto(`/people/${noa.personId}?tab=activities`);
    await see(colleague.getByText('Rita One viewed this profile')).toBeVisible();
    await see(colleague.getByRole('button', { name: 'Remove the tag Freight' })).toBeVisible();
    await see(colleague.getByTestId('note')).toHaveCount(0);
    expect(await colleague.content()).not.toContain('Prefers mornings');
  });

  test('NO9 L-117 the row menu adds a note, the selection a tag; notes are changed and deleted where they stand', async () => {
    const nils = await stage.member('Nils');
    const page = await stage.open(stage.r1);
    await page.goto(`/search?q=${encodeURIComponent(nils.name)}`);
    await page.getByRole('button', { name: new RegExp(`More.*${nils.name}`) }).click();
    await page.getByRole('menuitem', { name: 'Add note' }).click();
    await page.getByTestId('activity').getByLabel('Note').fill('Met at the fair');
    await page.getByTestId('activity').getByRole('button', { name: 'Save note' }).click();
    await see(page.getByTestId('activity')).toBeHidden();
    await page.getByRole('checkbox', { name: new RegExp(nils.name) }).check();
    await page.getByRole('button', { name: 'Add tag' }).click();
    await page.getByTestId('activity').getByLabel('Tag').fill('Fair');
    await page.getByTestId('activity').getByRole('button', { name: 'Add tag' }).click();
    await see(page.getByTestId('activity')).toBeHidden();
    await page.goto(`/people/${nils.personId}?tab=activities`);
    const note = page.getByTestId('note');
    await see(note).toContainText('Met at the fair');
    await note.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Note').last().fill('Met at the fair, twice');
    await page.getByRole('button', { name: 'Save note' }).last().click();
    await see(note).toContainText('Met at the fair, twice');
    await note.getByRole('button', { name: 'Delete' }).click();
    await see(page.getByText('No notes yet.')).toBeVisible();
    await page.getByRole('button', { name: 'Remove the tag Fair' }).click();
    await see(page.getByText('No tags yet.')).toBeVisible();
  });

  test('NO4 NO10 1.16 A2 Update me on: a change of the profile is in the home feed with its fields; off: none', async () => {
    const nina = await stage.member('Nina');
    const page = await stage.open(stage.r1);
    await page.goto('/home');
    await see(page.getByText('Nothing new.')).toBeVisible();
    await page.goto(`/people/${nina.personId}?tab=activities`);
    const toggle = page.getByRole('button', { name: 'Update me' });
    await toggle.click();
    await see(toggle).toHaveAttribute('aria-pressed', 'true');
    await see(page.getByText('You get updates')).toBeVisible();
    await addMembers(stage.world, [{ ...nina.line, headline: 'Head of freight', skills: ['Customs'] }]);
    const colleague = await stage.open(stage.r2);
    await colleague.goto(`/people/${nina.personId}`);
    await colleague.getByRole('tab', { name: 'Profile' }).waitFor();
    await page.getByRole('link', { name: 'Home' }).click();
    const updates = page.getByRole('region', { name: 'Updates' });
    await see(updates).toContainText(`${nina.name} changed headline and skills`);
    await see(page.getByRole('region', { name: 'Viewed by your team' })).toContainText('viewed by Rob Two');
    await updates.getByRole('link', { name: nina.name }).click();
    await page.getByRole('tab', { name: 'Recruiting activities' }).click();
    await toggle.click();
    await see(toggle).toHaveAttribute('aria-pressed', 'false');
    await addMembers(stage.world, [{ ...nina.line, headline: 'Something else' }]);
    await page.goto('/home');
    await see(page.getByText('Nothing new.')).toBeVisible();
  });

  test.each(WIDTHS)('NO9 NO10 nothing is wrong with the pages, $name', async ({ name, ...options }) => {
    const nora = await stage.member(`Nela${name}`);
    await stage.r2.browser.post(`/activities/${nora.personId}/notes`, {
      body: 'Spoke by phone: open to a move next year.\nWants to stay in Hamburg.',
      visibility: 'CONTRACT',
    });
    await stage.r1.browser.post('/tags', { people: [nora.personId], tag: 'Customs' });
    await stage.r1.browser.post(`/activities/${nora.personId}/updates`, { isOn: true });
    await addMembers(stage.world, [{ ...nora.line, headline: 'Broker' }]);
    const page = await stage.open(stage.r1, options);
    for (const [path, sign] of [
      [`/people/${nora.personId}?tab=activities`, 'Spoke by phone'],
      ['/home', 'changed headline'],
    ] as const) {
      await page.goto(path);
      await see(page.getByText(sign).first()).toBeVisible();
      expect(await findViolations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
        options.viewport.width,
      );
      await keepPicture(page, `${path === '/home' ? 'home' : 'activities'}-${name}`);
    }
  });
});
