import { expect, it } from 'vitest';
import { loadModels, packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { openNetwork } from '../../src/inference/network.ts';
import { segmentImage } from '../../src/inference/segment-image.ts';
import { denseTile } from '../../src/simulator/tiles/dense-tile.ts';

it.each([30, 300, 1000, 3000])(
  'counts a tile of %i particles within 5 per cent, evenly from top to bottom',
  {
    timeout: 300_000,
  },
  async (count) => {
    const model = (await loadModels(packagedModelsFolder)).find(({ manifest }) => manifest.name === 'low')!;
    const { longestSidePx } = model.manifest.input;
    const { picture, wanted } = denseTile(
      count,
      2,
      model.manifest.thresholds.smallestAreaPx * (1920 / longestSidePx) ** 2,
    );
    const { widthPx, heightPx, image: pixels, labels } = picture;
    const network = await openNetwork(model, 2);
    const found = await segmentImage({ widthPx, heightPx, pixels }, model, network, 'bright');
    await network.close();
    expect(Math.abs(found.segments.length / wanted.size - 1)).toBeLessThan(0.05);

    const middles = middleRows(labels, widthPx);
    const above = [...wanted].filter((label) => middles.get(label)! < heightPx / 2).length;
    const foundAbove = found.segments.filter(({ mask }) => mask.y + mask.height / 2 < heightPx / 2).length;
    // One or two whose middle lies at the line may fall to either side.
    expect(Math.abs(foundAbove - above)).toBeLessThan(2 + 0.05 * above);
    // What a network has no room for at once is told, or was looked at more closely.
    if (count >= 1000) expect(found.looks).toBeGreaterThan(1);
  },
);

/** The mean row of each label's pixels. */
function middleRows(labels: Uint16Array, widthPx: number): Map<number, number> {
  const sums = new Map<number, [rows: number, pixels: number]>();
  for (const [at, label] of labels.entries()) {
    const [rows, pixels] = sums.get(label) ?? [0, 0];
    sums.set(label, [rows + Math.floor(at / widthPx), pixels + 1]);
  }
  return new Map([...sums].map(([label, [rows, pixels]]) => [label, rows / pixels]));
}
