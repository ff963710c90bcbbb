import fc from 'fast-check';
import type { JoinableParticles } from '../../src/grid/particle-pieces.ts';
import { diameterEquivalent } from '../../src/measure/measure-particle.ts';
import { borderCorrected } from '../../src/statistics/border-correction.ts';
import type { CountedRun } from '../../src/statistics/run-statistics.ts';
import type { BorderMethod } from '../../src/statistics/size-statistics.ts';

export interface Grain {
  readonly areaUm2: number;
  readonly certain?: boolean;
  readonly touchesBorder?: boolean;
  /** Width and height of its box; 1 um each unless said otherwise. */
  readonly boxUm?: readonly [width: number, height: number];
}

/**
 * A field of 100 um by 50 um, its centre at this x; its particles are certain and off the border unless said otherwise,
 * and lie in a row.
 */
export function tileWith(grains: readonly Grain[], x = 0): JoinableParticles {
  const column = (of: (grain: Grain, index: number) => number) => Float64Array.from(grains, of);
  const left = (index: number) => x - 50 + (100 * (index + 1)) / (grains.length + 1);
  return {
    stagePositionUm: { x, y: 0 },
    fieldUm: { width: 100, height: 50 },
    areaUm2: column(({ areaUm2 }) => areaUm2),
    diameterEquivalentUm: column(({ areaUm2 }) => diameterEquivalent(areaUm2)),
    centroidXUm: column((_, index) => left(index)),
    centroidYUm: column(() => 0),
    boxLeftUm: column((_, index) => left(index)),
    boxBottomUm: column(() => 0),
    boxWidthUm: column(({ boxUm }) => boxUm?.[0] ?? 1),
    boxHeightUm: column(({ boxUm }) => boxUm?.[1] ?? 1),
    cuts: grains.map(() => []),
    certain: Uint8Array.from(grains, ({ certain }) => ((certain ?? true) ? 1 : 0)),
    touchesBorder: Uint8Array.from(grains, ({ touchesBorder }) => (touchesBorder ? 1 : 0)),
  };
}

export function tileOfAreas(...areas: number[]): JoinableParticles {
  return tileWith(areas.map((areaUm2) => ({ areaUm2 })));
}

export function tileOfDiameters(...diameters: number[]): JoinableParticles {
  return tileOfAreas(...diameters.map((diameter) => (Math.PI * diameter ** 2) / 4));
}

/** The tiles, far from each other, as they are counted: pieces at borders included unless said otherwise. */
export function runOf(tiles: readonly JoinableParticles[], method: BorderMethod = 'include'): CountedRun {
  const apart = tiles.map((tile, at) => ({ ...tile, stagePositionUm: { x: 1000 * at, y: 0 } }));
  return { tiles: tiles.length, ...borderCorrected(apart, method) };
}

/** Up to 6 tiles of up to 12 particles, some tiles empty. */
export const anyTiles: fc.Arbitrary<JoinableParticles[]> = fc.array(
  fc
    .array(
      fc.record({
        areaUm2: fc.double({ min: 0.001, max: 1000, noNaN: true }),
        certain: fc.boolean(),
        touchesBorder: fc.boolean(),
      }),
      { maxLength: 12 },
    )
    .map(tileWith),
  { maxLength: 6 },
);
