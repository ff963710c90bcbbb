import type { Config } from '../src/config/schema.ts';
import type { Model } from '../src/inference/model/model-folder.ts';
import { openNetwork } from '../src/inference/network.ts';
import { networkInput } from '../src/inference/network-input.ts';
import { silentLogger } from '../src/logger.ts';
import { createPipeline } from '../src/walk/pipeline.ts';
import { startParts } from '../src/walk/start-parts.ts';
import { readPixels } from '../src/watcher/image/pixels.ts';
import { median, ms, say, spread } from './figures.ts';
import { untilSegmented } from './until-segmented.ts';

/** Every process warms up on its first tiles. */
const WARM_UP = 4;

/** One tile after another: the bare network, then the whole walk of the same tile, time and again. */
export async function tilePairs(
  config: Config,
  model: Model,
  threads: number,
  paths: readonly string[],
): Promise<void> {
  const network = await openNetwork(model, threads);
  const parts = await startParts(config, silentLogger);
  const pipeline = createPipeline({ ...parts, config, logger: silentLogger, onMessage() {} });
  const bareMs: number[] = [];
  const walkMs: number[] = [];
  for (const [index, path] of paths.entries()) {
    const input = networkInput(await readPixels(path, 0), model.manifest.input, 'bright');
    const start = performance.now();
    await network.run(input);
    const between = performance.now();
    pipeline.arrive(path);
    await untilSegmented(parts.store, index + 1);
    const end = performance.now();
    if (index < WARM_UP) continue;
    bareMs.push(between - start);
    walkMs.push(end - between);
  }
  await pipeline.stop();
  await parts.close();
  await network.close();
  const ratios = walkMs.map((walk, i) => walk / bareMs[i]!);
  say('one tile, file to stored particles', ms(median(walkMs)), '(limit 200 ms)');
  say('the bare network on the same tile', ms(median(bareMs)));
  say('ratio, pair by pair', `${median(ratios).toFixed(2).padStart(5)}`, `(limit 1.3) ${spread(ratios)}`);
}
