import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapsBetween, holds, overlap, rangeText } from '../../../src/inference/model/magnification-range.ts';

const low = { from: 0, below: 10_000 };
const high = { from: 10_000, below: null };

describe('ranges of magnification', () => {
  it('end before their upper bound, so that neighbours do not overlap', () => {
    expect(overlap(low, high)).toBe(false);
    expect(overlap(low, { from: 9_999, below: 10_000 })).toBe(true);
    expect(overlap(high, { from: 0, below: null })).toBe(true);
  });

  it('leave gaps below, between and above', () => {
    expect(gapsBetween([low, high])).toEqual([]);
    expect(gapsBetween([])).toEqual([{ from: 0, below: null }]);
    expect(
      gapsBetween([
        { from: 20, below: 30 },
        { from: 5, below: 10 },
        { from: 6, below: 8 },
      ]),
    ).toEqual([
      { from: 0, below: 5 },
      { from: 10, below: 20 },
      { from: 30, below: null },
    ]);
  });

  it('and their gaps hold every magnification, and no gap one that a range holds', () => {
    const range = fc
      .record({ from: fc.integer({ min: 0, max: 50 }), width: fc.option(fc.integer({ min: 1, max: 20 })) })
      .map(({ from, width }) => ({ from, below: width === null ? null : from + width }));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 5 }), fc.integer({ min: 0, max: 80 }), (ranges, at) => {
        const served = ranges.some((candidate) => holds(candidate, at));
        expect(gapsBetween(ranges).some((gap) => holds(gap, at))).toBe(!served);
      }),
    );
  });

  it('are written as people say them', () => {
    expect([low, high, { from: 0, below: null }].map(rangeText)).toEqual([
      '0x to 10000x',
      'from 10000x',
      'every magnification',
    ]);
  });
});
