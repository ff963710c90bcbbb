import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapTable } from '../../../src/evaluation/label-image.ts';
import {
  countError,
  detectionAt,
  foregroundIou,
  IOU_THRESHOLDS,
  panopticQualityOf,
} from '../../../src/evaluation/scores/detection.ts';
import { draw, imagePairs } from '../draw-labels.ts';

// a-x share 4 of 5 px (IoU 0.8), b-y 3 of 5 px (0.6); c is missed, z and w are invented.
const table = overlapTable(
  draw('aaaaa.bbbb..c...'), //
  draw('xxxx...yyyy..z.w'),
);
const nothing = overlapTable(draw('..'), draw('..'));
const missed = overlapTable(draw('a.'), draw('..'));
const invented = overlapTable(draw('..'), draw('x.'));

describe('detectionAt', () => {
  it('counts what is found, invented and missed', () => {
    expect(detectionAt(table, 0.5)).toEqual({
      iouThreshold: 0.5,
      truePositives: 2,
      falsePositives: 2,
      falseNegatives: 1,
      precision: 2 / 4,
      recall: 2 / 3,
      // 2 x 1/2 x 2/3 / (1/2 + 2/3) = 4/7.
      f1: 4 / 7,
    });
  });

  it('demands more than the threshold', () => {
    expect(detectionAt(table, 0.6).truePositives).toBe(1);
    expect(IOU_THRESHOLDS.map((threshold) => detectionAt(table, threshold).truePositives)).toEqual([
      2, 2, 1, 1, 1, 1, 0, 0, 0, 0,
    ]);
  });

  it('finds a particle that the matching of the greatest total IoU gives up', () => {
    // The two share 7 of 13 px, over a half.
    expect(detectionAt(overlapTable(draw('aaaaaaaaaabbb'), draw('yyyxxxxxxxxxx')), 0.5).truePositives).toBe(
      1,
    );
  });

  it('holds nothing found for right where nothing is, and for wrong elsewhere', () => {
    expect(detectionAt(nothing, 0.5)).toMatchObject({ precision: 1, recall: 1, f1: 1 });
    expect(detectionAt(missed, 0.5)).toMatchObject({ precision: 0, recall: 0, f1: 0 });
    expect(detectionAt(invented, 0.5)).toMatchObject({ precision: 0, recall: 0, f1: 0 });
  });

  it('exchanges precision and recall when the roles are swapped', () => {
    fc.assert(
      fc.property(imagePairs, ([truth, predicted]) => {
        const there = detectionAt(overlapTable(truth, predicted), 0.5);
        const back = detectionAt(overlapTable(predicted, truth), 0.5);
        expect(back).toMatchObject({ precision: there.recall, recall: there.precision, f1: there.f1 });
      }),
    );
  });

  it('refuses a threshold at which a particle could have two partners', () => {
    expect(() => detectionAt(table, 0.4)).toThrow(
      'the IoU threshold is 0.4, must be at least 0.5 and below 1',
    );
  });
});

describe('panopticQualityOf', () => {
  it('is the mean IoU of the found times the F1', () => {
    const { panopticQuality, segmentationQuality, recognitionQuality } = panopticQualityOf(table);
    expect(segmentationQuality).toBeCloseTo((0.8 + 0.6) / 2, 12);
    expect(recognitionQuality).toBe(4 / 7);
    // (0.8 + 0.6) / (2 + 2/2 + 1/2) = 0.4.
    expect(panopticQuality).toBeCloseTo(0.4, 12);
  });

  it('is 1 for two empty images and 0 where nothing is found', () => {
    expect(panopticQualityOf(nothing).panopticQuality).toBe(1);
    expect(panopticQualityOf(missed)).toEqual({
      panopticQuality: 0,
      segmentationQuality: 0,
      recognitionQuality: 0,
    });
  });
});

describe('foregroundIou', () => {
  it('does not care which particle a pixel belongs to', () => {
    expect(foregroundIou(overlapTable(draw('aabb'), draw('xxxx')))).toBe(1);
    // 4 + 3 px shared; 10 px in the truth, 10 in the prediction.
    expect(foregroundIou(table)).toBe(7 / 13);
    expect(foregroundIou(nothing)).toBe(1);
    expect(foregroundIou(missed)).toBe(0);
  });
});

describe('countError', () => {
  it('is positive for too many particles and negative for too few', () => {
    expect(countError(table)).toBe(1);
    expect(countError(missed)).toBe(-1);
  });
});
