import { expect, it } from 'vitest';
import { limits } from '../../../bench/queue-simulation/limits.ts';

it('tells how many microscopes a thread carries that each tile costs 1 ms, and 0.1 ms for each of them', () => {
  const costs = { redisTileS: 0.001, redisListenerS: 0.0001, redisByteS: 0, redisRankS: 0, aroundS: 0 };
  const all = new Map(limits({ ...costs, answerBytes: 0, listenerBytes: 0 }, 40, 1e9));
  // 288 tiles in 2,304 s and a pause of 600 s are r = 0.0992 a second: M r (0.001 + M 0.0001) = 1 at M = 312.6.
  const most = all.get("Redis's thread")!;
  expect(most * (288 / 2904) * (0.001 + most * 0.0001)).toBeCloseTo(1, 9);
  expect(most).toBeCloseTo(312.58, 1);
  // 1 / (r (0.001 + 0.0001)); 10,000 connections of which each has 3; 1e9 bytes a second of 2.31e6 a tile.
  expect(all.get('the same, if each daemon heard of its own tiles alone')).toBeCloseTo(9166.7, 1);
  expect(all.get('the network out of Redis')).toBeCloseTo(1e9 / 2.31e6 / (288 / 2904), 6);
});
