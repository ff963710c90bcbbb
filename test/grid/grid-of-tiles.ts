import type { StagePositionUm } from '../../src/units.ts';

/** A tile of an imagined acquisition: where it stands, and the row and column it was meant for. */
export interface MeantTile extends StagePositionUm {
  readonly row: number;
  readonly column: number;
}

export interface ImaginedGrid {
  readonly rows: number;
  readonly columns: number;
  readonly pitchUm: { readonly x: number; readonly y: number };
  readonly turnedDegrees?: number;
  /** Largest deviation along each axis, as a fraction of the pitch. */
  readonly jitter?: number;
  /** Uniform numbers from 0 to 1; needed with jitter. */
  readonly random?: () => number;
}

/** Tiles row by row; row 0 on top, its first tile at (1000, 500) um. */
export function gridOfTiles(grid: ImaginedGrid): MeantTile[] {
  const { rows, columns, pitchUm, turnedDegrees = 0, jitter = 0, random = () => 0.5 } = grid;
  const turn = (turnedDegrees * Math.PI) / 180;
  return Array.from({ length: rows * columns }, (_, index) => {
    const row = Math.floor(index / columns);
    const column = index % columns;
    const along = (column + jitter * (2 * random() - 1)) * pitchUm.x;
    const up = -(row + jitter * (2 * random() - 1)) * pitchUm.y;
    return {
      row,
      column,
      x: 1000 + along * Math.cos(turn) - up * Math.sin(turn),
      y: 500 + along * Math.sin(turn) + up * Math.cos(turn),
    };
  });
}

/** Park & Miller's generator (1988), so that a failing case can be run again by its seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
