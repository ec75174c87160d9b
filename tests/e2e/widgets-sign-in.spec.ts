import { expect, onboardingPage, profilePage, signInInWindow, test, tokenOf } from './widget-pages.ts';

test('WI14 WI22 1.15 A2 A5 signed in inside the page of another site, by a cookie of this frame alone, until the app is left', async ({
  page,
  world,
  ats,
  key,
}) => {
  const cookies: string[] = [];
  page.on('request', async (request) => {
    if (request.url().endsWith('/widgets/api/me')) cookies.push((await request.allHeaders()).cookie ?? '');
  });
  const address = ats.serve('/setup', onboardingPage(world, key));
  await page.goto(address);
  const frame = page.frameLocator('iframe');
  const [closed] = await Promise.all([
    page.waitForEvent('popup'),
    frame.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await closed.close();
  await expect(frame.getByText('A window opens')).toBeVisible();
  await signInInWindow(page, frame, world.r1);
  await expect(frame.getByText('Ask one of:')).toBeVisible();
  await expect(frame.getByRole('listitem')).toHaveText(['Ines Marlow']);
  await expect(frame.getByRole('button')).toHaveCount(0);

  await page.reload();
  await expect(frame.getByText('Ask one of:')).toBeVisible();
  await expect.poll(() => cookies.at(-1)).toMatch(/^__Host-rscw=[\w-]{43}$/);
  const kept = await page.context().cookies();
  expect(kept.find(({ name }) => name === '__Host-rscw')).toMatchObject({
    httpOnly: true,
    secure: true,
    sameSite: 'None',
    partitionKey: 'http://127.0.0.1',
  });

  // Somebody who is signed in already is asked, and goes on by one press.
  await page.context().clearCookies({ name: '__Host-rscw' });
  await page.reload();
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    frame.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await expect(popup.getByText(world.r1.email)).toBeVisible();
  await Promise.all([popup.waitForEvent('close'), popup.getByRole('button', { name: 'Continue' }).click()]);
  await expect(frame.getByText('Ask one of:')).toBeVisible();
  const out = await page.request.post(`${world.baseUrl}/app/api/sign-out`, { headers: { 'x-carrick': '1' } });
  expect(out.status()).toBe(204);
  await expect(frame.getByRole('button', { name: 'Sign in' })).toBeVisible({ timeout: 30_000 });
});

test('WI9 WI15 WI16 a person without a seat is shown no sign-in of another house, and a wrong customer a neutral refusal', async ({
  page,
  world,
  ats,
  key,
}) => {
  const token = await tokenOf(world, world.tenant.customer);
  const minted = await fetch(`${world.baseUrl}/widgets/session-tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ atsCandidateId: 'C1' }),
  });
  const { token: sessionToken } = (await minted.json()) as { token: string }; // what the ATS writes into its page
  const html = profilePage(world, key, `data-session-token="${sessionToken}"`);
  const states: string[] = [];
  page.on('response', async (response) => {
    if (response.url().endsWith('/widgets/api/session')) states.push((await response.json()).state);
  });
  await page.goto(ats.serve('/candidate', html));
  await expect.poll(() => states).toEqual(['no-seat']);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('button', { name: 'Sign in' })).toHaveCount(0);
  // The token is spent; the session that it opened goes on.
  await page.reload();
  await expect.poll(() => states).toEqual(['no-seat', 'no-seat']);
  // Somebody else's page with the same token, spent: nobody's session.
  await page.context().clearCookies();
  await page.reload();
  await expect(frame.getByRole('button', { name: 'Sign in' })).toBeVisible();
});
