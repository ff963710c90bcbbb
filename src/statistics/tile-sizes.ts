/** The particles of one tile in columns, one entry each in the same order; all empty for a tile without any. */
export interface TileSizes {
  readonly areaUm2: Float64Array;
  /** 1 where the particle is certain. */
  readonly certain: Uint8Array;
  /** 1 where it reaches the tile's border. */
  readonly touchesBorder: Uint8Array;
}

/** Throws a RangeError that names the tile whose columns differ in length or whose areas are not positive. */
export function checkTileSizes(tiles: readonly TileSizes[]): void {
  for (const [index, { areaUm2, certain, touchesBorder }] of tiles.entries()) {
    if (certain.length !== areaUm2.length || touchesBorder.length !== areaUm2.length) {
      throw new RangeError(
        `tile ${index}: ${areaUm2.length} areas, ${certain.length} certain, ${touchesBorder.length} touchesBorder; expected one of each for every particle`,
      );
    }
    const wrong = areaUm2.findIndex((area) => !(area > 0 && Number.isFinite(area)));
    if (wrong >= 0) {
      throw new RangeError(
        `tile ${index}: particle ${wrong} has an area of ${areaUm2[wrong]} um2, expected a positive number`,
      );
    }
  }
}

/** Particles that reach their tile's border, over all tiles. */
export function borderCount(tiles: readonly TileSizes[]): number {
  let count = 0;
  for (const { touchesBorder } of tiles) {
    for (const bit of touchesBorder) count += bit === 0 ? 0 : 1;
  }
  return count;
}
