import { describe, expect, it } from 'vitest';
import { outlineIou, outlineSpans } from '../../../src/statistics/shadow/outline-overlap.ts';

/** A square from (x, y), its corners in turn. */
function square(x: number, y: number, side: number): number[] {
  return [x, y, x + side, y, x + side, y + side, x, y + side];
}

describe('the overlap of two outlines', () => {
  it('is what they share over what they cover together', () => {
    const one = outlineSpans([square(0, 0, 10)]);
    expect(one.areaPx).toBe(100);
    expect(outlineIou(one, one)).toBe(1);
    // Half of each lies over the other: 50 of 150 px.
    expect(outlineIou(one, outlineSpans([square(5, 0, 10)]))).toBeCloseTo(50 / 150, 12);
    expect(outlineIou(one, outlineSpans([square(20, 0, 10)]))).toBe(0);
    expect(outlineIou(one, outlineSpans([square(0, 20, 10)]))).toBe(0);
  });

  it('knows a hole, and parts that lie apart', () => {
    const ring = outlineSpans([square(0, 0, 10), square(2, 2, 6)]);
    expect(ring.areaPx).toBe(100 - 36);
    expect(outlineIou(ring, outlineSpans([square(2, 2, 6)]))).toBe(0);
    const apart = outlineSpans([square(0, 0, 4), square(6, 0, 4)]);
    expect(apart.areaPx).toBe(32);
    // Both parts lie in the square of 100 px.
    expect(outlineIou(apart, outlineSpans([square(0, 0, 10)]))).toBeCloseTo(0.32, 12);
  });

  it('is the same where corners lie between pixels, and for a slanted outline', () => {
    // The triangle under the diagonal of 10 x 10: half of it, by middles of rows 0.5 + 1.5 + ... + 9.5.
    const triangle = outlineSpans([[0, 0, 10, 10, 0, 10]]);
    expect(triangle.areaPx).toBeCloseTo(50, 12);
    expect(outlineIou(triangle, outlineSpans([square(0, 0, 10)]))).toBeCloseTo(0.5, 12);
    expect(outlineSpans([square(0.25, 0.25, 4)]).areaPx).toBe(16);
  });

  it('is none of an outline without corners', () => {
    expect(outlineIou(outlineSpans([]), outlineSpans([]))).toBe(0);
  });
});
