/**
 * What the outlines of particles cost: processor time to draw them, against measuring the same masks and against all of the
 * tile, and bytes in the store. All in one run on the same tiles.
 *
 *     node bench/outlines.ts                 a virtual grid of 3 x 8 tiles of 1920 x 1200
 *     node bench/outlines.ts FILE...         real exports
 *     node bench/outlines.ts --before DIR    and against the outlines of another checkout of particled, which must be the same
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { chooseModel } from '../src/inference/model/choose-model.ts';
import { loadModels, packagedModelsFolder } from '../src/inference/model/model-folder.ts';
import { openNetwork } from '../src/inference/network.ts';
import { segmentImage } from '../src/inference/segment-image.ts';
import { measureParticle } from '../src/measure/measure-particle.ts';
import { outlineOf } from '../src/measure/outline.ts';
import { toBytes } from '../src/store/outline-bytes.ts';
import { readPixels } from '../src/watcher/image/pixels.ts';
import { readTile } from '../src/watcher/read-tile.ts';
import { writeTiles } from './virtual-tiles.ts';

const ROUNDS = 3;

/** Processor milliseconds, all threads together. */
async function msOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The best of some: what else runs on the machine only ever adds. */
async function leastMsOf(work: () => unknown): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await msOf(work));
  return Math.min(...rounds);
}

const folder = mkdtempSync(join(tmpdir(), 'particled-outlines-'));
const { values, positionals: given } = parseArgs({
  options: { before: { type: 'string' } },
  allowPositionals: true,
});
const before = values.before === undefined ? null : await outlineOfCheckout(values.before);
const paths = given.length > 0 ? given : writeTiles(folder, 3, 8, 24);
const models = await loadModels(packagedModelsFolder);
const total = { particles: 0, corners: 0, bytes: 0, pipelineMs: 0, measureMs: 0, outlineMs: 0, beforeMs: 0 };
for (const path of paths) {
  const { metadata } = await readTile(path, { displayWidthDefaultM: 0.519 });
  const image = await readPixels(path, metadata.databarHeightPx);
  const model = chooseModel(models, metadata.magnification, path);
  const network = await openNetwork(model, 1);
  const { widthPx, heightPx } = image;
  const tile = {
    ...{ widthPx, heightPx },
    pixelSizeUm: metadata.pixelSizeNm / 1000,
    centreStageUm: metadata.stagePositionUm,
  };
  let segments: Awaited<ReturnType<typeof segmentImage>>['segments'] = [];
  total.pipelineMs += await msOf(async () => {
    segments = (await segmentImage(image, model, network, 'bright')).segments;
  });
  const outlines = segments.map(({ mask }) => outlineOf(mask, tile));
  total.measureMs += await leastMsOf(() => segments.map((one) => measureParticle(one.mask, tile, one)));
  total.outlineMs += await leastMsOf(() => segments.map(({ mask }) => outlineOf(mask, tile)));
  if (before !== null) {
    const earlier = segments.map(({ mask }) => before(mask, tile));
    if (!isDeepStrictEqual(earlier, outlines))
      throw new Error(`${path}: ${values.before} draws other outlines`);
    total.beforeMs += await leastMsOf(() => segments.map(({ mask }) => before(mask, tile)));
  }
  total.particles += segments.length;
  total.corners += outlines.flat(2).length / 2;
  total.bytes += toBytes(outlines).length;
}
rmSync(folder, { recursive: true });

const each = (sum: number, digits = 1): string => (sum / total.particles).toFixed(digits);
console.log(`${paths.length} tiles, ${total.particles} particles, one thread of ${cpus()[0]?.model}`);
console.log(`corners a particle          ${each(total.corners)}`);
console.log(`bytes a particle            ${each(total.bytes)}`);
console.log(`bytes a tile                ${(total.bytes / paths.length).toFixed(0)}`);
console.log(`ms a particle               ${each(total.outlineMs, 2)}`);
console.log(`of measuring                ${(total.outlineMs / total.measureMs).toFixed(2)}`);
console.log(`of network and combination  ${(total.outlineMs / total.pipelineMs).toFixed(4)}`);
if (before !== null)
  console.log(`of the same ones before      ${(total.outlineMs / total.beforeMs).toFixed(2)}`);

async function outlineOfCheckout(folder: string): Promise<typeof outlineOf> {
  const module = pathToFileURL(resolve(folder, 'src/measure/outline.ts'));
  return ((await import(module.href)) as { readonly outlineOf: typeof outlineOf }).outlineOf;
}
