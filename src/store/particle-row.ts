import type { DatabaseSync } from 'node:sqlite';
import type { Particle } from '../measure/particle.ts';
import { number, type Row, truth } from './row.ts';
import { cutsOf } from './tile-columns.ts';

/** Writes particles of a tile under their numbers: what a model found, or what counts instead after a review. */
export type InsertParticle = (tileId: number, number: number, particle: Particle) => void;

export function prepareParticleInsert(
  database: DatabaseSync,
  table: 'particles' | 'reviewed_particles' = 'particles',
): InsertParticle {
  const insert = database.prepare(
    `INSERT INTO ${table} (tile_id, number, area_um2, diameter_equivalent_um, diameter_feret_min_um,
       diameter_feret_max_um, perimeter_um, aspect_ratio, circularity, solidity, centroid_stage_x_um,
       centroid_stage_y_um, centroid_x_px, centroid_y_px, box_x_px, box_y_px, box_width_px, box_height_px,
       touches_border, cuts, objectness, confidence, certain)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (tileId, place, one) =>
    void insert.run(
      tileId,
      place,
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

/** Whether the stage position of a tile, and so of its particles, is known. */
export function isPlaceKnown(tile: Row | undefined): boolean {
  return tile?.stage_x_um !== null;
}

export function particleOf(row: Row, isPlaceKnown: boolean): Particle {
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
