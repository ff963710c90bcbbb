import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { makeAnswer } from '../../src/known-answer/make-answer.ts';
import { tinyManifest, tinyNetwork } from '../inference/tiny-network.ts';

const config = configSchema.parse({});
const search = { tiles: 1, enough: 1, tilesMost: 3 };

describe('a known answer', () => {
  it('is made of a virtual tile of the magnification that the model serves', async () => {
    const below = { ...tinyManifest('roi-masks'), magnification: { from: 0, below: 10_000 } };
    const above = { ...below, magnification: { from: 10_000, below: null } };
    const file = tinyNetwork('qdq-64');
    expect(await makeAnswer({ file, manifest: below }, config, search)).toMatchObject({
      ...{ preset: 'licoo2', seed: 1, image: { widthPx: 256, heightPx: 256 } },
      particles: [{ certain: true }],
    });
    expect(await makeAnswer({ file, manifest: above }, config, search)).toMatchObject({ preset: 'high' });
  });

  it('hangs on no threshold that is near', async () => {
    const manifest = tinyManifest('roi-masks');
    // The tiny network gives its particle a score of 0.9 times its brightest mean of two pixels, at most 0.9.
    const thresholds = { ...manifest.thresholds, objectnessCertain: 0.89 };
    const made = await makeAnswer(
      { file: tinyNetwork('qdq-64'), manifest: { ...manifest, thresholds } },
      config,
      search,
    );
    expect(made).toBeNull();
  });
});
