import { expect, it } from 'vitest';
import { limitsOf } from '../../../src/inference/looks/limit-use.ts';

it('names the limits that are used up', () => {
  expect(limitsOf(Float32Array.of(0.5, 0.2, 0.1, 0, 0, 0.9, 0.1))).toEqual([]);
  // Candidates of a size are counted before the best of them go on: 1 is just all of them.
  expect(limitsOf(Float32Array.of(1, 0.2, 0.1, 0, 0, 0.9, 0.1))).toEqual([]);
  expect(limitsOf(Float32Array.of(0.5, 3.2, 0.1, 0, 0, 0.9, 0.1))).toEqual(['proposals-of-a-size']);
  // Proposals and detections are counted after: 1 may be all, or as many as may go on.
  expect(limitsOf(Float32Array.of(4, 0.2, 0.1, 0, 0, 1, 1))).toEqual([
    'proposals-of-a-size',
    'proposals',
    'detections',
  ]);
});
