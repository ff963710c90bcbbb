import type { DatabaseSync } from 'node:sqlite';
import type { LatticeSite } from '../grid/coverage.ts';
import type { Outline } from '../measure/correction.ts';
import type { Particle } from '../measure/particle.ts';
import { prepareRequireRows } from './kept-rows.ts';
import { isPlaceKnown, particleOf } from './particle-row.ts';
import { json, number, type Row, text, truth } from './row.ts';
import { siteOf } from './stored-tile.ts';
import { placesApart, type TileColumns, tileColumns } from './tile-columns.ts';

/** A particle and the tile that it was found in. */
export interface ParticleOfTile {
  readonly tileId: number;
  readonly path: string;
  readonly site: LatticeSite | null;
  /** As the tile's model numbered it, from 0; what reviewers drew has numbers after those. */
  readonly number: number;
  readonly particle: Particle;
  /** The correction that changed it last; null where it is as the model found it. */
  readonly correctionId: number | null;
  /** Its outline as a reviewer drew it; null where it is that of the model, which `Outlines` keep. */
  readonly drawnPx: Outline | null;
}

/** A piece of a tile as it counts. */
export type NumberedParticle = Pick<ParticleOfTile, 'number' | 'particle' | 'correctionId' | 'drawnPx'>;

/**
 * Reads what was measured: of a tile that was reviewed what its corrections left, else what the model found. Each step of an
 * iteration reads one tile, so that memory stays small. Of a run whose particles were deleted iterations throw a StoreError
 * that says so.
 */
export interface Particles {
  /** In the order of {@link piecesOfTile}. */
  ofTile(tileId: number): Particle[];
  piecesOfTile(tileId: number): NumberedParticle[];
  /** What the model found in the tile, whatever reviewers said; their places are their numbers. */
  foundIn(tileId: number): Particle[];
  /**
   * The run's segmented tiles by their places, so that the same tiles give the same figures in whatever order they came:
   * of a particle that two of them show the first one's counts, and tiles are resampled by their numbers.
   * @param as `found`: what the models found, whatever reviewers said
   */
  columnsOfRun(runId: number, as?: 'counted' | 'found'): Generator<TileColumns>;
  rowsOfRun(runId: number): Generator<ParticleOfTile>;
  /**
   * The run's particles of lowest confidence, lowest first, the larger of equal ones; not those that a border cuts, which are
   * uncertain for that alone.
   */
  leastConfident(runId: number, limit: number): ParticleOfTile[];
}

type Table = 'particles' | 'reviewed_particles';

const measures = `number, area_um2, diameter_equivalent_um, diameter_feret_min_um, diameter_feret_max_um, perimeter_um,
  aspect_ratio, circularity, solidity, centroid_stage_x_um, centroid_stage_y_um, centroid_x_px, centroid_y_px, box_x_px,
  box_y_px, box_width_px, box_height_px, cuts, objectness, confidence, certain, touches_border`;

const said = {
  particles: 'NULL AS correction_id, NULL AS outline',
  reviewed_particles: 'correction_id, outline',
} as const satisfies Record<Table, string>;

export function createParticles(database: DatabaseSync): Particles {
  const tile = database.prepare('SELECT stage_x_um, reviewed FROM tiles WHERE id = ?');
  const tiles = database.prepare(
    "SELECT * FROM tiles WHERE run_id = ? AND state = 'segmented' ORDER BY stage_y_um DESC, stage_x_um, content_hash",
  );
  const select = (table: Table) =>
    database.prepare(`SELECT ${measures}, ${said[table]} FROM ${table} WHERE tile_id = ? ORDER BY number`);
  const found = select('particles');
  const reviewed = select('reviewed_particles');
  const whole = (table: Table) =>
    `SELECT tile_id, ${measures}, ${said[table]}, path, grid_row, grid_column, stage_x_um
     FROM tiles JOIN ${table} ON tile_id = id
     WHERE run_id = :run AND state = 'segmented' AND reviewed = ${Number(table !== 'particles')} AND touches_border = 0`;
  const leastConfident = database.prepare(
    `${whole('particles')} UNION ALL ${whole('reviewed_particles')}
     ORDER BY confidence, area_um2 DESC LIMIT :limit`,
  );
  const requireRows = prepareRequireRows(database);
  const rowsOf = (tileId: number, row: Row | undefined): Row[] =>
    (row && truth(row, 'reviewed') ? reviewed : found).all(tileId);

  function piecesOfTile(tileId: number): NumberedParticle[] {
    const row = tile.get(tileId);
    return rowsOf(tileId, row).map((one) => numbered(one, isPlaceKnown(row)));
  }

  return {
    ofTile: (tileId) => piecesOfTile(tileId).map(({ particle }) => particle),
    piecesOfTile,
    foundIn(tileId) {
      const isKnown = isPlaceKnown(tile.get(tileId));
      return found.all(tileId).map((row) => particleOf(row, isKnown));
    },
    *columnsOfRun(runId, as = 'counted') {
      requireRows(runId);
      const alone = placesApart();
      for (const row of tiles.all(runId)) {
        const id = number(row, 'id');
        const isReviewed = as === 'counted' && truth(row, 'reviewed');
        const rows = (isReviewed ? reviewed : found).all(id);
        // After each tile: rows may have begun to go since the last one.
        requireRows(runId);
        yield tileColumns(row, rows, alone, isReviewed);
      }
    },
    *rowsOfRun(runId) {
      requireRows(runId);
      for (const row of tiles.all(runId)) {
        const tileId = number(row, 'id');
        const path = text(row, 'path');
        const site = siteOf(row);
        const rows = rowsOf(tileId, row);
        requireRows(runId);
        for (const one of rows) yield { tileId, path, site, ...numbered(one, isPlaceKnown(row)) };
      }
    },
    leastConfident: (runId, limit) =>
      leastConfident.all({ run: runId, limit }).map((row) => ({
        tileId: number(row, 'tile_id'),
        path: text(row, 'path'),
        site: siteOf(row),
        ...numbered(row, isPlaceKnown(row)),
      })),
  };
}

function numbered(row: Row, isKnown: boolean): NumberedParticle {
  return {
    number: number(row, 'number'),
    particle: particleOf(row, isKnown),
    correctionId: row.correction_id === null ? null : number(row, 'correction_id'),
    // Written from a value of this type, and the daemon is the only writer.
    drawnPx: row.outline === null ? null : (json(row, 'outline') as Outline),
  };
}
