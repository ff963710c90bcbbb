import { defineConfig } from 'vitest/config';

/** Killed processes, outages, the whole daemon: real parts, minutes rather than seconds. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts', 'test/end-to-end/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/support/skipped-reporter.ts'],
    pool: 'forks',
    fileParallelism: false,
  },
});
