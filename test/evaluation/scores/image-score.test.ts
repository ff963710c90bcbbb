import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanScore, scoreImage } from '../../../src/evaluation/scores/image-score.ts';
import { draw, imagePairs, renumbered } from '../draw-labels.ts';

describe('scoreImage', () => {
  it('collects every score of a particle split into unequal parts', () => {
    const score = scoreImage(draw('aaaaaaaaaa'), draw('xxxxxxxxyy'));
    // x holds 8 of 10 px, IoU 0.8; y is invented; every pixel of a is covered.
    expect(score).toMatchObject({
      ajiPlus: 8 / 12,
      precision: 1 / 2,
      recall: 1,
      f1: 2 / 3,
      foregroundIou: 1,
      countTruth: 1,
      countPredicted: 2,
      countError: 1,
      recognitionQuality: 2 / 3,
      segmentationQuality: 0.8,
    });
    // 2/3 at the six thresholds from 0.5 to 0.75; 0.8 is not over 0.8.
    expect(score.f1OverThresholds).toBeCloseTo((6 * (2 / 3)) / 10, 12);
    expect(score.panopticQuality).toBeCloseTo(0.8 * (2 / 3), 12);
    // Mean area 5 instead of 10.
    expect(score.sizeError?.areaMean).toBe(-0.5);
  });

  it('is perfect for an image against itself and blind to renumbering', () => {
    fc.assert(
      fc.property(imagePairs, ([truth, predicted]) => {
        expect(scoreImage(truth, truth)).toMatchObject({
          ajiPlus: 1,
          f1OverThresholds: 1,
          panopticQuality: 1,
          foregroundIou: 1,
          countError: 0,
        });
        const score = scoreImage(truth, predicted);
        const again = scoreImage(renumbered(truth), renumbered(predicted));
        expect(again.ajiPlus).toBe(score.ajiPlus);
        expect(again.detections).toEqual(score.detections);
        expect(again.panopticQuality).toBeCloseTo(score.panopticQuality, 12);
      }),
    );
  });
});

describe('meanScore', () => {
  const split = scoreImage(draw('aaaa'), draw('xxyy'));
  const merged = scoreImage(draw('aabb'), draw('xxxx'));
  const nothing = scoreImage(draw('....'), draw('....'));

  it('weighs every image the same', () => {
    // AJI+: a split or merged half is 2 / (4 + 2) = 1/3, two empty images 1.
    expect(meanScore([split, merged, nothing])).toMatchObject({ images: 3, countErrorMean: 0 });
    expect(meanScore([split, merged, nothing])?.ajiPlusMean).toBeCloseTo((1 / 3 + 1 / 3 + 1) / 3, 12);
  });

  it('tells a bias from errors that cancel', () => {
    const mean = meanScore([split, merged, nothing]);
    // One particle too many, one too few, none: 2/3 in absolute value.
    expect(mean?.countErrorAbsoluteMean).toBeCloseTo(2 / 3, 12);
    // Mean areas 2 for 4 (-0.5) and 4 for 2 (+1); the empty image has none.
    expect(mean?.sizeErrorMean?.areaMean).toBeCloseTo(0.25, 12);
    expect(mean?.sizeErrorAbsoluteMean?.areaMean).toBeCloseTo(0.75, 12);
    expect(mean?.imagesWithSizeError).toBe(2);
  });

  it('has no sizes to compare where all images are empty, and no mean of none', () => {
    expect(meanScore([nothing])?.sizeErrorMean).toBeNull();
    expect(meanScore([])).toBeNull();
  });
});
