import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineMasks } from '../../../src/inference/masks/combine-masks.ts';
import type { Thresholds } from '../../../src/inference/model/manifest.ts';
import { detectionsOf, type Region } from '../detections-of.ts';

const tile = { widthPx: 200, heightPx: 100, scaleX: 1, scaleY: 1 };
const thresholds = {
  objectnessCertain: 0.5,
  objectnessUncertain: 0.7,
  overlap: 0.5,
  crossOverlap: 0.2,
  maskActivation: 0.5,
  smallestAreaPx: 20,
};
const CERTAIN = 5;
const UNCERTAIN = 0;

function combined(regions: readonly Region[], others: Partial<Thresholds> = {}) {
  return combineMasks(detectionsOf(regions), tile, { ...thresholds, ...others });
}

function square(x: number, objectness: number, bin: number, side = 20): Region {
  return { box: [x, 10, x + side, 10 + side], objectness, bin };
}

describe('combining masks', () => {
  it('calls a particle certain from the bin k/2 = 3 on', () => {
    const bins = [0, 1, 2, 3, 4, 5];
    const found = combined(bins.map((bin) => square(bin * 30, 0.9, bin)));
    expect(found.map((segment) => segment.certain)).toEqual([false, false, false, true, true, true]);
  });

  it('gives the mean of the bins as confidence', () => {
    // All probability in bin 4 of 6: its centre is 4.5 / 6.
    expect(combined([square(0, 0.9, 4)])[0]?.confidence).toBeCloseTo(4.5 / 6, 6);
  });

  it('asks more objectness of uncertain particles than of certain ones', () => {
    const found = combined([
      square(0, 0.6, CERTAIN),
      square(50, 0.6, UNCERTAIN),
      square(100, 0.8, UNCERTAIN),
    ]);
    expect(found.map((segment) => segment.mask.x)).toEqual([100, 0]);
  });

  it('may ask less of uncertain particles of 40 px of the input or more', () => {
    // A square of 35 has an area of 1,225, one of 36 of 1,296; a disc of 40 px lies between them with 1,257.
    const squares = [square(0, 0.6, UNCERTAIN, 35), square(50, 0.6, UNCERTAIN, 36)];
    expect(combined(squares)).toEqual([]);
    const found = combined(squares, { objectnessUncertainLarge: 0.6 });
    expect(found.map((segment) => segment.mask.x)).toEqual([50]);
    // On a tile of twice the input's resolution it is 70 and 72 px that tell.
    const twice = { widthPx: 400, heightPx: 200, scaleX: 0.5, scaleY: 0.5 };
    const large = { ...thresholds, objectnessUncertainLarge: 0.6 };
    expect(combineMasks(detectionsOf(squares), twice, large)).toHaveLength(1);
  });

  it('may ask more of them too', () => {
    const squares = [square(0, 0.8, UNCERTAIN, 30), square(50, 0.8, UNCERTAIN, 40)];
    expect(combined(squares, { objectnessUncertainLarge: 0.9 }).map((segment) => segment.mask.x)).toEqual([
      0,
    ]);
  });

  it('keeps the more objective of two masks that overlap by more than the threshold', () => {
    // Squares of 20 shifted by 5: 15 x 20 shared, IoU 300 / 500 = 0.6. Shifted by 8: 240 / 560 = 0.43.
    expect(combined([square(5, 0.8, CERTAIN), square(0, 0.9, CERTAIN)]).map((s) => s.mask.x)).toEqual([0]);
    expect(combined([square(8, 0.8, CERTAIN), square(0, 0.9, CERTAIN)]).map((s) => s.mask.x)).toEqual([0, 8]);
  });

  it('lets an uncertain mask yield to a certain one even when it is more objective', () => {
    // Shifted by 12: 8 x 20 = 160 shared of 640, IoU 0.25, over the cross overlap of 0.2.
    const found = combined([square(12, 0.95, UNCERTAIN), square(0, 0.6, CERTAIN)]);
    expect(found.map((segment) => [segment.mask.x, segment.certain])).toEqual([[0, true]]);
  });

  it('does not let a duplicate that was dropped drop others', () => {
    // b repeats a (0.6) and is dropped; c repeats b (0.6) but overlaps a by only 10 x 20: IoU 200 / 600.
    const found = combined([square(0, 0.9, CERTAIN), square(5, 0.8, CERTAIN), square(10, 0.7, CERTAIN)]);
    expect(found.map((segment) => segment.mask.x)).toEqual([0, 10]);
  });

  it('leaves out dust, counted in pixels of the network', () => {
    expect(combined([square(0, 0.9, CERTAIN, 4), square(50, 0.9, CERTAIN, 5)]).map((s) => s.mask.x)).toEqual([
      50,
    ]);
  });

  it('finds nothing where the network found nothing', () => {
    expect(combined([])).toEqual([]);
  });

  it('takes what lies in a larger one for a part of it, unless it is about as objective', () => {
    // A square of 10 in one of 40 shares all its pixels with it, and an IoU of 100 / 1600 drops nothing.
    const rock = square(0, 0.9, CERTAIN, 40);
    const rules = { containment: 0.6, containedObjectness: 0.9, containedObjectnessUncertain: 1 };
    const sides = (regions: readonly Region[], others: Partial<Thresholds> = rules) =>
      combined(regions, others).map(({ mask }) => mask.width);
    expect(sides([rock, square(5, 0.7, CERTAIN, 10)])).toEqual([40]);
    expect(sides([rock, square(5, 0.7, CERTAIN, 10)], {})).toEqual([40, 10]);
    // A grain on a rock: 0.85 is more than 0.9 times 0.9, but less than 1 times.
    expect(sides([rock, square(5, 0.85, CERTAIN, 10)])).toEqual([40, 10]);
    expect(sides([rock, square(5, 0.85, UNCERTAIN, 10)])).toEqual([40]);
    // Of a square that leans on it 5 columns of 10 lie inside, under 0.6.
    expect(sides([rock, square(35, 0.7, CERTAIN, 10)])).toEqual([40, 10]);
  });

  it('never keeps two masks of one kind that overlap by more than the threshold, whatever comes in', () => {
    const region = fc.record({
      x: fc.integer({ min: 0, max: 150 }),
      side: fc.integer({ min: 6, max: 40 }),
      objectness: fc.double({ min: 0, max: 1, noNaN: true }),
      bin: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(region, { maxLength: 12 }), (regions) => {
        const found = combined(
          regions.map(({ x, side, objectness, bin }) => square(x, objectness, bin, side)),
        );
        for (const [i, a] of found.entries()) {
          for (const b of found.slice(i + 1)) {
            const limit = a.certain === b.certain ? thresholds.overlap : thresholds.crossOverlap;
            expect(squareIou(a.mask, b.mask)).toBeLessThanOrEqual(limit + 1e-9);
          }
        }
      }),
    );
  });
});

/** IoU of two full squares that share their upper edge. */
function squareIou(a: { x: number; width: number }, b: { x: number; width: number }): number {
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x));
  const both = width * Math.min(a.width, b.width);
  return both / (a.width ** 2 + b.width ** 2 - both);
}
