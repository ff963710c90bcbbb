import { describe, expect, it } from 'vitest';
import { createPace, timeLeft } from '../../../src/commands/analyse/pace.ts';

describe('the time left', () => {
  it('is exact where every file takes the same', () => {
    const even = [
      { files: 5, seconds: 10 },
      { files: 10, seconds: 20 },
      { files: 5, seconds: 10 },
    ];
    expect(timeLeft(even, 100)).toEqual({ secondsEach: 2, low95S: 200, high95S: 200 });
  });

  it('has an interval of Student by how much the stretches deviate', () => {
    // r = 40 s / 40 files = 1 s. Each stretch deviates by 2 s: s^2 = 4 * 2^2 / 3 = 16 / 3. 40 files fill m = 4 stretches:
    // variance 16 / 3 * (4^2 / 4 + 4) = 128 / 3 s^2; t of 97.5 % with 3 degrees is 3.182446.
    const uneven = [8, 12, 8, 12].map((seconds) => ({ files: 10, seconds }));
    const { secondsEach, low95S, high95S } = timeLeft(uneven, 40);
    const reach = 3.182446 * Math.sqrt(128 / 3);
    expect(secondsEach).toBe(1);
    expect(low95S).toBeCloseTo(40 - reach, 4);
    expect(high95S).toBeCloseTo(40 + reach, 4);
  });

  it('is never less than none', () => {
    const wild = [1, 100, 1].map((seconds) => ({ files: 10, seconds }));
    expect(timeLeft(wild, 1).low95S).toBe(0);
  });

  it('holds the truth in about 95 of 100 runs of files that take an exponential time', () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647; // Park and Miller 1988
      return seed / 2_147_483_647;
    };
    const secondsOf = (files: number) =>
      Array.from({ length: files }, () => -Math.log(random())).reduce((sum, s) => sum + s, 0);
    const runs = 1000;
    let held = 0;
    for (let run = 0; run < runs; run++) {
      const past = Array.from({ length: 20 }, () => ({ files: 10, seconds: secondsOf(10) }));
      const { low95S, high95S } = timeLeft(past, 200);
      const truth = secondsOf(200);
      if (truth >= low95S && truth <= high95S) held++;
    }
    // The binomial deviation of 950 is 7: within four of them.
    expect(held).toBeGreaterThan(922);
    expect(held).toBeLessThan(978);
  });
});

describe('the pace', () => {
  it('is not known before three stretches of five seconds, and forgets what is long past', () => {
    const pace = createPace();
    let done = 0;
    let atMs = 0;
    pace.note(done, atMs);
    const go = (files: number, ms: number): void => {
      done += files;
      atMs += ms;
      pace.note(done, atMs);
    };
    for (let stretch = 0; stretch < 2; stretch++) go(1, 5000);
    expect(pace.estimate(10)).toBeNull();
    for (let stretch = 0; stretch < 100; stretch++) go(1, 5000);
    expect(pace.estimate(10)).toEqual({ secondsEach: 5, low95S: 50, high95S: 50 });
    // 240 stretches of another pace: none of the earlier is left.
    for (let stretch = 0; stretch < 240; stretch++) go(10, 5000);
    expect(pace.estimate(10)).toEqual({ secondsEach: 0.5, low95S: 5, high95S: 5 });
  });

  it('waits for a file that takes longer than a stretch', () => {
    const pace = createPace();
    for (let second = 0; second <= 90; second++) pace.note(Math.floor(second / 30), 1000 * second);
    expect(pace.estimate(2)).toEqual({ secondsEach: 30, low95S: 60, high95S: 60 });
  });
});
