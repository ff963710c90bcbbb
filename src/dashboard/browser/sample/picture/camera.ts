import type { View } from '../selection.ts';
import { type Layout, onGrid, type Place } from './places.ts';

/** How the grid lies on the screen: x' = scale x + left, in CSS pixels of the picture's window. */
export interface Camera {
  readonly scale: number;
  readonly leftPx: number;
  readonly topPx: number;
}

export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

export function cameraOf(view: View, grid: Size, window: Size): Camera {
  const scale = (window.widthPx * view.zoom) / grid.widthPx;
  return {
    scale,
    leftPx: window.widthPx / 2 - view.x * grid.widthPx * scale,
    topPx: window.heightPx / 2 - view.y * grid.heightPx * scale,
  };
}

/** The whole grid in the window. */
export function wholeGrid(grid: Size, window: Size): View {
  const zoom = Math.min(1, (window.heightPx / window.widthPx) * (grid.widthPx / grid.heightPx));
  return { x: 0.5, y: 0.5, zoom };
}

/** How much of the window's smaller side a particle takes when it is gone to. */
const SHARE = 0.2;

/** A box of a tile in the middle of the window, large enough to be looked at. */
export function viewOfBox(
  place: Place,
  [left, top, width, height]: readonly [number, number, number, number],
  grid: Layout,
  window: Size,
  share = SHARE,
): View {
  const [x, y] = onGrid(place.matrix, left + width / 2, top + height / 2);
  const scale = (share * Math.min(window.widthPx, window.heightPx)) / Math.max(1, width, height);
  return { x: x / grid.widthPx, y: y / grid.heightPx, zoom: (scale * grid.widthPx) / window.widthPx };
}

/** How what was drawn for one camera must be moved and stretched to fit another, for a CSS transform. */
export function moveBetween(
  drawn: Camera,
  now: Camera,
): { readonly x: number; readonly y: number; readonly k: number } {
  const k = now.scale / drawn.scale;
  return { x: now.leftPx - k * drawn.leftPx, y: now.topPx - k * drawn.topPx, k };
}

/**
 * Whether a sheet drawn around the window, with a margin on all sides, still covers it after the move, sharply enough.
 * @param marginPx by which the sheet is larger than the window on each side
 */
export function stillCovers(
  { x, y, k }: ReturnType<typeof moveBetween>,
  { widthPx, heightPx }: Size,
  marginPx: number,
): boolean {
  if (k < 0.6 || k > 1.7) return false;
  const isCovered = (offset: number, side: number) =>
    offset - k * marginPx <= 0 && offset + k * (side + marginPx) >= side;
  return isCovered(x, widthPx) && isCovered(y, heightPx);
}
