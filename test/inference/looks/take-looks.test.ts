import { expect, it } from 'vitest';
import type { Detections } from '../../../src/inference/detections.ts';
import { looksIn } from '../../../src/inference/looks/look.ts';
import { takeLooks } from '../../../src/inference/looks/take-looks.ts';
import type { Manifest } from '../../../src/inference/model/manifest.ts';
import type { NetworkInput } from '../../../src/inference/network-input.ts';
import { detectionsOf } from '../detections-of.ts';

const input = { name: 'image', longestSidePx: 960, sideMultiplePx: 32, valueRange: [0, 1] as [0, 1] };
const thresholds = {
  objectnessCertain: 0.5,
  objectnessUncertain: 0.5,
  overlap: 0.5,
  crossOverlap: 0.3,
  maskActivation: 0.5,
  smallestAreaPx: 0,
};
const closerLook = { diameterBelowPx: 24, diameterBelowAtLimitPx: 50 };

/** Squares of `sidePx` of the input, `count` of them, in rows from the upper left corner, 60 px apart. */
function squares(count: number, sidePx: number, limits: Detections['limitsReached'] = []): Detections {
  const found = detectionsOf(
    Array.from({ length: count }, (_, i) => {
      const [x, y] = [10 + 60 * (i % 15), 10 + 60 * Math.floor(i / 15)];
      return { box: [x, y, x + sidePx, y + sidePx], objectness: 0.9, bin: 5 };
    }),
  );
  return { ...found, limitsReached: limits };
}

/** Sizes of the inputs that a network is shown which finds this at first and nothing afterwards. */
async function shown(
  first: Detections,
  widthPx = 1920,
  heightPx = 1200,
  sight: Pick<Manifest, 'closerLook' | 'fartherLook'> = { closerLook },
) {
  const inputs: NetworkInput[] = [];
  const network = {
    run: async (tile: NetworkInput) => (inputs.push(tile) === 1 ? first : squares(0, 0)),
    close: async () => {},
  };
  const image = { widthPx, heightPx, pixels: new Uint8Array(widthPx * heightPx) };
  const look = await takeLooks(image, { input, thresholds, ...sight }, network, 'bright');
  expect(looksIn(look)).toBe(inputs.length);
  return inputs.map((tile) => [tile.widthPx, tile.heightPx]);
}

it('shows a tile of large particles once', async () => {
  expect(await shown(squares(150, 40))).toEqual([[960, 608]]);
});

it('shows the quarters of small particles at twice the scale', async () => {
  // 1056 x 696 pixels of the tile, 704 being the next multiple of 32. A square of 20 has a diameter of 22.6 px.
  const quarter = [1056, 704];
  expect(await shown(squares(150, 20))).toEqual([[960, 608], quarter, quarter, quarter, quarter]);
  // 15 squares in one row: the lower quarters hold none, so nothing speaks for looking there.
  expect(await shown(squares(30, 20))).toEqual([[960, 608], quarter, quarter]);
});

it('looks everywhere where a limit left out small particles, and nowhere where they are large', async () => {
  expect(await shown(squares(30, 40, ['proposals']))).toHaveLength(5); // the empty lower quarters too
  expect(await shown(squares(150, 55, ['proposals']))).toHaveLength(1);
  expect(await shown(squares(5, 40, ['proposals']))).toHaveLength(1); // five say nothing of the others
});

it('enlarges no tile beyond what the microscope saw', async () => {
  // 480 px wide: 1.5 of the input for each of its pixels are 720 x 450, next multiples of 32 736 and 480.
  expect((await shown(squares(80, 20), 480, 300)).at(-1)).toEqual([736, 480]);
  // 1280 px wide: 0.75 becomes 1.5 for the 704 x 464 px of a quarter.
  expect((await shown(squares(150, 20), 1280, 800))[1]).toEqual([1056, 704]);
});

it('shows a tile of fewer pixels than the input as it is, and enlarged to fill it where its particles are small', async () => {
  expect(await shown(squares(150, 40), 800, 640)).toEqual([[800, 640]]);
  expect(await shown(squares(80, 20), 800, 640)).toEqual([
    [800, 640],
    [960, 768],
  ]);
  // Two thirds of the input at least.
  expect(await shown(squares(80, 40), 320, 200)).toEqual([[640, 416]]);
  expect(await shown(squares(80, 40), 320, 200, {})).toEqual([[960, 608]]);
});

it('shows a tile once more from farther off where more than half of what particles cover is of large ones', async () => {
  const sight = { closerLook, fartherLook: { diameterAbovePx: 150 } };
  const boxes = (...sides: number[]) =>
    detectionsOf(
      sides.map((side, i) => ({ box: [310 * i, 0, 310 * i + side, side], objectness: 0.9, bin: 5 })),
    );
  // A square of 140 has a diameter of 158 px, one of 130 of 147 px. 140 ** 2 = 19,600 of 36,500 and of 39,500.
  expect(await shown(boxes(140, 130), 1920, 1200, sight)).toEqual([
    [960, 608],
    [480, 320],
  ]);
  expect(await shown(boxes(140, 132, 100), 1920, 1200, sight)).toEqual([[960, 608]]);
  expect(await shown(boxes(140), 1920, 1200)).toEqual([[960, 608]]); // the manifest does not ask for it
});

it('looks once where the manifest does not ask for more', async () => {
  expect(await shown(squares(150, 20, ['proposals']), 1920, 1200, {})).toHaveLength(1);
});
