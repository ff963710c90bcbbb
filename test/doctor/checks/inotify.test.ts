import { watch } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeInotify, lookAtInotify } from '../../../src/doctor/checks/inotify.ts';
import { premises } from '../../support/premises.ts';

const look = (watches: [number, number], instances: [number, number]) => ({
  watches: { used: watches[0], limit: watches[1] },
  instances: { used: instances[0], limit: instances[1] },
});

describe('inotify', () => {
  it.each([
    // At least 1,000 watches and 2 instances are to be free.
    [look([7192, 8192], [126, 128]), 'ok', null],
    [look([7193, 8192], [0, 128]), 'attention', /^sysctl fs\.inotify\.max_user_watches=24576, and/],
    [look([0, 8192], [127, 128]), 'attention', /^sysctl fs\.inotify\.max_user_instances=384, and/],
  ])('%j is %s', (seen, verdict, advice) => {
    const finding = judgeInotify(seen, { polling: false });
    expect(finding.verdict).toBe(verdict);
    expect(finding.advice).toEqual(advice === null ? null : expect.stringMatching(advice));
  });

  it('does not matter where files are found by listing', () => {
    expect(judgeInotify(look([8192, 8192], [128, 128]), { polling: true }).verdict).toBe('ok');
  });

  it.runIf(process.platform === 'linux')('counts what this user has in use', () => {
    const before = lookAtInotify();
    const watcher = watch(premises().folder);
    try {
      const after = lookAtInotify();
      expect(after.watches.used).toBeGreaterThan(0);
      expect(after.instances.used).toBeGreaterThan(0);
      expect(after.watches.limit).toBe(before.watches.limit);
      expect(after.watches.limit).toBeGreaterThan(0);
    } finally {
      watcher.close();
    }
  });
});
