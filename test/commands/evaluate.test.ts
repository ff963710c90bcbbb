import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { layPowder } from '../../src/simulator/powder.ts';
import { imagingDefaults, renderWindow } from '../../src/simulator/render.ts';
import { lithiumCobaltOxideSizes } from '../../src/simulator/size-distribution.ts';
import { particled } from '../support/command.ts';
import { type Premises, premises } from '../support/premises.ts';

const SLOW_MS = 90_000;

describe('particled evaluate', () => {
  it(
    'prints one line of figures for each model',
    async () => {
      const { images, labels } = await labelledImages(premises());
      const { code, stdout, stderr } = await particled('evaluate', '--images', images, '--labels', labels);
      expect(code, stderr).toBe(0);
      expect(stdout).toMatch(/AJI\+ mean.*precision.*recall/);
      expect(stdout).toMatch(/general +│ 2 /);
    },
    SLOW_MS,
  );

  it(
    'prints the same as data with --json',
    async () => {
      const { images, labels, particles } = await labelledImages(premises());
      const { code, stdout, stderr } = await particled(
        'evaluate',
        '--images',
        images,
        '--labels',
        labels,
        '--json',
      );
      expect(code, stderr).toBe(0);
      const { images: count, models } = JSON.parse(stdout);
      expect(count).toBe(2);
      const { ajiPlusMean, recallMean, particlesCertain, particlesUncertain } = models.general;
      expect(ajiPlusMean).toBeGreaterThan(0);
      expect(ajiPlusMean).toBeLessThanOrEqual(1);
      // What is matched one to one cannot be more than what was found.
      expect(recallMean).toBeLessThanOrEqual(1);
      expect(particlesCertain + particlesUncertain).toBeGreaterThan(0);
      expect(particles).toBeGreaterThan(0);
    },
    SLOW_MS,
  );

  it('names the models there are when asked for another', async () => {
    const { images, labels } = await labelledImages(premises());
    const { code, stderr } = await particled(
      ...['evaluate', '--images', images, '--labels', labels, '--model', 'best'],
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/no model named best; there is .*general/);
  });
});

/** Two rendered images of 160 x 96 px (0.5 um a pixel) and which particle each of their pixels shows. */
async function labelledImages({ folder }: Premises) {
  const [images, labels] = [join(folder, 'images'), join(folder, 'labels')];
  mkdirSync(images);
  mkdirSync(labels);
  let particles = 0;
  for (const seed of [1, 2]) {
    const powder = layPowder({
      origin: { x: 0, y: 0 },
      widthUm: 80,
      heightUm: 48,
      amount: { kind: 'count', particles: 20 },
      sizeDistribution: lithiumCobaltOxideSizes,
      seed,
    });
    const window = { centre: { x: 40, y: 24 }, widthPx: 160, heightPx: 96, pixelSizeUm: 0.5 };
    const rendered = renderWindow(powder, window, imagingDefaults);
    const size = { width: 160, height: 96, channels: 1 } as const;
    await sharp(rendered.image, { raw: size })
      .toColourspace('b-w')
      .png()
      .toFile(join(images, `powder-${seed}.png`));
    await sharp(rendered.labels, { raw: size })
      .toColourspace('grey16')
      .png()
      .toFile(join(labels, `powder-${seed}.png`));
    particles += rendered.visible.length;
  }
  return { images, labels, particles };
}
