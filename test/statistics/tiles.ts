import fc from 'fast-check';
import { borderCorrected, type TileParticles } from '../../src/statistics/border-correction.ts';
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
 * A field of 100 um by 50 um, its centre at this x; its particles are certain and off the border unless said otherwise.
 */
export function tileWith(grains: readonly Grain[], x = 0): TileParticles {
  return {
    stagePositionUm: { x, y: 0 },
    fieldUm: { width: 100, height: 50 },
    areaUm2: Float64Array.from(grains, (grain) => grain.areaUm2),
    certain: Uint8Array.from(grains, (grain) => ((grain.certain ?? true) ? 1 : 0)),
    touchesBorder: Uint8Array.from(grains, (grain) => (grain.touchesBorder ? 1 : 0)),
    boxWidthUm: Float64Array.from(grains, (grain) => grain.boxUm?.[0] ?? 1),
    boxHeightUm: Float64Array.from(grains, (grain) => grain.boxUm?.[1] ?? 1),
  };
}

export function tileOfAreas(...areas: number[]): TileParticles {
  return tileWith(areas.map((areaUm2) => ({ areaUm2 })));
}

export function tileOfDiameters(...diameters: number[]): TileParticles {
  return tileOfAreas(...diameters.map((diameter) => (Math.PI * diameter ** 2) / 4));
}

/** The tiles as they are counted, pieces at borders included unless said otherwise. */
export function runOf(tiles: readonly TileParticles[], method: BorderMethod = 'include'): CountedRun {
  return { tiles: tiles.length, ...borderCorrected(tiles, method) };
}

/** Up to 6 tiles of up to 12 particles, some tiles empty. */
export const anyTiles: fc.Arbitrary<TileParticles[]> = fc.array(
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
