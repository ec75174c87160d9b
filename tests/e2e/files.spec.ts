import { readFileSync } from 'node:fs';
import { ATS, expect, test, type World } from './world.ts';

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(400_000, 1)]);

/** As an ATS does it: announces the file, uploads it, attaches it to the application. */
async function attach({ baseUrl, tenant }: World, applicationId: string, fileName: string): Promise<void> {
  const { clientId, clientSecret } = tenant.customer;
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const body = new URLSearchParams(form);
  const granted = await fetch(`${baseUrl}/oauth/v2/accessToken`, { method: 'POST', body });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const announcement = {
    contentType: 'application/pdf',
    fileName,
    hiringContext: tenant.contract,
    usageParameters: { recruiterSystemConnectResumeParameters: {} },
  };
  const announced = await fetch(`${baseUrl}/v2/hireMediaUrl`, {
    method: 'POST',
    headers,
    body: JSON.stringify(announcement),
  });
  const { id, url } = (await announced.json()) as { id: string; url: string };
  expect((await fetch(url, { method: 'PUT', body: PDF })).status).toBe(201);
  const parent = `atsJobApplicationId=${applicationId}&dataProvider=ATS&integrationContext=${encodeURIComponent(tenant.organization)}`;
  const attached = await fetch(`${baseUrl}/v2/atsApplications/${parent}/resumes?ids=R1`, {
    method: 'PUT',
    headers: { ...headers, 'X-RestLi-Method': 'batch_update' },
    body: JSON.stringify({ entities: { R1: { media: id } } }),
  });
  expect(await attached.json()).toEqual({ results: { R1: { status: 204 } }, errors: {} });
}

test('UI51 UI53 UI60 L-060 L-061 L-099 a file of an application appears on the open page, can be looked at, and downloads as it was sent', async ({
  page,
  world,
  signIn,
  openPerson,
}) => {
  await signIn(world.r1);
  await openPerson('Mae Norris');
  await page.getByRole('tab', { name: ATS }).click();
  const link = page.getByTestId('files').getByRole('link', { name: 'Download Mae Norris CV.pdf' });
  await expect(page.getByTestId('ats-history')).toContainText('Phone screen');
  await attach(world, 'a-1', 'Mae Norris CV.pdf');
  await expect(link).toBeVisible();
  await expect(page.getByTestId('files')).toContainText('400 kB');
  const downloading = page.waitForEvent('download');
  await link.click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('Mae Norris CV.pdf');
  expect(readFileSync(await download.path()).equals(PDF)).toBe(true);

  await page.getByRole('tab', { name: 'Attachments (1)' }).click();
  await expect(page.getByRole('region', { name: 'Files' })).toContainText('Senior Account Manager – JX1200');
  await page.getByTestId('files').getByRole('button', { name: 'View Mae Norris CV.pdf' }).click();
  const viewer = page.getByRole('dialog', { name: 'Mae Norris CV.pdf' });
  const shown = await page.request.get((await viewer.locator('iframe').getAttribute('src')) ?? '');
  expect(shown.headers()['content-disposition']).toMatch(/^inline/);
  await page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);
});
