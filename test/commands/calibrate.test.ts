import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Calibration } from '../../src/inference/model/calibration-schema.ts';
import { loadModel } from '../../src/inference/model/model-folder.ts';
import { writeMeasured } from '../../src/inference/model/tuned-manifest.ts';
import { particled } from '../support/command.ts';
import { drawnSetWithModels } from './drawn-set.ts';

let set: string;
let models: string;
let config: string;
beforeAll(async () => {
  ({ set, models, config } = await drawnSetWithModels());
});

describe('particled calibrate', () => {
  it('writes a fit and where it comes from into the manifest', async () => {
    const words = ['calibrate', '--dataset', set, '--model', 'low', '--config', config];
    const { stderr, code } = await particled(...words, '--folds', '2', '--write');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const { calibration, recallBySize } = (await loadModel(join(models, 'low'))).manifest;
    const command = `particled ${words.join(' ')} --folds 2 --write`;
    expect(calibration).toMatchObject({ images: 3, folds: 2, command });
    // Three drawn discs, all of which any model finds.
    expect(calibration?.particles).toBeGreaterThanOrEqual(3);
    expect(recallBySize).toMatchObject({ images: 3, command });
    // The least of them has a radius of 15 px in images of 96 x 80 px that the network sees 960 px wide; 15 x 15 x pi
    // pixels of it are drawn, give or take those at its edge.
    expect(recallBySize?.diameterRecall80Px).toBeGreaterThan(290);
    expect(recallBySize?.diameterRecall80Px).toBeLessThan(310);
  }, 60_000);

  it('is what evaluate judges', async () => {
    const { manifest, folder } = await loadModel(join(models, 'low'));
    const curve = { kind: 'knots', knots: [[0.5, 0.25]] } satisfies Calibration['curve'];
    await writeMeasured(folder, { calibration: { ...manifest.calibration!, curve } });
    const words = ['--dataset', set, '--model', 'low', '--config', config, '--json'];
    const { calibration } = JSON.parse((await particled('evaluate', ...words)).stdout).models.low;
    // One knot alone says 0.25 of every particle: all are in the bin from 0.2 to 0.3.
    expect(calibration.bins[2].count).toBe(calibration.count);
  }, 30_000);

  it('says that there are too few images', async () => {
    const words = ['--dataset', set, '--model', 'low', '--config', config];
    const { stderr, code } = await particled('calibrate', ...words);
    expect(stderr).toMatch(/particles were found on 2 images, too few for 5 folds/);
    expect(code).toBe(1);
  }, 30_000);
});
