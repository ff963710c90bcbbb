import { expect, it } from 'vitest';
import { figuresOf } from '../../../src/evaluation/exports/export-figures.ts';

it('counts an export by verdict and half, with areas in pixels', () => {
  // Pixels of 0.5 um have 0.25 um2: 10, 20 and 60 um2 are 40, 80 and 240 px.
  const particle = (areaUm2: number, y: number, certain: boolean) => ({
    areaUm2,
    certain,
    centroidPx: { x: 3, y },
    boxPx: [1, y - 2, 4, 5] as const,
  });
  // The middle of ten rows, 0 to 9, lies at 4.5: on it is below it.
  const particles = [particle(60, 2, true), particle(10, 4.4, false), particle(20, 4.5, true)];
  expect(figuresOf(particles, { heightPx: 10, pixelSizeUm: 0.5 }, 'detections')).toEqual({
    count: 3,
    certain: 2,
    upper: 2,
    areaMedianPx: 80,
    areaMeanPx: 120,
    limitReached: 'detections',
    outlines: particles.map(({ boxPx, certain }) => ({ boxPx, certain })),
  });
});

it('has no areas where nothing was found', () => {
  const { count, areaMedianPx, areaMeanPx } = figuresOf([], { heightPx: 10, pixelSizeUm: 1 }, null);
  expect({ count, areaMedianPx, areaMeanPx }).toEqual({ count: 0, areaMedianPx: null, areaMeanPx: null });
});
