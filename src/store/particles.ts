import type { DatabaseSync } from 'node:sqlite';
import type { LatticeSite } from '../grid/coverage.ts';
import type { Particle } from '../measure/particle.ts';
import { prepareRequireRows } from './kept-rows.ts';
import { number, type Row, text, truth } from './row.ts';
import { siteOf } from './stored-tile.ts';
import { cutsOf, placesApart, type TileColumns, tileColumns } from './tile-columns.ts';

/** A particle and the tile that it was found in. */
export interface ParticleOfTile {
  readonly tileId: number;
  readonly path: string;
  readonly site: LatticeSite | null;
  /** Place in the tile's list, from 0. */
  readonly number: number;
  readonly particle: Particle;
}

/**
 * Reads what was measured. Each step of an iteration reads one tile, so that memory stays small. Of a run whose particles were
 * deleted iterations throw a StoreError that says so.
 */
export interface Particles {
  ofTile(tileId: number): Particle[];
  /**
   * The run's segmented tiles by their places, so that the same tiles give the same figures in whatever order they came:
   * of a particle that two of them show the first one's counts, and tiles are resampled by their numbers.
   */
  columnsOfRun(runId: number): Generator<TileColumns>;
  rowsOfRun(runId: number): Generator<ParticleOfTile>;
  /**
   * The run's particles of lowest confidence, lowest first, the larger of equal ones; not those that a border cuts, which are
   * uncertain for that alone.
   */
  leastConfident(runId: number, limit: number): ParticleOfTile[];
}

export function createParticles(database: DatabaseSync): Particles {
  const tile = database.prepare('SELECT stage_x_um FROM tiles WHERE id = ?');
  const tiles = database.prepare(
    "SELECT * FROM tiles WHERE run_id = ? AND state = 'segmented' ORDER BY stage_y_um DESC, stage_x_um, content_hash",
  );
  const rows = database.prepare('SELECT * FROM particles WHERE tile_id = ? ORDER BY number');
  const columns = database.prepare(
    `SELECT area_um2, diameter_equivalent_um, diameter_feret_min_um, diameter_feret_max_um, perimeter_um,
       aspect_ratio, circularity, solidity, centroid_stage_x_um, centroid_stage_y_um, centroid_x_px,
       centroid_y_px, box_x_px, box_y_px, box_width_px, box_height_px, cuts, objectness, confidence, certain, touches_border
     FROM particles WHERE tile_id = ? ORDER BY number`,
  );
  const leastConfident = database.prepare(
    `SELECT particles.*, path, grid_row, grid_column, stage_x_um FROM tiles JOIN particles ON tile_id = id
     WHERE run_id = ? AND state = 'segmented' AND touches_border = 0
     ORDER BY confidence, area_um2 DESC LIMIT ?`,
  );
  const requireRows = prepareRequireRows(database);
  return {
    ofTile(tileId) {
      const isKnown = isPlaceKnown(tile.get(tileId));
      return rows.all(tileId).map((row) => particle(row, isKnown));
    },
    *columnsOfRun(runId) {
      requireRows(runId);
      const alone = placesApart();
      for (const tile of tiles.all(runId)) {
        const found = columns.all(number(tile, 'id'));
        // After each tile: rows may have begun to go since the last one.
        requireRows(runId);
        yield tileColumns(tile, found, alone);
      }
    },
    *rowsOfRun(runId) {
      requireRows(runId);
      for (const tile of tiles.all(runId)) {
        const tileId = number(tile, 'id');
        const path = text(tile, 'path');
        const site = siteOf(tile);
        const found = rows.all(tileId);
        requireRows(runId);
        for (const row of found) {
          const one = particle(row, isPlaceKnown(tile));
          yield { tileId, path, site, number: number(row, 'number'), particle: one };
        }
      }
    },
    leastConfident: (runId, limit) =>
      leastConfident.all(runId, limit).map((row) => ({
        tileId: number(row, 'tile_id'),
        path: text(row, 'path'),
        site: siteOf(row),
        number: number(row, 'number'),
        particle: particle(row, isPlaceKnown(row)),
      })),
  };
}

export function prepareParticleInsert(
  database: DatabaseSync,
): (tileId: number, particles: readonly Particle[]) => void {
  const insert = database.prepare(
    `INSERT INTO particles (tile_id, number, area_um2, diameter_equivalent_um, diameter_feret_min_um,
       diameter_feret_max_um, perimeter_um, aspect_ratio, circularity, solidity, centroid_stage_x_um,
       centroid_stage_y_um, centroid_x_px, centroid_y_px, box_x_px, box_y_px, box_width_px, box_height_px,
       touches_border, cuts, objectness, confidence, certain)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (tileId, particles) => {
    for (const [index, one] of particles.entries()) {
      insert.run(
        tileId,
        index,
        one.areaUm2,
        one.diameterEquivalentUm,
        one.diameterFeretMinUm,
        one.diameterFeretMaxUm,
        one.perimeterUm,
        one.aspectRatio,
        one.circularity,
        one.solidity,
        // Nobody reads them of a tile without a place, and the columns cannot be empty.
        one.centroidStageUm?.x ?? 0,
        one.centroidStageUm?.y ?? 0,
        one.centroidPx.x,
        one.centroidPx.y,
        ...one.boxPx,
        Number(one.touchesBorder),
        one.cutsPx.length > 0 ? JSON.stringify(one.cutsPx) : null,
        one.objectness,
        one.confidence,
        Number(one.certain),
      );
    }
  };
}

function isPlaceKnown(tile: Row | undefined): boolean {
  return tile?.stage_x_um !== null;
}

function particle(row: Row, isPlaceKnown: boolean): Particle {
  return {
    areaUm2: number(row, 'area_um2'),
    diameterEquivalentUm: number(row, 'diameter_equivalent_um'),
    diameterFeretMinUm: number(row, 'diameter_feret_min_um'),
    diameterFeretMaxUm: number(row, 'diameter_feret_max_um'),
    perimeterUm: number(row, 'perimeter_um'),
    aspectRatio: number(row, 'aspect_ratio'),
    circularity: number(row, 'circularity'),
    solidity: number(row, 'solidity'),
    centroidStageUm: isPlaceKnown
      ? { x: number(row, 'centroid_stage_x_um'), y: number(row, 'centroid_stage_y_um') }
      : null,
    centroidPx: { x: number(row, 'centroid_x_px'), y: number(row, 'centroid_y_px') },
    boxPx: [
      number(row, 'box_x_px'),
      number(row, 'box_y_px'),
      number(row, 'box_width_px'),
      number(row, 'box_height_px'),
    ],
    touchesBorder: truth(row, 'touches_border'),
    cutsPx: cutsOf(row),
    objectness: number(row, 'objectness'),
    confidence: number(row, 'confidence'),
    certain: truth(row, 'certain'),
  };
}
