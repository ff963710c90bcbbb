import { describe, expect, it } from 'vitest';
import { type ArrivalLimits, arrivalOf, type Place, type RunSoFar } from '../../src/grid/arrival.ts';

interface Tile extends Place {
  readonly name: string;
}

const HOUR_MS = 3_600_000;
const fieldUm = { width: 80, height: 50 };
const limits: ArrivalLimits = { expected: { rows: 3, columns: 4 }, apartMs: 3 * HOUR_MS, apartUm: null };

/** Tiles of 80 um x 50 um side by side. */
function at(row: number, column: number): Tile {
  return { name: `${row},${column}`, stagePositionUm: { x: 80 * column, y: -50 * row }, fieldUm };
}

function grid(rows: number, columns: number): Tile[] {
  return Array.from({ length: rows * columns }, (_, i) => at(Math.floor(i / columns), i % columns));
}

/** A run that was imaged from 0 h to 1 h and still fills. */
function runOf(tiles: readonly Tile[], change: Partial<RunSoFar<Tile>> = {}): RunSoFar<Tile> {
  return {
    hasEnded: false,
    tiles,
    imagedMs: { first: 0, last: HOUR_MS },
    silentMs: 0,
    isWanted: () => false,
    isOverwritten: () => false,
    ...change,
  };
}

function arrival(run: RunSoFar<Tile>, tile: Place, imagedMs: number | null = HOUR_MS, change = {}) {
  const said = arrivalOf(run, { ...tile, imagedMs }, { ...limits, ...change });
  return said.kind === 'replaces' ? `replaces ${said.tile.name}` : said.kind;
}

describe('a tile at an empty place', () => {
  it('fills the run, which fills or has ended', () => {
    const tiles = grid(3, 4).slice(0, 7);
    for (const hasEnded of [false, true]) {
      expect(arrival(runOf(tiles, { hasEnded }), at(1, 3))).toBe('fills');
      expect(arrival(runOf(tiles, { hasEnded }), at(2, 0))).toBe('fills');
    }
  });

  it('is elsewhere beyond one and a half diagonals of the expected grid from every tile', () => {
    // 4 x 80 um and 3 x 50 um: the diagonal is 353 um, and half as much again 530 um.
    const tiles = [at(0, 0), at(0, 1)];
    const right = (um: number): Place => ({ stagePositionUm: { x: 80 + um, y: 0 }, fieldUm });
    expect(arrival(runOf(tiles), right(520))).toBe('fills');
    expect(arrival(runOf(tiles), right(540))).toBe('is-elsewhere');
    expect(arrival(runOf(tiles), right(540), HOUR_MS, { apartUm: 600 })).toBe('fills');
    expect(arrival(runOf(tiles), right(120), HOUR_MS, { apartUm: 100 })).toBe('is-elsewhere');
    // 40 x 40 fields where no grid is expected: 5,660 um.
    expect(arrival(runOf(tiles), right(5_600), HOUR_MS, { expected: null })).toBe('fills');
    expect(arrival(runOf(tiles), right(10_000), HOUR_MS, { expected: null })).toBe('is-elsewhere');
  });

  it('is elsewhere off the grid of a run that has ended, but not of one that fills', () => {
    const between: Place = { stagePositionUm: { x: 40, y: -25 }, fieldUm };
    const tiles = grid(3, 4);
    expect(arrival(runOf(tiles), between)).toBe('fills');
    expect(arrival(runOf(tiles, { hasEnded: true }), between)).toBe('is-elsewhere');
    // Two columns beyond a whole grid; one may be a grid that is larger than was said.
    expect(arrival(runOf(tiles, { hasEnded: true }), at(0, 5))).toBe('is-elsewhere');
    expect(arrival(runOf(tiles, { hasEnded: true }), at(0, 4))).toBe('fills');
  });

  it('fills an ended run as far as the grid was to reach, which may be turned', () => {
    const [row, column] = [grid(1, 2), [at(0, 0), at(1, 0)]];
    expect(arrival(runOf(row, { hasEnded: true }), at(2, 3))).toBe('fills');
    expect(arrival(runOf(column, { hasEnded: true }), at(3, 2))).toBe('fills');
    expect(arrival(runOf(column, { hasEnded: true }), at(3, 3))).toBe('is-elsewhere');
  });

  it('begins anew where its file held another place of the run', () => {
    const tiles = grid(1, 3);
    const isOverwritten = (tile: Tile): boolean => tile === tiles[1];
    expect(arrival(runOf(tiles, { isOverwritten }), at(1, 1))).toBe('begins-anew');
  });

  it('fills a run that has lost all its tiles', () => {
    expect(arrival(runOf([], { imagedMs: null }), at(0, 0))).toBe('fills');
  });
});

describe('a tile of another time', () => {
  it('is elsewhere once it was imaged longer before or after the run than the limit', () => {
    const run = runOf(grid(1, 2));
    expect(arrival(run, at(0, 2), 4 * HOUR_MS)).toBe('fills');
    expect(arrival(run, at(0, 2), 4 * HOUR_MS + 1)).toBe('is-elsewhere');
    expect(arrival(run, at(0, 2), -3 * HOUR_MS)).toBe('fills');
    expect(arrival(run, at(0, 2), -3 * HOUR_MS - 1)).toBe('is-elsewhere');
  });

  it('is elsewhere at an occupied place too, and at one that is to be imaged again', () => {
    const run = runOf(grid(1, 2), { hasEnded: true, isWanted: () => true });
    expect(arrival(run, at(0, 1))).toBe('replaces 0,1');
    expect(arrival(run, at(0, 1), 24 * HOUR_MS)).toBe('is-elsewhere');
  });

  it('is told by the silence of a run that has ended, where the microscope did not write when', () => {
    const silentMs = 3 * HOUR_MS + 1;
    for (const unknown of [
      runOf(grid(1, 2), { silentMs, imagedMs: null }),
      runOf(grid(1, 2), { silentMs }),
    ]) {
      expect(arrival(unknown, at(0, 2), null)).toBe('fills');
      expect(arrival({ ...unknown, hasEnded: true }, at(0, 2), null)).toBe('is-elsewhere');
      expect(arrival({ ...unknown, hasEnded: true, silentMs: HOUR_MS }, at(0, 2), null)).toBe('fills');
    }
  });
});

describe('a tile at an occupied place', () => {
  it('replaces the tile there while the run fills', () => {
    expect(arrival(runOf(grid(1, 3)), at(0, 1))).toBe('replaces 0,1');
    expect(arrival(runOf(grid(1, 1)), at(0, 0))).toBe('replaces 0,0');
  });

  it('begins anew once the run has ended, unless the run asks for the place', () => {
    const tiles = grid(1, 3);
    expect(arrival(runOf(tiles, { hasEnded: true }), at(0, 1))).toBe('begins-anew');
    const isWanted = (tile: Tile): boolean => tile === tiles[1];
    expect(arrival(runOf(tiles, { hasEnded: true, isWanted }), at(0, 1))).toBe('replaces 0,1');
    expect(arrival(runOf(tiles, { hasEnded: true, isWanted }), at(0, 2))).toBe('begins-anew');
  });

  it('begins anew at the first place of a run that already has others: the scan was restarted', () => {
    const tiles = grid(1, 3);
    expect(arrival(runOf(tiles), at(0, 0))).toBe('begins-anew');
    expect(arrival(runOf(tiles, { isWanted: () => true }), at(0, 0))).toBe('replaces 0,0');
  });

  it('is one up to a quarter of the field’s smaller side beside it', () => {
    const beside = (um: number): Place => ({ stagePositionUm: { x: 80 + um, y: 0 }, fieldUm });
    expect(arrival(runOf(grid(1, 3)), beside(12.4))).toBe('replaces 0,1');
    expect(arrival(runOf(grid(1, 3)), beside(12.6))).toBe('fills');
  });

  it('is one on the same site of the lattice of a run that has ended, as after the stage was moved', () => {
    // A third of the pitch to the right of row 0, column 1.
    const moved: Place = { stagePositionUm: { x: 80 + 80 / 3, y: 0 }, fieldUm };
    expect(arrival(runOf(grid(3, 4), { hasEnded: true }), moved)).toBe('begins-anew');
  });
});
