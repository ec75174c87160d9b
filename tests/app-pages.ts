import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContextOptions, type Page, chromium as playwright } from '@playwright/test';
import { chromium } from '../scripts/system-tools.ts';

/** Where set, pages are also kept as pictures. */
const PICTURES = process.env.CARRICK_TEST_PICTURES;
const app = join(import.meta.dirname, '../packages/recruiter/dist/index.html');

export const canBrowse = existsSync(chromium) && existsSync(app);

export type AppPages = Awaited<ReturnType<typeof openAppPages>>;

/** A browser for tests that hold the platform in their own process; each page is somebody's own, as if on another machine. */
export async function openAppPages(baseUrl: () => string) {
  const browser = await playwright.launch({
    executablePath: chromium,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  return {
    /** `cookie`: of who is signed in. Null: of nobody. */
    async open(cookie: string | null, options: BrowserContextOptions = {}): Promise<Page> {
      const url = baseUrl();
      const context = await browser.newContext({
        baseURL: url,
        viewport: { width: 1280, height: 800 },
        ...options,
      });
      const [name = '', value = ''] = cookie?.split('=') ?? [];
      if (cookie) await context.addCookies([{ name, value, url }]);
      return context.newPage();
    },
    /** Behind each test: pages that stay open go on listening and asking. */
    async leave(): Promise<void> {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    close: () => browser.close(),
  };
}

export async function keepPicture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.screenshot({ path: join(PICTURES, `${name}-${theme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
