import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeSample, type SampleTask } from './make-sample.ts';

/** Makes the folders `images`, `labels` and `truth`. */
export async function makeDatasetFolders(folder: string): Promise<void> {
  for (const part of ['images', 'labels', 'truth']) await mkdir(join(folder, part), { recursive: true });
}

/** Writes `images/<n>.png` (8-bit), `labels/<n>.png` (16-bit, 0 ground) and `truth/<n>.json`; gives the particle count. */
export async function writeSample(folder: string, task: SampleTask): Promise<number> {
  const { picture, truth } = makeSample(task);
  const { widthPx: width, heightPx: height, image, labels } = picture;
  const name = String(task.index).padStart(6, '0');
  await sharp(image, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 6 })
    .toFile(join(folder, 'images', `${name}.png`));
  await sharp(labels, { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png({ compressionLevel: 6 })
    .toFile(join(folder, 'labels', `${name}.png`));
  await writeFile(join(folder, 'truth', `${name}.json`), `${JSON.stringify(truth)}\n`);
  return truth.particles.length;
}
