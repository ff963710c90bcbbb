import { expect, it } from 'vitest';
import { combineLooks } from '../../../src/inference/looks/combine-looks.ts';
import type { Look, TileLook } from '../../../src/inference/looks/look.ts';
import { detectionsOf, type Region } from '../detections-of.ts';

const thresholds = {
  objectnessCertain: 0.5,
  objectnessUncertain: 0.5,
  overlap: 0.5,
  crossOverlap: 0.3,
  maskActivation: 0.5,
  smallestAreaPx: 16,
};
const CERTAIN = 5;

/** A tile of 400 x 200, its left and right part of 220 columns each, which share columns 180 to 220. */
const whole = { widthPx: 400, heightPx: 200, scaleX: 1, scaleY: 1 };
const left = { left: 0, top: 0, widthPx: 220, heightPx: 200, scaleX: 2, scaleY: 2 };
const right = { ...left, left: 180 };

/** A region of these columns and rows of the tile, as a part shows it. */
function region(
  [x, y, width, height]: readonly [number, number, number, number],
  objectness = 0.9,
  part: { readonly left?: number; readonly scaleX: number } = whole,
): Region {
  const [from, scale] = [part.left ?? 0, part.scaleX];
  return {
    box: [(x - from) * scale, y * scale, (x + width - from) * scale, (y + height) * scale],
    objectness,
    bin: CERTAIN,
  };
}

function looks(first: readonly Region[], inLeft: readonly Region[], inRight: readonly Region[]): TileLook {
  const look = (found: readonly Region[], frame: Look['frame'], closer: readonly Look[] = []) => ({
    found: detectionsOf(found),
    frame,
    closer,
  });
  return { ...look(first, whole, [look(inLeft, left), look(inRight, right)]), fullScale: 1 };
}

function boxes(look: TileLook): number[][] {
  return combineLooks(look, thresholds)
    .map(({ mask: { x, y, width, height } }) => [x, y, width, height])
    .sort((a, b) => a[0]! - b[0]!);
}

it('lets the closer look decide on what is small', () => {
  // The first look takes two grains for one; its outline goes.
  const grains = [region([20, 20, 10, 10], 0.8, left), region([32, 20, 10, 10], 0.8, left)];
  expect(boxes(looks([region([20, 20, 22, 10], 0.95)], grains, []))).toEqual([
    [20, 20, 10, 10],
    [32, 20, 10, 10],
  ]);
});

it('keeps what only the first look saw', () => {
  expect(boxes(looks([region([20, 20, 10, 10])], [], []))).toEqual([[20, 20, 10, 10]]);
});

it('lets the first look decide on what is larger than the strip that two parts share', () => {
  // A tenth of 400 is 40; this one measures 120. Each part shows a piece of it, and the right one a texture as well.
  const pieces = [region([120, 50, 100, 100], 0.99, left), region([180, 50, 60, 100], 0.99, right)];
  expect(boxes(looks([region([120, 50, 120, 100])], [pieces[0]!], [pieces[1]!]))).toEqual([
    [120, 50, 120, 100],
  ]);
});

it('lets no clear piece of something large and doubtful take its place', () => {
  // 36 x 60 of 108 x 60 pixels: an IoU of a third, over the cross overlap of 0.3.
  const string = { ...region([20, 20, 108, 60], 0.7), bin: 0 };
  const end = region([92, 20, 36, 60], 0.95, left);
  expect(boxes(looks([string], [end], []))).toEqual([[20, 20, 108, 60]]);
});

it('takes no ground for a particle where the first look saw grains', () => {
  const grains = [region([20, 20, 10, 10]), region([60, 20, 10, 10])];
  const ground = region([0, 0, 150, 100], 0.99, left);
  expect(boxes(looks(grains, [ground], []))).toEqual([
    [20, 20, 10, 10],
    [60, 20, 10, 10],
  ]);
});

it('counts what two parts show whole once', () => {
  const strip = [190, 20, 20, 20] as const;
  expect(boxes(looks([], [region(strip, 0.8, left)], [region(strip, 0.9, right)]))).toEqual([
    [190, 20, 20, 20],
  ]);
});

it('takes a whole one for the piece that the neighbour shows of it', () => {
  const pieces = [region([200, 20, 20, 30], 0.95, left)];
  expect(boxes(looks([], pieces, [region([200, 20, 30, 30], 0.8, right)]))).toEqual([[200, 20, 30, 30]]);
});

it('joins the pieces of what no look shows whole', () => {
  const pieces = [region([170, 20, 50, 30], 0.9, left), region([180, 20, 60, 30], 0.7, right)];
  const [joined, ...others] = combineLooks(looks([], [pieces[0]!], [pieces[1]!]), thresholds);
  expect(others).toEqual([]);
  expect(joined).toMatchObject({ mask: { x: 170, y: 20, width: 70, height: 30 }, certain: true });
  expect(joined?.mask.areaPx).toBe(70 * 30);
  expect(joined?.objectness).toBeCloseTo(0.7, 6); // of its weaker piece
});

it('lets a look from farther off decide on what is large, and the first one on the rest', () => {
  const farther = { ...whole, scaleX: 0.5, scaleY: 0.5 };
  const shown = (found: readonly Region[], frame: Look['frame'], closer: readonly Look[] = []) => ({
    found: detectionsOf(found),
    ...{ frame, closer },
  });
  // The first look takes a rock for two, and finds a grain of 20 px; a tenth of 400 is 40.
  const halves = [region([100, 50, 60, 100]), region([160, 50, 60, 100])];
  const first = shown([...halves, region([20, 20, 20, 20])], whole);
  const rock = region([100, 50, 120, 100], 0.8, farther);
  expect(boxes({ ...shown([rock], farther, [first]), fullScale: 1 })).toEqual([
    [20, 20, 20, 20],
    [100, 50, 120, 100],
  ]);
});

it('tells dust by the pixels of a look in which the tile fills the input', () => {
  // 3 x 3 pixels of the tile are 36 of the part's input, and 9 of the first look's: under 16.
  expect(boxes(looks([], [region([20, 20, 3, 3], 0.9, left)], []))).toEqual([]);
  expect(boxes(looks([], [region([20, 20, 4, 4], 0.9, left)], []))).toEqual([[20, 20, 4, 4]]);
});
