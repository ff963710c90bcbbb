import { describe, expect, it } from 'vitest';
import { createFailedTries } from '../../../src/dashboard/access/failed-tries.ts';

describe('failed tries to sign in', () => {
  it('are so many within so long; the next is let in once the oldest is that long ago', () => {
    let now = 0;
    const tries = createFailedTries(3, 1000, () => now);
    for (const at of [0, 100, 200]) {
      now = at;
      expect(tries.begin('a')).toBe(0);
    }
    now = 400;
    expect(tries.begin('a')).toBe(600);
    expect(tries.begin('b')).toBe(0);
    now = 1000;
    expect(tries.begin('a')).toBe(0);
    expect(tries.begin('a')).toBe(100);
  });

  it('count while nobody knows how they end, so that many at once are no way around', () => {
    const tries = createFailedTries(3, 1000, () => 0);
    expect([1, 2, 3, 4].map(() => tries.begin('a') === 0)).toEqual([true, true, true, false]);
  });

  it('are not those that succeed', () => {
    const tries = createFailedTries(3, 1000, () => 0);
    for (let time = 0; time < 20; time++) {
      expect(tries.begin('a')).toBe(0);
      tries.takeBack('a');
    }
  });

  it('are remembered of the newest 10,000 addresses', () => {
    const tries = createFailedTries(1, 1000, () => 0);
    for (let address = 0; address <= 10_000; address++) tries.begin(`${address}`);
    expect(tries.begin('10000')).toBe(1000);
    expect(tries.begin('0')).toBe(0);
  });
});
