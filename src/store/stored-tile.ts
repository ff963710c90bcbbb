import type { LatticeSite } from '../grid/coverage.ts';
import { fieldOnStage } from '../grid/scan-frame.ts';
import type { NetworkLimit } from '../inference/detections.ts';
import type { StagePositionUm } from '../units.ts';
import type { TileMetadata } from '../watcher/metadata/tile-metadata.ts';
import type { TileFile } from '../watcher/tile-file.ts';
import { json, nullableText, number, type Row, text, truth, word } from './row.ts';

/** seen: waits to be segmented; superseded: its path now holds other content, so it counts no more. */
export type TileState = 'seen' | 'segmented' | 'failed' | 'superseded';

/** The model that segmented a tile. */
export interface ModelUse {
  readonly name: string;
  /** Lower-case hexadecimal, of the model file. */
  readonly sha256: string;
  readonly thresholds: Readonly<Record<string, number>>;
  /** Undefined in results of versions that knew but one. */
  readonly arithmetic?: 'as-shipped' | 'exact';
}

/** How a network saw a tile. */
export interface TileSight {
  /** How many times it was asked: of the whole tile, and of it enlarged, in parts, or from farther off. */
  readonly looks: number;
  /** Its limits at which particles were, or may have been, left out. */
  readonly limitsReached: readonly NetworkLimit[];
}

/** Figures of a tile's image quality by name, units in the names. */
export type TileQuality = Readonly<Record<string, number | null>>;

export interface StoredTile {
  readonly id: number;
  readonly file: TileFile;
  readonly metadata: TileMetadata;
  readonly runId: number;
  /** Null until the lattice has a place for it. */
  readonly site: LatticeSite | null;
  /** Width and height of the field of view, data bar left out. */
  readonly fieldUm: { readonly width: number; readonly height: number };
  readonly state: TileState;
  /** Segmented, and to be segmented again; its result counts until the next takes its place. */
  readonly again: boolean;
  /** Finished attempts to segment it, good or failed. */
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly reason: string | null;
  /** Null until segmented. */
  readonly model: ModelUse | null;
  readonly quality: TileQuality | null;
  /** Null until segmented, and where an older version segmented it. */
  readonly sight: TileSight | null;
  readonly seenAtMs: number;
}

/** A tile's identity and place, for layouts: cheap to read for a whole run. */
export interface TilePlace {
  readonly id: number;
  readonly path: string;
  readonly contentHash: string;
  /** The tile's centre; null where nobody says. */
  readonly stagePositionUm: StagePositionUm | null;
  /** As it lies on the stage: a picture that the scan turned by about a quarter has its sides exchanged. */
  readonly fieldUm: { readonly width: number; readonly height: number };
  readonly pixelSizeNm: number;
  /** As the microscope calls it; empty where it said nothing. */
  readonly detector: string;
}

/** The columns of a {@link TilePlace}. */
export const placeColumns = `id, path, content_hash, stage_x_um, stage_y_um, field_width_um, field_height_um,
  metadata ->> 'pixelSizeNm' AS pixel_size_nm, coalesce(metadata ->> 'detector', '') AS detector,
  coalesce(metadata ->> 'scanRotationRad', 0) AS scan_rotation_rad`;

export function tilePlace(row: Row): TilePlace {
  return {
    id: number(row, 'id'),
    path: text(row, 'path'),
    contentHash: text(row, 'content_hash'),
    stagePositionUm: stageOf(row),
    fieldUm: fieldOnStage(
      { width: number(row, 'field_width_um'), height: number(row, 'field_height_um') },
      number(row, 'scan_rotation_rad'),
    ),
    pixelSizeNm: number(row, 'pixel_size_nm'),
    detector: text(row, 'detector'),
  };
}

export const tileStates = [
  'seen',
  'segmented',
  'failed',
  'superseded',
] as const satisfies readonly TileState[];

export function storedTile(row: Row): StoredTile {
  return {
    id: number(row, 'id'),
    file: {
      path: text(row, 'path'),
      contentHash: text(row, 'content_hash'),
      sizeBytes: number(row, 'size_bytes'),
      modifiedAtMs: number(row, 'modified_at_ms'),
      widthPx: number(row, 'width_px'),
      heightPx: number(row, 'height_px'),
    },
    // These four were written from values of the same types, and the daemon is the only writer.
    metadata: json(row, 'metadata') as TileMetadata,
    model: row.model === null ? null : (json(row, 'model') as ModelUse),
    quality: row.quality === null ? null : (json(row, 'quality') as TileQuality),
    sight: row.sight === null ? null : (json(row, 'sight') as TileSight),
    runId: number(row, 'run_id'),
    site: siteOf(row),
    fieldUm: { width: number(row, 'field_width_um'), height: number(row, 'field_height_um') },
    state: word(row, 'state', tileStates),
    again: truth(row, 'again'),
    attempts: number(row, 'attempts'),
    reason: nullableText(row, 'reason'),
    seenAtMs: number(row, 'seen_at_ms'),
  };
}

/** Where a tile's centre is on the stage; null where nobody says. */
export function stageOf(row: Row): StagePositionUm | null {
  return row.stage_x_um === null ? null : { x: number(row, 'stage_x_um'), y: number(row, 'stage_y_um') };
}

export function siteOf(row: Row): LatticeSite | null {
  return row.grid_row === null ? null : { row: number(row, 'grid_row'), column: number(row, 'grid_column') };
}
