import { type Box, hatch, type Rgb, type RgbCanvas } from './rgb-canvas.ts';

const MISSING: { readonly line: Rgb; readonly ground: Rgb } = {
  line: [150, 158, 166],
  ground: [222, 226, 230],
};
const FAILED: { readonly line: Rgb; readonly ground: Rgb } = { line: [179, 38, 30], ground: [246, 218, 215] };
const LEFT_OUT_LINE: Rgb = [245, 190, 70];

/** A place of the grid without a tile: hatched grey. */
export function markMissing(canvas: RgbCanvas, box: Box): void {
  hatch(canvas, box, MISSING.line, MISSING.ground);
}

/** A place whose tile failed or cannot be read any more: hatched red. */
export function markFailed(canvas: RgbCanvas, box: Box): void {
  hatch(canvas, box, FAILED.line, FAILED.ground);
}

/** A tile that does not count: dim and hatched amber, over its picture. */
export function markLeftOut(canvas: RgbCanvas, box: Box): void {
  hatch(canvas, box, LEFT_OUT_LINE, null);
}
