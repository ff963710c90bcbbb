import type { StagePositionUm } from '../units.ts';

/** The way from a tile to one of its neighbours. */
export interface Step {
  readonly x: number;
  readonly y: number;
}

/** Enough for the eight around a tile and, where rows are much closer than columns, the next column too. */
const NEIGHBOURS = 12;
/** Distances of all pairs are compared, so the rotation and pitch are guessed from the middle of a large grid. */
const TILES_COMPARED = 128;

/** One position for those that lie nearer to each other than `nearUm`: the first of them. */
export function distinctPositions(positions: readonly StagePositionUm[], nearUm: number): StagePositionUm[] {
  const cells = new Map<string, StagePositionUm[]>();
  return positions.filter((position) => {
    const column = Math.floor(position.x / nearUm);
    const row = Math.floor(position.y / nearUm);
    for (let cell = 0; cell < 9; cell += 1) {
      const near = cells.get(`${column - 1 + (cell % 3)},${row - 1 + Math.floor(cell / 3)}`) ?? [];
      if (near.some((other) => Math.hypot(other.x - position.x, other.y - position.y) < nearUm)) return false;
    }
    const key = `${column},${row}`;
    cells.set(key, [...(cells.get(key) ?? []), position]);
    return true;
  });
}

/** The positions from the middle one (medians of x and y) outwards. */
export function fromTheMiddle(positions: readonly StagePositionUm[]): StagePositionUm[] {
  const middle = {
    x: positions.map(({ x }) => x).toSorted((a, b) => a - b)[positions.length >> 1] ?? 0,
    y: positions.map(({ y }) => y).toSorted((a, b) => a - b)[positions.length >> 1] ?? 0,
  };
  return positions
    .map((position) => ({ position, away: Math.hypot(position.x - middle.x, position.y - middle.y) }))
    .toSorted((a, b) => a.away - b.away)
    .map(({ position }) => position);
}

/** The steps from each tile near the middle to its nearest neighbours; `positions` from the middle outwards. */
export function neighbourSteps(positions: readonly StagePositionUm[]): Step[] {
  const compared = positions.slice(0, TILES_COMPARED);
  return compared.flatMap((from) => {
    const nearest: Step[] = [];
    const distances: number[] = [];
    for (const to of compared) {
      const x = to.x - from.x;
      const y = to.y - from.y;
      const squared = x * x + y * y;
      if (to === from || squared >= (distances[NEIGHBOURS - 1] ?? Number.POSITIVE_INFINITY)) continue;
      const place = distances.findLastIndex((other) => other <= squared) + 1;
      distances.splice(place, 0, squared);
      nearest.splice(place, 0, { x, y });
    }
    return nearest.slice(0, NEIGHBOURS);
  });
}
