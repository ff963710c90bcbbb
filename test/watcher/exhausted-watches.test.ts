import { spawnSync } from 'node:child_process';
import { describe, expect } from 'vitest';
import { itNeeding } from '../support/needs.ts';
import { temporaryFolder, written } from './fixtures.ts';

const WATCH_FOLDER_URL = new URL('../../src/watcher/watch-folder.ts', import.meta.url).href;
const folder = temporaryFolder();

describe('a system without file watches left', () => {
  // A user namespace has inotify limits of its own; not every system lets a test make one.
  const withLimit = (limit: string, command: readonly string[]): string[] => [
    ...['-U', '-r', 'sh', '-c', `echo 0 > /proc/sys/user/${limit} && exec "$0" "$@"`],
    ...command,
  ];
  const ofLimits = {
    isMet: spawnSync('unshare', withLimit('max_inotify_watches', ['true'])).status === 0,
    what: 'user namespaces of its own: apt install util-linux, and allow them in the kernel',
  };

  for (const [limit, code] of [
    ['max_inotify_watches', 'ENOSPC'],
    ['max_inotify_instances', 'EMFILE'],
  ] as const) {
    itNeeding(ofLimits)(`is scanned instead, said once (${code})`, async () => {
      await written(folder(), 'a.tif', 'content');
      await written(folder(), 'b.tif', 'content');
      const program = `
        const { watchFolder } = await import(${JSON.stringify(WATCH_FOLDER_URL)});
        const say = (kind, what) => console.log(kind + ' ' + what);
        const warned = Promise.withResolvers();
        const warn = (facts) => {
          say('warn', facts.reason);
          warned.resolve();
        };
        const logger = { debug() {}, info() {}, warn, error() {} };
        const options = { folder: ${JSON.stringify(folder())}, include: ['**/*.tif'], exclude: [], excludeFolders: [] };
        const pace = { stabilityMs: 30, rescanIntervalMs: 50, polling: false, logger };
        let found = 0;
        const watch = await watchFolder({ ...options, ...pace }, async () => {
          if (++found < 2) return;
          await warned.promise;
          say('condition', watch.condition());
          await watch.close();
        });`;
      const child = spawnSync(
        'unshare',
        withLimit(limit, [process.execPath, '--input-type=module', '-e', program]),
        { encoding: 'utf8', timeout: 15_000 },
      );
      const lines = child.stdout.trim().split('\n');
      expect(lines).toEqual([expect.stringContaining(`warn ${code}`), 'condition polling']);
    });
  }
});
