/**
 * Processor time that a segmenter process with one thread takes for a tile, and the bytes that cross the network with
 * it: what bench/queue-simulation.ts draws from. On a core of its own a tile takes as long; what else runs on this
 * computer hardly changes it.
 *
 *     node bench/service-times.ts --phenom FOLDER --piles FOLDER [--write bench/queue-simulation/service-times.json]
 */
import { hash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadModels, packagedModelsFolder } from '../src/inference/model/model-folder.ts';
import { silentLogger } from '../src/logger.ts';
import { startSegmenterPool } from '../src/segmenter/pool.ts';
import type { SegmentTask } from '../src/segmenter/port.ts';
import { figureDigits } from '../src/statistics/numeric/figure-digits.ts';
import { treeProcessorMs } from './process-tree.ts';
import type { ServiceTimes } from './queue-simulation/service-times.ts';
import { writeTiles } from './virtual-tiles.ts';

/** The kernel counts processor time in steps of 10 ms; the mean of some rounds is finer. */
const ROUNDS = 2;
const PICTURES_MOST = 12;
const { values } = parseArgs({
  options: { phenom: { type: 'string' }, piles: { type: 'string' }, write: { type: 'string' } },
});
if (!values.phenom || !values.piles)
  throw new Error('give --phenom FOLDER with exports and --piles FOLDER with pictures of dense powder');

const work = mkdtempSync(join(tmpdir(), 'particled-bench-'));
const models = await loadModels(packagedModelsFolder);
const pool = await startSegmenterPool({
  entry: new URL('../src/segmenter/process.ts', import.meta.url),
  processes: 1,
  threadsPerProcess: 1,
  modelsFolder: packagedModelsFolder,
  polarity: 'bright',
  timeoutMs: 120_000,
  logger: silentLogger,
});

/** Of a folder's pictures so many at even distances. */
function pictures(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /\.(png|tiff?)$/i.test(name));
  const step = Math.max(1, names.length / PICTURES_MOST);
  return names.filter((_, index) => Math.floor(index % step) === 0).map((name) => join(folder, name));
}

/** Bytes of a tile's file, of what is found there as JSON, and of its outlines for whoever looks. */
const sizes = { file: 0, result: 0, overlay: 0, tiles: 0 };

async function timed(path: string, index: number): Promise<number> {
  const { manifest } = models.find(({ manifest }) => manifest.name === 'low')!;
  const overlayPath = join(work, `overlay-${index}.json`);
  const task: SegmentTask = {
    ...{ path, contentHash: hash('sha256', readFileSync(path)), within: join(path, '..') },
    ...{ databarHeightPx: 0, pixelSizeNm: 100, stagePositionUm: { x: 0, y: 0 } },
    ...{ model: manifest.name, thresholds: manifest.thresholds, overlayPath, overlayKind: 'outlines' },
  };
  const before = treeProcessorMs();
  const result = await pool.segment(task);
  const took = treeProcessorMs() - before;
  sizes.file += statSync(path).size;
  sizes.result += JSON.stringify(result).length;
  sizes.overlay += statSync(overlayPath).size;
  sizes.tiles += 1;
  return took;
}

/** Each picture's time, after one that warms up. */
async function times(name: string, paths: readonly string[]): Promise<number[]> {
  await timed(paths[0]!, 0);
  Object.assign(sizes, { file: 0, result: 0, overlay: 0, tiles: 0 });
  const sums = paths.map(() => 0);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, path] of paths.entries()) sums[index]! += await timed(path, index);
  const taken = sums.map((sum) => sum / ROUNDS);
  const mean = taken.reduce((sum, ms) => sum + ms, 0) / taken.length;
  const each = (bytes: number) => `${figureDigits(bytes / sizes.tiles / 1000)} kB`;
  console.log(
    `${name.padEnd(10)}${paths.length} pictures, ${figureDigits(mean)} ms each; file ${each(sizes.file)}, result ${each(sizes.result)}, outlines ${each(sizes.overlay)}`,
  );
  return taken.map((ms) => Math.round(ms));
}

try {
  const measured: ServiceTimes = {
    command: 'node bench/service-times.ts --phenom FOLDER --piles FOLDER --write FILE',
    processor: `${cpus()[0]!.model.trim()}, one thread`,
    groupsMs: {
      virtual: await times('virtual', writeTiles(join(work, 'export'), 1, PICTURES_MOST, PICTURES_MOST)),
      phenom: await times('phenom', pictures(values.phenom)),
      piles: await times('piles', pictures(values.piles)),
    },
  };
  if (values.write) writeFileSync(values.write, `${JSON.stringify(measured, null, 2)}\n`);
} finally {
  await pool.close();
  rmSync(work, { recursive: true, force: true });
}
