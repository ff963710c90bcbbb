import { expect, it } from 'vitest';
import { flatness } from './flatness.ts';

const series = (values: readonly number[]) => values.map((value, index) => ({ tiles: 100 * index, value }));

it('a figure that rises at the start and then stands still is flat', () => {
  expect(flatness(series([50, 100, 150, 200, 200, 201, 200, 201]), 5)).toMatchObject({ isFlat: true });
});

it('a figure that grows by more than the allowance over the second half is not', () => {
  // 10 from reading to reading, three steps in the second half; a tenth of the median 155 is 15.5.
  const result = flatness(series([100, 110, 120, 130, 140, 150, 160, 170]), 5);
  expect(result.growth).toBeCloseTo(30);
  expect(result.limit).toBeCloseTo(15.5);
  expect(result.isFlat).toBe(false);
});

it('a single peak is no growth', () => {
  expect(flatness(series([100, 100, 100, 100, 100, 900, 100, 100, 100]), 5)).toMatchObject({ isFlat: true });
});
