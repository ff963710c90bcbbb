import { diameterEquivalent } from '../measure/measure-particle.ts';
import type { TileSizes } from './tile-sizes.ts';

/** Particles of many tiles in columns, in ascending order of size. */
export interface SizeGroup {
  readonly areaUm2: Float64Array;
  readonly diameterUm: Float64Array;
  /** Index of the tile that the particle comes from. */
  readonly tile: Int32Array;
  /** 1 where the particle is certain. */
  readonly certain: Uint8Array;
}

/** Sorts the particles of all tiles, those that reach a border left out if so wished. */
export function sizeGroup(tiles: readonly TileSizes[], excludeBorder: boolean): SizeGroup {
  const most = tiles.reduce((sum, tile) => sum + tile.areaUm2.length, 0);
  const areaUm2 = new Float64Array(most);
  const tile = new Int32Array(most);
  const certain = new Uint8Array(most);
  let count = 0;
  for (const [index, sizes] of tiles.entries()) {
    for (let particle = 0; particle < sizes.areaUm2.length; particle++) {
      if (excludeBorder && sizes.touchesBorder[particle] !== 0) continue;
      areaUm2[count] = sizes.areaUm2[particle]!;
      tile[count] = index;
      certain[count] = sizes.certain[particle]!;
      count++;
    }
  }
  const order = new Uint32Array(count).map((_, place) => place);
  order.sort((a, b) => areaUm2[a]! - areaUm2[b]!);
  return picked({ areaUm2, diameterUm: areaUm2.map(diameterEquivalent), tile, certain }, order);
}

/** The certain or the uncertain particles of a group, still in order. */
export function byCertainty(group: SizeGroup, certain: boolean): SizeGroup {
  const places = Uint32Array.from(group.certain.keys());
  return picked(
    group,
    places.filter((place) => (group.certain[place] !== 0) === certain),
  );
}

/** How many tiles hold at least one particle of the group. */
export function tilesOccupied(group: SizeGroup): number {
  return new Set(group.tile).size;
}

function picked(group: SizeGroup, places: Uint32Array): SizeGroup {
  const picks = { length: places.length };
  return {
    areaUm2: Float64Array.from(picks, (_, index) => group.areaUm2[places[index]!]!),
    diameterUm: Float64Array.from(picks, (_, index) => group.diameterUm[places[index]!]!),
    tile: Int32Array.from(picks, (_, index) => group.tile[places[index]!]!),
    certain: Uint8Array.from(picks, (_, index) => group.certain[places[index]!]!),
  };
}
