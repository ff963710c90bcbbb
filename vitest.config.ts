import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/faults/**', 'test/end-to-end/**', 'test/browser/**'],
    testTimeout: 60_000,
    reporters: ['default', './test/support/skipped-reporter.ts'],
    pool: 'forks',
    // A third of the time is spent waiting for brokers, folders and processes: three at once also where there are two cores.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // Modules of a process are read once, not once a file; no test leaves any of them changed.
    isolate: false,
    // Tests start the program some hundred times, its processes and threads: each is compiled by the first of them.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('.cache/compiled', import.meta.url)) },
  },
});
