import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureParticle } from '../../src/measure/measure-particle.ts';
import { anyMask, disc, drawn, ellipse, mirrored, rectangle, tileOf, verdict } from './shapes.ts';

const roomyTile = { ...tileOf(), widthPx: 400, heightPx: 400 };

describe('a 16 px square', () => {
  // Side 16: area 256, calipers 16 along the sides and 16 sqrt(2) across the corners, its own hull.
  const square = measureParticle(rectangle(16, 16, 30, 40), tileOf(), verdict);

  it('has the area, diameters and shape of a square', () => {
    expect(square.areaUm2).toBe(256);
    expect(square.diameterEquivalentUm).toBeCloseTo(2 * Math.sqrt(256 / Math.PI), 12);
    expect(square.diameterFeretMinUm).toBe(16);
    expect(square.diameterFeretMaxUm).toBeCloseTo(16 * Math.SQRT2, 12);
    expect(square.aspectRatio).toBeCloseTo(Math.SQRT1_2, 12);
    expect(square.solidity).toBe(1);
  });

  it('lies where it was drawn', () => {
    expect(square.centroidPx).toEqual({ x: 38, y: 48 });
    expect(square.boxPx).toEqual([30, 40, 16, 16]);
    expect(square.touchesBorder).toBe(false);
  });

  it('passes the verdict on', () => {
    expect(square).toMatchObject({ objectness: 0.9, confidence: 0.8, certain: true });
  });

  it('has every length times 0.25 and the same shape at 0.25 um per pixel', () => {
    const small = measureParticle(rectangle(16, 16, 30, 40), tileOf(0.25), verdict);
    expect(small.areaUm2).toBe(16);
    expect(small.diameterFeretMinUm).toBe(4);
    expect(small.diameterFeretMaxUm).toBe(square.diameterFeretMaxUm / 4);
    expect(small.perimeterUm).toBe(square.perimeterUm / 4);
    expect(small.diameterEquivalentUm).toBe(square.diameterEquivalentUm / 4);
    expect(small.aspectRatio).toBe(square.aspectRatio);
    expect(small.circularity).toBe(square.circularity);
  });
});

describe('a disc of radius 50 px', () => {
  const round = measureParticle(disc(50), roomyTile, verdict);

  it('has the area of the circle within 0.5 %', () => {
    expect(round.areaUm2 / (Math.PI * 2500)).toBeGreaterThan(0.995);
    expect(round.areaUm2 / (Math.PI * 2500)).toBeLessThan(1.005);
    expect(round.diameterEquivalentUm).toBeCloseTo(100, 0);
  });

  it('has calipers of 100 px and up to the two half diagonals of a pixel more', () => {
    expect(round.diameterFeretMinUm).toBeGreaterThanOrEqual(99.5);
    expect(round.diameterFeretMinUm).toBeLessThanOrEqual(100.5);
    expect(round.diameterFeretMaxUm).toBeGreaterThanOrEqual(100);
    expect(round.diameterFeretMaxUm).toBeLessThanOrEqual(100 + Math.SQRT2);
  });

  it('is round and nearly convex', () => {
    expect(round.circularity).toBeGreaterThan(0.99);
    expect(round.circularity).toBeLessThanOrEqual(1);
    expect(round.solidity).toBeGreaterThan(0.97);
  });
});

describe('an ellipse of semi-axes 40 and 20 px', () => {
  it.each([0, 0.3, Math.PI / 4, 1.2])('keeps its area and calipers when turned by %f', (angle) => {
    const { areaUm2, diameterFeretMinUm, diameterFeretMaxUm } = measureParticle(
      ellipse(40, 20, angle),
      roomyTile,
      verdict,
    );
    expect(areaUm2 / (Math.PI * 800)).toBeGreaterThan(0.99);
    expect(areaUm2 / (Math.PI * 800)).toBeLessThan(1.01);
    // The corners of pixels whose centres lie inside reach at most half a diagonal beyond, on both sides.
    for (const [measured, truth] of [
      [diameterFeretMinUm, 40],
      [diameterFeretMaxUm, 80],
    ] as const) {
      expect(measured).toBeGreaterThan(truth - 0.5);
      expect(measured).toBeLessThan(truth + Math.SQRT2);
    }
  });
});

describe('a line', () => {
  it('of 10 x 1 px is as wide as its pixels', () => {
    const line = measureParticle(rectangle(10, 1, 50, 50), tileOf(), verdict);
    expect(line.areaUm2).toBe(10);
    expect(line.diameterFeretMinUm).toBe(1);
    expect(line.diameterFeretMaxUm).toBeCloseTo(Math.sqrt(101), 12);
    expect(line.solidity).toBe(1);
  });

  it('of three pixels joined at their corners lies along the diagonal', () => {
    const line = measureParticle(drawn(['#..', '.#.', '..#'], 50, 50), tileOf(), verdict);
    // The hull spans the corners (0,0) (1,0) (3,2) (3,3) (2,3) (0,1): 9 less two triangles of 2.
    expect(line.solidity).toBeCloseTo(3 / 5, 12);
    expect(line.diameterFeretMinUm).toBeCloseTo(Math.SQRT2, 12);
    expect(line.diameterFeretMaxUm).toBeCloseTo(3 * Math.SQRT2, 12);
  });
});

it('caps the circularity of a single pixel at 1', () => {
  // Perimeter pi/4 (2 + sqrt 2) = 2.68, so 4 pi / 2.68^2 = 1.75.
  const pixel = measureParticle(rectangle(1, 1, 5, 5), tileOf(), verdict);
  expect(pixel.circularity).toBe(1);
  expect(pixel.perimeterUm).toBeCloseTo((Math.PI / 4) * (2 + Math.SQRT2), 12);
});

describe('the place in the tile', () => {
  // The tile is 200 x 100 px of 0.5 um around (1000, 2000) um: 100 um wide, 50 um high.
  const tile = { ...tileOf(0.5), centreStageUm: { x: 1000, y: 2000 } };

  it('puts the top left pixel at low x and high y of the stage', () => {
    const corner = measureParticle(rectangle(2, 2, 0, 0), tile, verdict);
    expect(corner.touchesBorder).toBe(true);
    expect(corner.centroidPx).toEqual({ x: 1, y: 1 });
    expect(corner.centroidStageUm).toEqual({ x: 1000 - 50 + 0.5, y: 2000 + 25 - 0.5 });
  });

  it('puts the bottom right pixel at high x and low y of the stage', () => {
    const corner = measureParticle(rectangle(2, 2, 198, 98), tile, verdict);
    expect(corner.touchesBorder).toBe(true);
    expect(corner.centroidStageUm).toEqual({ x: 1000 + 50 - 0.5, y: 2000 - 25 + 0.5 });
  });

  it('follows the rotation of the scan: what is at the top after a quarter of a turn lies to the right', () => {
    const turned = { ...tile, scanRotationRad: Math.PI / 2 };
    // A tenth of the height from the centre: 10 px of 0.5 um above it.
    const { centroidStageUm } = measureParticle(rectangle(2, 2, 99, 39), turned, verdict);
    expect(centroidStageUm).toEqual({ x: expect.closeTo(1005, 9), y: expect.closeTo(2000, 9) });
  });

  it('puts a particle around the image centre at the stage position', () => {
    expect(measureParticle(rectangle(4, 4, 98, 48), tile, verdict).centroidStageUm).toEqual({
      x: 1000,
      y: 2000,
    });
  });

  it.each([
    ['first column', 0, 50, true],
    ['first row', 50, 0, true],
    ['last column', 197, 50, true],
    ['last row', 50, 97, true],
    ['second column and row', 1, 1, false],
    ['last column and row but one', 196, 96, false],
  ])('tells whether a 3 px square in the %s touches the border', (_, x, y, touches) => {
    const { touchesBorder, cutsPx } = measureParticle(rectangle(3, 3, x, y), tile, verdict);
    expect([touchesBorder, cutsPx.length > 0]).toEqual([touches, touches]);
  });

  it('goes by the pixels and not by an empty rim of the window', () => {
    const rimmed = drawn(['...', '.#.', '...'], 0, 0);
    const particle = measureParticle(rimmed, tile, verdict);
    expect(particle.touchesBorder).toBe(false);
    expect(particle.boxPx).toEqual([1, 1, 1, 1]);
  });
});

describe('what cannot be measured', () => {
  it('is a mask without a pixel', () => {
    expect(() => measureParticle(drawn(['..', '..'], 3, 4), tileOf(), verdict)).toThrow(
      'mask at column 3, row 4 (2 x 2 px) has no pixel inside',
    );
  });

  it('is a mask outside its tile', () => {
    expect(() => measureParticle(rectangle(3, 3, 198, 0), tileOf(), verdict)).toThrow(
      'columns 198 to 200 and rows 0 to 2, outside its tile of 200 x 100 px',
    );
  });

  it('is a bitmap that does not fill its window', () => {
    const short = { ...rectangle(3, 3), bits: new Uint8Array(8).fill(1) };
    expect(() => measureParticle(short, tileOf(), verdict)).toThrow('8 bits, expected 3 x 3 = 9');
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('is anything at %f um per pixel', (pixelSizeUm) => {
    expect(() => measureParticle(rectangle(3, 3), tileOf(pixelSizeUm), verdict)).toThrow(/pixel size is/);
  });
});

describe('any particle', () => {
  const sizesOf = (mask: Parameters<typeof measureParticle>[0], pixelSizeUm = 1) => {
    const { centroidPx, centroidStageUm, boxPx, touchesBorder, ...sizes } = measureParticle(
      mask,
      tileOf(pixelSizeUm),
      verdict,
    );
    return sizes;
  };

  it('has the same sizes as its mirror image', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const [here, there] = [sizesOf(mask), sizesOf(mirrored(mask))];
        expect(there.areaUm2).toBe(here.areaUm2);
        expect(there.perimeterUm).toBe(here.perimeterUm);
        expect(there.solidity).toBe(here.solidity);
        expect(there.diameterFeretMinUm).toBeCloseTo(here.diameterFeretMinUm, 12);
        expect(there.diameterFeretMaxUm).toBe(here.diameterFeretMaxUm);
      }),
    );
  });

  it('has lengths in proportion to the pixel size, areas to its square, and the same shape', () => {
    fc.assert(
      fc.property(anyMask, fc.double({ min: 0.001, max: 100, noNaN: true }), (mask, scale) => {
        const [unit, scaled] = [sizesOf(mask), sizesOf(mask, scale)];
        expect(scaled.areaUm2 / unit.areaUm2 / scale ** 2).toBeCloseTo(1, 12);
        expect(scaled.diameterEquivalentUm / unit.diameterEquivalentUm / scale).toBeCloseTo(1, 12);
        expect(scaled.diameterFeretMaxUm / unit.diameterFeretMaxUm / scale).toBeCloseTo(1, 12);
        expect(scaled.diameterFeretMinUm / unit.diameterFeretMinUm / scale).toBeCloseTo(1, 12);
        expect(scaled.perimeterUm / unit.perimeterUm / scale).toBeCloseTo(1, 12);
        expect(scaled.circularity).toBe(unit.circularity);
        expect(scaled.aspectRatio).toBe(unit.aspectRatio);
      }),
    );
  });

  it('has shape factors over 0 and at most 1', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const { aspectRatio, circularity, solidity } = sizesOf(mask);
        for (const factor of [aspectRatio, circularity, solidity]) {
          expect(factor).toBeGreaterThan(0);
          expect(factor).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
