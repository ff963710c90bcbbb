import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkWorkerCache, judgeWorkerCache } from '../../../src/doctor/checks/worker-cache.ts';
import { premises } from '../../support/premises.ts';

describe("a worker's cache", () => {
  it('is not made by looking, and is writable once it is there', () => {
    const cache = join(premises().folder, 'cache');
    expect(checkWorkerCache(cache).found).toMatch(`${cache}: is made at the start, `);
    expect(existsSync(cache)).toBe(false);
    mkdirSync(cache);
    expect(checkWorkerCache(cache).found).toMatch(`${cache}: writable, `);
  });

  it('fails where a file is in the way, with the key to set', () => {
    const file = join(premises().folder, 'cache');
    writeFileSync(file, '');
    expect(checkWorkerCache(file)).toMatchObject({
      verdict: 'failure',
      found: expect.stringContaining(`${file}: `),
      advice: expect.stringContaining('set worker.cacheFolder'),
    });
  });

  it.each([
    [1e9, 'ok'],
    [0.99e9, 'attention'],
  ])('with %d bytes free is %s', (freeBytes, verdict) => {
    const look = { folder: '/cache', isThere: true, obstacle: null, user: 'lab' };
    expect(judgeWorkerCache(look, freeBytes).verdict).toBe(verdict);
  });
});
