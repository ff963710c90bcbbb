import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { layPowder } from '../../src/simulator/powder/powder.ts';
import { lithiumCobaltOxideSizes } from '../../src/simulator/powder/size-distribution.ts';
import { imagingDefaults, renderWindow } from '../../src/simulator/render.ts';
import { particled } from '../support/command.ts';
import { type Premises, premises } from '../support/premises.ts';

describe('particled evaluate with the packaged network', () => {
  it('prints its figures on rendered images as data and as a table', async () => {
    const words = ['evaluate', ...(await renderedImages(premises())), '--model', 'low'];
    const [asData, asTable] = await Promise.all([particled(...words, '--json'), particled(...words)]);
    expect(asData.code, asData.stderr).toBe(0);
    const { images, models } = JSON.parse(asData.stdout);
    expect(images).toBe(2);
    const { ajiPlusMean, recallMean, particlesCertain, particlesUncertain } = models.low;
    expect(ajiPlusMean).toBeGreaterThan(0);
    expect(ajiPlusMean).toBeLessThanOrEqual(1);
    expect(recallMean).toBeLessThanOrEqual(1);
    expect(particlesCertain + particlesUncertain).toBeGreaterThan(0);
    expect(asTable.stdout).toMatch(/low/);
    expect(asTable.stdout).toMatch(/AJI\+/);
  }, 90_000);
});

/** Two images of 160 x 96 px (0.5 um a pixel) and which particle each of their pixels shows. */
async function renderedImages({ folder }: Premises): Promise<string[]> {
  const [images, labels] = [join(folder, 'images'), join(folder, 'labels')];
  mkdirSync(images);
  mkdirSync(labels);
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
    const raw = { width: 160, height: 96, channels: 1 } as const;
    const name = `powder-${seed}.png`;
    await sharp(rendered.image, { raw }).toColourspace('b-w').png().toFile(join(images, name));
    await sharp(rendered.labels, { raw }).toColourspace('grey16').png().toFile(join(labels, name));
  }
  return ['--images', images, '--labels', labels];
}
