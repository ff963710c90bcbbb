import { describe, expect, it } from 'vitest';
import {
  fitCalibration,
  type JudgedParticles,
  type RawJudgement,
} from '../../../src/evaluation/calibration/fit.ts';

function found(objectness: number, confidence: number, right: boolean): RawJudgement {
  return { objectness, confidence, right };
}

const source = (...images: JudgedParticles[]) => [{ name: 'only', images }];

describe('fitCalibration', () => {
  it('takes the raw number that ranks best', () => {
    const byHead = [found(0.6, 0.9, true), found(0.9, 0.2, false), found(0.7, 0.8, true)];
    expect(fitCalibration(source(byHead, byHead), 2).of).toBe('expected-bin');
    const byObjectness = byHead.map(({ objectness, confidence, right }) =>
      found(confidence, objectness, right),
    );
    expect(fitCalibration(source(byObjectness, byObjectness), 2).of).toBe('objectness');
    // Roots of products: 0.57 and 0.6 of the right, 0.52 and 0.54 of the wrong; either factor alone misorders some.
    const byBoth = [
      ...[found(0.4, 0.8, true), found(0.9, 0.4, true)],
      ...[found(0.9, 0.3, false), found(0.33, 0.9, false)],
    ];
    expect(fitCalibration(source(byBoth, byBoth), 2).of).toBe('geometric-mean');
  });

  it('measures each image by a curve that has not seen it', () => {
    const allRight = [found(0.9, 0.5, true), found(0.9, 0.5, true)];
    const allWrong = [found(0.9, 0.5, false), found(0.9, 0.5, false)];
    const { curve, crossValidated } = fitCalibration(source(allRight, [], allWrong), 2);
    // From two wrong ones 1/4 is expected of the right (Platt's target), 3/4 the other way round: 3/4 off, both.
    // Isotonic regression, 1/6 and 5/6, would be further off.
    expect(curve.kind).toBe('logistic');
    expect(crossValidated).toMatchObject({ count: 4, auroc: 0 });
    expect(crossValidated.expectedCalibrationError).toBeCloseTo(3 / 4, 4);
  });

  it('takes of several sources what holds on the one left out, though another number ranks better', () => {
    // The head ranks without a fault on either source, but 0.6 is right on one and wrong on the other. Objectness
    // misorders one pair, and means the same on both: 4 of 5 at 0.9, 1 of 5 at 0.3.
    const particles = (head: number) => [
      ...[1, 2, 3, 4].map(() => found(0.9, head, true)),
      found(0.3, head, true),
      found(0.9, head - 0.3, false),
      ...[1, 2, 3, 4].map(() => found(0.3, head - 0.3, false)),
    ];
    const one = { name: 'one', images: [particles(0.6), particles(0.6)] };
    const other = { name: 'other', images: [particles(0.9), particles(0.9)] };
    const { of, leftOut } = fitCalibration([one, other], 2);
    expect(of).toBe('objectness');
    expect(leftOut.map(({ name, calibration }) => [name, calibration.count])).toEqual([
      ['one', 20],
      ['other', 20],
    ]);
    // Platt's targets draw the curve of ten right and ten wrong by 0.5 / 12 towards the middle at most.
    for (const { calibration } of leftOut) expect(calibration.expectedCalibrationError).toBeLessThan(0.05);
    // Alone, the head is what ranks best.
    expect(fitCalibration([one], 2)).toMatchObject({ of: 'expected-bin', leftOut: [] });
  });

  it('lets every source count the same where one of many particles would mislead', () => {
    /** So many of ten are right, all with the same scores. */
    const tens = (name: string, right: number, times = 1) => ({
      name,
      images: Array.from({ length: times }, () =>
        Array.from({ length: 10 }, (_, at) => found(0.9, 0.9, at < right)),
      ),
    });
    const sources = [tens('a', 9), tens('large', 6, 20), tens('c', 9), tens('d', 6)];
    const { leftOut } = fitCalibration(sources, 2);
    const errors = leftOut.map(({ calibration }) => calibration.expectedCalibrationError);
    // Without 'a' the mean of the others' shares is 0.7, 0.2 from its own; of their particles, 0.61, 0.29 from it.
    expect(errors[0]).toBeCloseTo(0.2, 1);
    expect(Math.max(...errors)).toBeLessThan(0.25);
  });

  it('asks for as many images with particles as folds', () => {
    const image = [found(0.9, 0.9, true)];
    expect(() => fitCalibration(source(image, [], image), 3)).toThrow(
      'found on 2 images, too few for 3 folds',
    );
  });
});
