/**
 * `npm run bench -- first-paint [--url U --email E --password P] [--rounds 10]`: from the navigation until the browser shows the first
 * content of the search page, signed in, in headless Chromium with nothing cached. Without an address it starts a demo of its own.
 * `rowMs`: until the first person stands there. One JSON object on stdout, milliseconds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium as driver } from '@playwright/test';
import { chromium } from '../../scripts/system-tools.ts';
import { startCommand } from '../../tests/e2e/carrick-process.ts';
import { percentile } from '../search/timing.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    email: { type: 'string' },
    password: { type: 'string' },
    rounds: { type: 'string', default: '10' },
  },
});

interface Target {
  readonly baseUrl: string;
  readonly email: string;
  readonly password: string;
}

if (values.url !== undefined) {
  const { url: baseUrl, email = '', password = '' } = values;
  await report({ baseUrl, email, password });
} else {
  const folder = mkdtempSync(join(tmpdir(), 'carrick-bench-'));
  const demo = await startCommand<{ baseUrl: string; seats: { email: string; password: string }[] }>([
    'demo',
    ...['--data', folder, '--port', '0', '--ats-port', '0', '--json'],
  ]);
  try {
    const { baseUrl, seats } = demo.details;
    const [seat] = seats;
    if (!seat) throw new Error('the demo has no seat');
    await report({ baseUrl, email: seat.email, password: seat.password });
  } finally {
    await demo.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function report(target: Target): Promise<void> {
  const browser = await driver.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const painted: number[] = [];
    const rows: number[] = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      const visit = await visitSearch(browser, target);
      painted.push(visit.paintedMs);
      rows.push(visit.rowMs);
    }
    const spread = (times: readonly number[]) => ({
      p50: percentile(times, 0.5),
      most: percentile(times, 1),
    });
    process.stdout.write(
      `${JSON.stringify({ rounds: painted.length, firstContentfulPaintMs: spread(painted), rowMs: spread(rows) }, null, 2)}\n`,
    );
  } finally {
    await browser.close();
  }
}

/** A browser that was never here, but for the session's cookie. */
async function visitSearch(
  browser: Browser,
  { baseUrl, email, password }: Target,
): Promise<{ readonly paintedMs: number; readonly rowMs: number }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const signedIn = await context.request.post(`${baseUrl}/app/api/sign-in`, {
      data: { email, password },
      headers: { 'x-carrick': '1' },
    });
    if (!signedIn.ok()) throw new Error(`cannot sign in as ${email}: ${signedIn.status()}`);
    const page = await context.newPage();
    await page.goto(`${baseUrl}/search`);
    await page.getByTestId('results').getByRole('link').first().waitFor();
    return await page.evaluate(() => ({
      paintedMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      rowMs: performance.now(),
    }));
  } finally {
    await context.close();
  }
}
