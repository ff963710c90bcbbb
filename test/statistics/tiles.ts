import fc from 'fast-check';
import type { TileSizes } from '../../src/statistics/tile-sizes.ts';

export interface Grain {
  readonly areaUm2: number;
  readonly certain?: boolean;
  readonly touchesBorder?: boolean;
}

/** Certain and off the border unless said otherwise. */
export function tileWith(grains: readonly Grain[]): TileSizes {
  return {
    areaUm2: Float64Array.from(grains, (grain) => grain.areaUm2),
    certain: Uint8Array.from(grains, (grain) => ((grain.certain ?? true) ? 1 : 0)),
    touchesBorder: Uint8Array.from(grains, (grain) => (grain.touchesBorder ? 1 : 0)),
  };
}

export function tileOfAreas(...areas: number[]): TileSizes {
  return tileWith(areas.map((areaUm2) => ({ areaUm2 })));
}

export function tileOfDiameters(...diameters: number[]): TileSizes {
  return tileOfAreas(...diameters.map((diameter) => (Math.PI * diameter ** 2) / 4));
}

/** Up to 6 tiles of up to 12 particles, some tiles empty. */
export const anyTiles: fc.Arbitrary<TileSizes[]> = fc.array(
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
