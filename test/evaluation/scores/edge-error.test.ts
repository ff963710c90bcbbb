import { describe, expect, it } from 'vitest';
import { edgeError, edgeErrorBySize } from '../../../src/evaluation/scores/edge-error.ts';
import type { Mask } from '../../../src/measure/mask.ts';

const image = { widthPx: 100, heightPx: 60 };

function rectangle(x: number, y: number, width: number, height: number): Mask {
  return { x, y, width, height, bits: new Uint8Array(width * height).fill(1) };
}

/** All pixels whose centre is within `radius` of the middle of the image. */
function disc(radius: number): Mask {
  const { widthPx: width, heightPx: height } = image;
  const bits = Uint8Array.from({ length: width * height }, (_, pixel) => {
    const [x, y] = [(pixel % width) + 0.5 - width / 2, Math.floor(pixel / width) + 0.5 - height / 2];
    return Math.hypot(x, y) <= radius ? 1 : 0;
  });
  return { x: 0, y: 0, width, height, bits };
}

describe('edgeError', () => {
  it('is the distance between two outlines, and signed that of the radii', () => {
    const [small, large] = [rectangle(21, 21, 20, 20), rectangle(20, 20, 22, 22)];
    // The inner ring lies 1 px inside the outer one everywhere; radii of equal area are side / sqrt(pi).
    const tooSmall = edgeError(large, small, image);
    expect(tooSmall?.absolutePx).toBe(1);
    expect(tooSmall?.signedPx).toBeCloseTo(-2 / Math.sqrt(Math.PI), 12);
    // The outer ring has 4 x 21 px, of which 4 corners are sqrt(2) away from the inner one's.
    const tooLarge = edgeError(small, large, image);
    expect(tooLarge?.absolutePx).toBeCloseTo((80 + 4 * Math.SQRT2) / 84, 6);
    expect(tooLarge?.signedPx).toBeCloseTo(2 / Math.sqrt(Math.PI), 12);
    expect(edgeError(small, small, image)).toEqual({ absolutePx: 0, signedPx: 0 });
  });

  it('is about 1 px for a disc 1 px too large, whatever its radius', () => {
    for (const radius of [4, 9, 20]) {
      const edge = edgeError(disc(radius), disc(radius + 1), image);
      // Pixels have their centres on a grid: outlines and areas are those of the circles to a tenth or two.
      expect(Math.abs((edge?.absolutePx ?? 0) - 1)).toBeLessThan(0.2);
      expect(Math.abs((edge?.signedPx ?? 0) - 1)).toBeLessThan(0.1);
    }
  });

  it('does not take the border of the image for an outline', () => {
    // Cut by the left border, 1 px too wide: outlines are 11 px above, 11 below and 8 between at the right,
    // of which the last pixels above and below and the 8 are 1 px off.
    const edge = edgeError(rectangle(0, 5, 10, 10), rectangle(0, 5, 11, 10), image);
    expect(edge?.absolutePx).toBeCloseTo(10 / 30, 6);
    expect(edgeError(rectangle(0, 0, 100, 60), rectangle(0, 0, 50, 60), image)).toBeNull();
  });
});

describe('edgeErrorBySize', () => {
  it('means over the found particles of a class', () => {
    const classes = edgeErrorBySize([
      { diameterShare: 0.3, edge: { absolutePx: 1, signedPx: -1 } },
      { diameterShare: 0.9, edge: { absolutePx: 2, signedPx: 0.5 } },
      { diameterShare: 0.9, edge: null },
    ]);
    expect(classes.at(-1)).toEqual({
      from: 1 / 4,
      below: null,
      matched: 2,
      absolutePxMean: 1.5,
      signedPxMean: -0.25,
    });
    expect(classes[0]).toMatchObject({ matched: 0, absolutePxMean: null, signedPxMean: null });
  });
});
