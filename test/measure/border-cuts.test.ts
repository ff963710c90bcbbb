import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borderCuts } from '../../src/measure/border-cuts.ts';
import { anyMask, drawn, rectangle } from './shapes.ts';

describe('where the border of a tile of 200 x 100 px cuts a particle', () => {
  const tile = { widthPx: 200, heightPx: 100 };

  it('is nowhere when it ends a pixel before', () => {
    expect(borderCuts(rectangle(198, 98, 1, 1), tile)).toEqual([]);
  });

  it.each([
    ['left', 0, 40, 40, 44],
    ['right', 197, 40, 40, 44],
    ['top', 60, 0, 60, 62],
    ['bottom', 60, 95, 60, 62],
  ] as const)('is one chord on the %s', (side, x, y, fromPx, toPx) => {
    expect(borderCuts(rectangle(3, 5, x, y), tile)).toEqual([{ side, fromPx, toPx }]);
  });

  it('is on two sides in a corner', () => {
    expect(borderCuts(rectangle(3, 5, 197, 95), tile)).toEqual([
      { side: 'right', fromPx: 95, toPx: 99 },
      { side: 'bottom', fromPx: 197, toPx: 199 },
    ]);
  });

  it('is on all four when it fills the tile', () => {
    expect(borderCuts(rectangle(200, 100), tile)).toEqual([
      { side: 'left', fromPx: 0, toPx: 99 },
      { side: 'right', fromPx: 0, toPx: 99 },
      { side: 'top', fromPx: 0, toPx: 199 },
      { side: 'bottom', fromPx: 0, toPx: 199 },
    ]);
  });

  it('has an entry for each leg of a particle that leaves over one side in two', () => {
    expect(borderCuts(drawn(['##...#', '.#...#', '.#####'], 10, 0), tile)).toEqual([
      { side: 'top', fromPx: 10, toPx: 11 },
      { side: 'top', fromPx: 15, toPx: 15 },
    ]);
  });

  it('goes by the pixels and not by an empty rim of the window', () => {
    expect(borderCuts(drawn(['...', '.#.', '...'], 0, 0), tile)).toEqual([]);
    expect(borderCuts(drawn(['..', '.#'], -1, 0), tile)).toEqual([{ side: 'left', fromPx: 1, toPx: 1 }]);
  });

  it('covers each pixel in the first and last column and row exactly once', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        // In a tile as large as its window every outermost pixel is one of the border.
        const { width, height, bits } = mask;
        const inside = (column: number, row: number) => bits[row * width + column] ?? 0;
        const count = (side: string) =>
          borderCuts(mask, { widthPx: width, heightPx: height })
            .filter((cut) => cut.side === side)
            .reduce((sum, { fromPx, toPx }) => sum + toPx - fromPx + 1, 0);
        const along = (length: number, bit: (place: number) => number) =>
          Array.from({ length }, (_, place) => bit(place)).reduce((sum, one) => sum + one, 0);
        expect(count('left')).toBe(along(height, (row) => inside(0, row)));
        expect(count('right')).toBe(along(height, (row) => inside(width - 1, row)));
        expect(count('top')).toBe(along(width, (column) => inside(column, 0)));
        expect(count('bottom')).toBe(along(width, (column) => inside(column, height - 1)));
      }),
    );
  });
});
