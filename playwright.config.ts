import { defineConfig } from '@playwright/test';
import { chromium } from './scripts/system-tools.ts';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.{e2e,spec,test}.ts',
  outputDir: 'test-results',
  workers: 2,
  // What a busy machine made too slow may try once more there; what fails twice is broken.
  retries: process.env.CI === 'true' ? 1 : 0,
  // Against what hangs, not against what is slow.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI === 'true',
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromium,
      // No sandbox, which root cannot have, and none of the browser's background traffic.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
