import { describe, expect, it } from 'vitest';
import { blur } from '../../../src/simulator/imaging/beam.ts';

describe('the beam’s blur', () => {
  it('leaves a flat picture flat, up to its borders', () => {
    const grey = new Float32Array(30 * 20).fill(80);
    blur(grey, 30, 2);
    for (const level of grey) expect(level).toBeCloseTo(80, 3);
  });

  it('spreads a point evenly both ways with the asked standard deviation', () => {
    const grey = new Float32Array(41 * 41);
    grey[20 * 41 + 20] = 1000;
    blur(grey, 41, 2);
    let [sum, varianceX, varianceY] = [0, 0, 0];
    for (const [at, level] of grey.entries()) {
      sum += level;
      varianceX += level * ((at % 41) - 20) ** 2;
      varianceY += level * (Math.floor(at / 41) - 20) ** 2;
    }
    expect(sum).toBeCloseTo(1000, 1);
    // Cut at three standard deviations, a Gaussian's variance is 0.973 of 2^2 px2.
    expect(varianceX / sum).toBeCloseTo(3.93, 1);
    expect(varianceY / sum).toBeCloseTo(varianceX / sum, 3);
  });
});
