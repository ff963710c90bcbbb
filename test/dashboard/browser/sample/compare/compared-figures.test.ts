import { describe, expect, it } from 'vitest';
import { differenceFrom } from '../../../../../src/dashboard/browser/sample/compare/compared-figures.ts';

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
});
