import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationOf } from '../../../src/evaluation/calibration/reliability.ts';

describe('calibrationOf', () => {
  it('measures overconfidence bin by bin', () => {
    const calibration = calibrationOf([0.95, 0.95, 0.15, 0.15], [true, false, false, false]);
    // Bin 0.9 to 1: half right at 0.95, 0.45 off; bin 0.1 to 0.2: none right at 0.15, 0.15 off; half of all each.
    expect(calibration?.expectedCalibrationError).toBeCloseTo(0.45 / 2 + 0.15 / 2, 12);
    // (0.05^2 + 0.95^2 + 2 x 0.15^2) / 4 = 0.95 / 4.
    expect(calibration?.brierScore).toBeCloseTo(0.95 / 4, 12);
    // The right one ties with one wrong one and beats two: 2.5 of 3.
    expect(calibration?.auroc).toBeCloseTo(2.5 / 3, 12);
    expect(calibration?.bins).toHaveLength(10);
    expect(calibration?.bins[9]).toMatchObject({ low: 0.9, high: 1, count: 2, rightShare: 0.5 });
    expect(calibration?.bins[1]).toMatchObject({ count: 2, rightShare: 0 });
    expect(calibration?.bins[0]).toMatchObject({ count: 0, confidenceMean: null, rightShare: null });
  });

  it('is without error where the sure are right and the unsure wrong', () => {
    expect(calibrationOf([1, 1, 0], [true, true, false])).toMatchObject({
      count: 3,
      expectedCalibrationError: 0,
      brierScore: 0,
      auroc: 1,
    });
  });

  it('has no AUROC where all are right, and nothing to say without predictions', () => {
    expect(calibrationOf([0.7, 0.8], [true, true])?.auroc).toBeNull();
    expect(calibrationOf([], [])).toBeNull();
  });

  it('counts, by AUROC, the pairs of a right and a wrong one in the right order', () => {
    const predictions = fc.array(
      fc.record({ tenths: fc.integer({ min: 0, max: 10 }), right: fc.boolean() }),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(predictions, (list) => {
        const rights = list.filter(({ right }) => right);
        const wrongs = list.filter(({ right }) => !right);
        const wins = rights.flatMap((a) => wrongs.map((b) => (Math.sign(a.tenths - b.tenths) + 1) / 2));
        const byPairs = wins.reduce((sum, win) => sum + win, 0) / wins.length;
        const auroc = calibrationOf(
          list.map(({ tenths }) => tenths / 10),
          list.map(({ right }) => right),
        )?.auroc;
        if (wins.length === 0) expect(auroc).toBeNull();
        else expect(auroc).toBeCloseTo(byPairs, 12);
      }),
    );
  });

  it('refuses a confidence outside 0 to 1 and lists of different length', () => {
    expect(() => calibrationOf([0.5, 1.2], [true, true])).toThrow('a confidence is 1.2, must be 0 to 1');
    expect(() => calibrationOf([Number.NaN], [true])).toThrow('a confidence is NaN');
    expect(() => calibrationOf([0.5], [])).toThrow('1 confidences came with 0 verdicts');
  });
});
