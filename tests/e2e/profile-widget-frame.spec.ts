import { findViolations, takePictures } from './axe.ts';
import { LATE } from './profile-widget-people.ts';
import {
  activities,
  changeMember,
  expect,
  heading,
  insideOf,
  personIn,
  postToApp,
  pressLater,
  printed,
  test,
  turnFrameClock,
} from './profile-widget-world.ts';

test('WI61 a press within half a second of coming into view does nothing that cannot be taken back', async ({
  r1: { page, open },
}) => {
  const frame = await open('c-bare', { 'data-confirm-unlink': 'false' });
  const wrong = frame.getByRole('button', { name: 'Not the right profile?' });
  await expect(wrong).toBeVisible();
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
  await turnFrameClock(page, 100_000);
  await show('block');
  await isInView();
  await turnFrameClock(page, 100_499);
  await wrong.click();
  await frame.getByRole('tab', { name: 'Recruiting activities' }).click();
  await expect(frame.getByRole('heading', { name: 'Team activities' })).toBeVisible();
  expect(await printed(page)).toBe('');
  await turnFrameClock(page, 100_500);
  await wrong.click();
  await frame.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => printed(page)).toMatch(/^Unlinked: (\S+)\nLinked: \1$/);
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
  await pressLater(page, wrong);
  await expect(frame.getByText('No longer linked with Bea Bare.')).toBeVisible();
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

test('WI66 a record that the ATS has yet to send is waited for; one with several likely members is asked about; of a closed account nothing stays', async ({
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
  await pressLater(page, frame.getByRole('button', { name: 'Link with Chidi Okafor' }).first());
  await expect(frame.getByText('Linked with Chidi Okafor.')).toBeVisible();
  await expect(frame.getByRole('heading', { name: 'Skills' })).toBeVisible();
  await frame.getByRole('button', { name: 'Undo' }).click();
  await expect(frame.getByRole('heading', { name: 'Is it one of these?' })).toBeVisible();
  await expect.poll(() => printed(page)).toMatch(/^Linked: (\S+)\nUnlinked: \1$/);

  await open('c-leaving', { 'data-confirm-unlink': 'false' });
  await expect(heading(frame, 'Leo Leaving')).toBeVisible();
  await changeMember(world, { id: 'leaving', closed: true });
  await frame.getByRole('button', { name: 'Refresh' }).click();
  await expect(frame.getByText('This member has closed the account')).toBeVisible();
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
  world,
}) => {
  const whole = await open('c-catarina');
  await postToApp(page, world, 'messages', {
    to: [await personIn(whole)],
    subject: 'Still there?',
    body: 'It would be good to hear from you.',
    visibility: 'ORGANISATION',
    requestKey: 'from the screens',
    sendAt: null,
  });
  // High enough for all of it: of a frame only what is in view is painted.
  await page.setViewportSize({ width: 820, height: 1900 });
  const seen = async (name: string) => {
    await takePictures(page, (theme) => `${name}-${theme}`);
    expect(await findViolations(page, { frames: true }), name).toEqual([]);
  };
  const frame = await open('c-catarina', { 'data-theme': 'auto' });
  await frame.getByRole('button', { name: 'Save to project' }).click();
  await expect(frame.getByText('Write a name to make a new one.')).toBeVisible();
  await seen('profile-widget-desktop');
  await open('c-catarina', { 'data-theme': 'auto', 'data-width': '280' });
  await frame.getByRole('button', { name: 'Change contract' }).click();
  await activities(frame);
  await frame.getByRole('button', { name: 'Still there?' }).click();
  await frame.getByRole('button', { name: 'Send message' }).click();
  await expect(frame.getByText('credits left')).toBeVisible();
  await seen('profile-widget-activities-phone');
  await open('c-chidi', { 'data-theme': 'auto', 'data-width': '280' });
  await frame.getByRole('button', { name: 'Search' }).click();
  await expect(frame.getByText('2 people found')).toBeVisible();
  await seen('profile-widget-find-phone');
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
