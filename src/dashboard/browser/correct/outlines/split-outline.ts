import type { PointPx } from '../../../../measure/convex-hull.ts';
import type { Outline } from '../../../../measure/correction.ts';
import type { Mask } from '../../../../measure/mask.ts';
import { outlineOf } from '../../../../measure/outline.ts';
import { maskOfOutline } from '../../../../measure/outline-mask.ts';
import type { FramePx } from '../../../../measure/simplified-ring.ts';
import { type LabelledParts, labelledParts } from './labelled-parts.ts';

/** A hand ends a line just short of the edge that it means. */
const REACH_PX = 4;
/** What a line along an edge peels off is no part of its own. */
const SCRAP_PX = 8;

/**
 * What a line across leaves of an outline, the largest part first; together they have all of its pixels. Pieces that
 * the line does not touch, and scraps, stay with the part that is nearest. Pure.
 * @param line its corners in pixels of the tile
 * @returns the outline alone where the line does not go across from edge to edge
 */
export function splitOutline(outline: Outline, line: readonly PointPx[], tile: FramePx): readonly Outline[] {
  const mask = maskOfOutline(outline);
  const cut = labelledParts(mask, crossing(mask, extended(line)));
  const parts = largeParts(cut, labelledParts(mask));
  if (parts.length < 2) return [outline];
  const home = cut.sizesPx.map((_, label) =>
    parts.includes(label) ? label : nearest(label, parts, mask, cut),
  );
  return parts
    .toSorted((a, b) => cut.sizesPx[b]! - cut.sizesPx[a]!)
    .map((part) => Uint8Array.from(cut.labels, (label) => (label >= 0 && home[label] === part ? 1 : 0)))
    .map((bits) => outlineOf({ ...mask, bits }, tile));
}

/** Those of one whole of which the line left more than one. */
function largeParts(cut: LabelledParts, whole: LabelledParts): number[] {
  const large = [...cut.sizesPx.keys()].filter((label) => cut.sizesPx[label]! >= SCRAP_PX);
  const wholeOf = new Map(large.map((label) => [label, whole.labels[cut.labels.indexOf(label)]!]));
  return large.filter((label) =>
    large.some((other) => other !== label && wholeOf.get(other) === wholeOf.get(label)),
  );
}

/** The part that has the pixel nearest to another's centre. */
function nearest(label: number, parts: readonly number[], mask: Mask, { labels }: LabelledParts): number {
  const own = [...labels.keys()].filter((pixel) => labels[pixel] === label);
  const mean = (of: (pixel: number) => number) => own.reduce((sum, pixel) => sum + of(pixel), 0) / own.length;
  const [x, y] = [mean((pixel) => pixel % mask.width), mean((pixel) => Math.floor(pixel / mask.width))];
  let best = { part: parts[0]!, distance: Number.POSITIVE_INFINITY };
  for (const [pixel, part] of labels.entries()) {
    if (!parts.includes(part)) continue;
    const distance = Math.hypot((pixel % mask.width) - x, Math.floor(pixel / mask.width) - y);
    if (distance < best.distance) best = { part, distance };
  }
  return best.part;
}

/** The line, a little longer at both ends. */
function extended(line: readonly PointPx[]): readonly PointPx[] {
  const [first, second, last, before] = [line[0], line[1], line.at(-1), line.at(-2)];
  if (!first || !second || !last || !before) return line;
  return [beyond(first, second), ...line.slice(1, -1), beyond(last, before)];
}

function beyond(end: PointPx, before: PointPx): PointPx {
  const length = Math.hypot(end.x - before.x, end.y - before.y);
  if (length === 0) return end;
  const further = REACH_PX / length;
  return { x: end.x + (end.x - before.x) * further, y: end.y + (end.y - before.y) * further };
}

/** Whether the step from one pixel's centre to another's crosses the line. */
function crossing({ x, y, width }: Mask, line: readonly PointPx[]): (from: number, to: number) => boolean {
  const centre = (pixel: number): PointPx => ({
    x: x + (pixel % width) + 0.5,
    y: y + Math.floor(pixel / width) + 0.5,
  });
  const strokes = line.slice(1).map((to, i) => [line[i]!, to] as const);
  return (from, to) => {
    const [a, b] = [centre(from), centre(to)];
    // Two strokes that both bar a step, at a bend, bar it no less.
    return strokes.some(
      ([p, q]) => isLeft(p, q, a) !== isLeft(p, q, b) && isLeft(a, b, p) !== isLeft(a, b, q),
    );
  };
}

/** A place on the line itself is on its right, so that a line through centres bars each step once. */
function isLeft(from: PointPx, to: PointPx, place: PointPx): boolean {
  return (to.x - from.x) * (place.y - from.y) - (to.y - from.y) * (place.x - from.x) > 0;
}
