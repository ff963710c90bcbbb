/** Grey pixels row by row, 0 black, 255 white, data bar cropped. */
export interface GreyImage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: Uint8Array;
}
