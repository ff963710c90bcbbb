import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeDatasetFolders } from '../../../src/simulator/dataset/labelled-image.ts';
import { makeSample } from '../../../src/simulator/dataset/make-sample.ts';
import { writeSample } from '../../../src/simulator/dataset/sample-writing.ts';
import { styleNames } from '../../../src/simulator/style/draw-scene.ts';

describe('a training sample', () => {
  it.each(styleNames)('of style %s states for each label its pixels', (style) => {
    const { picture, truth } = makeSample({ style, seed: 1, index: 0, sizePx: 128 });
    expect(truth.particles).toHaveLength(Math.max(...picture.labels));
    for (const { label, areaVisiblePx, areaUm2, visibleFraction } of truth.particles) {
      expect(picture.labels.filter((value) => value === label)).toHaveLength(areaVisiblePx);
      const shown = (areaVisiblePx * truth.pixelSizeUm ** 2) / areaUm2;
      expect(visibleFraction).toBeCloseTo(Math.min(1, shown), 9);
    }
  });

  it('depends on seed and index alone', () => {
    const task = { style: 'mixed', seed: 7, index: 3, sizePx: 96 } as const;
    const first = makeSample(task);
    makeSample({ ...task, index: 4 });
    const again = makeSample(task);
    expect(again.truth).toEqual(first.truth);
    expect(again.picture.image).toEqual(first.picture.image);
    expect(again.picture.labels).toEqual(first.picture.labels);
    expect(makeSample({ ...task, index: 4 }).picture.image).not.toEqual(first.picture.image);
  });

  it('is drawn anew while it shows fewer than three particles, but for one in four', () => {
    // A window of 64 px holds fewer than three particles of this style in one of two draws.
    const counts = Array.from(
      { length: 60 },
      (_, index) => makeSample({ style: 'fine', seed: 3, index, sizePx: 64 }).truth.particles.length,
    );
    const few = counts.filter((count) => count < 3).length;
    expect(few).toBeGreaterThan(0);
    // A quarter of half of 60 is 8, give or take 3; without drawing anew it were 30.
    expect(few).toBeLessThan(15);
  });

  it('is written as a grey 8-bit image, 16-bit labels and its truth', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dataset-'));
    try {
      const task = { style: 'spheres', seed: 2, index: 5, sizePx: 128 } as const;
      await makeDatasetFolders(folder);
      const particles = await writeSample(folder, task);
      const { picture, truth } = makeSample(task);
      expect(JSON.parse(await readFile(join(folder, 'truth', '000005.json'), 'utf8'))).toEqual(truth);
      expect(particles).toBe(truth.particles.length);
      const written = sharp(join(folder, 'images', '000005.png'));
      expect((await written.metadata()).channels).toBe(1); // as tiles and label pairs must have
      const image = await written.toColourspace('b-w').raw().toBuffer();
      expect(new Uint8Array(image)).toEqual(picture.image);
      const labels = await sharp(join(folder, 'labels', '000005.png'))
        .toColourspace('grey16')
        .raw({ depth: 'ushort' })
        .toBuffer();
      expect(new Uint16Array(labels.buffer, labels.byteOffset, labels.byteLength / 2)).toEqual(
        picture.labels,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
