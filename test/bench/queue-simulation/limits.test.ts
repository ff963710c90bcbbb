import { expect, it } from 'vitest';
import { limits } from '../../../bench/queue-simulation/limits.ts';

it('tells how many microscopes a thread carries that each tile costs 1 ms, and a network of 1e9 bytes a second', () => {
  const costs = { redisTileS: 0.001, redisByteS: 0, redisRankS: 0, aroundS: 0, answerBytes: 0 };
  const all = new Map(limits(costs, 40, 1e9));
  // 288 tiles in 2,304 s and a pause of 600 s are r = 0.0992 a second: 1 / (r 0.001), and 1e9 / 2.31e6 / r.
  expect(all.get("Redis's thread")).toBeCloseTo(10_083.3, 1);
  expect(all.get('the network out of Redis')).toBeCloseTo(1e9 / 2.31e6 / (288 / 2904), 6);
});
