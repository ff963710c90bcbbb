import { expect, it } from 'vitest';
import { sizesOfParticles } from '../../../src/evaluation/sizes/compared-sizes.ts';

const areaOf = (diameterUm: number) => (Math.PI / 4) * diameterUm ** 2;

it('describes known particles by the figures that a summary publishes', () => {
  const sizes = sizesOfParticles([1, 2, 3].map(areaOf));
  expect(sizes?.diameterMean).toBeCloseTo(2, 12);
  expect(sizes?.d50).toBeCloseTo(2, 12);
  expect(sizes?.areaMean).toBeCloseTo((Math.PI / 4) * (14 / 3), 12);
  // Sum of d^4 over sum of d^3: (1 + 16 + 81) / (1 + 8 + 27).
  expect(sizes?.deBrouckere).toBeCloseTo(98 / 36, 12);
  // By volume 1, 8 and 27 of 36: half of it is reached with the largest.
  expect(sizes?.d50ByVolume).toBeCloseTo(3, 12);
});

it('has no sizes where there are no particles', () => {
  expect(sizesOfParticles([])).toBeNull();
});
