import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { moduleUrl } from '../../module-url.ts';
import { startThreadPool } from '../thread-pool.ts';
import { createCamera, type Exposed, type Exposure } from './exposure.ts';
import { faultyGrid, faultyPlan } from './faults.ts';
import {
  type AcquisitionOptions,
  acquisitionDefaults,
  gridOf,
  specimenOf,
  type WorkOrder,
} from './options.ts';
import { phenomTiff } from './phenom-file.ts';
import { type PlannedTile, planScan, type ScanGrid } from './scan-plan.ts';
import { writeAsInstrument } from './tile-writing.ts';
import { type AcquisitionTruth, acquisitionTruth, type WrittenTile } from './truth.ts';

export interface AcquisitionProgress {
  readonly written: number;
  readonly total: number;
  readonly path: string;
}

/**
 * Acquires a grid of tiles as the instrument does: one after another, each written in place, in chunks, with
 * the faults asked for. At the end writes `truth.json`, whole or not at all.
 * @throws RangeError when an option is out of its range, AbortError when the signal stops it between tiles.
 */
export async function simulateAcquisition(
  options: AcquisitionOptions,
  onTile?: (progress: AcquisitionProgress) => void,
): Promise<AcquisitionTruth> {
  const order = { ...acquisitionDefaults, ...options };
  const grid = faultyGrid(gridOf(order), order.faults);
  const specimen = { ...specimenOf(order), grid };
  const plan = faultyPlan(plannedExposures(grid, order), order.faults, order.seed);
  await mkdir(order.folder, { recursive: true });

  const pool =
    order.threads > 0
      ? startThreadPool<Exposure, Exposed>(
          moduleUrl('./exposure-worker', import.meta.url),
          specimen,
          order.threads,
        )
      : null;
  const camera = createCamera(specimen);
  const expose = async (tile: Exposure) => (pool ? pool.run(tile) : camera.expose(tile));
  const written: WrittenTile[] = [];
  try {
    const exposures = ahead(plan, order.threads, expose);
    for await (const [tile, exposed] of exposures) {
      if (written.length > 0) await wait(order.intervalMs, undefined, { signal: options.signal });
      options.signal?.throwIfAborted();
      const path = join(order.folder, tile.file);
      await writeAsInstrument(path, tiffOf(tile, exposed, order), tile.writing, order.chunkPauseMs);
      const { pixels: _written, ...shown } = exposed;
      written.push({ ...tile, ...shown });
      onTile?.({ written: written.length, total: plan.length, path });
    }
  } finally {
    await pool?.close();
  }

  const { sampleLabel, instrumentId, seed, faults, sizeDistribution } = order;
  const labels = { sampleLabel, instrumentId, seed, faults, sizeDistribution };
  const truth = acquisitionTruth(labels, grid, written);
  const truthPath = join(order.folder, 'truth.json');
  await writeFile(`${truthPath}.part`, `${JSON.stringify(truth, null, 1)}\n`);
  await rename(`${truthPath}.part`, truthPath);
  return truth;
}

function plannedExposures(grid: ScanGrid, { sampleLabel, seed }: WorkOrder): Exposure[] {
  return planScan(grid).map((tile) => ({
    ...tile,
    file: tileFileName(sampleLabel, tile),
    sampleLabel,
    seed,
    zoom: 1,
    writing: 'whole',
  }));
}

/** Keeps `depth` tiles under way beyond the one asked for, so that memory stays bounded and no thread waits. */
async function* ahead(
  plan: readonly Exposure[],
  depth: number,
  expose: (tile: Exposure) => Promise<Exposed>,
): AsyncGenerator<readonly [Exposure, Exposed]> {
  const underWay: Promise<Exposed>[] = [];
  for (const [at, tile] of plan.entries()) {
    while (underWay.length <= depth && at + underWay.length < plan.length) {
      const exposing = expose(plan[at + underWay.length]!);
      exposing.catch(() => {}); // it is awaited below, in its turn
      underWay.push(exposing);
    }
    yield [tile, await underWay.shift()!];
  }
}

function tiffOf(tile: Exposure, { pixels, pixelSizeUm }: Exposed, order: WorkOrder): Buffer {
  return phenomTiff(
    { widthPx: order.widthPx, heightPx: order.heightPx, pixels },
    {
      pixelSizeNm: pixelSizeUm * 1000,
      stagePositionUm: tile.centreUm,
      sampleLabel: tile.sampleLabel,
      instrumentId: order.instrumentId,
      acquiredAt: localTime(order.now()),
    },
  );
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
