import { describe, expect, it } from 'vitest';
import type { LabelImage } from '../../../src/evaluation/label-image.ts';
import { judgeImage } from '../../../src/evaluation/scores/judged-image.ts';
import { modelScore } from '../../../src/evaluation/scores/model-score.ts';
import { draw } from '../draw-labels.ts';

/** Instances 1..n by the digits of the picture. */
function numbered(...rows: readonly string[]): LabelImage {
  const image = draw(...rows);
  return { ...image, labels: Int32Array.from(image.labels, (code) => (code === 0 ? 0 : code - 48)) };
}

const truth = draw('aaaa....bb');
// 1 is a exactly; 2 covers half of b and no more: IoU 1/2, which is not over 0.5; 3 is invented.
const predicted = numbered('11113...2.');
const opinions = [
  { objectness: 1, confidence: 0.9, certain: true },
  { objectness: 1, confidence: 0.3, certain: false },
  { objectness: 1, confidence: 0.6, certain: true },
];

describe('judgeImage', () => {
  const judged = judgeImage('first', truth, predicted, opinions);

  it('tells which instances are right', () => {
    expect(judged.verdicts?.map(({ right }) => right)).toEqual([true, false, false]);
  });

  it('scores the certain ones alone', () => {
    // 1 and 3 are certain, 1 is right, of two particles.
    expect(judged.certainOnly).toEqual({ precision: 1 / 2, recall: 1 / 2 });
    expect(judgeImage('nothing', draw('..'), draw('..'), []).certainOnly).toEqual({
      precision: 1,
      recall: 1,
    });
    expect(judgeImage('silent', truth, predicted, null).certainOnly).toBeNull();
  });

  it('tells which particles were found, sized against the longest side', () => {
    // Areas of 4 and 2 px: diameters sqrt(16 / pi) and sqrt(8 / pi) px of 10.
    const exact = { absolutePx: 0, signedPx: 0 };
    expect(judged.trueParticles).toEqual([
      { diameterShare: Math.sqrt(16 / Math.PI) / 10, found: true, edge: exact },
      { diameterShare: Math.sqrt(8 / Math.PI) / 10, found: false, edge: null },
    ]);
  });

  it('keeps no mask that came with an opinion, so that memory does not grow with the images', () => {
    const withMasks = opinions.map((opinion) => ({ ...opinion, mask: new Uint8Array(9) }));
    expect(judgeImage('first', truth, predicted, withMasks)).toEqual(judged);
  });

  it('has no verdicts where the prediction has no opinion', () => {
    expect(judgeImage('first', truth, predicted, null).verdicts).toBeNull();
  });
});

describe('modelScore', () => {
  const images = [
    judgeImage('first', truth, predicted, opinions),
    judgeImage('perfect', truth, truth, []),
    judgeImage('empty', draw('....'), draw('....'), []),
  ];

  it('gathers what the issue asks for over several images, empty ones among them', () => {
    const score = modelScore(images);
    // AJI+ of the first: 5 shared of 6 + 6 - 5 = 7 px.
    expect(score?.ajiPlusMean).toBeCloseTo((5 / 7 + 1 + 1) / 3, 12);
    expect(score?.ajiPlusMedian).toBe(1);
    expect(score).toMatchObject({ images: 3, particlesCertain: 2, particlesUncertain: 1 });
    expect(score?.cases[0]).toMatchObject({ name: 'first', countTruth: 2, countPredicted: 3 });
    // Precision 1/3, recall 1/2 at every threshold below 1, beside two perfect images.
    expect(score?.detections).toHaveLength(10);
    expect(score?.detections[9]?.precisionMean).toBeCloseTo((1 / 3 + 1 + 1) / 3, 12);
    expect(score?.detections[9]?.recallMean).toBeCloseTo((1 / 2 + 1 + 1) / 3, 12);
    // The perfect one has no opinions: nothing certain of two particles.
    expect(score?.precisionCertainMean).toBeCloseTo((1 / 2 + 0 + 1) / 3, 12);
    expect(score?.recallCertainMean).toBeCloseTo((1 / 2 + 0 + 1) / 3, 12);
    // Squares of 0.1, 0.3 and 0.6 over three instances.
    expect(score?.calibration?.brierScore).toBeCloseTo((0.01 + 0.09 + 0.36) / 3, 12);
    expect(score?.calibration?.auroc).toBe(1);
    // Diameters of 23 and 16 % of the longest side, found twice of two and once of two.
    expect(score?.recallBySize[6]).toMatchObject({ from: 1 / 8, particles: 4, found: 3, recall: 3 / 4 });
    expect(score?.recallBySize[0]?.recall).toBeNull();
    expect(score?.diameterRecall50Share).toBeCloseTo(Math.sqrt(8 / Math.PI) / 10, 12);
    expect(score?.diameterRecall80Share).toBeCloseTo(Math.sqrt(16 / Math.PI) / 10, 12);
    expect(score?.edgeErrorBySize[6]).toMatchObject({ matched: 3, absolutePxMean: 0 });
  });

  it('says nothing of confidence when one image has none, and nothing at all without images', () => {
    const score = modelScore([...images, judgeImage('silent', truth, predicted, null)]);
    expect(score).toMatchObject({ calibration: null, particlesCertain: null, particlesUncertain: null });
    expect(score).toMatchObject({ precisionCertainMean: null, recallCertainMean: null });
    expect(modelScore([])).toBeNull();
  });
});
