import { describe, expect, it } from 'vitest';
import { fitCalibration, type RawJudgement } from '../../../src/evaluation/calibration/fit.ts';

function found(objectness: number, confidence: number, right: boolean): RawJudgement {
  return { objectness, confidence, right };
}

describe('fitCalibration', () => {
  it('takes the raw number that ranks best', () => {
    const byHead = [found(0.6, 0.9, true), found(0.9, 0.2, false), found(0.7, 0.8, true)];
    expect(fitCalibration([byHead, byHead], 2).of).toBe('expected-bin');
    const byObjectness = byHead.map(({ objectness, confidence, right }) =>
      found(confidence, objectness, right),
    );
    expect(fitCalibration([byObjectness, byObjectness], 2).of).toBe('objectness');
    // Roots of products: 0.57 and 0.6 of the right, 0.52 and 0.54 of the wrong; either factor alone misorders some.
    const byBoth = [
      ...[found(0.4, 0.8, true), found(0.9, 0.4, true)],
      ...[found(0.9, 0.3, false), found(0.33, 0.9, false)],
    ];
    expect(fitCalibration([byBoth, byBoth], 2).of).toBe('geometric-mean');
  });

  it('measures each image by a curve that has not seen it', () => {
    const allRight = [found(0.9, 0.5, true), found(0.9, 0.5, true)];
    const allWrong = [found(0.9, 0.5, false), found(0.9, 0.5, false)];
    const { curve, crossValidated } = fitCalibration([allRight, [], allWrong], 2);
    // From two wrong ones 1/4 is expected of the right (Platt's target), 3/4 the other way round: 3/4 off, both.
    // Isotonic regression, 1/6 and 5/6, would be further off.
    expect(curve.kind).toBe('logistic');
    expect(crossValidated).toMatchObject({ count: 4, auroc: 0 });
    expect(crossValidated.expectedCalibrationError).toBeCloseTo(3 / 4, 4);
  });

  it('asks for as many images with particles as folds', () => {
    const image = [found(0.9, 0.9, true)];
    expect(() => fitCalibration([image, [], image], 3)).toThrow('found on 2 images, too few for 3 folds');
  });
});
