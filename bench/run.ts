/**
 * The walk of a tile, from file to stored particles, measured against the bare network, the paper's way and the
 * classical one in the same run.
 *
 *     npm run bench                              288 tiles
 *     npm run bench -- --tiles 48                fewer
 *     npm run bench -- --queue                   through the queue, with workers on this computer; needs redis-server
 *     npm run bench -- --paper-model DIR         beside the paper's network (training/paper_network.py)
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config/load.ts';
import { chooseModel } from '../src/inference/model/choose-model.ts';
import { loadModels, packagedModelsFolder } from '../src/inference/model/model-folder.ts';
import { poolShape } from '../src/segmenter/pool.ts';
import { readTile } from '../src/watcher/read-tile.ts';
import { contend } from './contenders.ts';
import { queueBench } from './queue.ts';
import { tilePairs } from './tile-pairs.ts';
import { writeTiles } from './virtual-tiles.ts';
import { wholeGrid } from './whole-grid.ts';

const { values } = parseArgs({
  options: {
    tiles: { type: 'string', default: '288' },
    'paper-model': { type: 'string' },
    queue: { type: 'boolean' },
  },
});
const columns = 24;
const rows = values.queue ? 1 : Math.ceil(Number(values.tiles) / columns);
const work = mkdtempSync(join(tmpdir(), 'particled-bench-'));
const config = loadConfig(null, process.env, {
  watch: { folder: join(work, 'export') },
  grid: { rows, columns },
  store: { file: join(work, 'particled.db') },
  report: { folder: null },
});
const processes = config.segmenter.processes ?? poolShape().processes;
const threads = config.segmenter.threadsPerProcess ?? poolShape().threadsPerProcess;

try {
  const paths = writeTiles(config.watch.folder, rows, columns, columns);
  const { metadata } = await readTile(paths[0]!, { displayWidthDefaultM: config.instrument.displayWidthM });
  const models = await loadModels(config.models.folder ?? packagedModelsFolder);
  const model = chooseModel(models, metadata.magnification, paths[0]!);
  console.log(
    `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores; ${processes} segmenter process(es) with ${threads} thread(s)\n` +
      `${paths.length} virtual tiles of 1920 x 1200, about 32 particles each; model ${model.manifest.name}\n`,
  );
  if (values.queue) await queueBench(config, model, paths);
  else {
    await wholeGrid(config, paths);
    await tilePairs(
      { ...config, store: { file: join(work, 'pairs.db') } },
      model,
      threads,
      paths.slice(0, columns),
    );
    const paper = values['paper-model'];
    await contend(
      [
        { name: `ours: ${model.manifest.name}`, model: model.folder },
        ...(paper === undefined
          ? []
          : [{ name: "the paper's: ResNet-50, full masks", model: resolve(paper) }]),
        { name: 'classical: Otsu, watershed', model: null },
      ],
      availableParallelism(),
      paths,
    );
    if (paper === undefined) {
      console.log("\nThe paper's way: --paper-model DIR, which training/paper_network.py writes.");
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
