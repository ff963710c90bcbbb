/**
 * How many particles are found on tiles of 30 to 5,000 whose truth is known: LiCoO2 of 1920 x 1200 pixels seen from
 * ever farther, 40 % of the tape covered, looked at once and with closer looks; one thread for the network.
 * `node bench/density.ts [--models FOLDER] [--model NAME] [COUNT...]`
 */
import { parseArgs } from 'node:util';
import { scoreImage } from '../src/evaluation/image-score.ts';
import { paintedLabels } from '../src/evaluation/painted-labels.ts';
import type { Manifest } from '../src/inference/manifest.ts';
import { loadModels, packagedModelsFolder } from '../src/inference/model-folder.ts';
import { type Network, openNetwork } from '../src/inference/network.ts';
import { segmentImage } from '../src/segment-tile.ts';
import { acquisitionDefaults, layPowderUnder, specimenOf } from '../src/simulator/acquisition-options.ts';
import { type RenderedWindow, renderWindow } from '../src/simulator/render.ts';
import { gridPixelSizeUm } from '../src/simulator/scan-plan.ts';

const COVERAGE = 0.4;
const SIZES = {
  kind: 'log-normal',
  diameterMedianUm: 5,
  geometricStandardDeviation: 1.3,
  diameterMinUm: 3,
  diameterMaxUm: 10,
} as const;
/** Of the sizes above. */
const AREA_MEAN_UM2 = (Math.PI / 4) * (5 * Math.exp(Math.log(1.3) ** 2)) ** 2;

interface DenseTile {
  readonly picture: RenderedWindow;
  /** The label of each particle that is to be found: its middle is in the tile and most of it to be seen. */
  readonly wanted: ReadonlySet<number>;
}

function tileOf(count: number, seed: number, dustPx: number): DenseTile {
  const areaUm2 = (count * AREA_MEAN_UM2) / COVERAGE;
  const fieldWidthUm = Math.sqrt(areaUm2 * (1920 / 1200));
  const order = {
    ...acquisitionDefaults,
    folder: '',
    rows: 1,
    columns: 1,
    fieldWidthUm,
    amount: { kind: 'coverage', fraction: COVERAGE } as const,
    sizeDistribution: SIZES,
    seed,
  };
  const specimen = specimenOf(order);
  const { widthPx, heightPx, startCentreUm: centre } = specimen.grid;
  const window = { centre, widthPx, heightPx, pixelSizeUm: gridPixelSizeUm(specimen.grid) };
  const picture = renderWindow(layPowderUnder(specimen, seed), window, { ...specimen.imaging, seed });
  const wanted = picture.visible.flatMap(({ visibleFraction, cutByBorder, areaPx }, at) =>
    areaPx >= dustPx && (cutByBorder || visibleFraction > 0.3) ? [at + 1] : [],
  );
  return { picture, wanted: new Set(wanted) };
}

/** Labels in the upper half of a picture, by the middle of their rows. */
function upperShare(
  labels: { readonly labels: Uint16Array | Int32Array; readonly widthPx: number },
  of: ReadonlySet<number>,
  heightPx: number,
): number {
  const rows = new Map<number, [sum: number, pixels: number]>();
  for (const [at, label] of labels.labels.entries()) {
    if (!of.has(label)) continue;
    const [sum, pixels] = rows.get(label) ?? [0, 0];
    rows.set(label, [sum + Math.floor(at / labels.widthPx), pixels + 1]);
  }
  const upper = [...rows.values()].filter(([sum, pixels]) => sum / pixels < heightPx / 2);
  return upper.length / rows.size;
}

async function report(name: string, network: Network, manifest: Manifest, tile: DenseTile): Promise<void> {
  const { widthPx, heightPx, image: pixels, labels } = tile.picture;
  const began = performance.now();
  const found = await segmentImage({ widthPx, heightPx, pixels }, { manifest }, network, 'bright');
  const ms = performance.now() - began;
  const predicted = paintedLabels(
    widthPx,
    heightPx,
    found.segments.map(({ mask }) => mask),
  );
  const truth = {
    widthPx,
    heightPx,
    labels: Uint32Array.from(labels, (label) => (tile.wanted.has(label) ? label : 0)),
  };
  const score = scoreImage(truth as never, predicted);
  const count = found.segments.length;
  const all = new Set(found.segments.map((_, i) => i + 1));
  const error = (100 * (count / tile.wanted.size - 1)).toFixed(1);
  const upper = [
    upperShare(predicted as never, all, heightPx),
    upperShare({ labels, widthPx }, tile.wanted, heightPx),
  ];
  console.log(
    `${name.padEnd(8)} ${String(tile.wanted.size).padStart(5)} ${String(count).padStart(6)} ${error.padStart(7)} ` +
      `${score.ajiPlus.toFixed(3)} ${score.precision.toFixed(3)} ${score.recall.toFixed(3)} ` +
      `${upper.map((share) => share.toFixed(3)).join(' of ')} ${String(found.looks).padStart(3)} ${ms.toFixed(0).padStart(6)} ${found.limitsReached.join(' ')}`,
  );
}

const { values, positionals } = parseArgs({
  options: {
    models: { type: 'string', default: packagedModelsFolder },
    model: { type: 'string', default: 'low' },
  },
  allowPositionals: true,
});
const counts = positionals.length > 0 ? positionals.map(Number) : [30, 100, 300, 1000, 2000, 3000, 5000];
const model = (await loadModels(values.models)).find(({ manifest }) => manifest.name === values.model)!;
const { manifest } = model;
const { closerLook: _, ...once } = manifest;
const network = await openNetwork(model, 1);
console.log('looks    truth  found error % AJI+  prec. recall upper half     asked   ms limits reached');
for (const count of counts) {
  const dustPx = manifest.thresholds.smallestAreaPx * (1920 / manifest.input.longestSidePx) ** 2;
  const tile = tileOf(count, 1, dustPx);
  await report('once', network, once, tile);
  await report('closer', network, manifest, tile);
}
await network.close();
