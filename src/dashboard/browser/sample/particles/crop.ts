import type { TileEntry } from '../../../api/run.ts';

/** Room around a particle, as a share of its longer side; as in reports. */
const ROOM = 0.5;
const SMALLEST_PX = 48;

/** The square of a tile that shows a piece with room around it. */
export interface CropSquare {
  readonly leftPx: number;
  readonly topPx: number;
  readonly sidePx: number;
}

/** @param boxPx left, top, width, height in pixels of the tile */
export function cropSquare(
  [left, top, width, height]: readonly [number, number, number, number],
  { widthPx, heightPx }: Pick<TileEntry, 'widthPx' | 'heightPx'>,
): CropSquare {
  const wanted = Math.max(SMALLEST_PX, Math.ceil(Math.max(width, height) * (1 + 2 * ROOM)));
  const sidePx = Math.min(wanted, widthPx, heightPx);
  const from = (middle: number, side: number) =>
    Math.max(0, Math.min(side - sidePx, Math.round(middle - sidePx / 2)));
  return { leftPx: from(left + width / 2, widthPx), topPx: from(top + height / 2, heightPx), sidePx };
}

const WIDTHS_PX = [240, 480, 960, 1920] as const;

/** The smallest of the server's pictures of a tile that has a pixel for each of the crop's; else the sharpest. */
export function pictureWidthFor(
  { sidePx }: CropSquare,
  { widthPx }: Pick<TileEntry, 'widthPx'>,
  cropPx: number,
): (typeof WIDTHS_PX)[number] {
  return WIDTHS_PX.find((width) => (sidePx * width) / widthPx >= cropPx) ?? 1920;
}
