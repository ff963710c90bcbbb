import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type SegmenterQueue, segmenterQueueSchema } from '../../src/config/queue.ts';
import { loadModels, packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { silentLogger } from '../../src/logger.ts';
import type { Fallback } from '../../src/queue/fallback.ts';
import { type QueuedOptions, startQueuedSegmenter } from '../../src/queue/queued-segmenter.ts';
import { type QueueWorker, type QueueWorkerOptions, startQueueWorker } from '../../src/queue/worker.ts';
import { type SegmenterPool, startSegmenterPool } from '../../src/segmenter/pool.ts';
import type { SegmentTask } from '../../src/segmenter/port.ts';
import { contentHashOf } from '../../src/watcher/content-hash.ts';
import type { Premises } from '../support/premises.ts';
import { simulatedTiles, strip, writeTiles } from '../support/tiles.ts';

/** For tests that start segmenters, on a busy computer. */
export const BUSY_MS = 180_000;

/** Id of a store. */
export const DAEMON = 'd'.repeat(32);

export const queueAt = (url: string, more: Partial<SegmenterQueue> = {}): SegmenterQueue =>
  segmenterQueueSchema.parse({ url, ...more });

/** A worker with one process, ended after the test. */
export async function worker(
  place: Premises,
  url: string,
  more: Partial<QueueWorkerOptions> = {},
): Promise<QueueWorker> {
  const name = more.name ?? 'bench-1';
  const started = await startQueueWorker({
    ...{ queue: queueAt(url), name, processes: 1, threadsPerProcess: 1 },
    ...{ cacheFolder: join(place.folder, `cache-${name}`), sharedFolder: null },
    ...{ timeoutMs: 30_000, graceMs: 5000, logger: silentLogger, ...more },
  });
  onTestFinished(() => started.stop());
  return started;
}

/** The segmenters of this computer, as the daemon starts them. */
export async function localPool(): Promise<SegmenterPool> {
  const pool = await startSegmenterPool({
    entry: new URL('../../src/segmenter/process.ts', import.meta.url),
    ...{ processes: 1, threadsPerProcess: 1, modelsFolder: packagedModelsFolder, polarity: 'bright' },
    ...{ timeoutMs: 30_000, logger: silentLogger },
  });
  onTestFinished(() => pool.close());
  return pool;
}

/** The daemon's end of the queue, closed after the test; it has no segmenters of its own unless they are given. */
export async function daemonEnd(
  url: string,
  { queue, ...more }: Partial<Omit<QueuedOptions, 'queue'>> & { queue?: Partial<SegmenterQueue> } = {},
): Promise<Fallback> {
  const end = await startQueuedSegmenter({
    ...{ queue: queueAt(url, queue), daemon: DAEMON, polarity: 'bright', logger: silentLogger },
    models: await loadModels(packagedModelsFolder),
    local: { segment: () => Promise.reject(new Error('segmented on this computer')) },
    ...more,
  });
  onTestFinished(() => end.close());
  return end;
}

/** Tasks of simulated strips of 320 x 64 px at 250 nm a pixel, an overlay wanted of each. */
export async function stripTasks(place: Premises, columns: number, seed = 3): Promise<SegmentTask[]> {
  const tiles = await simulatedTiles({ ...strip, rows: 1, columns, seed });
  const [model] = await loadModels(packagedModelsFolder);
  if (!model) throw new Error('no model');
  return Promise.all(
    writeTiles(place.exportFolder, tiles).map(async (path, column) => ({
      ...{ path, contentHash: await contentHashOf(path), within: place.exportFolder, databarHeightPx: 0 },
      ...{ pixelSizeNm: 250, stagePositionUm: { x: 80 * column, y: 1 / 3 }, scanRotationRad: 0.1 },
      ...{ model: model.manifest.name, thresholds: model.manifest.thresholds },
      ...{ overlayPath: join(place.reportFolder, `${column}.png`), overlayKind: 'outlines' as const },
    })),
  );
}
