import { describe, expect, it } from 'vitest';
import { brushed, placeOf, sizeAt } from '../../../../../src/dashboard/browser/sample/charts/brush.ts';

/** 1 to 100 um over 200 px from 50 px on: a decade is 100 px. */
const axis = { lowUm: 1, highUm: 100, leftPx: 50, widthPx: 200 };

describe('brushing a chart', () => {
  it('reads sizes off the logarithmic axis', () => {
    expect([50, 150, 250].map((x) => sizeAt(axis, x))).toEqual([1, 10, 100]);
    expect(sizeAt(axis, 100)).toBe(3.16); // the root of ten, to three digits
  });

  it('shows a size where it is read', () => {
    expect(placeOf(axis, 10)).toBeCloseTo(150, 9);
    expect(placeOf(axis, sizeAt(axis, 200))).toBeCloseTo(200, 0);
  });

  it('ends at the ends of the axis', () => {
    expect(brushed(axis, -20, 900)).toEqual({ fromUm: 1, toUm: 100 });
    expect(placeOf(axis, 5_000)).toBe(250);
  });

  it('gives the same range in both directions', () => {
    expect(brushed(axis, 150, 100)).toEqual(brushed(axis, 100, 150));
  });

  it('takes a press without a drag for no range', () => {
    expect(brushed(axis, 100, 103)).toBeNull();
  });
});
