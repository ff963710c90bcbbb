import { expect, it } from 'vitest';
import { calibrationSchema } from '../../../src/inference/model/calibration-schema.ts';

it('takes knots that ascend and refuses others', () => {
  const { curve } = calibrationSchema.shape;
  const withKnots = (...knots: [number, number][]) => curve.safeParse({ kind: 'knots', knots });
  expect(withKnots([0.1, 0.2], [0.5, 0.2], [0.9, 1]).success).toBe(true);
  for (const knots of [
    withKnots([0.5, 0.2], [0.5, 0.3]),
    withKnots([0.1, 0.4], [0.5, 0.3]),
    withKnots([0.1, 1.4]),
    withKnots(),
  ]) {
    expect(knots.success).toBe(false);
  }
});
