import type { DatabaseSync } from 'node:sqlite';
import type { LatticeSite } from '../grid/coverage.ts';
import { type PlacedCut, placedCut } from '../grid/placed-cut.ts';
import type { BorderCut } from '../measure/border-cuts.ts';
import type { Particle } from '../measure/particle.ts';
import type { StagePositionUm } from '../units.ts';
import { prepareRequireRows } from './kept-rows.ts';
import { json, number, type Row, text, truth } from './row.ts';
import { siteOf } from './stored-tile.ts';

/** A segmented tile's particles, one array for each measure; entry i of all arrays is one particle. */
export interface TileColumns {
  readonly tileId: number;
  readonly site: LatticeSite | null;
  /** The tile's centre, and the size of its field of view. */
  readonly stagePositionUm: StagePositionUm;
  readonly fieldUm: { readonly width: number; readonly height: number };
  readonly areaUm2: Float64Array;
  readonly diameterEquivalentUm: Float64Array;
  /** Centroid on the stage. */
  readonly centroidXUm: Float64Array;
  readonly centroidYUm: Float64Array;
  /** Box on the stage: its left and lower edge, and its size. */
  readonly boxLeftUm: Float64Array;
  readonly boxBottomUm: Float64Array;
  readonly boxWidthUm: Float64Array;
  readonly boxHeightUm: Float64Array;
  /** Where the tile's border cuts it; empty for a whole particle, and where an older version measured it. */
  readonly cuts: readonly (readonly PlacedCut[])[];
  readonly diameterFeretMinUm: Float64Array;
  readonly diameterFeretMaxUm: Float64Array;
  readonly perimeterUm: Float64Array;
  readonly aspectRatio: Float64Array;
  readonly circularity: Float64Array;
  readonly solidity: Float64Array;
  readonly objectness: Float64Array;
  readonly confidence: Float64Array;
  /** 1 for true. */
  readonly certain: Uint8Array;
  readonly touchesBorder: Uint8Array;
}

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
  /** The run's segmented tiles in the order in which they were seen. */
  columnsOfRun(runId: number): Generator<TileColumns>;
  rowsOfRun(runId: number): Generator<ParticleOfTile>;
  /**
   * The run's particles of lowest confidence, lowest first, the larger of equal ones; not those that a border cuts, which are
   * uncertain for that alone.
   */
  leastConfident(runId: number, limit: number): ParticleOfTile[];
}

export function createParticles(database: DatabaseSync): Particles {
  const tiles = database.prepare("SELECT * FROM tiles WHERE run_id = ? AND state = 'segmented' ORDER BY id");
  const rows = database.prepare('SELECT * FROM particles WHERE tile_id = ? ORDER BY number');
  const columns = database.prepare(
    `SELECT area_um2, diameter_equivalent_um, diameter_feret_min_um, diameter_feret_max_um, perimeter_um,
       aspect_ratio, circularity, solidity, centroid_stage_x_um, centroid_stage_y_um, box_x_px, box_y_px,
       box_width_px, box_height_px, cuts, objectness, confidence, certain, touches_border
     FROM particles WHERE tile_id = ? ORDER BY number`,
  );
  const leastConfident = database.prepare(
    `SELECT particles.*, path, grid_row, grid_column FROM tiles JOIN particles ON tile_id = id
     WHERE run_id = ? AND state = 'segmented' AND touches_border = 0
     ORDER BY confidence, area_um2 DESC LIMIT ?`,
  );
  const requireRows = prepareRequireRows(database);
  return {
    ofTile: (tileId) => rows.all(tileId).map(particle),
    *columnsOfRun(runId) {
      requireRows(runId);
      for (const tile of tiles.all(runId)) {
        const found = columns.all(number(tile, 'id'));
        // After each tile: rows may have begun to go since the last one.
        requireRows(runId);
        yield tileColumns(tile, found);
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
          yield { tileId, path, site, number: number(row, 'number'), particle: particle(row) };
        }
      }
    },
    leastConfident: (runId, limit) =>
      leastConfident.all(runId, limit).map((row) => ({
        tileId: number(row, 'tile_id'),
        path: text(row, 'path'),
        site: siteOf(row),
        number: number(row, 'number'),
        particle: particle(row),
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
        one.centroidStageUm.x,
        one.centroidStageUm.y,
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

function tileColumns(tile: Row, rows: readonly Row[]): TileColumns {
  const column = (name: string) => Float64Array.from(rows, (row) => number(row, name));
  const flags = (name: string) => Uint8Array.from(rows, (row) => number(row, name));
  const stagePositionUm = { x: number(tile, 'stage_x_um'), y: number(tile, 'stage_y_um') };
  const fieldUm = { width: number(tile, 'field_width_um'), height: number(tile, 'field_height_um') };
  const pixelSizeUm = fieldUm.width / number(tile, 'width_px');
  const inUm = (name: string) => column(name).map((px) => px * pixelSizeUm);
  const left = stagePositionUm.x - fieldUm.width / 2;
  const top = stagePositionUm.y + fieldUm.height / 2;
  const boxHeightUm = inUm('box_height_px');
  return {
    tileId: number(tile, 'id'),
    site: siteOf(tile),
    stagePositionUm,
    fieldUm,
    areaUm2: column('area_um2'),
    diameterEquivalentUm: column('diameter_equivalent_um'),
    centroidXUm: column('centroid_stage_x_um'),
    centroidYUm: column('centroid_stage_y_um'),
    boxLeftUm: inUm('box_x_px').map((fromLeftUm) => left + fromLeftUm),
    boxBottomUm: inUm('box_y_px').map((fromTopUm, index) => top - fromTopUm - boxHeightUm[index]!),
    boxWidthUm: inUm('box_width_px'),
    boxHeightUm,
    cuts: rows.map((row) =>
      cutsOf(row).map((cut) => placedCut(cut, { stagePositionUm, fieldUm }, pixelSizeUm)),
    ),
    diameterFeretMinUm: column('diameter_feret_min_um'),
    diameterFeretMaxUm: column('diameter_feret_max_um'),
    perimeterUm: column('perimeter_um'),
    aspectRatio: column('aspect_ratio'),
    circularity: column('circularity'),
    solidity: column('solidity'),
    objectness: column('objectness'),
    confidence: column('confidence'),
    certain: flags('certain'),
    touchesBorder: flags('touches_border'),
  };
}

function particle(row: Row): Particle {
  return {
    areaUm2: number(row, 'area_um2'),
    diameterEquivalentUm: number(row, 'diameter_equivalent_um'),
    diameterFeretMinUm: number(row, 'diameter_feret_min_um'),
    diameterFeretMaxUm: number(row, 'diameter_feret_max_um'),
    perimeterUm: number(row, 'perimeter_um'),
    aspectRatio: number(row, 'aspect_ratio'),
    circularity: number(row, 'circularity'),
    solidity: number(row, 'solidity'),
    centroidStageUm: { x: number(row, 'centroid_stage_x_um'), y: number(row, 'centroid_stage_y_um') },
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

function cutsOf(row: Row): readonly BorderCut[] {
  // Written from values of this type, and the daemon is the only writer.
  return row.cuts === null ? [] : (json(row, 'cuts') as BorderCut[]);
}
