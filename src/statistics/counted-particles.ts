/** The particles of a run that count, in columns; entry i of all of them is one particle. Any order. */
export interface CountedParticles {
  readonly areaUm2: Float64Array;
  /**
   * How many particles of the sampled field it stands for, at least 1: the inverse of its chance to be seen whole
   * (Horvitz and Thompson 1952). All 1 where nothing is corrected.
   */
  readonly weight: Float64Array;
  /** Index of the tile that it comes from, from 0. */
  readonly tile: Int32Array;
  /** 1 where it is certain. */
  readonly certain: Uint8Array;
}

/** Throws a RangeError that names the particle whose values cannot be used. */
export function checkCountedParticles(
  { areaUm2, weight, tile, certain }: CountedParticles,
  tiles: number,
): void {
  const { length } = areaUm2;
  if (weight.length !== length || tile.length !== length || certain.length !== length) {
    throw new RangeError(
      `${length} areas, ${weight.length} weights, ${tile.length} tiles, ${certain.length} certain; expected one of each for every particle`,
    );
  }
  for (let index = 0; index < length; index++) {
    expectNumber(areaUm2[index]! > 0, `particle ${index} has an area of ${areaUm2[index]} um2`, 'over 0');
    expectNumber(weight[index]! >= 1, `particle ${index} has a weight of ${weight[index]}`, 'from 1');
    expectNumber(
      tile[index]! >= 0 && tile[index]! < tiles,
      `particle ${index} lies in tile ${tile[index]}`,
      `from 0 to below ${tiles}`,
    );
    if (Number.isFinite(areaUm2[index]!) && Number.isFinite(weight[index]!)) continue;
    throw new RangeError(`particle ${index} has an area or a weight that is infinite`);
  }
}

function expectNumber(holds: boolean, found: string, expected: string): void {
  if (!holds) throw new RangeError(`${found}, expected a number ${expected}`);
}
