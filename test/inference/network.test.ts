import { describe, expect, it } from 'vitest';
import { openNetwork } from '../../src/inference/network.ts';
import { segmentImage } from '../../src/inference/segment-image.ts';
import { discOfLight, type TinyForm, tinyManifest, tinyNetwork } from './tiny-network.ts';

function model(form: TinyForm, kind: 'roi-masks' | 'full-masks') {
  return { folder: '', file: tinyNetwork(form), manifest: tinyManifest(kind) };
}

describe('a network', () => {
  it.each([
    ['regions of 28 x 28', model('roi-28', 'roi-masks')],
    ['regions of 56 x 56', model('roi-56', 'roi-masks')],
    ['masks as large as its input', model('full', 'full-masks')],
  ])('may end at %s: the particle is as large as it was painted', async (_, opened) => {
    const network = await openNetwork(opened, 1);
    // Cut at one half, the light is a disc of 100 tile pixels radius, pi 100^2 = 31,416 pixels. The tile goes in
    // at 0.4 of its size, 192 x 128 (padded from 120), so that a cell of 28 is up to 17 tile pixels wide.
    const { segments } = await segmentImage(discOfLight(480, 300, 100, 20), opened, network, 'bright');
    await network.close();
    expect(segments).toHaveLength(1);
    const areaPx = segments[0]!.mask.bits.reduce((sum, bit) => sum + bit, 0);
    expect(areaPx / (Math.PI * 100 ** 2)).toBeGreaterThan(0.99);
    expect(areaPx / (Math.PI * 100 ** 2)).toBeLessThan(1.01);
    expect(segments[0]).toMatchObject({ certain: true, confidence: expect.closeTo(5.5 / 6, 6) });
  });

  it('may find nothing', async () => {
    const opened = model('roi-28', 'roi-masks');
    const network = await openNetwork(opened, 1);
    const { segments } = await segmentImage(discOfLight(480, 300, 0, 0.01), opened, network, 'bright');
    await network.close();
    expect(segments).toEqual([]);
  });

  it('is computed exactly where that is asked for', async () => {
    // A score of 0.9 times the brightest mean of two neighbours; 255 (127 + 127) cut to 16 bits would leave 0.455.
    for (const form of ['qdq-64', 'qdq-127'] as const) {
      const opened = model(form, 'roi-masks');
      const network = await openNetwork(opened, 1, 'exact');
      const { segments } = await segmentImage(discOfLight(480, 300, 100, 20), opened, network, 'bright');
      await network.close();
      expect(segments).toHaveLength(1);
      expect(segments[0]!.objectness).toBeCloseTo(0.9, 6);
    }
  });

  it('is refused with what it has where its form is not the one that the manifest says', async () => {
    await expect(openNetwork(model('three-channels', 'roi-masks'), 1)).rejects.toThrow(
      /three-channels\.onnx: input image float32 \[1, 3, height, width\] is no float32 \[1, 1, n, n\]/,
    );
    await expect(openNetwork(model('no-uncertainty', 'full-masks'), 1)).rejects.toThrow(
      /has no output named 6571 \(it has 6557 float32 \[particles, 4\], 6559 int64/,
    );
    const fiveBins = { ...tinyManifest('roi-masks'), confidenceBins: 5 };
    await expect(openNetwork({ ...model('roi-28', 'roi-masks'), manifest: fiveBins }, 1)).rejects.toThrow(
      /output sem-scores float32 \[particles, 6\] is no float32 \[n, 5\], which confidences must be/,
    );
  });
});
