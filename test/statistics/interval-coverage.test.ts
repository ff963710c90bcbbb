import { describe, expect, it } from 'vitest';
import { tileOfAreas } from './tiles.ts';
import { coverage, figures, particlesPerTile, spread } from './virtual-powder.ts';

const samples = 200;
const tilesPerSample = 40;

describe('95 % intervals over 200 virtual samples of 40 tiles', () => {
  const { held, width } = coverage(samples, tilesPerSample);

  it.each(figures)('hold the true %s in 90 to 98 percent of them', (figure) => {
    expect(held[figure]).toBeGreaterThanOrEqual(0.9);
    expect(held[figure]).toBeLessThanOrEqual(0.98);
  });

  it('are as wide as theory says, within 15 percent', () => {
    // With v = exp(0.16): the tiles' expected means vary by v^2 (v - 1), and 12 particles in each add v^3 (v - 1) / 12.
    const v = Math.exp(spread ** 2);
    const error = Math.sqrt((v ** 2 * (v - 1) + (v ** 3 * (v - 1)) / particlesPerTile) / tilesPerSample);
    expect(width / (2 * 1.96 * error)).toBeGreaterThan(0.85);
    expect(width / (2 * 1.96 * error)).toBeLessThan(1.15);
  });

  it('would miss it far too often if every particle counted as independent', () => {
    // Within a tile the correlation is 1/2, so the true standard error is sqrt(1 + 11 / 2) = 2.5 times as large.
    const naive = coverage(samples, tilesPerSample, (tiles) =>
      tiles.flatMap((tile) => Array.from(tile.areaUm2, (area) => tileOfAreas(area))),
    );
    expect(naive.held.mean).toBeLessThan(0.75);
    expect(naive.held.d50).toBeLessThan(0.75);
  });
});
