import type { PlacedField } from './tile-overlap.ts';

/** An image on the stage, and how fine it is. */
export interface ScaledPlace extends PlacedField {
  /** Side of a pixel. */
  readonly pixelSizeNm: number;
}

/** An image this many times as large as a tile shows more than one; tiles of a run are alike to the pixel. */
const LARGER = 1.5;
/** Pixel sizes of one acquisition differ by less than this share. */
const ONE_MAGNIFICATION = 0.01;
/** Tiles that a coarser image has to show before it is taken for their overview, and the share of the run. */
const OVERVIEW_TILES = 4;
const OVERVIEW_SHARE = 0.75;

/** Whether two images differ in size on the stage as a map and its tiles do. */
export function isLarger(image: PlacedField, tile: PlacedField): boolean {
  return areaUm2(image) >= LARGER * areaUm2(tile);
}

/**
 * Whether an image is a map of a run's tiles and no tile beside them: it is larger than they are and the centres of
 * several lie in it. One with their pixel size, as what stitching makes, is a map from two of them on. A coarser one is
 * an overview from four and three quarters of the run on, so that a grid at a lower magnification over the same sample, each
 * tile of which shows a few of the finer ones, is measured.
 */
export function isMapOf(image: ScaledPlace, tiles: readonly ScaledPlace[]): boolean {
  const smaller = tiles.filter((tile) => isLarger(image, tile));
  const shown = smaller.filter((tile) => contains(image, tile)).length;
  const [first] = smaller;
  if (first === undefined || image.pixelSizeNm < (1 - ONE_MAGNIFICATION) * first.pixelSizeNm) return false;
  if (image.pixelSizeNm <= (1 + ONE_MAGNIFICATION) * first.pixelSizeNm) return shown >= 2;
  return shown >= Math.max(OVERVIEW_TILES, OVERVIEW_SHARE * smaller.length);
}

function contains(
  { stagePositionUm: at, fieldUm }: PlacedField,
  { stagePositionUm: of }: PlacedField,
): boolean {
  return Math.abs(of.x - at.x) <= fieldUm.width / 2 && Math.abs(of.y - at.y) <= fieldUm.height / 2;
}

function areaUm2({ fieldUm: { width, height } }: PlacedField): number {
  return width * height;
}
