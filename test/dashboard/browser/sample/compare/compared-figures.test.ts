import { describe, expect, it } from 'vitest';
import {
  differenceFrom,
  gapText,
} from '../../../../../src/dashboard/browser/sample/compare/compared-figures.ts';

const here = { value: 4, low95: 3.9, high95: 4.1 };

describe('how another figure differs', () => {
  it('is clear where the interval of the difference leaves zero out', () => {
    const { relative, isClear } = differenceFrom(here, { value: 5, low95: 4.8, high95: 5.2 }, true);
    expect(relative).toBeCloseTo(0.25, 12);
    expect(isClear).toBe(true);
  });

  it('is not clear where it may be chance', () => {
    expect(differenceFrom(here, { value: 4.1, low95: 3.9, high95: 4.3 }, true).isClear).toBe(false);
  });

  it('has no interval between revisions of one run, which share their tiles', () => {
    const { difference, isClear } = differenceFrom(here, { value: 5, low95: 4.8, high95: 5.2 }, false);
    expect(difference).toEqual({ value: 1, low95: null, high95: null });
    expect(isClear).toBeNull();
  });

  it('is written with as many places as the figure it is added to', () => {
    const figure = { value: 2.9, low95: 2.76, high95: 3.05 };
    const gap = {
      difference: { value: -0.047, low95: -0.3975, high95: 0.3373 },
      relative: -0.0162,
      isClear: false,
    };
    expect(gapText(gap, figure, 'µm')).toEqual({
      difference: '−0.05 µm, −1.6 %',
      interval: ' (−0.40 to +0.34)',
    });
    // Of two revisions: less than the figure shows, and no interval.
    const little = {
      difference: { value: 0.004, low95: null, high95: null },
      relative: 0.0014,
      isClear: null,
    };
    expect(gapText(little, figure, '')).toEqual({ difference: '0.00, +0.1 %', interval: '' });
  });
});
