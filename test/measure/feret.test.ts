import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convexHullOf, type PointPx, polygonAreaPx2 } from '../../src/measure/convex-hull.ts';
import { feretOf } from '../../src/measure/feret.ts';
import type { Mask } from '../../src/measure/mask.ts';
import { silhouetteOf } from '../../src/measure/silhouette.ts';
import { anyMask, drawn, rectangle } from './shapes.ts';

function hullOf(mask: Mask): PointPx[] {
  const { columnFirst, columnLast } = silhouetteOf(mask);
  return convexHullOf(columnFirst, columnLast);
}

describe('the convex hull of the pixel corners', () => {
  it('of a rectangle is its four corners', () => {
    const hull = hullOf(rectangle(5, 3));
    expect(hull).toHaveLength(4);
    expect(hull).toEqual(
      expect.arrayContaining([
        { x: 0, y: 0 },
        { x: 5, y: 0 },
        { x: 5, y: 3 },
        { x: 0, y: 3 },
      ]),
    );
    expect(polygonAreaPx2(hull)).toBe(15);
  });

  it('bridges rows without a pixel', () => {
    // Two pixels three rows apart in one column: a box of 1 x 4.
    expect(polygonAreaPx2(hullOf(drawn(['#', '.', '.', '#'])))).toBe(4);
  });

  it('cuts the free corner of an L with a straight line', () => {
    // 3 x 3 less the triangle (1,0) (3,2) (3,0) of area 2.
    expect(polygonAreaPx2(hullOf(drawn(['#..', '#..', '###'])))).toBe(7);
  });

  it('holds every corner and turns the same way at each vertex', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const hull = hullOf(mask);
        for (const [index, start] of hull.entries()) {
          const end = hull[(index + 1) % hull.length] ?? start;
          const side = (point: PointPx) =>
            (end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x);
          for (const corner of cornersOf(mask)) expect(side(corner)).toBeGreaterThanOrEqual(0);
          expect(side(hull[(index + 2) % hull.length] ?? start)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('the Feret diameters', () => {
  it('of a rectangle of 5 x 3 px are its short side and its diagonal', () => {
    expect(feretOf(hullOf(rectangle(5, 3)))).toEqual({ min: 3, max: Math.sqrt(34) });
  });

  it('of a leaning parallelogram include its long diagonal', () => {
    // Both pairs of edges are parallel; the longer diagonal is from (0,0) to (9,2): 81 + 4.
    const parallelogram = [
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 9, y: 2 },
      { x: 5, y: 2 },
    ];
    expect(feretOf(parallelogram).max).toBeCloseTo(Math.sqrt(85), 12);
    // Across the long edges (5,2): area 8 over sqrt(29); across the short ones it would be 2.
    expect(feretOf(parallelogram).min).toBeCloseTo(8 / Math.sqrt(29), 12);
  });

  it('agree with trying all pairs of corners and 3,600 directions', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const { min, max } = feretOf(hullOf(mask));
        const corners = cornersOf(mask);
        let farthest = 0;
        for (const a of corners) {
          for (const b of corners) farthest = Math.max(farthest, Math.hypot(a.x - b.x, a.y - b.y));
        }
        expect(max).toBeCloseTo(farthest, 12);

        let narrowest = Number.POSITIVE_INFINITY;
        for (let step = 0; step < 3600; step++) {
          narrowest = Math.min(narrowest, extentAlong(corners, (step * Math.PI) / 3600));
        }
        expect(min).toBeLessThanOrEqual(narrowest + 1e-9);
        // Half a step of pi / 3,600 changes an extent by at most that angle times the farthest distance.
        expect(min).toBeGreaterThan(narrowest - (farthest * Math.PI) / 7200);
      }),
      { numRuns: 20 },
    );
  });
});

function cornersOf(mask: Mask): PointPx[] {
  const corners: PointPx[] = [];
  for (const [cell, bit] of mask.bits.entries()) {
    if (bit === 0) continue;
    const x = cell % mask.width;
    const y = Math.floor(cell / mask.width);
    corners.push({ x, y }, { x: x + 1, y }, { x, y: y + 1 }, { x: x + 1, y: y + 1 });
  }
  return corners;
}

function extentAlong(points: readonly PointPx[], angle: number): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { x, y } of points) {
    const place = x * Math.cos(angle) + y * Math.sin(angle);
    low = Math.min(low, place);
    high = Math.max(high, place);
  }
  return high - low;
}
