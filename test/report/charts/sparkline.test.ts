import { expect, it } from 'vitest';
import { palettes } from '../../../src/report/charts/palette.ts';
import { sparkline } from '../../../src/report/charts/sparkline.ts';
import { estimate } from './chart-data.ts';
import { barsOf } from './pictures.ts';

it('a sparkline shows the classes without any text', async () => {
  const { svg, alt, widthPx, heightPx } = await sparkline(
    { edgesUm: [1, 2, 4, 8], shares: [0.2, 0.6, 0.2], d50: estimate(3, 0.2) },
    'light',
  );
  const bars = barsOf(svg, palettes.light.certain);
  expect(bars).toHaveLength(3);
  expect(bars[1]![1] / bars[0]![1]).toBeCloseTo(3, 1);
  expect(svg).not.toContain('<text');
  expect([widthPx, heightPx]).toEqual([120, 28]);
  expect(alt).toBe('Sizes around D50 3.00 µm (2.80 to 3.20).');
});
