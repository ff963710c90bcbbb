import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/faults/**', 'test/end-to-end/**', 'test/browser/**'],
    testTimeout: 20_000,
    pool: 'forks',
  },
});
