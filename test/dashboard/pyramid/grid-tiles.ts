import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { PlacedTile } from '../../../src/report/sample/placed-tiles.ts';
import { phenomTiff } from '../../../src/simulator/acquisition/phenom-file.ts';
import { contentHashOf } from '../../../src/watcher/content-hash.ts';

export const WIDTH = 64;
export const HEIGHT = 40;

/** A tile of one grey but for its upper left quarter, which is black: it shows which way it lies. Gives its path. */
export function writeCorneredTile(folder: string, row: number, column: number, grey: number): string {
  const pixels = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    i % WIDTH < WIDTH / 2 && Math.floor(i / WIDTH) < HEIGHT / 2 ? 0 : grey,
  );
  const path = join(folder, `tile_r${row}_c${column}.tiff`);
  const facts = {
    pixelSizeNm: 1250,
    stagePositionUm: { x: 80 * column, y: -50 * row },
    sampleLabel: 'powder',
    instrumentId: 'MVE-1',
    acquiredAt: '2026-01-02T03:04:05',
  };
  writeFileSync(path, phenomTiff({ widthPx: WIDTH, heightPx: HEIGHT, pixels }, facts));
  return path;
}

/** The same as a run has it. */
export async function placedTile(
  folder: string,
  row: number,
  column: number,
  grey: number,
  changes: Partial<PlacedTile> = {},
): Promise<PlacedTile> {
  const path = writeCorneredTile(folder, row, column, grey);
  return {
    ...{ row, column, path, state: 'segmented', overlayPath: '/none', databarHeightPx: 0 },
    contentHash: await contentHashOf(path),
    ...{ turns: 0, sizePx: { width: WIDTH, height: HEIGHT }, pixelSizeUm: 1.25 },
    ...changes,
  };
}

/** Red, green and blue of a picture's pixel at shares of its width and height. */
export async function colourAt(jpeg: Buffer | string, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(jpeg).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  return [...data.subarray(at, at + 3)];
}
