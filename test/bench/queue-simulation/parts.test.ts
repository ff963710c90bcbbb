import { describe, expect, it } from 'vitest';
import { SAMPLE_TILES, scanning } from '../../../bench/queue-simulation/arrivals.ts';
import { createClock } from '../../../bench/queue-simulation/clock.ts';
import { createHeap } from '../../../bench/queue-simulation/heap.ts';
import { createLine } from '../../../bench/queue-simulation/line.ts';
import { createLevel, jainIndex } from '../../../bench/queue-simulation/tallies.ts';
import { createWaitingJobs } from '../../../bench/queue-simulation/waiting-jobs.ts';
import { createRandom } from '../../../src/simulator/random.ts';

describe('the heap', () => {
  it('gives numbers back in their order', () => {
    const random = createRandom(7);
    const numbers = Array.from({ length: 1000 }, () => random.integer(0, 300));
    const heap = createHeap<number>((a, b) => a < b);
    for (const number of numbers) heap.push(number);
    expect(Array.from(numbers, () => heap.pop())).toEqual(numbers.toSorted((a, b) => a - b));
    expect(heap.pop()).toBeUndefined();
  });
});

describe('the clock', () => {
  it('does what is due in the order of its time, then of its asking, and nothing after the end', () => {
    const clock = createClock();
    const done: string[] = [];
    const say = (word: string) => () => void done.push(`${word} at ${clock.nowS}`);
    clock.at(2, say('second'));
    clock.at(1, () => clock.at(2, say('third')));
    clock.at(1, say('first'));
    clock.at(3.1, say('never'));
    clock.runUntil(3);
    expect(done).toEqual(['first at 1', 'second at 2', 'third at 2']);
    expect(clock.nowS).toBe(3);
    expect(() => clock.at(2.9, () => {})).toThrow('an event is due at 2.9 s, but it is 3 s');
  });
});

describe('a line', () => {
  it('lets what comes while it is at work wait', () => {
    const clock = createClock();
    const line = createLine(clock);
    expect([line.throughAt(2), line.throughAt(3)]).toEqual([2, 5]);
    clock.runUntil(10);
    expect(line.throughAt(1)).toBe(11);
    expect(line.busyS).toBe(6);
  });
});

describe('a level', () => {
  it('is averaged over time: 3 for 2 s and 1 for 8 s are 1.4', () => {
    const clock = createClock();
    const level = createLevel(clock);
    level.add(3);
    clock.runUntil(2);
    level.add(-2);
    clock.runUntil(10);
    expect(level.mean).toBeCloseTo(1.4, 12);
    expect([level.most, level.value]).toEqual([3, 1]);
  });
});

describe("Jain's index", () => {
  it('is 1 for equal shares, 1/n where one has all, and 0.8 for 1 and 3', () => {
    // (1 + 3)^2 / (2 (1 + 9)) = 16 / 20
    expect([jainIndex([2, 2, 2]), jainIndex([0, 5, 0, 0]), jainIndex([1, 3])]).toEqual([1, 0.25, 0.8]);
  });
});

describe('jobs that wait', () => {
  it('leave by rank, then by when they got it', () => {
    const jobs = createWaitingJobs<string>();
    for (const [job, rank] of [
      ['late', 2],
      ['live', 1],
      ['archive', 1001],
      ['moved', 3],
    ] as const)
      jobs.rank(job, rank);
    jobs.rank('moved', 1);
    jobs.rank('late', 2);
    expect(jobs.size).toBe(4);
    expect(Array.from({ length: 5 }, () => jobs.take())).toEqual([
      'live',
      'moved',
      'late',
      'archive',
      undefined,
    ]);
  });
});

describe('a microscope that scans', () => {
  it('makes 288 tiles at 8 s each, then pauses for 5 to 15 minutes', () => {
    const times = scanning(createRandom(3)).take(2000).toArray();
    const gaps = times.slice(1).map((atS, index) => atS - times[index]!);
    const pauses = gaps.flatMap((gap, index) => (gap > 8.001 ? [index] : []));
    expect(pauses.length).toBeGreaterThan(4);
    for (const [index, at] of pauses.entries()) {
      expect(gaps[at]! - 8).toBeGreaterThanOrEqual(300);
      expect(gaps[at]! - 8).toBeLessThanOrEqual(900);
      if (index > 0) expect(at - pauses[index - 1]!).toBe(SAMPLE_TILES);
    }
    expect(times[0]).toBeGreaterThanOrEqual(0);
  });
});
