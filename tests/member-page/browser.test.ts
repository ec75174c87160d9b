import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, type Page, chromium as playwright } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  linkIn,
  type MemberWorld,
  openMemberWorld,
  type TestOrganisation,
} from '../../packages/platform/src/member-page/testing/world.ts';
import { chromium } from '../../scripts/system-tools.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Where set, every page is also kept as a picture. */
const PICTURES = process.env.CARRICK_TEST_PICTURES;
const LOOKS = [
  ['light', 1280, 'en'],
  ['dark', 1280, 'de'],
  ['light', 320, 'de'],
  ['dark', 320, 'en'],
] as const;

let world: MemberWorld;
let acme: TestOrganisation;
let browser: Browser;

describe.skipIf(!existsSync(chromium))('without script, in Chromium', () => {
  beforeAll(async () => {
    world = await openMemberWorld({ smtpUrl: null, mailbox: true, replyAddress: null });
    acme = await world.organisation('Acme Bridges');
    browser = await playwright.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
    return browser.newContext({ javaScriptEnabled: false, baseURL: world.baseUrl, ...options });
  }

  /** By mail, as the member does it. */
  async function newestLink(address: string): Promise<string> {
    await world.settle();
    const [row] = await world.ctx.db.lookup<{ body: string }>`
      select body from mailbox_message where address = ${address} and not is_outgoing order by message_no desc limit 1`;
    return linkIn(row?.body ?? '').slice(world.baseUrl.length);
  }

  async function ownPage(page: Page, address: string): Promise<void> {
    await page.goto('/member');
    await page.getByLabel('E-mail').fill(address);
    await page.getByRole('button').click();
    await page.goto(await newestLink(address));
  }

  test('MP4 MP5 MP7 a member asks for the link, reads it in the mailbox, switches sharing off and confirms a second address', async () => {
    const email = 'mae@browser.example';
    await world.bring({
      id: 'b1',
      firstName: 'Mae',
      lastName: 'Norris',
      emails: [email],
      shareWithThirdParties: true,
    });
    const memberId = await world.memberId('b1');
    const context = await open({ locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto('/member');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Mail me the link' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Look into your mail');
    await world.settle();
    await page.goto('/mailbox');
    await page.getByRole('link', { name: email }).click();
    await page.getByRole('link', { name: /\/member\/settings\// }).click();
    expect(await page.getByRole('heading', { name: 'Mae Norris' }).isVisible()).toBe(true);

    const sharing = page.getByRole('switch', { name: /^Allow recruiters to export/ });
    expect(await sharing.getAttribute('aria-checked')).toBe('true');
    await sharing.click();
    expect(await page.getByRole('status').textContent()).toBe('Saved.');
    expect(await sharing.getAttribute('aria-checked')).toBe('false');
    expect((await world.member(memberId)).sharesWithThirdParties).toBe(false);

    await page.getByLabel('Add an address').fill('mae.second@browser.example');
    await page.getByRole('button', { name: 'Mail me the link' }).click();
    await page.goto(await newestLink('mae.second@browser.example'));
    await page.getByRole('button', { name: 'Yes, this is my address' }).click();
    expect((await world.member(memberId)).emails).toEqual([email, 'mae.second@browser.example']);
    await context.close();
  });

  test('MP10 MP11 MP12 MP14 1.10 A1 1.10 A2 1.10 A7 a member answers a message, is asked, and shares an edited address', async () => {
    const email = 'zoe@browser.example';
    await world.bring({
      id: 'b2',
      firstName: 'Zoe',
      lastName: 'Wu',
      headline: 'Engineer',
      emails: [email],
      phones: ['+41 44 555 01 00'],
    });
    const memberId = await world.memberId('b2');
    const context = await open({ viewport: { width: 320, height: 640 }, locale: 'de-DE' });
    const page = await context.newPage();
    await invite(memberId);
    await page.goto((await newestLink(email)).replace('lang=en', 'lang=de'));
    await page.getByLabel('Ihre Antwort').fill('Ja, gern am Dienstag.');
    await page.getByRole('button', { name: 'Antwort senden' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Kontaktdaten teilen?');
    const [no, yes] = [
      await page.getByRole('button', { name: 'Nein, nicht teilen' }).boundingBox(),
      await page.getByRole('button', { name: 'Ja, bitte teilen' }).boundingBox(),
    ];
    expect({ width: no?.width, height: no?.height }).toEqual({ width: yes?.width, height: yes?.height });
    expect(await page.getByLabel('E-Mail').inputValue()).toBe(email);
    await page.getByLabel('E-Mail').fill('zoe.private@browser.example');
    await page.getByLabel(/^Telefon/).fill('');
    await page.getByRole('button', { name: 'Ja, bitte teilen' }).click();
    expect(await page.getByRole('status').textContent()).toContain('nur mit diesem Unternehmen geteilt');
    await ownPage(page, email);
    expect(await page.getByText('Acme Bridges').isVisible()).toBe(true);
    expect(await page.getByText(/Geteilt seit .*: zoe\.private@browser\.example$/).isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Nicht mehr mit Acme Bridges teilen' }).click();
    expect(await page.getByText(/Sie haben das Teilen am .* beendet/).isVisible()).toBe(true);
    await context.close();
  });

  test('MP14 ML10 in the mailbox one plays the member and answers by mail', async () => {
    const email = 'ben@browser.example';
    await world.bring({ id: 'b3', firstName: 'Ben', lastName: 'Otto', emails: [email] });
    const memberId = await world.memberId('b3');
    const context = await open();
    const page = await context.newPage();
    await invite(memberId);
    await world.settle();
    await page.goto(`/mailbox/${encodeURIComponent(email)}`);
    await page.getByLabel(/^Your reply as/).fill('Call me on Friday.');
    await page.getByRole('button', { name: 'Send reply' }).click();
    expect(await page.getByRole('status').textContent()).toBe('Your reply was sent.');
    expect(world.conversations.replies.at(-1)).toMatchObject({ text: 'Call me on Friday.', via: 'mail' });
    await page.goto(await newestLink(email));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Share your contact info?');
    await context.close();
  });

  for (const [colorScheme, width, language] of LOOKS)
    test(`MP4 1.10 A7 every page fits and passes axe, ${colorScheme}, ${width} px, ${language}`, {
      timeout: 120_000,
    }, async () => {
      const id = `look-${colorScheme}-${width}`;
      const email = `${id}.with-a-rather-long-local-part@browser.example`;
      await world.bring({
        id,
        firstName: 'Maximiliane',
        lastName: 'Donaudampfschifffahrtsgesellschaft',
        headline: 'Chief Executive, bridges and tunnels',
        emails: [email, `second.${email}`],
        phones: ['+41 44 555 01 00'],
        shareWithThirdParties: true,
      });
      const memberId = await world.memberId(id);
      world.exported.set(memberId, [{ organisation: 'Initech', ats: 'Hire', exportedAt: world.clock.now() }]);
      await world.put(acme, id, {
        firstName: 'Maximiliane',
        lastName: 'Donaudampfschifffahrtsgesellschaft',
        emailAddresses: [email],
      });
      const globex = await world.organisation(`Globex ${id}`);
      const viewport = { width, height: 900 };
      // axe itself is a script: it runs in a context that allows it, on pages that have none.
      const context = await open({ colorScheme, viewport, javaScriptEnabled: true, bypassCSP: true });
      const page = await context.newPage();
      const look = async (name: string, path: string) => {
        await page.goto(
          `${path}${path.includes('?') ? '&' : '?'}lang=${language}`.replace(/lang=\w+&(.*)lang=/, '$1lang='),
        );
        const sideways = await page.evaluate<number>(
          'document.documentElement.scrollWidth - window.innerWidth',
        );
        expect(sideways, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        expect(
          violations.map(({ id: rule, nodes }) => `${name}: ${rule}: ${nodes[0]?.html.slice(0, 160)}`),
        ).toEqual([]);
        if (PICTURES) {
          mkdirSync(PICTURES, { recursive: true });
          await page.screenshot({
            path: join(PICTURES, `${name}-${colorScheme}-${width}.png`),
            fullPage: true,
          });
        }
      };
      await look('ask', '/member');
      await look('about', '/member/about');
      await look('bad-link', '/member/settings/x');
      const plain = await open();
      const form = await plain.newPage();
      await ownPage(form, email);
      const settings = new URL(form.url()).pathname;
      await form.getByRole('switch').first().click();
      await plain.close();
      await look('settings', settings);
      const invitation = (await world.invite(globex, memberId)).split('?')[0] ?? '';
      await look('reply', invitation);
      await page.getByRole('button').first().click();
      await look('question', `${invitation}?step=share`);
      await look('mailbox', `/mailbox/${encodeURIComponent(email)}`);
      await look('mailboxes', '/mailbox');
      await context.close();
    });

  async function invite(memberId: number): Promise<void> {
    await world.invite(acme, memberId);
  }
});
