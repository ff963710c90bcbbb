import { expect, it } from 'vitest';
import type { Calibration } from '../../src/inference/model/calibration-schema.ts';
import { segmentsOf } from '../../src/inference/segment-image.ts';
import { detectionsOf } from './detections-of.ts';

const image = { widthPx: 200, heightPx: 100, pixels: new Uint8Array(200 * 100) };
const frame = { widthPx: 200, heightPx: 100, scaleX: 1, scaleY: 1 };
const thresholds = {
  objectnessCertain: 0.5,
  objectnessUncertain: 0.5,
  overlap: 0.5,
  crossOverlap: 0.3,
  maskActivation: 0.5,
  smallestAreaPx: 0,
};
const measured = {
  data: 'emps',
  images: 2,
  particles: 2,
  folds: 2,
  expectedCalibrationError: 0,
  brierScore: 0,
  auroc: 1,
  command: '',
};
const found = detectionsOf([
  { box: [10, 10, 30, 30], objectness: 0.75, bin: 5 },
  { box: [60, 10, 80, 30], objectness: 0.5, bin: 0 },
]);

function confidences(calibration: Pick<Calibration, 'of' | 'curve'> | undefined): number[] {
  const segments = segmentsOf({ found, frame, closer: [], fullScale: 1 }, image, {
    thresholds,
    calibration: calibration && { ...measured, ...calibration },
  });
  expect(segments.map(({ certain }) => certain)).toEqual([true, false]);
  return segments.map(({ confidence }) => Number(confidence.toFixed(6)));
}

it('publishes the confidence as the manifest calibrates it, and leaves the verdict alone', () => {
  // The head expects the middles of the last and the first of six bins.
  expect(confidences(undefined)).toEqual([0.916667, 0.083333]);
  // Odds of 3 and 1, squared and divided by 3: 3 and 1/3.
  const curve = { kind: 'logistic', slope: 2, offset: -Math.log(3) } as const;
  expect(confidences({ of: 'objectness', curve })).toEqual([0.75, 0.25]);
  // sqrt(0.75 x 11/12) and sqrt(0.5 / 12) are 0.829 and 0.204: beyond the last knot, and 0.204 of the way to it.
  const [high, low] = confidences({
    of: 'geometric-mean',
    curve: {
      kind: 'knots',
      knots: [
        [0, 0],
        [0.8, 0.8],
      ],
    },
  });
  expect(high).toBe(0.8);
  expect(low).toBeCloseTo(Math.sqrt(0.5 / 12), 5);
});

it('lays an outline that the network drew with coarse cells where the tile turns bright', () => {
  // Tile pixels 21 to 98 are bright; cells of 25 px put the edges halfway between their centres, at 25 and 100.
  const bright = (x: number) => x % 200 >= 21 && x % 200 < 98;
  const tile = { ...image, pixels: image.pixels.map((_, pixel) => (bright(pixel) ? 160 : 60)) };
  const coarse = detectionsOf(
    [
      {
        box: [0, 0, 200, 100],
        objectness: 1,
        bin: 5,
        activation: (column) => (column >= 1 && column < 4 ? 1 : 0),
      },
    ],
    8,
  );
  const [segment] = segmentsOf({ found: coarse, frame, closer: [], fullScale: 1 }, tile, { thresholds });
  expect(segment?.mask).toMatchObject({ x: 21, width: 98 - 21, y: 0, height: 100 });
});
