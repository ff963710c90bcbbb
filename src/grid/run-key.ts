/** What the tiles of one run have in common. */
export interface RunKey {
  /** Folder of the files. */
  readonly folder: string;
  readonly sampleLabel: string;
  readonly instrumentId: string;
  /** Side of a pixel of the run's first tile. */
  readonly pixelSizeNm: number;
  /** Whether the files say so, or somebody stated it: a statement about one file proves nothing of another's. */
  readonly pixelSizeSource: 'file' | 'stated';
  /** Whether its tiles have places on the stage. */
  readonly isPlaced: boolean;
}

/** Pixel sizes of one acquisition vary in the sixth digit; neighbouring magnifications differ by far more. */
const PIXEL_SIZE_TOLERANCE = 0.01;

/**
 * Whether a tile is of the run: same folder, sample label and instrument, both with or both without places, and a
 * pixel size of the same source within 1 % of that of the run's first tile, so that many small differences cannot add up to another magnification.
 */
export function belongsToRun(run: RunKey, tile: RunKey): boolean {
  return (
    run.folder === tile.folder &&
    run.sampleLabel === tile.sampleLabel &&
    run.instrumentId === tile.instrumentId &&
    run.pixelSizeSource === tile.pixelSizeSource &&
    run.isPlaced === tile.isPlaced &&
    Math.abs(tile.pixelSizeNm - run.pixelSizeNm) <= PIXEL_SIZE_TOLERANCE * run.pixelSizeNm
  );
}
