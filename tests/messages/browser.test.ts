import { expect as see } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  canBrowse,
  compose,
  findViolations,
  keepPicture,
  type MessageStage,
  openStage,
} from './message-stage.ts';

const within = { timeout: 60_000, interval: 50 };

describe.skipIf(!canBrowse)('messages in Chromium', () => {
  let stage: MessageStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterEach(() => stage.leave());
  afterAll(() => stage?.close());

  async function write(personId: string, text = 'Are you free for a talk?', visibility = 'ORGANISATION') {
    const page = await stage.open(stage.r1);
    const dialog = await compose(page, personId);
    await dialog.getByLabel('Subject').fill('A role in freight');
    await dialog.getByLabel('Message', { exact: true }).fill(text);
    await dialog.getByLabel('Who may read it').selectOption(visibility);
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await see(dialog).toBeHidden();
    return page;
  }

  test('MS15 1.9 A1 L-121 a message that is sent appears in its thread, under Sent and as Messages (1)', async () => {
    const blake = await stage.member('Blake');
    const page = await write(blake.personId);
    await page.getByRole('tab', { name: 'Messages (1)' }).click();
    const conversation = page.getByTestId('conversation');
    await see(conversation).toContainText('A role in freight');
    await see(conversation).toContainText('Sent');
    await see(conversation).toContainText('Are you free for a talk?');
    await page.goto('/messages?folder=awaiting');
    await page
      .getByTestId('inbox')
      .getByRole('link', { name: new RegExp(blake.name) })
      .click();
    await see(page.getByTestId('thread')).toContainText('Are you free for a talk?');
    expect(await stage.linkTo(blake.email)).toContain('/member/reply/');
  });

  test('MS4 1.9 A2 a colleague who wrote within 30 days is named, and sending stays possible', async () => {
    const blake = await stage.member('Bea');
    await write(blake.personId);
    const page = await stage.open(stage.r2);
    const dialog = await compose(page, blake.personId);
    await see(dialog.getByTestId('outreach')).toContainText('Rita One wrote to this person on');
    await see(dialog.getByTestId('outreach').locator('time')).toBeVisible();
    await see(dialog.getByRole('complementary', { name: 'What we know' })).toContainText('Rita One');
    await keepPicture(page, 'composer-outreach-light');
    await dialog.getByLabel('Subject').fill('From me too');
    await dialog.getByLabel('Message', { exact: true }).fill('Hello');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await see(dialog).toBeHidden();
    await see(page.getByRole('tab', { name: 'Messages (2)' })).toBeVisible();
  });

  test('MS15 1.9 A3 what is missing is said beside the field; the draft outlives closing and a crash', async () => {
    const blake = await stage.member('Bruno');
    const page = await stage.open(stage.r1);
    const dialog = await compose(page, blake.personId);
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await see(dialog.getByText('Write a subject.')).toBeVisible();
    await see(dialog.getByText('Write a message.')).toBeVisible();
    await see(dialog.getByLabel('Subject')).toBeFocused();
    expect(await findViolations(page)).toEqual([]);
    await dialog.getByLabel('Subject').fill('Half');
    await dialog.getByLabel('Message', { exact: true }).fill('Half a thought');
    await page.keyboard.press('Escape');
    await see(dialog).toBeHidden();
    await see(page.getByRole('button', { name: 'Message', exact: true })).toBeFocused();
    const again = await compose(page, blake.personId);
    await see(again.getByLabel('Message', { exact: true })).toHaveValue('Half a thought');
    await again.getByLabel('Message', { exact: true }).fill('A whole thought');
    await see(again.getByText('Draft saved')).toBeVisible();
    await page.close();
    const reopened = await compose(await stage.open(stage.r1), blake.personId);
    await see(reopened.getByLabel('Message', { exact: true })).toHaveValue('A whole thought');
    await see(reopened.getByLabel('Subject')).toHaveValue('Half');
  });

  test('MS10 1.9 A4 declined by "No thanks" alone the thread takes no reply, a new message is possible', async () => {
    const blake = await stage.member('Bela');
    await write(blake.personId);
    const member = await stage.open(null, { javaScriptEnabled: false });
    await member.goto(await stage.linkTo(blake.email));
    await member.getByRole('button', { name: 'No thanks' }).click();
    const page = await stage.open(stage.r1);
    await page.goto(`/people/${blake.personId}?tab=messages`);
    const thread = page.getByTestId('thread');
    await see(thread).toContainText('No thanks');
    await see(thread).toContainText('so this conversation has ended');
    await see(thread.getByLabel('Your reply')).toHaveCount(0);
    await thread.getByRole('button', { name: 'New message' }).click();
    const dialog = page.getByTestId('composer');
    await dialog.getByLabel('Subject').fill('Another role');
    await dialog.getByLabel('Message', { exact: true }).fill('This one is different.');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await see(page.getByRole('tab', { name: 'Messages (2)' })).toBeVisible();
  });

  test('MS8 1.9 A5 a colleague sees who and when, and of a private message no text', async () => {
    const blake = await stage.member('Boris');
    await write(blake.personId, 'Just between the two of us', 'PRIVATE');
    const page = await stage.open(stage.r2);
    await page.goto(`/people/${blake.personId}?tab=messages`);
    const conversation = page.getByTestId('conversation');
    await see(conversation).toContainText('Rita One');
    await see(conversation.locator('time')).toBeVisible();
    await see(conversation).toContainText('What was written is not open to you.');
    expect(await page.content()).not.toContain('between the two of us');
  });

  test('MS2 1.9 A6 a person who was blocked meanwhile is not written to: the reason is said and the text kept', async () => {
    const blake = await stage.member('Bodo');
    const page = await stage.open(stage.r1);
    const dialog = await compose(page, blake.personId);
    await dialog.getByLabel('Subject').fill('Too late');
    await dialog.getByLabel('Message', { exact: true }).fill('Kept all the same');
    await stage.candidate('blocked', {
      firstName: 'Bodo',
      lastName: blake.line.lastName,
      emailAddresses: [blake.email],
      doNotContact: true,
    });
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await see(dialog.getByRole('alert').first()).toContainText('do not contact');
    await see(dialog.getByLabel('Message', { exact: true })).toHaveValue('Kept all the same');
    await keepPicture(page, 'composer-blocked-light');
  });

  test('MS1 1.10 A1 A2 A4 L-096 L-124 L-125 1.5 A5 without a reply nobody is asked; what was confirmed is what the stub and the profile show', async () => {
    const blake = await stage.member('Brit');
    await write(blake.personId);
    const member = await stage.open(null, { javaScriptEnabled: false });
    const link = await stage.linkTo(blake.email);
    await member.goto(`${link}&step=share`);
    await see(member.getByText('Share your contact info?')).toHaveCount(0);
    await member.goto(link);
    await member.getByLabel('Your reply').fill('Gladly.');
    await member.getByRole('button', { name: 'Send' }).click();
    await see(member.getByRole('heading', { name: 'Share your contact info?' })).toBeVisible();
    await see(member.getByText(blake.name)).toBeVisible();
    await see(member.getByText('Brit keeps freight moving')).toBeVisible();
    await see(member.getByText(/Rita One would like to contact you/)).toBeVisible();
    await see(member.getByLabel('Email')).toHaveValue(blake.email);
    await member.getByLabel('Email').fill('brit@edited.example');
    await member.getByLabel(/^Phone/).fill('');
    await member.getByRole('button', { name: 'Yes, please share' }).click();
    const stub = (await stage.stubs()).find(({ lastName }) => lastName === blake.line.lastName);
    expect(stub).toMatchObject({ emailAddress: 'brit@edited.example' });
    expect(stub).not.toHaveProperty('phoneNumber');
    const page = await stage.open(stage.r2);
    await page.goto(`/people/${blake.personId}`);
    await see(page.getByTestId('contact')).toHaveText('brit@edited.example (primary)');
    const other = await stage.open(stage.neighbour);
    await other.goto(`/people/${blake.personId}`);
    await see(other.getByRole('heading', { level: 1 })).toContainText(blake.name);
    await see(other.getByTestId('contact')).toHaveCount(0);
  });

  test('MS12 1.10 A3 L-128 closing is no answer: asked once more, never a third time; after No nothing is shown', async () => {
    const blake = await stage.member('Bert');
    await write(blake.personId);
    const link = await stage.linkTo(blake.email);
    const member = await stage.open(null, { javaScriptEnabled: false });
    const question = member.getByRole('heading', { name: 'Share your contact info?' });
    for (const [text, asked] of [
      ['One', 1],
      ['Two', 1],
      ['Three', 0],
    ] as const) {
      await member.goto(link);
      await member.getByLabel('Your reply').fill(text);
      await member.getByRole('button', { name: 'Send' }).click();
      await see(question).toHaveCount(asked);
    }
    expect((await stage.stubs()).some(({ lastName }) => lastName === blake.line.lastName)).toBe(false);
    const bo = await stage.member('Bo');
    await write(bo.personId);
    await member.goto(await stage.linkTo(bo.email));
    await member.getByRole('button', { name: 'Yes, interested' }).click();
    await member
      .getByRole('button', { name: 'No, don’t share' })
      .or(member.getByRole('button', { name: "No, don't share" }))
      .click();
    const stub = (await stage.stubs()).find(({ lastName }) => lastName === bo.line.lastName);
    expect(stub).toMatchObject({ emailAddresses: [] });
    expect(JSON.stringify(stub)).not.toContain(bo.email);
    const page = await stage.open(stage.r1);
    await page.goto(`/people/${bo.personId}?tab=messages`);
    await see(page.getByTestId('thread')).toContainText('Yes, interested');
    expect(await page.content()).not.toContain(bo.email);
  });

  test('MS15 1.10 A5 L-122 L-124 who is in the ATS already is not asked; the ATS history is in sight while writing', async () => {
    const blake = await stage.member('Bill');
    await stage.candidate('synced', {
      firstName: 'Bill',
      lastName: blake.line.lastName,
      emailAddresses: [blake.email],
    });
    const page = await stage.open(stage.r1);
    const dialog = await compose(page, blake.personId);
    await see(dialog.getByRole('complementary', { name: 'What we know' })).toContainText('In Hire');
    await write(blake.personId);
    const member = await stage.open(null, { javaScriptEnabled: false });
    await member.goto(await stage.linkTo(blake.email));
    await member.getByRole('button', { name: 'Yes, interested' }).click();
    await see(member.getByText('Share your contact info?')).toHaveCount(0);
  });

  test('MS18 1.10 A6 what is withdrawn is gone from stub and profile, and the ATS is notified to delete it', async () => {
    const blake = await stage.member('Bob');
    await write(blake.personId);
    const member = await stage.open(null, { javaScriptEnabled: false });
    await member.goto(await stage.linkTo(blake.email));
    await member.getByRole('button', { name: 'Yes, interested' }).click();
    await member.getByRole('button', { name: 'Yes, please share' }).click();
    const before = stage.acme.receiver.received.length;
    await member.goto('/member');
    await member.getByLabel('E-mail').fill(blake.email);
    await member.getByRole('button').click();
    await member.goto(await stage.settingsOf(blake.email));
    await member.getByRole('button', { name: /Stop sharing/ }).click();
    await expect.poll(() => stage.acme.receiver.received.length, within).toBe(before + 1);
    const notice = JSON.parse(stage.acme.receiver.received.at(-1)?.body ?? '');
    expect(notice).toEqual({
      id: expect.any(String),
      type: 'SHARED_CONTACT_WITHDRAWN',
      expiresAt: expect.any(Number),
    });
    const { body } = await stage.world.call(
      stage.acme.token,
      `/v2/mailStubs?q=request&requestId=${notice.id}`,
    );
    expect(body.elements).toEqual([
      {
        member: expect.stringMatching(/^urn:li:person:/),
        contract: stage.acme.contractUrn,
        withdrawnAt: stage.world.clock.now(),
      },
    ]);
    const stub = (await stage.stubs()).find(({ lastName }) => lastName === blake.line.lastName);
    expect(JSON.stringify(stub)).not.toContain(blake.email);
    const page = await stage.open(stage.r1);
    await page.goto(`/people/${blake.personId}`);
    await see(page.getByRole('heading', { level: 1 })).toContainText(blake.name);
    await see(page.getByTestId('contact')).toHaveCount(0);
  });

  test('MS6 MS7 a message is scheduled and cancelled; what was written becomes a template and is used again', async () => {
    const blake = await stage.member('Bartholomew');
    const page = await stage.open(stage.r1);
    const dialog = await compose(page, blake.personId);
    await dialog.getByLabel('Subject').fill('Next week');
    await dialog.getByLabel('Message', { exact: true }).fill('A text worth keeping');
    await dialog.getByRole('button', { name: 'Save as template' }).click();
    await dialog.getByLabel('Name of the template').fill('First contact');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await see(dialog.getByLabel('Template', { exact: true })).toBeVisible();
    await dialog.getByLabel('Subject').fill('');
    await dialog.getByLabel('Message', { exact: true }).fill('');
    await dialog.getByLabel('Template', { exact: true }).selectOption('First contact');
    await see(dialog.getByLabel('Message', { exact: true })).toHaveValue('A text worth keeping');
    await see(dialog.getByLabel('Subject')).toHaveValue('Next week');
    await dialog.getByLabel('Send later').check();
    await dialog.getByRole('button', { name: 'Schedule' }).click();
    await see(dialog.getByText('Choose a date and a time.')).toBeVisible();
    const later = new Date(stage.world.clock.now() + 7 * 24 * 3_600_000).toISOString().slice(0, 16);
    await dialog.getByLabel('Send at').fill(later);
    await dialog.getByRole('button', { name: 'Schedule' }).click();
    await see(dialog).toBeHidden();
    await page.goto('/messages?folder=scheduled');
    await page
      .getByTestId('inbox')
      .getByRole('link', { name: new RegExp(blake.name) })
      .click();
    await see(page.getByTestId('thread')).toContainText('Goes out on');
    await page.getByRole('button', { name: 'Do not send' }).click();
    await see(page.getByText('Nothing waits to be sent.')).toBeVisible();
  });

  test('MS1 MS2 several people of the results are written to at once; who cannot be is named with the reason', async () => {
    const lastName = 'Several';
    const [free, marked] = [
      await stage.member('Frieda', { lastName }),
      await stage.member('Marked', { lastName, emails: [] }),
    ];
    const page = await stage.open(stage.r1);
    await page.goto(`/search?q=${lastName}`);
    for (const name of ['Frieda', 'Marked'])
      await page.getByRole('checkbox', { name: new RegExp(`${name} ${lastName}`) }).check();
    await page.getByRole('button', { name: 'Message', exact: true }).click();
    const dialog = page.getByTestId('composer');
    await see(dialog.getByRole('heading', { name: 'Message to 2 people' })).toBeVisible();
    await dialog.getByLabel('Subject').fill('To both of you');
    await dialog.getByLabel('Message', { exact: true }).fill('Hello');
    expect(await findViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await see(dialog.getByRole('alert')).toContainText('One person was not written to:');
    await see(dialog.getByRole('alert')).toContainText(
      `Marked ${lastName}: This person cannot be written to`,
    );
    expect(await stage.linkTo(free.email)).toContain('/member/reply/');
    expect((await stage.r1.browser.get(`/messages/with/${marked.personId}`)).body.conversations).toEqual([]);
  });

  test('MS16 inbox, conversation and composer pass axe in light and dark and fit 390 px; loading, empty and failed are shown', async () => {
    const blake = await stage.member('Benedikta-Maximiliane');
    await write(blake.personId);
    const member = await stage.open(null, { javaScriptEnabled: false });
    await member.goto(await stage.linkTo(blake.email));
    await member.getByLabel('Your reply').fill('Yes. '.repeat(60));
    await member.getByRole('button', { name: 'Send' }).click();
    for (const width of [1280, 390]) {
      const page = await stage.open(stage.r1, { viewport: { width, height: 800 } });
      await page.goto('/messages');
      await see(page.getByTestId('inbox')).toContainText('Replied');
      expect(await findViolations(page)).toEqual([]);
      await keepPicture(page, `inbox-${width}`);
      await page
        .getByTestId('inbox')
        .getByRole('link', { name: new RegExp(blake.name) })
        .click();
      await see(page.getByTestId('thread')).toContainText('Yes. Yes.');
      expect(await findViolations(page)).toEqual([]);
      await keepPicture(page, `thread-${width}`);
      await page.goto(`/people/${blake.personId}?tab=messages`);
      await see(page.getByTestId('thread')).toContainText('Yes. Yes.');
      expect(await findViolations(page)).toEqual([]);
      await keepPicture(page, `tab-${width}`);
      await compose(page, blake.personId);
      expect(await findViolations(page)).toEqual([]);
      await keepPicture(page, `composer-${width}`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
    const page = await stage.open(stage.r1);
    await page.goto('/messages?folder=scheduled');
    await see(page.getByText('Nothing waits to be sent.')).toBeVisible();
    await page.route(/\/api\/messages/, () => new Promise(() => undefined));
    await page.goto('/messages');
    await see(page.getByTestId('skeleton')).toBeVisible();
    await page.unroute(/\/api\/messages/);
    await page.route(/\/api\/messages/, (route) =>
      route.fulfill({ status: 500, json: { code: 'INTERNAL', message: 'x', requestId: 'e-1' } }),
    );
    await page.goto('/messages');
    await see(page.getByRole('alert')).toContainText('Your messages could not be loaded');
  }, 120_000);

  test('MS1 L-096 L-112 L-123 L-155 1.5 A5 the whole story: export, fetch, complete; message, reply, consent, stub profile with e-mail and phone', async () => {
    const blake = await stage.member('Story');
    const page = await stage.open(stage.r1);
    await page.goto(`/people/${blake.personId}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const before = stage.acme.receiver.received.length;
    await page.keyboard.press('e');
    await page.getByRole('combobox', { name: 'Job name' }).fill('JX1200');
    await page.getByRole('option', { name: /JX1200/ }).click();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect.poll(() => stage.acme.receiver.received.length, within).toBe(before + 1);
    const received = stage.acme.receiver.received.at(-1);
    stage.verify(received);
    await see(page.getByTestId('export-notice')).toContainText('Exporting');
    const fetched = await stage.acme.fetch(received?.id ?? '');
    expect(fetched.body.elements[0].candidate).toMatchObject({
      lastName: blake.line.lastName,
      emailAddresses: [],
    });
    await see(page.getByTestId('export-notice')).toContainText('Export complete');

    const dialog = await compose(page, blake.personId);
    await dialog.getByLabel('Subject').fill('A role in freight');
    await dialog.getByLabel('Message', { exact: true }).fill('Are you free for a talk?');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await see(dialog).toBeHidden();
    const member = await stage.open(null, { javaScriptEnabled: false });
    await member.goto(await stage.linkTo(blake.email));
    await member.getByLabel('Your reply').fill('Gladly.');
    await member.getByRole('button', { name: 'Send' }).click();
    await member.getByRole('button', { name: 'Yes, please share' }).click();

    await page.getByRole('tab', { name: 'Messages (1)' }).click();
    await see(page.getByTestId('thread')).toContainText('Gladly.');
    await see(page.getByTestId('contact')).toHaveText(`${blake.email} (primary)${blake.phone} (mobile)`);
    const stub = (await stage.stubs()).find(({ lastName }) => lastName === blake.line.lastName);
    expect(stub).toMatchObject({ emailAddress: blake.email, phoneNumber: blake.phone });
  });

  test('MS10 1.10 A7 without script, in German, at 320 px; a link does not open for another member, and after 30 days for nobody', async () => {
    const blake = await stage.member('Ben');
    await write(blake.personId);
    const link = await stage.linkTo(blake.email);
    const member = await stage.open(null, {
      javaScriptEnabled: false,
      viewport: { width: 320, height: 640 },
    });
    await member.goto(`${link.replace('lang=en', 'lang=de')}`);
    await see(member.locator('html')).toHaveAttribute('lang', 'de');
    expect(await member.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    const other = await stage.member('Other');
    await write(other.personId);
    const mixed = (await stage.linkTo(other.email)).replace(
      /reply\/.{20}/,
      /reply\/.{20}/.exec(link)?.[0] ?? '',
    );
    expect((await member.goto(mixed))?.status()).toBe(404);
    stage.world.clock.advance(31 * 24 * 3_600_000);
    expect((await member.goto(link))?.status()).toBe(410);
    await see(member.getByRole('textbox')).toHaveCount(0);
  });
});
