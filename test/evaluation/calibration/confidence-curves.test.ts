import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitKnots,
  fitLogistic,
  type RawOutcome,
} from '../../../src/evaluation/calibration/confidence-curves.ts';
import { curveAt } from '../../../src/inference/calibrated-confidence.ts';
import { calibrationSchema } from '../../../src/inference/model/calibration-schema.ts';

/** So many particles of one raw number, so many of them right. */
function outcomes(raw: number, count: number, right: number): RawOutcome[] {
  return Array.from({ length: count }, (_, i) => ({ raw, right: i < right }));
}

describe('fitKnots', () => {
  it('gives each raw number its share of right ones, held off never and always', () => {
    // (1 + 1/2) / 5 and (3 + 1/2) / 5.
    const curve = fitKnots([...outcomes(0.2, 4, 1), ...outcomes(0.8, 4, 3)]);
    expect(curve.knots).toEqual([
      [0.2, 0.3],
      [0.8, 0.7],
    ]);
    expect(curveAt(curve, 0.1)).toBe(0.3);
    // Halfway between the knots.
    expect(curveAt(curve, 0.5)).toBeCloseTo(0.5, 12);
    expect(curveAt(curve, 1)).toBe(0.7);
  });
});

describe('fitLogistic', () => {
  it('takes a particle of weight 2 for two', () => {
    const [few, many] = [outcomes(0.3, 10, 2), outcomes(0.8, 10, 9)];
    const weighted = fitLogistic([...few.map((one) => ({ ...one, weight: 2 })), ...many]);
    expect(weighted).toEqual(fitLogistic([...few, ...few, ...many]));
    expect(weighted).not.toEqual(fitLogistic([...few, ...many]));
  });

  it('passes through the shares at two raw numbers, as it has two parameters', () => {
    // 3 of 4 right at 3/4, 1 of 4 at 1/4: logits of +-ln 3. Platt's targets of 400 right and 400 wrong are
    // 401/402 and 1/402, so that the shares are (3 x 401 + 1) / (4 x 402) and its complement.
    const curve = fitLogistic([...outcomes(0.25, 400, 100), ...outcomes(0.75, 400, 300)]);
    expect(curveAt(curve, 0.75)).toBeCloseTo(1204 / 1608, 4);
    expect(curveAt(curve, 0.25)).toBeCloseTo(404 / 1608, 4);
    expect(curve.offset).toBeCloseTo(0, 4);
  });

  it('stays level where a higher raw number is less often right, and where all are right', () => {
    // (2 + 1) / (2 + 1): even odds.
    expect(fitLogistic([...outcomes(0.3, 2, 2), ...outcomes(0.9, 2, 0)])).toEqual({
      kind: 'logistic',
      slope: 0,
      offset: 0,
    });
    // Every target is 5/6.
    expect(curveAt(fitLogistic(outcomes(0.6, 4, 4)), 0.6)).toBeCloseTo(5 / 6, 4);
  });
});

it('makes curves that a manifest can hold, never falling and within 0 and 1, whatever was found', () => {
  const outcome = fc.record({ raw: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() });
  fc.assert(
    fc.property(fc.array(outcome, { minLength: 1, maxLength: 60 }), (found) => {
      for (const curve of [fitKnots(found), fitLogistic(found)]) {
        expect(calibrationSchema.shape.curve.safeParse(curve).success).toBe(true);
        if (curve.kind === 'knots') expect(curve.knots.length).toBeLessThanOrEqual(12);
        let before = 0;
        for (let raw = 0; raw <= 1; raw += 1 / 64) {
          const sure = curveAt(curve, raw);
          expect(sure).toBeGreaterThanOrEqual(before);
          expect(sure).toBeLessThanOrEqual(1);
          before = sure;
        }
      }
    }),
  );
});
