import type { Outline } from '../../measure/correction.ts';

/** The inside of an outline, row by row of pixels. */
export interface OutlineSpans {
  /** First row of pixels. */
  readonly top: number;
  /** For each row from there on where the inside begins and ends along the middle of the row, pair after pair, ascending. */
  readonly rows: readonly (readonly number[])[];
  /** Area in square pixels. */
  readonly areaPx: number;
}

/** Inside is what an odd number of the outline's edges lies left of, so that a part within another is a hole. */
export function outlineSpans(outline: Outline): OutlineSpans {
  const ys = outline.flatMap((part) => part.filter((_, index) => index % 2 === 1));
  if (ys.length === 0) return { top: 0, rows: [], areaPx: 0 };
  const top = Math.floor(Math.min(...ys));
  const rows = Array.from({ length: Math.ceil(Math.max(...ys)) - top }, (): number[] => []);
  for (const part of outline) {
    const corners = part.length / 2;
    for (let corner = 0; corner < corners; corner++) {
      const next = (corner + 1) % corners;
      const from = { x: part[2 * corner]!, y: part[2 * corner + 1]! };
      crossings(from, { x: part[2 * next]!, y: part[2 * next + 1]! }, top, rows);
    }
  }
  let areaPx = 0;
  for (const row of rows) {
    row.sort((a, b) => a - b);
    for (let edge = 0; edge + 1 < row.length; edge += 2) areaPx += row[edge + 1]! - row[edge]!;
  }
  return { top, rows, areaPx };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Notes where an edge crosses the middles of rows. */
function crossings(from: Point, to: Point, top: number, rows: readonly number[][]): void {
  if (from.y === to.y) return;
  const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
  // The middle of row r is r + 0.5; an end on it belongs to the edge below, so that none counts twice.
  const first = Math.ceil(upper.y - 0.5);
  for (let row = first; row + 0.5 < lower.y; row++) {
    const share = (row + 0.5 - upper.y) / (lower.y - upper.y);
    rows[row - top]?.push(upper.x + share * (lower.x - upper.x));
  }
}

/** Intersection over union of two outlines, 0 to 1. */
export function outlineIou(a: OutlineSpans, b: OutlineSpans): number {
  const shared = sharedPx(a, b);
  const union = a.areaPx + b.areaPx - shared;
  return union > 0 ? shared / union : 0;
}

function sharedPx(a: OutlineSpans, b: OutlineSpans): number {
  const end = Math.min(a.top + a.rows.length, b.top + b.rows.length);
  let shared = 0;
  for (let row = Math.max(a.top, b.top); row < end; row++) {
    shared += sharedInRow(a.rows[row - a.top]!, b.rows[row - b.top]!);
  }
  return shared;
}

function sharedInRow(a: readonly number[], b: readonly number[]): number {
  let shared = 0;
  for (let i = 0; i + 1 < a.length; i += 2) {
    for (let k = 0; k + 1 < b.length; k += 2) {
      shared += Math.max(0, Math.min(a[i + 1]!, b[k + 1]!) - Math.max(a[i]!, b[k]!));
    }
  }
  return shared;
}
