import { describe, expect, it } from 'vitest';
import { addShotNoise, blur } from '../../src/simulator/beam.ts';
import { createRandom } from '../../src/simulator/random.ts';

describe('the beam’s blur', () => {
  it('leaves a flat picture flat, up to its borders', () => {
    const grey = new Float32Array(30 * 20).fill(80);
    blur(grey, 30, 20, 2);
    for (const level of grey) expect(level).toBeCloseTo(80, 3);
  });

  it('spreads a point evenly both ways with the asked standard deviation', () => {
    const grey = new Float32Array(41 * 41);
    grey[20 * 41 + 20] = 1000;
    blur(grey, 41, 41, 2);
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

describe('the shot noise', () => {
  const spreadAt = (level: number) => {
    const noisy = addShotNoise(new Float32Array(200 * 100).fill(level), 200, 8, createRandom(1));
    const mean = noisy.reduce((sum, value) => sum + value, 0) / noisy.length;
    return Math.sqrt(noisy.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noisy.length);
  };

  it('has the asked standard deviation at mid grey, and half of it at a quarter of the signal', () => {
    // 20,000 pixels: the spread's standard error is 8 / 200 = 0.04; rounding adds 1/12 to the variance.
    expect(Math.abs(spreadAt(128) - 8)).toBeLessThan(0.2);
    expect(Math.abs(spreadAt(32) - 4)).toBeLessThan(0.1);
  });
});
