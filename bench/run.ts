/**
 * The walk of a tile, from file to stored particles, measured against the bare network in the same run.
 *
 *     npm run bench                     288 tiles
 *     npm run bench -- --tiles 48       fewer
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config/load-config.ts';
import { loadModels, packagedModelsFolder } from '../src/inference/model-folder.ts';
import { openNetwork } from '../src/inference/network.ts';
import { networkInput } from '../src/inference/network-input.ts';
import { poolShape } from '../src/inference/segmenter-pool.ts';
import { silentLogger } from '../src/logger.ts';
import { startParts } from '../src/parts.ts';
import { createPipeline } from '../src/pipeline.ts';
import { readPixels } from '../src/watcher/pixels.ts';
import { treeMemoryMb } from './process-tree.ts';
import { writeTiles } from './virtual-tiles.ts';

const { values } = parseArgs({ options: { tiles: { type: 'string', default: '288' } } });
const columns = 24;
const rows = Math.ceil(Number(values.tiles) / columns);
const work = mkdtempSync(join(tmpdir(), 'particled-bench-'));
const config = loadConfig(null, process.env, {
  watch: { folder: join(work, 'export') },
  grid: { rows, columns },
  store: { file: join(work, 'particled.db') },
  report: { folder: null },
});

const shape = {
  processes: config.segmenter.processes ?? poolShape().processes,
  threadsPerProcess: config.segmenter.threadsPerProcess ?? poolShape().threadsPerProcess,
};
console.log(
  `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores; ${shape.processes} segmenter processes with ${shape.threadsPerProcess} thread(s)`,
);
const paths = writeTiles(config.watch.folder, rows, columns, 8);
console.log(`${paths.length} virtual tiles of 1920 x 1200, about 32 particles each\n`);
try {
  await wholeGrid();
  await pairs();
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** One tile after another: the bare network, then the whole walk of the same tile, time and again. */
async function pairs(): Promise<void> {
  const [model] = await loadModels(packagedModelsFolder);
  const network = await openNetwork(model!, shape.threadsPerProcess);
  const parts = await startParts({ ...config, store: { file: join(work, 'pairs.db') } }, silentLogger);
  const pipeline = createPipeline({ ...parts, config, logger: silentLogger, onMessage() {} });
  const bareMs: number[] = [];
  const walkMs: number[] = [];
  for (const [index, path] of paths.slice(0, 24).entries()) {
    const input = networkInput(await readPixels(path, 0), model!.manifest.input, 'bright');
    const start = performance.now();
    await network.run(input);
    const between = performance.now();
    pipeline.arrive(path);
    await untilSegmented(parts.store, index + 1);
    const end = performance.now();
    if (index < 4) continue; // every process warms up
    bareMs.push(between - start);
    walkMs.push(end - between);
  }
  await pipeline.stop();
  await parts.close();
  await network.close();
  const ratios = walkMs.map((ms, i) => ms / bareMs[i]!);
  console.log(`one tile, file to stored particles   ${ms(median(walkMs))}   (limit 600 ms)`);
  console.log(`the bare network on the same tile    ${ms(median(bareMs))}`);
  console.log(
    `ratio, pair by pair                  ${median(ratios).toFixed(2)}     (limit 1.3; ${spread(ratios)})\n`,
  );
}

/** The whole grid at once, as when the daemon starts on a full folder. */
async function wholeGrid(): Promise<void> {
  const parts = await startParts(config, silentLogger);
  const pipeline = createPipeline({ ...parts, config, logger: silentLogger, onMessage() {} });
  const loop = monitorEventLoopDelay({ resolution: 5 });
  const memoryMb: { tiles: number; mb: number }[] = [];
  loop.enable();
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
  await pipeline.stop();
  await parts.close();
  const at50 = memoryMb.find(({ tiles }) => tiles >= Math.min(50, paths.length))!.mb;
  const last = memoryMb.at(-1)!.mb;
  console.log(
    `${paths.length} tiles, all there at once             ${(elapsedMs / 1000).toFixed(1)} s, ${ms(elapsedMs / paths.length)} a tile`,
  );
  console.log(
    `memory of the process tree           ${at50.toFixed(0)} MB after 50 tiles, ${last.toFixed(0)} MB at the end (limit 1200 MB, flat)`,
  );
  console.log(`longest block of the event loop      ${ms(longestBlockMs)}   (limit 50 ms)`);
}

async function untilSegmented(
  store: { tiles: { countByState(): { segmented: number; failed: number } } },
  count: number,
): Promise<void> {
  for (;;) {
    const { segmented, failed } = store.tiles.countByState();
    if (failed > 0) throw new Error(`${failed} tile(s) failed`);
    if (segmented >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

function ms(value: number): string {
  return `${value.toFixed(0).padStart(4)} ms`;
}

function spread(numbers: readonly number[]): string {
  return `${Math.min(...numbers).toFixed(2)} to ${Math.max(...numbers).toFixed(2)}`;
}
