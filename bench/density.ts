/**
 * How many particles are found on tiles of 30 to 5,000 whose truth is known: LiCoO2 of 1920 x 1200 pixels seen from
 * ever farther, 40 % of the tape covered, looked at once and with closer looks; one thread for the network.
 * `node bench/density.ts [--models FOLDER] [--model NAME] [COUNT...]`
 */
import { parseArgs } from 'node:util';
import type { LabelImage } from '../src/evaluation/label-image.ts';
import { paintedLabels } from '../src/evaluation/painted-labels.ts';
import { scoreImage } from '../src/evaluation/scores/image-score.ts';
import type { Manifest } from '../src/inference/model/manifest.ts';
import { loadModels, packagedModelsFolder } from '../src/inference/model/model-folder.ts';
import { type Network, openNetwork } from '../src/inference/network.ts';
import { segmentImage } from '../src/inference/segment-image.ts';
import { type DenseTile, denseTile } from '../src/simulator/tiles/dense-tile.ts';

/** Share of the particles whose middle lies in the upper half of a picture. */
function upperShare({ labels, widthPx, heightPx }: LabelImage): number {
  const rows = new Map<number, [sum: number, pixels: number]>();
  for (const [at, label] of labels.entries()) {
    if (label === 0) continue;
    const [sum, pixels] = rows.get(label) ?? [0, 0];
    rows.set(label, [sum + Math.floor(at / widthPx), pixels + 1]);
  }
  return [...rows.values()].filter(([sum, pixels]) => sum / pixels < heightPx / 2).length / rows.size;
}

async function report(name: string, network: Network, manifest: Manifest, tile: DenseTile): Promise<void> {
  const { widthPx, heightPx, image: pixels, labels } = tile.picture;
  const began = performance.now();
  const found = await segmentImage({ widthPx, heightPx, pixels }, { manifest }, network, 'bright');
  const ms = performance.now() - began;
  const masks = found.segments.map(({ mask }) => mask);
  const predicted = paintedLabels(widthPx, heightPx, masks);
  const wanted = Int32Array.from(labels, (label) => (tile.wanted.has(label) ? label : 0));
  const truth = { widthPx, heightPx, labels: wanted };
  const score = scoreImage(truth, predicted);
  const error = 100 * (masks.length / tile.wanted.size - 1);
  const cells = [
    name.padEnd(7),
    ...[tile.wanted.size, masks.length, error.toFixed(1)].map((cell) => String(cell).padStart(6)),
    ...[score.ajiPlus, score.precision, score.recall].map((share) => share.toFixed(3).padStart(6)),
    `${upperShare(predicted).toFixed(3)} of ${upperShare(truth).toFixed(3)}`,
    ...[found.looks, ms.toFixed(0)].map((cell) => String(cell).padStart(6)),
    found.limitsReached.join(' '),
  ];
  console.log(cells.join(' '));
}

const { values, positionals } = parseArgs({
  options: {
    models: { type: 'string', default: packagedModelsFolder },
    model: { type: 'string', default: 'low' },
  },
  allowPositionals: true,
});
const counts = positionals.length > 0 ? positionals.map(Number) : [30, 100, 300, 1000, 2000, 3000, 5000];
const model = (await loadModels(values.models)).find(({ manifest }) => manifest.name === values.model);
if (!model) throw new Error(`${values.models}: no model named ${values.model}`);
const { manifest } = model;
const { closerLook: _, fartherLook: __, ...once } = manifest;
const network = await openNetwork(model, 1);
console.log('         truth  found error%   AJI+  prec. recall     upper half  looks     ms limits reached');
for (const count of counts) {
  const dustPx = manifest.thresholds.smallestAreaPx * (1920 / manifest.input.longestSidePx) ** 2;
  const tile = denseTile(count, 1, dustPx);
  await report('once', network, once, tile);
  await report('closer', network, manifest, tile);
}
await network.close();
