import { type Layer, type PlacedText, textLayer } from './chart-layer.ts';
import { textWidthPx } from './inter-font.ts';

/** A dot of a plot, in pixels from its upper left corner, and what is to stand beside it. */
export interface LabelledDot {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const SIZE_PX = 11;
const AWAY_PX = 8;

/**
 * A label at the right, left, top or bottom of its dot, whichever is free and inside the plot; none that would lie on another
 * label or ring.
 * @param dots the most important first; all are ringed.
 * @param most how many get one.
 */
export function dotLabels(
  dots: readonly LabelledDot[],
  most: number,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  color: string,
): Layer {
  const taken: Box[] = dots.map(({ x, y }) => boxAround(x, y, 10, 10));
  const placed: PlacedText[] = [];
  for (const { x, y, text } of dots) {
    if (placed.length === most) break;
    const width = textWidthPx(text, SIZE_PX);
    const free = [
      { x: x + AWAY_PX + width / 2, y },
      { x: x - AWAY_PX - width / 2, y },
      { x, y: y - AWAY_PX - SIZE_PX / 2 },
      { x, y: y + AWAY_PX + SIZE_PX / 2 },
    ].find((at) => {
      const box = boxAround(at.x, at.y, width, SIZE_PX);
      const isInside = box.left >= 0 && box.top >= 0 && box.right <= widthPx && box.bottom <= heightPx;
      return isInside && !taken.some((other) => meet(box, other));
    });
    if (!free) continue;
    taken.push(boxAround(free.x, free.y, width, SIZE_PX));
    placed.push({ ...free, text });
  }
  return textLayer(placed, { color, align: 'center', fontSize: SIZE_PX });
}

function boxAround(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function meet(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
