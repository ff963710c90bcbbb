import { describe, expect, it } from 'vitest';
import { outlinesAgain } from '../../../src/evaluation/exports/outlines-again.ts';
import { outline } from './outlines.ts';

describe('outlines found again', () => {
  it('may lie a pixel aside, not be half as large', () => {
    const half = { boxPx: [100, 0, 5, 10], certain: true } as const;
    const before = [outline(0, 0), outline(100, 0)];
    // Shifted by a pixel each way 9 x 9 of 100 + 100 - 81 px are shared: 0.68. Of a half 50 of 100: 0.5.
    expect(outlinesAgain(before, [half, outline(1, 1)])).toEqual({
      pairs: [{ before: 0, now: 1 }],
      lost: [1],
      added: [0],
    });
  });

  it('are paired one to one, the best fit first, whatever the verdict', () => {
    const before = [outline(0, 0), outline(1, 0)];
    // The first of today's lies on the second of the accepted ones; the other fits nothing that is left.
    expect(outlinesAgain(before, [outline(1, 0, false)])).toEqual({
      pairs: [{ before: 1, now: 0 }],
      lost: [0],
      added: [],
    });
  });

  it('are none where boxes only touch', () => {
    expect(outlinesAgain([outline(0, 0)], [outline(10, 0)])).toEqual({ pairs: [], lost: [0], added: [0] });
    expect(outlinesAgain([], [])).toEqual({ pairs: [], lost: [], added: [] });
  });
});
