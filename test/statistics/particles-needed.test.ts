import { expect, it } from 'vitest';
import {
  particlesNeededForVolumeMean,
  particlesNeededForVolumePercentiles,
} from '../../src/statistics/particles-needed.ts';

it('asks for about 61,000 particles for percentiles and 6,000 for means by volume at a spread of 1.6', () => {
  // The two figures that the scope of ISO 13322-1 names for a distribution over less than a decade.
  expect(particlesNeededForVolumePercentiles(1.6, 0.05)).toBe(60_811);
  expect(particlesNeededForVolumeMean(1.6, 0.05)).toBe(6092);
});

it('asks for four times as many for half the error', () => {
  const at5 = particlesNeededForVolumePercentiles(1.3, 0.05);
  expect(particlesNeededForVolumePercentiles(1.3, 0.025) / at5).toBeCloseTo(4, 3);
});
