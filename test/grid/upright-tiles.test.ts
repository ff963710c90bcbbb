import { describe, expect, it } from 'vitest';
import { joinedParticles } from '../../src/grid/joined-particles.ts';
import { duplicateParticles } from '../../src/grid/same-particle.ts';
import { uprightTiles } from '../../src/grid/upright-tiles.ts';
import { fieldsOf } from './fields.ts';
import { discAt, picturedTurned } from './pictured-tiles.ts';

/** Pictures of 60 x 40 px at 1 um, 2 x 2 on the stage; a quarter of a turn exchanges their sides there. */
function fields(turns: number, overlap = 0) {
  const [width, height] = turns % 2 === 0 ? [60, 40] : [40, 60];
  const grid = { rows: 2, columns: 2, width, height, overlapX: overlap, overlapY: overlap };
  return fieldsOf(grid).map((field) => ({ ...field, fieldUm: { width: 60, height: 40 } }));
}

/** At the corner of all four tiles, on a seam of each direction, and whole in the upper left one. */
function discs(turns: number) {
  const [right, down] = turns % 2 === 0 ? [60, 40] : [40, 60];
  return [discAt(right, -down, 6), discAt(right, -15, 5), discAt(15, -down, 5), discAt(15, -15, 4)];
}

describe('tiles whose scan is turned', () => {
  const quarters = [0, 1, 2, 3, 4, -1];

  it.each(quarters)('join over their seams as upright ones do: %i quarters of a turn', (turns) => {
    const turned = picturedTurned(fields(turns), discs(turns), (turns * Math.PI) / 2);
    const { tiles, areTurnedAlike } = uprightTiles(turned);
    expect(areTurnedAlike).toBe(true);
    const joined = joinedParticles(tiles);
    expect(joined.map(({ pieces, cut }) => [pieces.length, cut]).sort()).toEqual([
      ...[
        [1, false],
        [2, false],
        [2, false],
        [4, false],
      ],
    ]);
    const areaUm2 = joined.reduce((sum, particle) => sum + particle.areaUm2, 0);
    // Radii of 6, 5, 5 and 4 um; pixels follow a circle of 4 um to 3 %.
    expect(areaUm2).toBeCloseTo(Math.PI * (36 + 25 + 25 + 16), -1.2);
  });

  it('join where they are turned by less than a degree, as real ones are', () => {
    // Over half a side of 60 um the seam shifts by 30 x 0.0145 = 0.4 um.
    const { tiles } = uprightTiles(picturedTurned(fields(0), discs(0), 0.0145));
    const joined = joinedParticles(tiles).map(({ pieces, cut }) => [pieces.length, cut]);
    expect(joined.sort()).toEqual([
      [1, false],
      [2, false],
      [2, false],
      [4, false],
    ]);
  });

  it('count a particle once that two of them show where they overlap', () => {
    const overlap = 12;
    const seen = picturedTurned(fields(1, overlap), [discAt(34, -15, 4)], Math.PI / 2);
    expect(seen.map(({ areaUm2 }) => areaUm2.length)).toEqual([1, 1, 0, 0]);
    const { tiles } = uprightTiles(seen);
    expect(duplicateParticles(tiles).flatMap((ofTile) => [...ofTile])).toEqual([0, 1]);
  });

  it('stay where they are when they are turned differently', () => {
    const [first, ...others] = picturedTurned(fields(0), discs(0), 0);
    const mixed = [first!, ...others.map((tile) => ({ ...tile, scanRotationRad: 0.01 }))];
    expect(uprightTiles(mixed)).toEqual({ tiles: mixed, areTurnedAlike: false });
    const alike = others.map((tile) => ({ ...tile, scanRotationRad: 2 * Math.PI }));
    expect(uprightTiles([first!, ...alike]).areTurnedAlike).toBe(true);
    expect(uprightTiles([])).toEqual({ tiles: [], areTurnedAlike: true });
  });
});
