import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineFault } from '../../src/measure/outline-fault.ts';
import { maskOfOutline } from '../../src/measure/outline-mask.ts';
import { picture } from './shapes.ts';

const square = (left: number, top: number, side: number): number[] => [
  ...[left, top, left + side, top],
  ...[left + side, top + side, left, top + side],
];

describe('the pixels of an outline', () => {
  it('are those whose centres it holds: a square along pixel borders has side^2 of them', () => {
    expect(maskOfOutline([square(3, 5, 4)])).toEqual({
      ...{ x: 3, y: 5, width: 4, height: 4 },
      bits: new Uint8Array(16).fill(1),
    });
  });

  it('leave out what is held to less than the centre', () => {
    // From 3.6 to 6.4: the centres 4.5 and 5.5 lie within, 3.5 and 6.5 do not.
    expect(picture(maskOfOutline([square(3.6, 3.6, 2.8)]))).toEqual(['....', '.##.', '.##.', '....']);
  });

  it('have a hole where a part lies within another', () => {
    expect(picture(maskOfOutline([square(0, 0, 5), square(1, 1, 3)]))).toEqual([
      '#####',
      '#...#',
      '#...#',
      '#...#',
      '#####',
    ]);
  });

  it('are of both parts where these lie apart', () => {
    const mask = maskOfOutline([square(0, 0, 1), square(2, 1, 1)]);
    expect(picture(mask)).toEqual(['#..', '..#']);
  });

  it('are as many as a disc has area, wherever it lies', () => {
    fc.assert(
      fc.property(fc.double({ min: 30, max: 40, noNaN: true }), (x) => {
        const corners = Array.from({ length: 90 }, (_, at) => (at * Math.PI) / 45);
        const disc = corners.flatMap((angle) => [x + 20 * Math.cos(angle), 40 + 20 * Math.sin(angle)]);
        const area = maskOfOutline([disc]).bits.reduce((sum, bit) => sum + bit, 0);
        // 400 pi = 1257; along its border of 126 px pixels are lost and won about as often.
        expect(Math.abs(area - 400 * Math.PI)).toBeLessThan(20);
      }),
    );
  });
});

describe('an outline that somebody drew', () => {
  const tile = { widthPx: 100, heightPx: 80 };
  it('is taken where it lies within the tile, its border included', () => {
    expect(outlineFault([square(0, 0, 80)], tile)).toBeNull();
  });

  it.each([
    ['without a corner', [], /has no corner/],
    ['with half a corner', [[1, 1, 5, 1, 5]], /has 5 numbers in one part/],
    ['with two corners', [[1, 1, 5, 1]], /has 2 corners in one part; draw at least three/],
    [
      'outside of the tile',
      [square(90, 10, 20)],
      /from 90, 10 to 110, 30 px, outside of the tile of 100 x 80 px/,
    ],
    ['over the data bar', [square(10, 70, 20)], /without its data bar/],
    ['like an eight', [[10, 10, 30, 30, 30, 10, 10, 30]], /crosses itself/],
    ['of two parts that cross', [square(10, 10, 20), square(20, 20, 20)], /crosses itself/],
    ['of too many corners', [Array.from({ length: 4_002 }, () => 5)], /has 2001 corners, at most 2000/],
  ])('is refused %s', (_, outline, reason) => {
    expect(outlineFault(outline, tile)).toMatch(reason);
  });

  it('may touch itself in a corner, as pixels do', () => {
    expect(outlineFault([[0, 0, 10, 0, 10, 10, 20, 10, 20, 20, 10, 20, 10, 10, 0, 10]], tile)).toBeNull();
  });
});
