import { describe, expect, it } from 'vitest';
import { blocksOf, distinctTiles, seamsOf } from '../../src/grid/tile-seams.ts';
import { fieldsOf } from './fields.ts';

const twoByTwo = { rows: 2, columns: 2, width: 80, height: 50, overlapX: 0, overlapY: 0 };

describe('seams', () => {
  it('lie between neighbours that touch, not across corners', () => {
    const seams = seamsOf(fieldsOf(twoByTwo));
    expect(seams).toHaveLength(4);
    expect(seams).toContainEqual({
      across: 'x',
      first: 0,
      second: 1,
      overlapUm: 0,
      fromUm: -50,
      toUm: 0,
    });
    expect(seams).toContainEqual({ across: 'y', first: 1, second: 3, overlapUm: 0, fromUm: 80, toUm: 160 });
    expect(blocksOf(seams)).toEqual([{ overlapXUm: 0, overlapYUm: 0 }]);
  });

  it('name the left and the upper tile first, in whatever order the tiles come', () => {
    const seams = seamsOf(fieldsOf(twoByTwo).toReversed());
    expect(seams.map(({ first, second }) => [first, second])).toEqual(
      expect.arrayContaining([
        [3, 2],
        [1, 0],
        [3, 1],
        [2, 0],
      ]),
    );
  });

  it('bridge a gap of a hundredth of the field, and no wider one', () => {
    const row = { ...twoByTwo, rows: 1 };
    expect(seamsOf(fieldsOf({ ...row, overlapX: -0.75 }))).toMatchObject([{ overlapUm: -0.75 }]);
    expect(seamsOf(fieldsOf({ ...row, overlapX: -0.81 }))).toEqual([]);
  });

  it('tell the overlap, and the stretch that two shifted tiles have in common', () => {
    const [left, right] = fieldsOf({ ...twoByTwo, rows: 1, overlapX: 8 });
    const lower = { ...right!, stagePositionUm: { x: right!.stagePositionUm.x, y: -30 } };
    expect(seamsOf([left!, lower])).toEqual([
      { across: 'x', first: 0, second: 1, overlapUm: 8, fromUm: -50, toUm: -5 },
    ]);
  });

  it('lead to the next tile where the next but one overlaps too', () => {
    const seams = seamsOf(fieldsOf({ ...twoByTwo, rows: 1, columns: 4, overlapX: 50 }));
    expect(seams.map(({ first, second }) => [first, second])).toEqual(
      expect.arrayContaining([
        [0, 1],
        [1, 2],
        [2, 3],
      ]),
    );
    expect(seams).toHaveLength(3);
  });

  it('make no block where a tile of the four is missing', () => {
    const seams = seamsOf(fieldsOf(twoByTwo, (index) => index !== 3));
    expect(seams).toHaveLength(2);
    expect(blocksOf(seams)).toEqual([]);
  });
});

it('counts an image that was taken again, off by a few hundredths of a field, as one tile', () => {
  const tiles = fieldsOf({ ...twoByTwo, overlapX: 16 });
  const again = tiles.map(({ stagePositionUm: { x, y }, fieldUm }) => ({
    stagePositionUm: { x: x + 3, y: y - 2 },
    fieldUm,
  }));
  expect(distinctTiles([...tiles, ...again])).toEqual([0, 1, 2, 3]);
  expect(seamsOf([...tiles, ...again])).toEqual(seamsOf(tiles));
});
