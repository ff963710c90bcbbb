import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewerBlocks, isotonicBlocks, type Point } from '../../../src/evaluation/calibration/isotonic.ts';

describe('isotonicBlocks', () => {
  it('pools neighbours that fall and leaves those that rise', () => {
    const points = [
      { x: 3, y: 1 },
      { x: 1, y: 1 },
      { x: 2, y: 0 },
    ];
    expect(isotonicBlocks(points)).toEqual([
      { xFirst: 1, xMean: 1.5, yMean: 0.5, count: 2 },
      { xFirst: 3, xMean: 3, yMean: 1, count: 1 },
    ]);
    expect(isotonicBlocks([])).toEqual([]);
  });

  it('is the fit of least squares: max over l of min over u of the mean from l to u, for points of any order', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 8 }), y: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 15 }), (points) => {
        const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
        const blocks = isotonicBlocks(points);
        for (const at of xs) {
          const lowest = (l: number) =>
            Math.min(...xs.filter((u) => u >= at).map((u) => meanFrom(points, l, u)));
          const expected = Math.max(...xs.filter((l) => l <= at).map(lowest));
          expect(blocks.findLast(({ xFirst }) => xFirst <= at)?.yMean).toBeCloseTo(expected, 12);
        }
      }),
    );
  });
});

describe('fewerBlocks', () => {
  it('pools the two neighbours that are the least apart', () => {
    const blocks = isotonicBlocks([
      { x: 1, y: 0 },
      { x: 2, y: 0.1 },
      { x: 3, y: 1 },
    ]);
    expect(fewerBlocks(blocks, 2).map(({ xMean, yMean }) => [xMean, yMean])).toEqual([
      [1.5, 0.05],
      [3, 1],
    ]);
    expect(fewerBlocks(blocks, 3)).toEqual(blocks);
  });
});

function meanFrom(points: readonly Point[], low: number, high: number): number {
  const ys = points.filter(({ x }) => x >= low && x <= high).map(({ y }) => y);
  return ys.reduce((sum, y) => sum + y, 0) / ys.length;
}
