import type { PlacedField } from '../../src/grid/tile-overlap.ts';

export interface FieldGrid {
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  /** Negative for gaps. */
  readonly overlapX: number;
  readonly overlapY: number;
}

/** Fields row by row, the first with its upper left corner at (0, 0); those for which `isThere` says no are left out. */
export function fieldsOf(
  { rows, columns, width, height, overlapX, overlapY }: FieldGrid,
  isThere: (index: number) => boolean = () => true,
): PlacedField[] {
  return Array.from({ length: rows * columns }, (_, index) => ({
    stagePositionUm: {
      x: (index % columns) * (width - overlapX) + width / 2,
      y: -Math.floor(index / columns) * (height - overlapY) - height / 2,
    },
    fieldUm: { width, height },
  })).filter((_, index) => isThere(index));
}
