import { rounded } from '../selection.ts';

/** The logarithmic axis of sizes of a chart, and where it lies in its picture. */
export interface BrushAxis {
  readonly lowUm: number;
  readonly highUm: number;
  readonly leftPx: number;
  readonly widthPx: number;
}

/** The size at a place of the picture, from one end of the axis to the other. */
export function sizeAt({ lowUm, highUm, leftPx, widthPx }: BrushAxis, x: number): number {
  const share = Math.min(1, Math.max(0, (x - leftPx) / widthPx));
  return rounded(lowUm * (highUm / lowUm) ** share);
}

/** Where a size stands in the picture; at the end of the axis where it is beyond it. */
export function placeOf({ lowUm, highUm, leftPx, widthPx }: BrushAxis, um: number): number {
  const share = Math.log(um / lowUm) / Math.log(highUm / lowUm);
  return leftPx + widthPx * Math.min(1, Math.max(0, share));
}

/** The range between two places where a pointer went down and is now; null for a mere press, which asks for no range. */
export function brushed(
  axis: BrushAxis,
  from: number,
  to: number,
): { readonly fromUm: number; readonly toUm: number } | null {
  if (Math.abs(to - from) < 4) return null;
  const [one, other] = [sizeAt(axis, from), sizeAt(axis, to)];
  return { fromUm: Math.min(one, other), toUm: Math.max(one, other) };
}
