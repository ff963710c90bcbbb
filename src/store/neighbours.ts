import type { DatabaseSync } from 'node:sqlite';
import type { StagePositionUm } from '../units.ts';
import { number, type Row } from './row.ts';
import type { RunOrigin } from './runs.ts';
import { placeColumns, type TilePlace, tilePlace } from './stored-tile.ts';

/** Of which tiles there may be others: in whatever folder. */
export type LabelledBy = Pick<RunOrigin, 'sampleLabel' | 'instrumentId'>;

export interface NeighbouringTile extends TilePlace {
  readonly stagePositionUm: StagePositionUm;
  readonly runId: number;
}

/** Tiles that count, by where they lie on the stage, among the latest runs of a label. */
export interface Neighbours {
  /** Tiles whose centres lie no farther than so from a place, along each axis. */
  centredNear(of: LabelledBy, place: StagePositionUm, reachUm: StagePositionUm): NeighbouringTile[];
  /** Tiles whose field may show a place, whichever way it is turned. */
  showing(of: LabelledBy, place: StagePositionUm): NeighbouringTile[];
}

/** A label that nobody ever changes must not make each arrival slow. */
const LATEST_RUNS = 10;

export function createNeighbours(database: DatabaseSync): Neighbours {
  // The condition on the place comes first: only what fulfils it has its metadata read.
  const among = (condition: string): string =>
    `SELECT ${placeColumns}, run_id FROM tiles
     WHERE run_id IN (SELECT id FROM runs WHERE sample_label = ? AND instrument_id = ? ORDER BY id DESC LIMIT ${LATEST_RUNS})
       AND state <> 'superseded' AND ${condition} ORDER BY id`;
  const centredNear = database.prepare(among('abs(stage_x_um - ?) <= ? AND abs(stage_y_um - ?) <= ?'));
  const reach = 'max(field_width_um, field_height_um) / 2';
  const showing = database.prepare(
    among(`abs(stage_x_um - ?) <= ${reach} AND abs(stage_y_um - ?) <= ${reach}`),
  );
  return {
    centredNear: ({ sampleLabel, instrumentId }, { x, y }, reachUm) =>
      centredNear.all(sampleLabel, instrumentId, x, reachUm.x, y, reachUm.y).map(neighbour),
    showing: ({ sampleLabel, instrumentId }, { x, y }) =>
      showing.all(sampleLabel, instrumentId, x, y).map(neighbour),
  };
}

/** None that has no place fulfils a condition on it. */
function neighbour(row: Row): NeighbouringTile {
  const stagePositionUm = { x: number(row, 'stage_x_um'), y: number(row, 'stage_y_um') };
  return { ...tilePlace(row), stagePositionUm, runId: number(row, 'run_id') };
}
