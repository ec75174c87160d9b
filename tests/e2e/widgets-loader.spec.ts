import type { ConsoleMessage, Page } from '@playwright/test';
import { expect, onboardingPage, profilePage, test } from './widget-pages.ts';
import type { World } from './world.ts';

const PREFIX = 'Error trying to initialize the widget! Error is :';
const signIn = (page: Page, nth = 0) =>
  page.frameLocator('.IN-widget iframe').nth(nth).getByRole('button', { name: 'Sign in' });

/** What a page logs, as text. */
function logOf(page: Page): string[] {
  const lines: string[] = [];
  page.on('console', (message: ConsoleMessage) => lines.push(message.text()));
  return lines;
}

/** Addresses that the page and its frames ask for. */
function requestsOf(page: Page): string[] {
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  return addresses;
}

const loader = (world: World, key: string, more = '') => `<script src="${world.baseUrl}/in.js"${more}>
api_key: ${key}
extensions: HcmWidget@https://x.example/y, ATSIntegrationWidget@https://x.example/z
</script>`;
const hcm = (more = '') =>
  `<script type="IN/HcmWidget" data-widget-type="ATS" data-ats-candidate-id="C1" ${more}></script>`;
const document = (body: string, head = '') =>
  `<!doctype html><html lang="en"><head><title>ATS</title>${head}</head><body><main><h1>ATS</h1>${body}</main></body></html>`;

test('WI3 WI5 L-012 L-171 4.1 1 3 the sample page of the profile widget: 800 pixels, as high as its content, no other host', async ({
  page,
  world,
  ats,
  key,
}) => {
  const addresses = requestsOf(page);
  await page.goto(ats.serve('/sample', profilePage(world, key)));
  await expect(signIn(page)).toBeVisible();
  const frame = page.locator('.IN-widget iframe');
  await expect(frame).toHaveCSS('width', '800px');
  await expect(frame).toHaveAttribute('title', 'Live profile');
  const inside = page.frameLocator('iframe');
  const heightOf = async () => [
    (await frame.boundingBox())?.height ?? 0,
    await inside.locator('body').evaluate((body) => body.getBoundingClientRect().height),
  ];
  await expect
    .poll(async () => Math.abs(((await heightOf())[0] ?? 0) - ((await heightOf())[1] ?? 9)))
    .toBeLessThan(1.5);
  for (const height of [900, 60]) {
    await inside.locator('body').evaluate((body, px) => {
      body.style.height = `${px}px`;
    }, height);
    await expect(frame).toHaveCSS('height', `${height}px`);
  }
  await page.setViewportSize({ width: 280, height: 700 });
  await expect.poll(async () => (await frame.boundingBox())?.width).toBeLessThanOrEqual(280);
  const hosts = new Set(addresses.map((address) => new URL(address).origin));
  expect([...hosts].sort()).toEqual([ats.origin, world.baseUrl].sort());
  expect(addresses.filter((address) => address.includes('C1'))).toEqual([]);
  for (const path of ['/rsc/extensions/profile-widget', '/recruiter/widget/ATSIntegration'])
    expect(await (await page.request.get(`${world.baseUrl}${path}`)).text()).toMatch(/^\/\*.*\*\/\s*$/);
});

test('WI9 WI11 L-012 4.1 4 5 a page that is not listed, an unknown key and a placeholder get a clear refusal', async ({
  page,
  world,
  ats,
  stranger,
  key,
}) => {
  const log = logOf(page);
  const addresses = requestsOf(page);
  await page.goto(ats.serve('/empty', onboardingPage(world, '{customer app API key goes here}')));
  await expect(page.getByRole('alert')).toContainText('has no api_key');
  expect(log.filter((line) => line.startsWith(`${PREFIX}no_key`))).toHaveLength(1);
  expect(addresses.filter((address) => address.includes('/widgets/'))).toEqual([]);
  for (const [address, who] of [
    [stranger.serve('/setup', onboardingPage(world, key)), stranger.origin],
    [ats.serve('/unknown', onboardingPage(world, 'nobody')), ats.origin],
    [ats.serve('/partner', onboardingPage(world, world.tenant.parent.clientId)), ats.origin],
  ] as const) {
    log.length = 0;
    await page.goto(address);
    await expect(page.getByRole('alert')).toContainText(
      `refuses ${who}: check api_key, and that validJsSdkDomains`,
    );
    expect(log.filter((line) => line.startsWith(`${PREFIX}origin_not_allowed`))).toHaveLength(1);
    await expect(page.locator('.IN-widget iframe')).toBeHidden();
  }
});

test('WI10 L-016 4.1 6 works under a strict policy of the page, with Trusted Types, and in an isolated page', async ({
  page,
  world,
  ats,
  key,
}) => {
  const log = logOf(page);
  const body = `<script nonce="a" src="${world.baseUrl}/xdoor/scripts/in.js">\napi_key: ${key}\nextensions: HcmWidget@x\n</script>${hcm()}`;
  const policy = `default-src 'none'; script-src ${world.baseUrl} 'nonce-a'; frame-src ${world.baseUrl}; require-trusted-types-for 'script'`;
  await page.goto(ats.serve('/strict', document(body), { 'content-security-policy': policy }));
  await expect(signIn(page)).toBeVisible();
  expect(log.filter((line) => /Content Security Policy|TrustedHTML|Refused/i.test(line))).toEqual([]);
  const isolated = {
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
  };
  await page.goto(ats.serve('/isolated', document(loader(world, key) + hcm()), isolated));
  await expect(signIn(page)).toBeVisible();
});

test('WI7 WI9 L-016 4.1 7 9 12 pages that build, empty and rebuild themselves: one frame a tag, however often it is parsed', async ({
  page,
  world,
  ats,
  key,
}) => {
  const log = logOf(page);
  const own = loader(world, key, ' defer').replace('api_key', 'lang: de_DE\napi_key');
  const tags = `<div id="box">${hcm('data-width="50%"')}</div><script type="in/atsintegrationwidget" data-width="650px"></script><script type="IN/ApplicantHighlights"></script>`;
  await page.goto(ats.serve('/app', document(own + tags)));
  await expect(page.locator('.IN-widget iframe')).toHaveCount(2);
  await expect(page.locator('iframe').first()).toHaveAttribute('title', 'Aktuelles Profil');
  await expect(page.frameLocator('iframe').first().getByRole('button', { name: 'Anmelden' })).toBeVisible();
  await expect(page.locator('iframe').nth(1)).toHaveCSS('width', '650px');
  expect(log.filter((line) => line.includes('IN/ApplicantHighlights'))).toHaveLength(1);
  await expect(page.locator('script[type="IN/ApplicantHighlights"]')).toHaveCount(1);

  const frames = () => page.locator('.IN-widget iframe').count();
  await page.evaluate('for (let n = 0; n < 50; n++) IN.parse()');
  expect(await frames()).toBe(2);
  // A framework resets the type that the loader has marked, and the page shows another person.
  await page.evaluate(`document.querySelector('#box script').type = 'IN/HcmWidget'; IN.parse()`);
  expect(await frames()).toBe(2);
  for (const candidate of ['A1', 'A2', 'A3']) {
    await page.evaluate(`{
      const again = document.createElement('script');
      again.src = ${JSON.stringify(`${world.baseUrl}/in.js`)};
      again.textContent = 'api_key: ${key}';
      const tag = document.createElement('script');
      tag.type = 'IN/HcmWidget';
      tag.dataset.atsCandidateId = '${candidate}';
      document.querySelector('#box').replaceChildren(again, tag);
      IN.parse();
      IN.parse();
    }`);
    await expect(page.locator('#box iframe')).toHaveCount(1);
    await expect(page.frameLocator('#box iframe').getByRole('button')).toBeVisible();
  }
  expect(await frames()).toBe(2);
  // A frame that is loaded again shakes hands again.
  await page.evaluate(`document.querySelector('#box iframe').src += '&again=1'`);
  await expect(page.frameLocator('#box iframe').getByRole('button')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  const left = await page.evaluate(`{
    const box = document.querySelector('#box');
    for (let n = 0; n < 500; n++) {
      const tag = document.createElement('script');
      tag.type = 'IN/HcmWidget';
      box.replaceChildren(tag);
      IN.parse();
    }
    box.replaceChildren();
    IN.parse();
    document.querySelectorAll('iframe').length;
  }`);
  expect(left).toBe(1);
});

test('WI3 WI7 WI9 4.1 8 4.7 written into a blank frame, in quirks mode, hidden by the page’s style, beside another loader', async ({
  page,
  world,
  ats,
  key,
}) => {
  const log = logOf(page);
  const inner = `<script src='${world.baseUrl}/in.js'>\\napi_key: ${key}\\nextensions: HcmWidget@x\\n<\\/script><script type='IN/HcmWidget'data-widget-type='ATS'data-ats-candidate-id='C1'data-width='300'><\\/script>`;
  const blank = `<iframe id="blank" style="display:block!important" title="Blank" width="600" height="300"></iframe>
<script>const d = document.getElementById('blank').contentDocument; d.open(); d.write("${inner}"); d.close();</script>`;
  const quirks = `<html><head><title>Old</title><style>iframe { display: none }</style>
<script>window.IN = { parse() {} };</script>${loader(world, key)}${hcm()}</head><body>${blank}</body></html>`;
  await page.goto(ats.serve('/old', quirks));
  expect(await page.evaluate('document.compatMode')).toBe('BackCompat');
  await expect(signIn(page)).toBeVisible();
  await expect(page.locator('body > .IN-widget')).toHaveCount(1);
  expect(await page.evaluate('[typeof RSC.parse, typeof IN.init]')).toEqual(['function', 'undefined']);
  expect(log.filter((line) => line.includes('this one is RSC'))).toHaveLength(1);
  const nested = page.frameLocator('#blank').frameLocator('.IN-widget iframe');
  await expect(nested.getByRole('button', { name: 'Sign in' })).toBeVisible();
  // Away and back again.
  await page.goto(ats.serve('/elsewhere', document('')));
  await page.goBack();
  await expect(signIn(page)).toBeVisible();
});

test('WI11 WI12 4.1 10 attacks: an unlisted frame between, forged messages from another window, and the list that holds', async ({
  page,
  world,
  ats,
  stranger,
  key,
}) => {
  const widget = `${world.baseUrl}/widgets/hcm?api_key=${key}&lang=en`;
  const framing = (src: string) =>
    document(`<iframe title="Inner" src="${src}" width="700" height="300"></iframe>`);
  const blocked: string[] = [];
  page.on('requestfailed', (request) => {
    if (request.url().includes('/widgets/hcm')) blocked.push(request.failure()?.errorText ?? '');
  });
  await page.goto(stranger.serve('/direct', framing(widget)));
  await expect.poll(() => blocked).toEqual(['net::ERR_BLOCKED_BY_RESPONSE']);
  await page.goto(ats.serve('/outer', framing(stranger.serve('/between', framing(widget)))));
  await expect.poll(() => blocked).toHaveLength(2);
  // The control: a listed page in a listed page.
  const page2 = ats.serve('/inner', document(loader(world, key) + hcm()));
  await page.goto(ats.serve('/listed', framing(page2)));
  const control = page.frameLocator('iframe').frameLocator('.IN-widget iframe');
  await expect(control.getByRole('button', { name: 'Sign in' })).toBeVisible();

  // Another site's frame in the same page says hello, and offers a port to our frame.
  const forger = stranger.serve(
    '/forger',
    document(`<p id="heard">0</p><script>
let heard = 0;
addEventListener('message', () => { document.getElementById('heard').textContent = String(++heard); });
setInterval(() => {
  parent.postMessage({ in: 'hello', v: 1 }, '*');
  parent.postMessage({ in: 'resize', h: 7 }, '*');
  for (let n = 0; n < parent.frames.length; n++) {
    if (parent.frames[n] === window) continue;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { document.getElementById('heard').textContent = 'a port was taken'; };
    parent.frames[n].postMessage({ in: 'init', v: 1, data: { theme: 'dark' } }, '*', [port2]);
  }
}, 20);
</script>`),
  );
  await page.goto(
    ats.serve(
      '/forged',
      document(`<iframe id="forger" title="Forger" src="${forger}"></iframe>${loader(world, key)}${hcm()}`),
    ),
  );
  await expect(signIn(page)).toBeVisible();
  await expect(page.frameLocator('.IN-widget iframe').locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.frameLocator('#forger').locator('#heard')).toHaveText('0');
  expect((await page.locator('.IN-widget iframe').boundingBox())?.height).toBeGreaterThan(50);
});

test('WI8 WI12 4.1 12 4.7 the loader’s own doors, themes, the order of the Tab key, and a platform that is gone', async ({
  page,
  world,
  ats,
  key,
}) => {
  const log = logOf(page);
  const own = loader(world, key, ' data-observe').replace('api_key', 'onLoad: begun, missing\napi_key');
  const body = `<button id="before">Before</button>${hcm('data-theme="auto"')}<button id="after">After</button>`;
  const script = `<script>window.events = []; function begun() { events.push('onLoad'); throw new Error('of the page'); }
document.addEventListener('rsc:ready', () => events.push('rsc:ready'));</script>`;
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(ats.serve('/doors', document(script + own + body)));
  await expect(signIn(page)).toBeVisible();
  const inside = page.frameLocator('.IN-widget iframe').locator('html');
  await expect(inside).toHaveCSS('background-color', 'rgb(23, 28, 36)');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(inside).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await page.evaluate(
    `IN.Event.on(IN, 'systemReady', () => events.push('systemReady')); IN.$extensions('HcmWidget')`,
  );
  await expect.poll(() => page.evaluate('events')).toEqual(['onLoad', 'rsc:ready', 'systemReady']);
  expect(errors).toEqual(['of the page']);
  expect(log.some((line) => line.includes('no function missing'))).toBe(true);
  expect(await page.evaluate('IN.User.isAuthorized()')).toBe(false);

  await page.locator('#before').focus();
  await page.keyboard.press('Tab');
  await expect(signIn(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.locator('#after')).toBeFocused();

  // Pages that cannot call parse are watched.
  await page.evaluate(`document.querySelector('script[type^="IN/"]').remove()`);
  await expect(page.locator('.IN-widget')).toHaveCount(0);
  await page.context().setOffline(true);
  await page.evaluate(`{
    const tag = document.createElement('script');
    tag.type = 'IN/HcmWidget';
    document.querySelector('main').append(tag);
  }`);
  await expect(page.getByRole('alert')).toContainText('this browser is offline');
  await page.context().setOffline(false);
});
