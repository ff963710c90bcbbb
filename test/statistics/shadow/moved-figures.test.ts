import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/statistics/numeric/random.ts';
import {
  type BothFindings,
  type MovedFigureName,
  movedFigures,
  type SizedPiece,
} from '../../../src/statistics/shadow/moved-figures.ts';

const resampling = { resamples: 400, seed: 1 };

function piece(diameterEquivalentUm: number, certain = true): SizedPiece {
  return { diameterEquivalentUm, areaUm2: (Math.PI * diameterEquivalentUm ** 2) / 4, certain };
}

function figure(tiles: readonly BothFindings<SizedPiece>[], name: MovedFigureName) {
  return movedFigures(tiles, resampling).find((one) => one.figure === name)!;
}

describe('how figures would move', () => {
  it('is not at all where both models found the same', () => {
    const tiles = [1, 2, 3].map((size) => {
      const found = [piece(size), piece(2 * size, false)];
      return { serving: found, shadow: found };
    });
    for (const { serving, shadow, difference } of movedFigures(tiles, resampling)) {
      expect(shadow).toBe(serving);
      expect(difference).toEqual({ value: 0, low95: 0, high95: 0 });
    }
  });

  it('is exact where the shadow finds each piece a tenth larger, however tiles differ', () => {
    const tiles = [1, 5, 25].map((size) => ({
      serving: [piece(size)],
      shadow: [piece(1.1 * size)],
    }));
    // The middle one of 1, 5, 25 is 5, and of 1.1, 5.5, 27.5 it is 5.5.
    expect(figure(tiles, 'diameterD50Um')).toMatchObject({ serving: 5, shadow: 5.5 });
    expect(figure(tiles, 'diameterD50Um').difference?.value).toBeCloseTo(0.5, 12);
    // An area grows by 1.1 squared.
    const { serving, shadow } = figure(tiles, 'areaMeanUm2');
    expect(shadow! / serving!).toBeCloseTo(1.21, 12);
  });

  it('gives counts and the share of the uncertain', () => {
    const tiles = [
      { serving: [piece(1), piece(1)], shadow: [piece(1), piece(1, false), piece(1)] },
      { serving: [piece(1), piece(1, false)], shadow: [piece(1)] },
    ];
    expect(figure(tiles, 'count')).toMatchObject({ serving: 4, shadow: 4, difference: { value: 0 } });
    expect(figure(tiles, 'uncertainShare')).toMatchObject({ serving: 0.25, shadow: 0.25 });
    // Either tile drawn twice gives 6 - 4 or 2 - 4, so that the interval is none of a point.
    const { low95, high95 } = figure(tiles, 'count').difference!;
    expect(low95).toBeLessThan(-1);
    expect(high95).toBeGreaterThan(1);
  });

  it('has a narrow interval where tiles differ much and the models little', () => {
    const random = seededRandom(7);
    const tiles = Array.from({ length: 40 }, () => {
      // Powder that differs tenfold from tile to tile; the shadow sees each piece 0.1 um larger.
      const scale = 1 + random(1000) / 100;
      const sizes = Array.from({ length: 20 }, () => scale * (1 + random(100) / 100));
      return { serving: sizes.map((size) => piece(size)), shadow: sizes.map((size) => piece(size + 0.1)) };
    });
    const { serving, difference } = figure(tiles, 'diameterD50Um');
    expect(serving).toBeGreaterThan(4);
    expect(difference!.value).toBeCloseTo(0.1, 9);
    expect(difference!.low95).toBeCloseTo(0.1, 9);
    expect(difference!.high95).toBeCloseTo(0.1, 9);
  });

  it('holds the true difference in about 95 of 100 samples', () => {
    const random = seededRandom(3);
    // The shadow misses each piece with a chance of one in four, so 30 tiles of 10 lose 75 on average.
    const holds = Array.from({ length: 200 }, (_, seed) => {
      const tiles = Array.from({ length: 30 }, () => {
        const serving = Array.from({ length: 10 }, () => piece(1));
        return { serving, shadow: serving.filter(() => random(4) > 0) };
      });
      const [count] = movedFigures(tiles, { resamples: 200, seed });
      return count!.difference!.low95! <= -75 && count!.difference!.high95! >= -75;
    });
    const held = holds.filter(Boolean).length;
    // 190 of 200 in the mean, with a standard deviation of 3.1.
    expect(held).toBeGreaterThanOrEqual(178);
    expect(held).toBeLessThanOrEqual(200);
  });

  it('has no interval for one tile, and no figure of nothing', () => {
    const one = [{ serving: [piece(1)], shadow: [piece(2)] }];
    expect(figure(one, 'diameterD50Um').difference).toEqual({ value: 1, low95: null, high95: null });
    const none = [{ serving: [piece(1)], shadow: [] }];
    expect(figure(none, 'count')).toMatchObject({ serving: 1, shadow: 0, difference: { value: -1 } });
    expect(figure(none, 'diameterD50Um')).toEqual({
      figure: 'diameterD50Um',
      ...{ serving: 1, shadow: null, difference: null },
    });
    expect(figure([], 'count')).toMatchObject({ serving: 0, shadow: 0 });
  });
});
