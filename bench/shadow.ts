/**
 * What a shadow model costs the tiles that count: each live tile comes in the middle of a shadow's, in turns beside a walk without
 * one, and one in which the shadow's process is not stopped meanwhile.
 *
 *     node bench/shadow.ts --models FOLDER --shadow NAME [--tiles 12]
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
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

/** A walk with one segmenter, with a shadow of all tiles or without. @param isHeld whether the shadow yields to live tiles */
async function walk(name: string, shadow: string | null, isHeld = true) {
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
  if (parts.shadow && !isHeld) parts.shadow.segmenter.hold = () => {};
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
  const without = await walk('without', null);
  const beside = await walk('beside', values.shadow);
  const unheld = await walk('unheld', values.shadow, false);
  type Walk = typeof beside;

  /** The first tile is there for the shadow, which is in the middle of it when the second one comes. */
  const takeTwo = async ({ take, begin, shadowIdle }: Walk, at: number): Promise<number> => {
    await take(paths[at]!, at + 1);
    begin();
    await pause(100);
    const taken = await take(paths[at + 1]!, at + 2);
    await shadowIdle();
    return taken;
  };
  const walks = [without, beside, unheld];
  const times: number[][] = walks.map(() => []);
  for (let at = 0; at + 1 < paths.length; at += 2) {
    // Which comes first changes, so that what else runs weighs on all alike.
    for (let turn = 0; turn < walks.length; turn++) {
      const of = (turn + at / 2) % walks.length;
      times[of]!.push(await takeTwo(walks[of]!, at));
    }
  }
  const [plain, yielding, pressing] = times as [number[], number[], number[]];
  const ratios = (taken: number[]): number[] => taken.map((time, pair) => time / plain[pair]!);
  say('a tile, from arrival to stored', ms(median(plain)));
  say('the same in the middle of a shadow tile', ms(median(yielding)));
  say('ratio', median(ratios(yielding)).toFixed(2), `(limit 1.05) ${spread(ratios(yielding))}`);
  say('ratio if the shadow went on', median(ratios(pressing)).toFixed(2), spread(ratios(pressing)));
  say('busy processes a core meanwhile', (loadavg()[0]! / availableParallelism()).toFixed(1));
  await unheld.close();
  const all = treeMemoryMb();
  await beside.close();
  const one = treeMemoryMb();
  await without.close();
  // A walk with a shadow has another process more than one without.
  say('memory of the shadow process', `${(all - one - (one - treeMemoryMb())).toFixed(0).padStart(5)} MB`);
} finally {
  rmSync(work, { recursive: true });
}
