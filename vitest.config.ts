import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/**/src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'tests/e2e/**'],
    globalSetup: ['./tests/global-setup.ts'],
    // Processes, not threads: tests start servers, change signals and open native handles. Sharing one process
    // between files is several times faster than one process a file, and every test already cleans up after itself.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    // What a busy machine made too slow may try once more there; what fails twice is broken.
    retry: process.env.CI === 'true' ? 1 : 0,
    // Against what hangs, not against what is slow: many tests start processes, on machines that have others to run.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
