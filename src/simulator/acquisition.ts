import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type AcquisitionOptions,
  acquisitionDefaults,
  gridOf,
  layPowderUnder,
  type WorkOrder,
} from './acquisition-options.ts';
import { type AcquisitionTruth, acquisitionTruth, type WrittenTile } from './acquisition-truth.ts';
import { phenomTiff } from './phenom-file.ts';
import type { Powder } from './powder/powder.ts';
import { renderWindow } from './render.ts';
import { gridPixelSizeUm, type PlannedTile, planScan, type ScanGrid } from './scan-plan.ts';

export interface AcquisitionProgress {
  readonly written: number;
  readonly total: number;
  readonly path: string;
}

const chunksPerFile = 4;

/**
 * Acquires a grid of tiles as the instrument does: one after another, each rendered when its turn comes and
 * written in place, in chunks. At the end writes `truth.json`, whole or not at all.
 *
 * Rendering holds the event loop for some hundred milliseconds a tile.
 * @throws RangeError when an option is out of its range, AbortError when the signal stops it between tiles.
 */
export async function simulateAcquisition(
  options: AcquisitionOptions,
  onTile?: (progress: AcquisitionProgress) => void,
): Promise<AcquisitionTruth> {
  const order = { ...acquisitionDefaults, ...options };
  const grid = gridOf(order);
  const plan = planScan(grid);
  const powder = layPowderUnder(grid, order);
  await mkdir(order.folder, { recursive: true });

  const written: WrittenTile[] = [];
  for (const tile of plan) {
    if (written.length > 0) await wait(order.intervalMs, undefined, { signal: options.signal });
    options.signal?.throwIfAborted();
    const file = tileFileName(order.sampleLabel, tile);
    const path = join(order.folder, file);
    await writeInChunks(path, exposeTile(powder, grid, tile, order), order.chunkPauseMs);
    written.push({ ...tile, file });
    onTile?.({ written: written.length, total: plan.length, path });
  }

  const { sampleLabel, instrumentId, seed } = order;
  const truth = acquisitionTruth({ sampleLabel, instrumentId, seed }, grid, powder, written);
  const truthPath = join(order.folder, 'truth.json');
  await writeFile(`${truthPath}.part`, `${JSON.stringify(truth, null, 1)}\n`);
  await rename(`${truthPath}.part`, truthPath);
  return truth;
}

function exposeTile(powder: Powder, grid: ScanGrid, tile: PlannedTile, order: WorkOrder): Buffer {
  const { widthPx, heightPx } = grid;
  const pixelSizeUm = gridPixelSizeUm(grid);
  const window = { centre: tile.centreUm, widthPx, heightPx, pixelSizeUm };
  const { image } = renderWindow(powder, window, { ...order.imaging, seed: order.seed });
  return phenomTiff(
    { widthPx, heightPx, pixels: image },
    {
      pixelSizeNm: pixelSizeUm * 1000,
      stagePositionUm: tile.centreUm,
      sampleLabel: order.sampleLabel,
      instrumentId: order.instrumentId,
      acquiredAt: localTime(order.now()),
    },
  );
}

/** The instrument writes in place: a reader may find any beginning of the file. */
async function writeInChunks(path: string, bytes: Buffer, pauseMs: number): Promise<void> {
  const file = await open(path, 'w');
  try {
    const chunkBytes = Math.ceil(bytes.length / chunksPerFile);
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      if (at > 0 && pauseMs > 0) await wait(pauseMs);
      await file.writeFile(bytes.subarray(at, at + chunkBytes));
    }
  } finally {
    await file.close();
  }
}

/** `<label>_r02_c07.tiff`, the label reduced to letters, digits, - and _. */
function tileFileName(sampleLabel: string, { row, column }: PlannedTile): string {
  const label =
    sampleLabel
      .trim()
      .replace(/[^A-Za-z0-9_-]+/g, '_')
      .slice(0, 60) || 'sample';
  return `${label}_r${twoDigits(row)}_c${twoDigits(column)}.tiff`;
}

/** ISO 8601 without a zone, as the instrument writes it. */
function localTime(date: Date): string {
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
  return `${day}T${time}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
