import { describe, expect, it } from 'vitest';
import {
  movedOutline,
  outlineAreaUm2,
  outlineBox,
  outlineCentroid,
  outlineHolds,
  outlinesOverlap,
} from '../../src/simulator/outline.ts';

/** A right triangle with legs of 6 um along x and 3 um along y. */
const triangle = Float64Array.of(0, 0, 6, 0, 0, 3);

describe('an outline', () => {
  it('encloses half the product of a right triangle’s legs: 9 um2', () => {
    expect(outlineAreaUm2(triangle)).toBe(9);
  });

  it('has its centroid at the mean of a triangle’s corners', () => {
    expect(outlineCentroid(triangle)).toEqual({ x: 2, y: 1 });
    expect(outlineCentroid(movedOutline(triangle, { x: 10, y: -4 }))).toEqual({ x: 12, y: -3 });
  });

  it('knows its box and what lies inside', () => {
    expect(outlineBox(triangle)).toEqual({ left: 0, right: 6, bottom: 0, top: 3 });
    // The slanted side is y = 3 - x / 2: at x = 4 it passes at y = 1.
    expect(outlineHolds(triangle, 4, 0.9)).toBe(true);
    expect(outlineHolds(triangle, 4, 1.1)).toBe(false);
  });

  it('overlaps another when one holds a corner of the other', () => {
    expect(outlinesOverlap(triangle, movedOutline(triangle, { x: 2, y: 1 }))).toBe(true);
    // The corner (4.1, 1.0) lies just beyond the slanted side.
    expect(outlinesOverlap(triangle, movedOutline(triangle, { x: 4.1, y: 1 }))).toBe(false);
  });
});
