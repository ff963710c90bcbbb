import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Config } from '../src/config/schema.ts';
import { silentLogger } from '../src/logger.ts';
import { createPipeline } from '../src/walk/pipeline.ts';
import { startParts } from '../src/walk/start-parts.ts';
import { ms, say } from './figures.ts';
import { treeMemoryMb, treeProcessorMs } from './process-tree.ts';
import { untilSegmented } from './until-segmented.ts';

/** All tiles at once, as when the daemon starts on a full folder: time, memory, the event loop. */
export async function wholeGrid(config: Config, paths: readonly string[]): Promise<void> {
  const starting = performance.now();
  const parts = await startParts(config, silentLogger);
  const pipeline = createPipeline({ ...parts, config, logger: silentLogger, onMessage() {} });
  const loop = monitorEventLoopDelay({ resolution: 5 });
  const memoryMb: { tiles: number; mb: number }[] = [];
  loop.enable();
  const processorBefore = treeProcessorMs();
  const start = performance.now();
  for (const path of paths) pipeline.arrive(path);
  let done = 0;
  let longestBlockMs = 0;
  while (done < paths.length) {
    await untilSegmented(parts.store, Math.min(done + 12, paths.length));
    done = parts.store.tiles.countByState().segmented;
    longestBlockMs = Math.max(longestBlockMs, loop.max / 1e6);
    loop.disable(); // reading /proc is the bench's own doing
    memoryMb.push({ tiles: done, mb: treeMemoryMb() });
    loop.reset();
    loop.enable();
  }
  const elapsedMs = performance.now() - start;
  await pipeline.idle();
  const processorMs = treeProcessorMs() - processorBefore;
  await pipeline.stop();
  await parts.close();
  const at50 = memoryMb.find(({ tiles }) => tiles >= Math.min(50, paths.length))!.mb;
  const last = memoryMb.at(-1)!.mb;
  say('store and segmenters, start to ready', ms(start - starting));
  say(
    `${paths.length} tiles, all there at once`,
    `${(elapsedMs / 1000).toFixed(1).padStart(5)} s`,
    `(limit 60 s for 288) ${ms(elapsedMs / paths.length).trim()} a tile`,
  );
  say('processor time of all processes', ms(processorMs / paths.length), 'a tile');
  say(
    'memory of the process tree',
    `${last.toFixed(0).padStart(5)} MB`,
    `(limit 1000 MB, flat) ${at50.toFixed(0)} MB after 50 tiles`,
  );
  say('longest block of the event loop', ms(longestBlockMs), '(limit 50 ms)');
}
