import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { queueConnectionSchema, segmenterQueueSchema } from '../../src/config/queue.ts';
import { forkDependent } from '../../src/dependent-process.ts';
import { loadModels, packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { silentLogger } from '../../src/logger.ts';
import { openQueueLink } from '../../src/queue/link.ts';
import { startQueuedSegmenter } from '../../src/queue/queued-segmenter.ts';
import { phenomTiff } from '../../src/simulator/acquisition/phenom-file.ts';
import { contentHashOf } from '../../src/watcher/content-hash.ts';
import { redisProcess } from '../../test/support/redis-process.ts';
import { readings } from '../redis-readings.ts';

/** What is tried on the real queue: daemons' ends in this process, stub workers in others, a real server. */
export interface Trial {
  readonly daemons: number;
  readonly tilesEach: number;
  /** Of each daemon; infinite: all at once. */
  readonly tilesPerS: number;
  readonly window: number;
  /** Processes of each worker. */
  readonly workers: readonly number[];
  readonly serviceMs: readonly number[];
  readonly sizePx: readonly [width: number, height: number];
  /** Of each result. */
  readonly discs: number;
  /** Daemons that are connected and bring no tile. */
  readonly listeners?: number;
}

export interface Tried {
  /** Of each daemon's tiles in their order. */
  readonly tookS: readonly (readonly number[])[];
  /** Of all tiles, from their way into the queue to their result. */
  readonly eachS: readonly number[];
  readonly contentHashes: readonly (readonly string[])[];
  readonly tilesPerS: number;
  /** Of Redis's main thread, a tile. */
  readonly redisS: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly memoryMost: number;
}

export const AHEAD = 1;

export async function tryQueue(trial: Trial): Promise<Tried> {
  const folder = mkdtempSync(join(tmpdir(), 'particled-queue-bench-'));
  const server = await redisProcess();
  await server.start();
  const models = await loadModels(packagedModelsFolder);
  const model = models.find(({ manifest }) => manifest.name === 'low')!.manifest;
  const children = trial.workers.map((processes, index) =>
    forkDependent(
      new URL('../stub-worker.ts', import.meta.url),
      JSON.stringify({
        ...{ url: server.url, folder, name: `stub-${index}`, processes, ahead: AHEAD, discs: trial.discs },
        ...{ serviceMs: trial.serviceMs, modelSha256: model.sha256 },
      }),
    ),
  );
  const looker = new Redis(server.url);
  const links = Array.from({ length: trial.listeners ?? 0 }, (_, index) =>
    openQueueLink(
      queueConnectionSchema.parse(server.url),
      'url',
      daemonId(trial.daemons + index),
      silentLogger,
    ),
  );
  for (const link of links) link.onEnded(() => {});
  const daemons = await Promise.all(
    Array.from({ length: trial.daemons }, (_, index) =>
      startQueuedSegmenter({
        queue: segmenterQueueSchema.parse({ url: server.url, window: trial.window, localAfterS: 120 }),
        ...{ daemon: daemonId(index), polarity: 'bright', models, logger: silentLogger },
        local: { segment: () => Promise.reject(new Error('the queue was away for too long')) },
      }),
    ),
  );
  const [widthPx, heightPx] = trial.sizePx;
  const pixels = Uint8Array.from(randomBytes(widthPx * heightPx));
  const paths = daemons.map((_, daemon) =>
    Array.from({ length: trial.tilesEach }, (_, tile) => {
      const path = join(folder, `${daemon}-${tile}.tiff`);
      const facts = { pixelSizeNm: 100, stagePositionUm: { x: tile, y: daemon } };
      const said = { sampleLabel: 'bench', instrumentId: 'SIM-0001', acquiredAt: '2026-01-01T00:00:00' };
      writeFileSync(path, phenomTiff({ widthPx, heightPx, pixels }, { ...facts, ...said }));
      return path;
    }),
  );
  const contentHashes = await Promise.all(
    paths.map((own) => Promise.all(own.map((path) => contentHashOf(path)))),
  );

  const eachS: number[] = [];

  async function segmented(daemon: number, tile: number): Promise<void> {
    const startMs = performance.now();
    await daemons[daemon]!.segment({
      ...{ path: paths[daemon]![tile]!, contentHash: contentHashes[daemon]![tile]!, within: folder },
      ...{ databarHeightPx: 0, pixelSizeNm: 100, stagePositionUm: { x: 0, y: 0 } },
      ...{ model: model.name, thresholds: model.thresholds, overlayPath: null },
    });
    eachS.push((performance.now() - startMs) / 1000);
  }

  /** As the walk does: what is beyond the window waits outside the queue. */
  async function walked(daemon: number): Promise<number[]> {
    const took: number[] = Array.from({ length: trial.tilesEach });
    let next = 0;
    const startMs = performance.now();
    const dueMs = (tile: number) => startMs + (1000 * tile) / trial.tilesPerS;
    const place = async () => {
      for (let tile = next++; tile < trial.tilesEach; tile = next++) {
        await pause(Math.max(0, dueMs(tile) - performance.now()));
        await segmented(daemon, tile);
        took[tile] = (performance.now() - dueMs(tile)) / 1000;
      }
    };
    await Promise.all(Array.from({ length: trial.window }, place));
    return took;
  }

  try {
    await Promise.all(children.map((child) => once(child, 'message')));
    const before = await readings(looker);
    const startMs = performance.now();
    const watch = memoryWatch(looker);
    const tookS = await Promise.all(daemons.map((_, index) => walked(index)));
    const elapsedS = (performance.now() - startMs) / 1000;
    const memoryMost = await watch.stop();
    const after = await readings(looker);
    const tiles = trial.daemons * trial.tilesEach;
    return {
      ...{ tookS, eachS, contentHashes, tilesPerS: tiles / elapsedS, memoryMost },
      redisS: (after.threadS - before.threadS) / tiles,
      bytesIn: (after.bytesIn - before.bytesIn) / tiles,
      bytesOut: (after.bytesOut - before.bytesOut) / tiles,
    };
  } finally {
    await Promise.all([...daemons, ...links].map((end) => end.close()));
    looker.disconnect();
    await Promise.all(children.map(ended));
    await server.remove();
    rmSync(folder, { recursive: true });
  }
}

const daemonId = (index: number): string => index.toString(16).padStart(32, '0');

async function ended(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}

/** The most that Redis says it uses above what it uses now, looked at four times a second. */
function memoryWatch(redis: Redis) {
  const used = async () => Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
  const first = used();
  let most = 0;
  const timer = setInterval(() => void used().then((now) => (most = Math.max(most, now))), 250);
  return {
    async stop() {
      clearInterval(timer);
      return most - (await first);
    },
  };
}
