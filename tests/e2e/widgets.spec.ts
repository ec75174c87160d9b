import { adminOf } from './admin-world.ts';
import { expect, onboardingPage, profilePage, signInInWindow, test } from './widget-pages.ts';

test('WI2 L-012 the documented tags show the onboarding widget', async ({ page, world, ats, key }) => {
  page.on('console', (m) => console.log('console', m.text()));
  page.on('requestfailed', (r) => console.log('failed', r.url(), r.failure()?.errorText));
  page.on('response', (r) => console.log(r.status(), r.url()));
  await page.goto(ats.serve('/setup', onboardingPage(world, key)));
  const frame = page.frameLocator('iframe');
  await page.waitForTimeout(2500);
  await page.screenshot({ path: '/tmp/w1.png' });
  await signInInWindow(page, frame, adminOf(world.tenant));
  await page.waitForTimeout(1500);
  await page.screenshot({ path: '/tmp/w2.png' });
  await page.reload();
  await page.waitForTimeout(1500);
  await page.screenshot({ path: '/tmp/w3.png' });
  console.log(await page.context().cookies());
});
