/**
 * What a shadow model costs the tiles that count: each live tile comes in the middle of a shadow's, beside a daemon without one, in turns.
 *
 *     node bench/shadow.ts --models FOLDER --shadow NAME [--tiles 12]
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config/load.ts';
import { silentLogger } from '../src/logger.ts';
import { createPipeline } from '../src/walk/pipeline.ts';
import { startParts } from '../src/walk/start-parts.ts';
import { median, ms, say, spread } from './figures.ts';
import { treeMemoryMb } from './process-tree.ts';
import { untilSegmented } from './until-segmented.ts';
import { writeTiles } from './virtual-tiles.ts';

const { values } = parseArgs({
  options: {
    tiles: { type: 'string', default: '12' },
    models: { type: 'string' },
    shadow: { type: 'string' },
  },
});
if (!values.models || !values.shadow)
  throw new Error('give --models FOLDER and --shadow NAME of a model in its .shadow');
const work = mkdtempSync(join(tmpdir(), 'particled-bench-'));
const count = Number(values.tiles);

/** A walk with one segmenter, with a shadow of all tiles or without. */
async function walk(name: string, shadow: string | null) {
  const folder = join(work, name);
  mkdirSync(folder);
  const config = loadConfig(
    null,
    {},
    {
      watch: { folder },
      grid: { rows: 1, columns: count },
      store: { file: join(work, `${name}.db`) },
      report: { folder: null },
      segmenter: { processes: 1, threadsPerProcess: 1 },
      models: { folder: values.models, shadow: { model: shadow, share: 1 } },
    },
  );
  const parts = await startParts(config, silentLogger);
  const pipeline = createPipeline({ ...parts, config, logger: silentLogger, onMessage() {} });
  const waits = () => parts.store.shadows.next() !== undefined;
  return {
    /** Time from a tile's arrival until it is stored. */
    async take(path: string, taken: number): Promise<number> {
      const own = join(folder, basename(path));
      copyFileSync(path, own);
      const start = performance.now();
      pipeline.arrive(own);
      await untilSegmented(parts.store, taken);
      return performance.now() - start;
    },
    /** Begins the shadow's next tile. */
    begin: pipeline.tick,
    /** Until the shadow has segmented all. */
    async shadowIdle() {
      while (waits()) {
        pipeline.tick();
        await pause(20);
      }
    },
    async close() {
      await pipeline.stop();
      await parts.close();
    },
  };
}

try {
  const paths = writeTiles(join(work, 'tiles'), 1, count, count);
  const before = treeMemoryMb();
  const without = await walk('without', null);
  const alone = treeMemoryMb() - before;
  const beside = await walk('beside', values.shadow);
  const ratios: number[] = [];
  const [plain, shadowed]: [number[], number[]] = [[], []];
  let memoryMb = 0;
  for (let at = 0; at + 1 < paths.length; at += 2) {
    // The first tile is there for the shadow, which is in the middle of it when the second one comes.
    await beside.take(paths[at]!, at + 1);
    beside.begin();
    await pause(100);
    const withShadow = await beside.take(paths[at + 1]!, at + 2);
    await beside.shadowIdle();
    memoryMb = treeMemoryMb();
    await without.take(paths[at]!, at + 1);
    const withoutShadow = await without.take(paths[at + 1]!, at + 2);
    ratios.push(withShadow / withoutShadow);
    plain.push(withoutShadow);
    shadowed.push(withShadow);
  }
  say('a tile, from arrival to stored', ms(median(plain)));
  say('the same in the middle of a shadow tile', ms(median(shadowed)));
  say('ratio', median(ratios).toFixed(2), `(limit 1.05 where a core is free) ${spread(ratios)}`);
  say('memory of the shadow process', `${(memoryMb - before - 2 * alone).toFixed(0).padStart(5)} MB`);
  await beside.close();
  await without.close();
} finally {
  rmSync(work, { recursive: true });
}
