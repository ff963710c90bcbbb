import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** An image and whose pixels are whose, row by row. */
export interface LabelledImage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly image: Uint8Array;
  /** 0: ground; else the particle's number in the truth. */
  readonly labels: Uint16Array;
}

/** Makes the folders `images`, `labels` and `truth`. */
export async function makeDatasetFolders(folder: string): Promise<void> {
  for (const part of ['images', 'labels', 'truth']) await mkdir(join(folder, part), { recursive: true });
}

/** Writes `images/<name>.png` (8-bit), `labels/<name>.png` (16-bit, 0 ground) and `truth/<name>.json`, as `training/` reads them. */
export async function writeLabelledImage(
  folder: string,
  name: string,
  { widthPx: width, heightPx: height, image, labels }: LabelledImage,
  truth: { readonly particles: readonly { readonly label: number; readonly verdict: string }[] },
): Promise<void> {
  await sharp(image, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 6 })
    .toFile(join(folder, 'images', `${name}.png`));
  await sharp(labels, { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png({ compressionLevel: 6 })
    .toFile(join(folder, 'labels', `${name}.png`));
  await writeFile(join(folder, 'truth', `${name}.json`), `${JSON.stringify(truth)}\n`);
}
