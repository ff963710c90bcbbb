import { expect, it } from 'vitest';
import { type PlacedSizes, uniformity } from '../../src/statistics/uniformity.ts';

/** A tile of whole particles with these diameters, and one cut by the border where asked for. */
function tile(row: number, column: number, diametersUm: readonly number[], cut = 0): PlacedSizes {
  const areas = diametersUm.map((diameter) => (Math.PI / 4) * diameter ** 2);
  return {
    site: { row, column },
    areaUm2: Float64Array.from([...areas, ...new Array<number>(cut).fill(1000)]),
    touchesBorder: Uint8Array.from([...areas.map(() => 0), ...new Array<number>(cut).fill(1)]),
  };
}

it('maps counts and geometric mean diameters by row and column, cut particles counted and not measured', () => {
  const { map } = uniformity([tile(1, 0, [5]), tile(0, 1, [], 2), tile(0, 0, [2, 8], 1)]);
  // sqrt(2 x 8) = 4.
  expect(map.map(({ row, column, count }) => [row, column, count])).toEqual([
    [0, 0, 3],
    [0, 1, 2],
    [1, 0, 1],
  ]);
  expect(map[0]!.diameterMeanUm).toBeCloseTo(4, 12);
  expect(map[1]!.diameterMeanUm).toBeNull();
  expect(map[2]!.diameterMeanUm).toBeCloseTo(5, 12);
});

it('takes two tiles at one place for one, and leaves out a tile without a place', () => {
  const { map } = uniformity([tile(0, 0, [2]), tile(0, 0, [8]), { ...tile(0, 0, [50]), site: null }]);
  expect(map).toHaveLength(1);
  expect(map[0]!.count).toBe(2);
  expect(map[0]!.diameterMeanUm).toBeCloseTo(4, 12);
});

it('sees sizes that grow along the grid while the counts stay even', () => {
  const tiles = Array.from({ length: 24 }, (_, index) => {
    const column = index % 6;
    return tile(Math.floor(index / 6), column, [3 + column, 4 + column]);
  });
  const { diameter, count } = uniformity(tiles);
  expect(diameter?.pValue).toBe(0.002);
  expect(diameter?.moranI).toBeGreaterThan(0.5);
  expect(count).toBeNull(); // all equal
});
