import { describe, expect, it } from 'vitest';
import { addShotNoise, noiseOfDwell } from '../../../src/simulator/imaging/shot-noise.ts';
import { createRandom } from '../../../src/simulator/random.ts';

describe('the shot noise', () => {
  const noisyAt = (level: number, correlation = 0) => {
    const settings = { noise: 8, correlation, lineNoise: 0 };
    return addShotNoise(new Float32Array(200 * 100).fill(level), 200, settings, createRandom(1));
  };
  const spreadAt = (level: number, correlation = 0) => {
    const noisy = noisyAt(level, correlation);
    const mean = noisy.reduce((sum, value) => sum + value, 0) / noisy.length;
    return Math.sqrt(noisy.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noisy.length);
  };

  it('has the asked standard deviation at mid grey, and half of it at a quarter of the signal', () => {
    // 20,000 pixels: the spread's standard error is 8 / 200 = 0.04; rounding adds 1/12 to the variance.
    expect(Math.abs(spreadAt(128) - 8)).toBeLessThan(0.2);
    expect(Math.abs(spreadAt(32) - 4)).toBeLessThan(0.1);
  });

  it('keeps its standard deviation when neighbours share it', () => {
    // Shared noise counts fewer independent pixels: about 20,000 / 3, a standard error of 0.07.
    expect(Math.abs(spreadAt(128, 0.5) - 8)).toBeLessThan(0.35);
    const noisy = noisyAt(128, 0.5);
    let product = 0;
    for (let at = 1; at < noisy.length; at += 1) product += (noisy[at]! - 128) * (noisy[at - 1]! - 128);
    // Weights 1 and 1/2, squared sum 2: two neighbours share 1 x 1/2 twice over 2, half the variance.
    expect(product / noisy.length / 64).toBeCloseTo(0.5, 1);
  });

  it('halves for four times the dwell time', () => {
    expect(noiseOfDwell(800, 16)).toBeCloseTo(noiseOfDwell(200, 16) / 2, 9);
  });
});
