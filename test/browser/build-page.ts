import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Before the browser's tests: the live page as it is in `src/`, so that no test looks at an older one. */
export default async function buildPage(): Promise<void> {
  const configFile = fileURLToPath(new URL('../../src/dashboard/browser/vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'warn' });
}
