import { defineConfig } from 'vitest/config';

/** What people see: pages and mails in a headless Chromium. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/build-page.ts'],
    testTimeout: 300_000,
    // What a page shows comes by the network, a process and a picture.
    expect: { poll: { timeout: 30_000, interval: 100 } },
    hookTimeout: 60_000,
    pool: 'forks',
    fileParallelism: false,
  },
});
