import { expect, it } from 'vitest';
import { chartParticles } from '../../../src/report/charts/chart-particles.ts';

const counted = (number: number, diameterEquivalentUm: number, diameterUm: number, passesFilter = true) => ({
  ...{ number, diameterEquivalentUm, diameterUm, passesFilter },
  areaUm2: (Math.PI * diameterEquivalentUm ** 2) / 4,
  ...{ weight: 1, certain: true, weightOfShape: null, pieces: [] },
});

it('charts show the particles that pass the filter, in the order of the published diameter', () => {
  // A needle is smaller by its area than by its length; a sphere of its length has the circle of it.
  const drawn = chartParticles([counted(0, 1, 6), counted(1, 2, 2), counted(2, 3, 3, false)]);
  expect(drawn.map(({ number, diameterUm }) => [number, diameterUm])).toEqual([
    [1, 2],
    [0, 6],
  ]);
  expect(drawn.map(({ circleUm2 }) => circleUm2 / Math.PI)).toEqual([1, 9]);
});
