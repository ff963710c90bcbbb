import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { LabelImage } from '../../src/evaluation/label-image.ts';
import type { GreyImage } from '../../src/watcher/image/grey-image.ts';
import { copiedModels } from '../known-answer/answers.ts';

export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Bright discs (200) on dark ground (20), with their labels 1..n; a later disc lies on top. */
export function drawnDiscs(
  widthPx: number,
  heightPx: number,
  discs: readonly Disc[],
): { readonly image: GreyImage; readonly truth: LabelImage } {
  const pixels = new Uint8Array(widthPx * heightPx).fill(20);
  const labels = new Uint16Array(widthPx * heightPx);
  for (const [index, { x, y, radius }] of discs.entries()) {
    for (let pixel = 0; pixel < pixels.length; pixel++) {
      if (Math.hypot((pixel % widthPx) - x, Math.floor(pixel / widthPx) - y) > radius) continue;
      pixels[pixel] = 200;
      labels[pixel] = index + 1;
    }
  }
  // One brighter pixel, so that an image without discs is not flat.
  pixels[0] = 24;
  return { image: { widthPx, heightPx, pixels }, truth: { widthPx, heightPx, labels } };
}

/** Two images with one and two discs and one without any, 96 x 80 px, as `images` and `labels` of a new folder. */
export async function writeDrawnSet(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'particled-set-'));
  for (const kind of ['images', 'labels']) mkdirSync(join(folder, kind));
  const drawn: Record<string, readonly Disc[]> = {
    one: [{ x: 40, y: 40, radius: 20 }],
    two: [
      { x: 25, y: 30, radius: 15 },
      { x: 70, y: 50, radius: 18 },
    ],
    none: [],
  };
  for (const [name, discs] of Object.entries(drawn)) {
    const { image, truth } = drawnDiscs(96, 80, discs);
    await writeGrey(join(folder, 'images', `${name}.png`), image);
    await writeLabels(join(folder, 'labels', `${name}.png`), truth);
  }
  return folder;
}

export async function writeGrey(path: string, { widthPx, heightPx, pixels }: GreyImage): Promise<void> {
  await sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toFile(path);
}

/** 16-bit grey, as labels are. */
export async function writeLabels(path: string, { widthPx, heightPx, labels }: LabelImage): Promise<void> {
  await sharp(Uint16Array.from(labels), { raw: { width: widthPx, height: heightPx, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toFile(path);
}

/** A drawn set with models, which a command may write to, and the configuration that names them. */
export async function drawnSetWithModels(
  modelsIn: (folder: string) => string | Promise<string> = copiedModels,
): Promise<{ set: string; models: string; config: string }> {
  const set = await writeDrawnSet();
  const models = await modelsIn(set);
  const config = join(set, 'particled.yaml');
  writeFileSync(config, `watch:\n  folder: ${set}\nmodels:\n  folder: ${models}\n`);
  return { set, models, config };
}
