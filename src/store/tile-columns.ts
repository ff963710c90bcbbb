import type { LatticeSite } from '../grid/coverage.ts';
import { type PlacedCut, placedCut } from '../grid/placed-cut.ts';
import type { BorderCut } from '../measure/border-cuts.ts';
import type { StagePositionUm } from '../units.ts';
import type { TileMetadata } from '../watcher/metadata/tile-metadata.ts';
import { json, number, type Row } from './row.ts';
import { siteOf, stageOf } from './stored-tile.ts';

/** A segmented tile's particles, one array for each measure; entry i of all arrays is one particle. */
export interface TileColumns {
  readonly tileId: number;
  readonly site: LatticeSite | null;
  /** Whether the tile's place is known well enough to look for its neighbours. */
  readonly isPlaced: boolean;
  /** The tile's centre, and the size of its field of view. One that is not placed lies alone, far from all others. */
  readonly stagePositionUm: StagePositionUm;
  readonly fieldUm: { readonly width: number; readonly height: number };
  /** Of the scan, 0 for one that is not placed; boxes, cuts and field are as if the picture were upright: see `uprightTiles`. */
  readonly scanRotationRad: number;
  /** Whether reviewers corrected it, and the corrections count. */
  readonly isReviewed: boolean;
  /** What each is called: its place as the model found it; what reviewers drew has numbers after those. */
  readonly numbers: Int32Array;
  /** 1 for one that a reviewer drew or judged. */
  readonly corrected: Uint8Array;
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

/** Places for tiles that have none, or whose stage has unknown axes: so far apart that none is another's neighbour. */
export function placesApart(): (fieldUm: TileColumns['fieldUm']) => StagePositionUm {
  let x = 0;
  return ({ width }) => {
    x += 4 * width;
    return { x, y: 0 };
  };
}

export function tileColumns(
  tile: Row,
  rows: readonly Row[],
  alone: (fieldUm: TileColumns['fieldUm']) => StagePositionUm,
  isReviewed: boolean,
): TileColumns {
  const column = (name: string) => Float64Array.from(rows, (row) => number(row, name));
  const flags = (name: string) => Uint8Array.from(rows, (row) => number(row, name));
  const fieldUm = { width: number(tile, 'field_width_um'), height: number(tile, 'field_height_um') };
  const stage = stageOf(tile);
  const { stageAxes, scanRotationRad } = json(tile, 'metadata') as TileMetadata;
  const isPlaced = stage !== null && stageAxes !== 'assumed';
  const stagePositionUm = isPlaced ? stage : alone(fieldUm);
  const pixelSizeUm = fieldUm.width / number(tile, 'width_px');
  const inUm = (name: string) => column(name).map((px) => px * pixelSizeUm);
  const left = stagePositionUm.x - fieldUm.width / 2;
  const top = stagePositionUm.y + fieldUm.height / 2;
  const boxHeightUm = inUm('box_height_px');
  return {
    tileId: number(tile, 'id'),
    site: siteOf(tile),
    isPlaced,
    stagePositionUm,
    fieldUm,
    scanRotationRad: isPlaced ? scanRotationRad : 0,
    isReviewed,
    numbers: Int32Array.from(rows, (row) => number(row, 'number')),
    corrected: Uint8Array.from(rows, (row) => Number(row.correction_id !== null)),
    areaUm2: column('area_um2'),
    diameterEquivalentUm: column('diameter_equivalent_um'),
    centroidXUm: isPlaced
      ? column('centroid_stage_x_um')
      : inUm('centroid_x_px').map((fromLeftUm) => left + fromLeftUm),
    centroidYUm: isPlaced
      ? column('centroid_stage_y_um')
      : inUm('centroid_y_px').map((fromTopUm) => top - fromTopUm),
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

export function cutsOf(row: Row): readonly BorderCut[] {
  // Written from values of this type, and the daemon is the only writer.
  return row.cuts === null ? [] : (json(row, 'cuts') as BorderCut[]);
}
