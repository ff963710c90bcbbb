/** A particle's pixels: a bitmap in a window of the tile, row by row, 1 inside. */
export interface Mask {
  /** Tile column and row of the window's first pixel. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
}
