import type { TileEntry } from '../../../../../src/dashboard/api/run.ts';

/** A tile of 200 x 100 px at its place, for what is drawn of it. */
export function tileAt(row: number | null, column: number | null, other: Partial<TileEntry> = {}): TileEntry {
  return {
    ...{ contentHash: `${row},${column}`, name: `r${row}_c${column}.tiff`, row, column, state: 'segmented' },
    ...{ reason: null, reimage: false, widthPx: 200, heightPx: 100, pixelSizeUm: 0.05, turns: 0 },
    ...{ stageUm: null, particles: 0, uncertain: 0, model: null },
    ...other,
  };
}
