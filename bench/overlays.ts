/**
 * What an overlay costs in bytes and processor time by the way it is kept: as PNG by our own coder, as lossless WebP at
 * several efforts, as outlines alone that are drawn over the tile when somebody looks. All in one run on the same tiles.
 *
 *     node bench/overlays.ts                 virtual tiles of 1920 x 1200
 *     node bench/overlays.ts FILE...         real exports
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import sharp from 'sharp';
import { chooseModel } from '../src/inference/model/choose-model.ts';
import { loadModels, packagedModelsFolder } from '../src/inference/model/model-folder.ts';
import { openNetwork } from '../src/inference/network.ts';
import { segmentImage } from '../src/inference/segment-image.ts';
import { borderPixels } from '../src/measure/border-pixels.ts';
import { indexedPng } from '../src/report/indexed-png.ts';
import { drawOverlay, OVERLAY_PALETTE, type OverlaySegment } from '../src/report/overlay.ts';
import type { GreyImage } from '../src/watcher/image/grey-image.ts';
import { readPixels } from '../src/watcher/image/pixels.ts';
import { readTile } from '../src/watcher/read-tile.ts';
import { median } from './figures.ts';
import { writeTiles } from './virtual-tiles.ts';

const ROUNDS = 3;
const EFFORTS = [0, 1, 2, 4, 6] as const;
const compressed = promisify(deflateRaw);

interface Drawn {
  readonly path: string;
  readonly databarHeightPx: number;
  readonly image: GreyImage;
  readonly segments: readonly OverlaySegment[];
}

sharp.concurrency(1);

/** Processor milliseconds, all threads together, the best of some: what else runs on the machine only ever adds. */
async function msOf(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, user + system);
  }
  return best / 1000;
}

function rgbOf(indices: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(indices.length * 3);
  for (const [at, index] of indices.entries())
    for (let channel = 0; channel < 3; channel++)
      rgb[at * 3 + channel] = OVERLAY_PALETTE[index * 3 + channel]!;
  return rgb;
}

function pngOf({ image, segments }: Drawn): Promise<Buffer> {
  return indexedPng(image.widthPx, image.heightPx, drawOverlay(image, segments), OVERLAY_PALETTE);
}

function webpOf({ image, segments }: Drawn, effort: number): Promise<Buffer> {
  const raw = { width: image.widthPx, height: image.heightPx, channels: 3 } as const;
  return sharp(rgbOf(drawOverlay(image, segments)), { raw })
    .webp({ lossless: true, effort })
    .toBuffer();
}

/** Each border pixel by its distance from the one before, which is all that drawing needs. */
async function outlinesOf({ image, segments }: Drawn): Promise<Buffer> {
  const numbers = segments.flatMap(({ mask, certain }) => {
    const places = [...borderPixels(mask)].map(({ x, y }) => y * image.widthPx + x);
    return [
      Number(certain),
      places.length,
      ...places.map((place, index) => place - (places[index - 1] ?? 0)),
    ];
  });
  return compressed(Buffer.from(Int32Array.from(numbers).buffer));
}

async function drawn(paths: readonly string[]): Promise<Drawn[]> {
  const models = await loadModels(packagedModelsFolder);
  const tiles: Drawn[] = [];
  for (const path of paths) {
    const { metadata } = await readTile(path, { displayWidthDefaultM: 0.519 });
    const model = chooseModel(models, metadata.magnification, path);
    const image = await readPixels(path, metadata.databarHeightPx);
    const { segments } = await segmentImage(image, model, await openNetwork(model, 1), 'bright');
    tiles.push({ path, databarHeightPx: metadata.databarHeightPx, image, segments });
  }
  return tiles;
}

const work = mkdtempSync(join(tmpdir(), 'particled-overlays-'));
try {
  const named = process.argv.slice(2);
  const tiles = await drawn(named.length > 0 ? named : writeTiles(work, 1, 4, 4));
  const bytesOfTiles = median(tiles.map(({ path }) => statSync(path).size));
  const ways: [string, (tile: Drawn) => Promise<Buffer>, (tile: Drawn) => Promise<unknown>][] = [
    ['PNG', pngOf, pngOf],
    ...EFFORTS.map((effort): (typeof ways)[number] => [
      `WebP, effort ${effort}`,
      (tile) => webpOf(tile, effort),
      (tile) => webpOf(tile, effort),
    ]),
    ['outlines alone, when segmented', outlinesOf, outlinesOf],
    [
      'outlines alone, each time somebody looks',
      outlinesOf,
      async (tile) => pngOf({ ...tile, image: await readPixels(tile.path, tile.databarHeightPx) }),
    ],
  ];
  const rows: Record<string, Record<string, number>> = {};
  let png = { bytes: 0, ms: 0 };
  for (const [name, kept, timed] of ways) {
    const sizes: number[] = [];
    const times: number[] = [];
    for (const tile of tiles) {
      sizes.push((await kept(tile)).length);
      times.push(await msOf(() => timed(tile)));
    }
    const cost = { bytes: median(sizes), ms: median(times) };
    if (name === 'PNG') png = cost;
    rows[name] = {
      'kB a tile': Math.round(cost.bytes / 1000),
      'bytes / PNG': Number((cost.bytes / png.bytes).toFixed(3)),
      'processor ms a tile': Math.round(cost.ms),
      'time / PNG': Number((cost.ms / png.ms).toFixed(1)),
    };
  }
  console.log(`${tiles.length} tiles, median file ${Math.round(bytesOfTiles / 1000)} kB`);
  console.table(rows);
} finally {
  rmSync(work, { recursive: true, force: true });
}
