import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LabelImage } from '../../../src/evaluation/label-image.ts';
import { paintedLabels } from '../../../src/evaluation/painted-labels.ts';
import { scoreImage } from '../../../src/evaluation/scores/image-score.ts';
import { THRESHOLD_GRID } from '../../../src/evaluation/thresholds/search.ts';
import { ThresholdTrial } from '../../../src/evaluation/thresholds/trial.ts';
import type { Thresholds } from '../../../src/inference/model/manifest.ts';
import { segmentsOf } from '../../../src/inference/segment-image.ts';
import { detectionsOf } from '../../inference/detections-of.ts';

const frame = { widthPx: 60, heightPx: 40, scaleX: 1, scaleY: 1 };

/** Two squares of 15 px. */
const truth: LabelImage = paintedLabels(60, 40, [square(5, 5), square(30, 15)]);
const image = {
  widthPx: 60,
  heightPx: 40,
  pixels: Uint8Array.from(truth.labels, (label) => 40 + 100 * label),
};

function square(x: number, y: number) {
  return { x, y, width: 15, height: 15, bits: new Uint8Array(15 * 15).fill(1) };
}

const region = fc.record({
  x: fc.integer({ min: 0, max: 40 }),
  y: fc.integer({ min: 0, max: 20 }),
  side: fc.integer({ min: 3, max: 20 }),
  objectness: fc.double({ min: 0, max: 1, noNaN: true }),
  bin: fc.integer({ min: 0, max: 5 }),
  slope: fc.double({ min: 0, max: 1, noNaN: true }),
});
const onGrid = (key: keyof Thresholds) => fc.constantFrom(...THRESHOLD_GRID[key]);
const thresholds = fc.record({
  objectnessCertain: onGrid('objectnessCertain'),
  objectnessUncertain: onGrid('objectnessUncertain'),
  overlap: onGrid('overlap'),
  crossOverlap: onGrid('crossOverlap'),
  maskActivation: onGrid('maskActivation'),
  smallestAreaPx: onGrid('smallestAreaPx'),
  containment: onGrid('containment'),
  containedObjectness: onGrid('containedObjectness'),
  containedObjectnessUncertain: onGrid('containedObjectnessUncertain'),
});

it('scores what the shipped pipeline would find, whatever was tried before', () => {
  fc.assert(
    fc.property(
      fc.array(region, { maxLength: 8 }),
      fc.array(thresholds, { maxLength: 6 }),
      fc.constantFrom(4, 28),
      (regions, tries, cells) => {
        const found = detectionsOf(
          regions.map(({ x, y, side, objectness, bin, slope }) => ({
            box: [x, y, x + side, y + side],
            objectness,
            bin,
            activation: (column) => 1 - (slope * column) / cells,
          })),
          cells,
        );
        const look = { found, frame, closer: [], fullScale: 1 };
        const trial = new ThresholdTrial(look, image, truth);
        for (const tried of [...tries, ...tries]) {
          const masks = segmentsOf(look, image, { thresholds: tried }).map(({ mask }) => mask);
          const { ajiPlus, precision, recall } = scoreImage(truth, paintedLabels(60, 40, masks));
          expect(trial.score(tried)).toEqual({ ajiPlus, precision, recall });
        }
      },
    ),
    { numRuns: 60 },
  );
});
