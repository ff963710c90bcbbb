import { expect, it } from 'vitest';
import { sizeDistributionChart } from '../../../src/report/charts/size-distribution.ts';
import { twoClasses } from './chart-data.ts';

it.each([
  ['area', 'equivalent circular diameter, µm', 'Distribution of the diameters of '],
  ['feretMax', 'greatest Feret diameter, µm', 'Distribution of the greatest Feret diameters of '],
  ['feretMin', 'least Feret diameter, µm', 'Distribution of the least Feret diameters of '],
] as const)('the axis of a distribution by %s names its diameter', async (diameter, title, words) => {
  const { svg, alt } = await sizeDistributionChart({ ...twoClasses, diameter }, 'light');
  expect(svg).toContain(title);
  expect(alt.startsWith(words)).toBe(true);
});
