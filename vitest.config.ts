import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/faults/**', 'test/end-to-end/**', 'test/browser/**'],
    testTimeout: 20_000,
    reporters: ['default', './test/support/skipped-reporter.ts'],
    pool: 'forks',
    // Half of the time is spent waiting for brokers, folders and processes: two at once also where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Modules of a process are read once, not once a file; no test leaves any of them changed.
    isolate: false,
  },
});
