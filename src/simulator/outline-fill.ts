import { type Canvas, pixelsIn } from './canvas.ts';
import { type Outline, outlineBox } from './outline.ts';

/**
 * Visits the row pieces [first, end) of the pixels whose centres lie inside the outline (even-odd rule),
 * so that pixels of two windows on one lattice share out a cut particle without gap or overlap.
 */
export function eachRowInside(
  canvas: Canvas,
  outline: Outline,
  visit: (row: number, first: number, end: number) => void,
): void {
  const { leftUm, topUm, pixelSizeUm, widthPx } = canvas;
  const { top, bottom } = pixelsIn(canvas, outlineBox(outline));
  for (let row = top; row < bottom; row += 1) {
    const crossings = crossingsUm(outline, topUm - (row + 0.5) * pixelSizeUm);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const first = Math.max(0, Math.ceil((crossings[i]! - leftUm) / pixelSizeUm - 0.5));
      const end = Math.min(widthPx, Math.ceil((crossings[i + 1]! - leftUm) / pixelSizeUm - 0.5));
      if (first < end) visit(row, first, end);
    }
  }
}

/** Where the outline crosses a horizontal line, from left to right. */
function crossingsUm(outline: Outline, y: number): number[] {
  const crossings: number[] = [];
  for (let i = 0, last = outline.length - 2; i < outline.length; last = i, i += 2) {
    const y0 = outline[last + 1]!;
    const y1 = outline[i + 1]!;
    if (y0 > y === y1 > y) continue;
    crossings.push(outline[last]! + ((y - y0) / (y1 - y0)) * (outline[i]! - outline[last]!));
  }
  return crossings.sort((one, other) => one - other);
}
