import type { ExportFigures, OutlineBox } from '../../../src/evaluation/exports/export-figures.ts';

/** An outline with a box of 10 x 10 px. */
export function outline(x: number, y: number, certain = true): OutlineBox {
  return { boxPx: [x, y, 10, 10], certain };
}

/** Figures of so many certain particles of 80 px each, 20 px apart in one row. */
export function rowOf(count: number, changes: Partial<ExportFigures> = {}): ExportFigures {
  const outlines = Array.from({ length: count }, (_, i) => outline(20 * i, 5));
  const figures = { count, certain: count, upper: 0, areaMedianPx: 80, areaMeanPx: 80 };
  return { ...figures, limitReached: null, outlines, ...changes };
}
