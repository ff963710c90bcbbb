import { describe, expect, it } from 'vitest';
import { addSkirt } from '../../../src/simulator/imaging/skirt.ts';

/** A point of 1000 in the middle of 41 x 41 pixels. */
function point(): Float32Array {
  const grey = new Float32Array(41 * 41);
  grey[20 * 41 + 20] = 1000;
  return grey;
}

describe('the beam’s skirt', () => {
  it('takes its share from a point and lays it round about', () => {
    const grey = point();
    // Two passes of a 9 x 9 mean have a deviation of sqrt(2 (81 - 1) / 12) = 3.65 px, the nearest to 3.6.
    addSkirt(grey, 41, { skirtShare: 0.3, skirtPx: 3.6 });
    // The middle of the twice-taken mean is sum (9 - |i|)^2 / 9^4 = (9 / 81)^2: 1000 / 81 = 12.3.
    expect(grey[20 * 41 + 20]).toBeCloseTo(700 + 0.3 * (1000 / 81), 2);
    expect(grey.reduce((sum, level) => sum + level, 0)).toBeCloseTo(1000, 1);
    expect(grey[20 * 41 + 24]).toBeGreaterThan(1);
  });

  it('changes nothing without a share', () => {
    const grey = point();
    addSkirt(grey, 41, { skirtShare: 0, skirtPx: 4 });
    expect(grey).toEqual(point());
  });
});
