import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { phenomTiff } from '../../src/simulator/acquisition/phenom-file.ts';

export interface SmallTile {
  readonly row?: number;
  readonly column?: number;
  readonly label?: string;
  /** Other pixels at the same place, as if imaged again. */
  readonly take?: number;
  /** 2,500 nm give a field of 80 um x 50 um, which neighbouring tiles adjoin. */
  readonly pixelSizeNm?: number;
  readonly name?: string;
  /** As the microscope writes it: local time without zone. */
  readonly acquiredAt?: string;
  /** Moves the whole grid to the right. */
  readonly offsetUm?: number;
  readonly detector?: string;
  readonly scanRotationRad?: number;
  readonly sizePx?: readonly [width: number, height: number];
  /** Greys turned round. */
  readonly inverted?: boolean;
}

/** Writes a real tile file of 32 x 20 px: too small to segment, all that a store needs. Gives its path. */
export function writeSmallTile(folder: string, tile: SmallTile = {}): string {
  const { row = 0, column = 0, label = 'powder', take = 0, pixelSizeNm = 2500, offsetUm = 0 } = tile;
  const { acquiredAt = '2026-01-02T03:04:05' } = tile;
  const { sizePx: [widthPx, heightPx] = [32, 20], inverted = false } = tile;
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => {
    const grey = (i * 7 + row * 31 + column * 17 + take) % 251;
    return inverted ? 255 - grey : grey;
  });
  const bytes = phenomTiff(
    { widthPx, heightPx, pixels },
    {
      ...(tile.detector !== undefined && { detector: tile.detector }),
      ...(tile.scanRotationRad !== undefined && { scanRotationRad: tile.scanRotationRad }),
      pixelSizeNm,
      stagePositionUm: { x: offsetUm + 80 * column, y: -50 * row },
      sampleLabel: label,
      instrumentId: 'MVE-1',
      acquiredAt,
    },
  );
  const path = join(folder, tile.name ?? `${label}_r${row}_c${column}.tiff`);
  writeFileSync(path, bytes);
  return path;
}

/** The tiles of a grid in raster order; gives their paths. */
export function writeSmallGrid(
  folder: string,
  rows: number,
  columns: number,
  tile: SmallTile = {},
): string[] {
  return Array.from({ length: rows * columns }, (_, index) =>
    writeSmallTile(folder, { ...tile, row: Math.floor(index / columns), column: index % columns }),
  );
}
