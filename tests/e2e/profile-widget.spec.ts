import { CATARINA } from './profile-widget-people.ts';
import {
  activities,
  changeMember,
  expect,
  heading,
  personIn,
  postToApp,
  pressLater,
  printed,
  test,
} from './profile-widget-world.ts';

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

  const bare = await r2.open('c-still');
  await expect(heading(bare, 'Stella Still')).toBeVisible();
  await expect(bare.getByRole('heading', { name: 'Connection path' })).toHaveCount(0);
  for (const sentence of ['skills', 'recommendations', 'positions', 'education'])
    await expect(bare.getByText(`No ${sentence} on the profile.`)).toBeVisible();
  await activities(bare);
  await expect(bare.getByText('Nobody of your team has looked at this person yet.')).toBeVisible();
  await expect(bare.getByText('No messages from your team yet.')).toBeVisible();
  await expect(bare.getByText('No notes from your team yet.')).toBeVisible();
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
  const kept = page.waitForResponse(
    (response) =>
      response.url().endsWith('/profile/draft') &&
      (response.request().postData()?.includes('We build what you like.') ?? false),
  );
  await frame.getByLabel('Message', { exact: false }).last().fill('We build what you like.');
  expect((await kept).status()).toBe(204);
  await open('c-catarina');
  await frame.getByRole('button', { name: 'Send message' }).click();
  await expect(frame.getByLabel('Subject')).toHaveValue('Interested in a talk?');
  await expect(frame.getByLabel('Message', { exact: false }).last()).toHaveValue('We build what you like.');
  await pressLater(page, frame.getByRole('button', { name: 'Send', exact: true }));
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
  const path = `activities/${await personIn(frame)}/notes`;
  await postToApp(r2.page, world, path, { body: 'Follow up in three months', visibility: 'CONTRACT' });
  await postToApp(r2.page, world, path, { body: 'Mine alone', visibility: 'PRIVATE' });
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
  await pressLater(page, frame.getByRole('button', { name: 'Not this person' }));
  await expect(frame.getByText('No longer linked with Morgan Reed.')).toBeVisible();
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
  await pressLater(page, wrong);
  await expect(frame.getByText('No longer linked with Bea Bare.')).toBeVisible();
  await frame.getByRole('button', { name: 'Undo' }).click();
  await expect(wrong).toBeVisible();
  await expect.poll(() => printed(page)).toMatch(/^Unlinked: (\S+)\nLinked: \1$/);
  await page.route(/\/widgets\/api\/profile$/, async (route) => {
    const response = await route.fetch();
    const undoable = { decisionNo: 1, verdict: 'UNLINK', name: 'Bea Bare', urn: 'urn:li:person:x' };
    await route.fulfill({ response, json: { ...(await response.json()), undoable } });
  });
  await open('c-bare', { 'data-show-unlink-url': 'false' });
  await expect(frame.getByText('No longer linked with Bea Bare.')).toBeVisible();
  await expect(frame.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.unrouteAll();
  await expect(heading(frame, 'Bea Bare')).toBeVisible();
  await expect(wrong).toHaveCount(0);
});

test("WI62 1.16 A6 L-137 another contract of the recruiter's shows what that contract wrote", async ({
  r1: { page, open },
  world,
}) => {
  const frame = await open('c-catarina');
  const note = { body: 'Of this contract', visibility: 'CONTRACT' };
  await postToApp(page, world, `activities/${await personIn(frame)}/notes`, note);
  await frame.getByRole('button', { name: 'Refresh' }).click();
  await activities(frame);
  await expect(frame.getByText('Of this contract')).toBeVisible();
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
