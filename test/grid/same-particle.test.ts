import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duplicateParticles, type PlacedParticles } from '../../src/grid/same-particle.ts';
import { randomFrom } from './grid-of-tiles.ts';

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly diameter: number;
  readonly cut?: boolean;
}

/** A tile of 100 x 100 um with its centre at (x, y). */
function tileAt(x: number, y: number, discs: readonly Disc[]): PlacedParticles {
  return {
    stagePositionUm: { x, y },
    fieldUm: { width: 100, height: 100 },
    centroidXUm: Float64Array.from(discs, (disc) => disc.x),
    centroidYUm: Float64Array.from(discs, (disc) => disc.y),
    diameterEquivalentUm: Float64Array.from(discs, (disc) => disc.diameter),
    touchesBorder: Uint8Array.from(discs, (disc) => (disc.cut ? 1 : 0)),
  };
}

function duplicates(...tiles: PlacedParticles[]): number[][] {
  return duplicateParticles(tiles).map((tile) => [...tile]);
}

describe('duplicateParticles', () => {
  // Tile a reaches from 0 to 100 um, tile b from 90 to 190 um: they share the strip from 90 to 100 um.
  const a = (...discs: Disc[]) => tileAt(50, 50, discs);
  const b = (...discs: Disc[]) => tileAt(140, 50, discs);

  it('counts a particle seen whole by two tiles once, in the larger of its two outlines', () => {
    expect(duplicates(a({ x: 95, y: 50, diameter: 4 }), b({ x: 95.5, y: 50, diameter: 4.2 }))).toEqual([
      [1],
      [0],
    ]);
  });

  it('keeps that of the earlier tile when both are equal', () => {
    const disc = { x: 95, y: 50, diameter: 4 };
    expect(duplicates(a(disc), b(disc))).toEqual([[0], [1]]);
    expect(duplicates(b(disc), a(disc))).toEqual([[0], [1]]);
  });

  it('keeps two particles apart whose centroids are half the smaller diameter apart', () => {
    const here = { x: 94, y: 50, diameter: 4 };
    expect(duplicates(a(here), b({ x: 96, y: 50, diameter: 6 }))).toEqual([[0], [0]]);
    expect(duplicates(a(here), b({ x: 95.9, y: 50, diameter: 6 }))).toEqual([[1], [0]]);
  });

  it('drops the cut piece and keeps the whole particle, whose centroid lies beyond the shared strip', () => {
    // A disc with R = 7 um around x = 102, cut by a's border at 100, c = 2 um off its centre. Its piece in a is a
    // circular segment: area R^2 acos(c / R) - c sqrt(R^2 - c^2) = 49.4 um2, so 7.9 um equivalent diameter; its
    // centroid lies 2/3 (R^2 - c^2)^(3/2) / area = 4.1 um to the left of the disc's.
    const piece = { x: 97.9, y: 50, diameter: 7.9, cut: true };
    const whole = { x: 102, y: 50, diameter: 14 };
    expect(duplicates(a(piece), b(whole))).toEqual([[1], [0]]);
    expect(duplicates(b(whole), a(piece))).toEqual([[0], [1]]);
  });

  it('drops a small cut piece far from the centroid of the whole particle, and nothing small and whole', () => {
    const whole = { x: 104, y: 50, diameter: 20 };
    expect(duplicates(a({ x: 97, y: 50, diameter: 3, cut: true }), b(whole))).toEqual([[1], [0]]);
    expect(duplicates(a({ x: 97, y: 50, diameter: 3 }), b(whole))).toEqual([[0], [0]]);
  });

  it('drops both pieces of a whole particle that a border cuts in two', () => {
    const pieces = [
      { x: 98, y: 46, diameter: 3, cut: true },
      { x: 98, y: 54, diameter: 3, cut: true },
    ];
    expect(duplicates(a(...pieces), b({ x: 102, y: 50, diameter: 14 }))).toEqual([[1, 1], [0]]);
  });

  it('keeps the larger of two pieces of a particle that both borders cut', () => {
    // A disc of 20 um around x = 97 spans 87 to 107: a sees 87 to 100, b sees 90 to 107. By the formulas above the
    // segments that they lack have 98.0 and 29.6 um2 of its 314.2 um2, and shift the centroids by -2.7 and 0.9 um.
    const inA = { x: 94.3, y: 50, diameter: 16.6, cut: true };
    const inB = { x: 97.9, y: 50, diameter: 19.0, cut: true };
    expect(duplicates(a(inA), b(inB))).toEqual([[1], [0]]);
  });

  it('keeps one of a particle that four tiles see at their common corner', () => {
    const disc = { x: 95, y: 95, diameter: 6 };
    const corner = [
      [50, 50],
      [140, 50],
      [50, 140],
      [140, 140],
    ].map(([x = 0, y = 0], index) => tileAt(x, y, [{ ...disc, diameter: 6 + (index === 2 ? 0.1 : 0) }]));
    expect(duplicates(...corner)).toEqual([[1], [1], [0], [1]]);
  });

  it('never takes two whole particles of one tile for one, however near', () => {
    const twins = [
      { x: 94.5, y: 50, diameter: 4 },
      { x: 95.5, y: 50, diameter: 4 },
    ];
    // The single outline in b joins the nearer twin; the other is counted by itself.
    expect(duplicates(a(...twins), b({ x: 95.4, y: 50, diameter: 4 }))).toEqual([[0, 0], [1]]);
  });

  it('finds nothing in tiles that only touch, though a border runs through a particle', () => {
    const left = tileAt(50, 50, [{ x: 98, y: 50, diameter: 8, cut: true }]);
    const right = tileAt(150, 50, [{ x: 101, y: 50, diameter: 8, cut: true }]);
    expect(duplicates(left, right)).toEqual([[0], [0]]);
  });

  it('counts every particle of a powder once, wherever the tiles cut it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2147483646 }), (seed) => {
        const { tiles, particles } = powder(2, 3, 20, randomFrom(seed));
        const kept = duplicateParticles(tiles).flatMap((tile) => [...tile].filter((flag) => flag === 0));
        expect(kept).toHaveLength(particles);
      }),
      { numRuns: 50 },
    );
  });

  it('compares 288 tiles of 300 particles in well under a second', () => {
    const { tiles, particles } = powder(12, 24, 300, randomFrom(11));
    const startMs = performance.now();
    const flags = duplicateParticles(tiles);
    expect(performance.now() - startMs).toBeLessThan(1000);
    expect(flags.flatMap((tile) => [...tile].filter((flag) => flag === 0))).toHaveLength(particles);
  });
});

/**
 * Discs that do not touch, one to each cell of a square pattern, seen by tiles of 100 um that overlap by 10 um.
 * A tile sees a disc when its centre is inside, and holds it for cut when it reaches over the border.
 */
function powder(rows: number, columns: number, discsPerTile: number, random: () => number) {
  const cell = 100 / Math.sqrt(discsPerTile);
  const discs: Disc[] = [];
  for (let x = cell / 2; x < columns * 90 + 10; x += cell) {
    for (let y = cell / 2; y < rows * 90 + 10; y += cell) {
      // Off the middle by 0.2 cells and at most 0.5 cells wide: two neighbours stay 0.1 cells apart.
      discs.push({
        x: x + (random() - 0.5) * 0.4 * cell,
        y: y + (random() - 0.5) * 0.4 * cell,
        diameter: (0.1 + 0.4 * random()) * cell,
      });
    }
  }
  const inside = (disc: Disc, left: number, bottom: number, margin: number) =>
    Math.min(disc.x - left, left + 100 - disc.x, disc.y - bottom, bottom + 100 - disc.y) > margin;
  const tiles: PlacedParticles[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const left = column * 90;
      const bottom = row * 90;
      const seen = discs
        .filter((disc) => inside(disc, left, bottom, 0))
        .map((disc) => ({ ...disc, cut: !inside(disc, left, bottom, disc.diameter / 2) }));
      tiles.push(tileAt(left + 50, bottom + 50, seen));
    }
  }
  const particles = discs.filter(
    ({ x, y }) => x > 0 && y > 0 && x < columns * 90 + 10 && y < rows * 90 + 10,
  ).length;
  return { tiles, particles };
}
