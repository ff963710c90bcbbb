import { rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { type EvaluateOptions, evaluate } from '../../src/commands/evaluate.ts';
import { loadConfig } from '../../src/config/load.ts';
import { simulateAcquisition } from '../../src/simulator/acquisition/simulate-acquisition.ts';
import { particled } from '../support/command.ts';
import { evaluated } from '../support/evaluate-command.ts';
import { drawnDiscs, writeDrawnSet, writeGrey, writeLabels } from './drawn-set.ts';

let set: string;
beforeAll(async () => {
  set = await writeDrawnSet();
});

describe('particled evaluate', () => {
  it('measures the baseline on drawn discs and draws the sheet', async () => {
    const sheet = join(set, 'sheets', 'classical.png');
    const words = ['--model', 'classical', '--json', '--sheet', sheet];
    const { stdout, stderr } = await particled('evaluate', '--dataset', set, ...words);
    expect(stderr).toBe('');
    const { images, models } = JSON.parse(stdout);
    expect(images).toBe(3);
    // Lone bright discs are what Otsu was made for; in the image without any it still parts something: 1, 1 and 0.
    expect(models.classical.ajiPlusMean).toBeCloseTo(2 / 3, 2);
    expect(models.classical.ajiPlusMedian).toBeGreaterThan(0.98);
    expect(models.classical).toMatchObject({ images: 3, precisionMean: 2 / 3, countErrorMean: 1 / 3 });
    expect((await sharp(sheet).metadata()).width).toBe(3 * 320 + 4 * 12);
  });

  it("measures someone else's label images as a further column", async () => {
    const labels = join(set, 'labels');
    const { stdout } = await evaluated(
      ...['--images', join(set, 'images'), '--labels', labels],
      ...['--predictions', labels, '--model', 'classical', '--json'],
    );
    const { models } = JSON.parse(stdout);
    expect(Object.keys(models)).toEqual(['classical', 'predictions']);
    expect(models.predictions).toMatchObject({ ajiPlusMean: 1, calibration: null });
  });

  it('turns dark particles by their labels with --polarity auto', async () => {
    const dark = await writeDrawnSet();
    const { image } = drawnDiscs(96, 80, [{ x: 40, y: 40, radius: 20 }]);
    const inverted = { ...image, pixels: image.pixels.map((grey) => 255 - grey) };
    await writeGrey(join(dark, 'images', 'one.png'), inverted);
    const ajiOf = async (polarity: string) => {
      const words = ['--dataset', dark, '--model', 'classical', '--json', '--polarity', polarity];
      const { cases } = JSON.parse((await evaluated(...words)).stdout).models.classical;
      return cases.find(({ name }: { name: string }) => name === 'one').ajiPlus;
    };
    expect(await ajiOf('auto')).toBeGreaterThan(0.95);
    expect(await ajiOf('bright')).toBeLessThan(0.5);
  });

  it('prints a table of models side by side, and an overview of several sets', async () => {
    const other = await writeDrawnSet();
    const words = ['--dataset', set, other, '--model', 'classical'];
    const { stdout } = await evaluated(...words);
    expect(stdout).toMatch(/^ +classical$/m);
    expect(stdout).toMatch(/^count error, absolute +0\.3$/m);
    expect(stdout.match(/^particled-set-\w+ +0\.6\d\d$/gm)).toHaveLength(2);
  });

  it('compares the sizes of a simulated acquisition with its truth', async () => {
    const folder = join(await writeDrawnSet(), 'acquisition');
    const grid = { rows: 1, columns: 2, widthPx: 240, heightPx: 150 };
    const truth = await simulateAcquisition({ folder, seed: 3, ...grid });
    const words = ['--acquisition', folder, '--model', 'classical', '--json'];
    const { models, acquisitions } = JSON.parse((await evaluated(...words)).stdout);
    expect(models).toEqual({});
    const score = acquisitions[folder].classical;
    expect(score.tiles).toBe(2);
    expect(score.all.count).toBe(truth.particles.length);
    expect(score.whole.count).toBe(truth.particles.filter(({ wholeInATile }) => wholeInATile).length);
    expect(score.found.count).toBeGreaterThan(0);
  });

  it('says what is missing', async () => {
    const lacking = await writeDrawnSet();
    rmSync(join(lacking, 'labels', 'two.png'));
    await expect(evaluateWith({ datasets: [lacking] })).rejects.toThrow('labels: lacks two.png');
    await expect(evaluateWith({ images: set })).rejects.toThrow('--images and --labels belong together');
    await expect(evaluateWith({})).rejects.toThrow('nothing to measure');
    await expect(evaluateWith({ datasets: [set], models: ['classical', 'grand'] })).rejects.toThrow(
      'no model named grand; there is classical',
    );
    await expect(evaluateWith({ datasets: [set, set] })).rejects.toThrow('two sets of images are called');
    await expect(evaluateWith({ acquisitions: [set] })).rejects.toThrow('truth.json: cannot be read');
  });

  it('refuses labels in colours and labels of another size', async () => {
    const wrong = await writeDrawnSet();
    const labels = join(wrong, 'labels', 'one.png');
    const evaluation = () => evaluateWith({ datasets: [wrong], models: ['classical'] });
    const raw = { width: 96, height: 80, channels: 3 } as const;
    await sharp(new Uint8Array(96 * 80 * 3), { raw })
      .png()
      .toFile(labels);
    await expect(evaluation()).rejects.toThrow('one.png: no label image: has 3 channels (srgb)');
    await writeLabels(labels, drawnDiscs(90, 80, []).truth);
    await expect(evaluation()).rejects.toThrow('one.png: has 90 x 80 px, its image 96 x 80 px');
  });
});

function evaluateWith(options: Partial<EvaluateOptions>): Promise<void> {
  return evaluate(loadConfig(null, {}), {
    images: null,
    labels: null,
    datasets: [],
    acquisitions: [],
    models: [],
    predictions: null,
    polarity: null,
    sheet: null,
    json: false,
    ...options,
  });
}
