import { describe, expect, it } from 'vitest';
import { COMPARED_CURVES_MAX, comparisonSpec } from '../../../src/report/charts/comparison-chart.ts';
import { drawChart } from '../../../src/report/charts/draw-chart.ts';
import { palettes } from '../../../src/report/charts/palette.ts';
import { twoClasses } from './chart-data.ts';
import { hasCleanEdge, pixelsOf } from './pictures.ts';

const coarser = {
  ...twoClasses,
  byNumber: {
    ...twoClasses.byNumber,
    curve: twoClasses.byNumber.curve.map(({ um, share }) => ({ um: 10 * um, share })),
  },
};

describe('the comparison of cumulative curves', () => {
  it('has an axis that holds all of them', () => {
    const runs = [
      { name: 'this', data: twoClasses },
      { name: 'coarser', data: coarser },
    ];
    const { sizes } = comparisonSpec(runs, 'light', 640);
    expect(sizes.lowUm).toBeLessThan(1);
    expect(sizes.highUm).toBeGreaterThan(40); // ten times the 4 um of the other
  });

  it('says the D50 of each in its alternative text', () => {
    const { frame } = comparisonSpec([{ name: 'this', data: twoClasses }], 'light', 640);
    expect(frame.alt).toContain('this 2.50 µm (2.40 to 2.60) by number, by volume 3.00 µm');
  });

  it('draws as many as have a mark of their own, each in its colour, within the picture', async () => {
    const runs = Array.from({ length: COMPARED_CURVES_MAX }, (_, i) => ({
      name: `sample with a rather long label ${i} ${'x'.repeat(40)}`,
      data: twoClasses,
    }));
    for (const theme of ['light', 'dark'] as const) {
      const { spec, frame } = comparisonSpec(runs, theme, 340);
      const { svg, png } = await drawChart(spec, frame);
      const { text, volume, uncertain, target, certain, alarm, background } = palettes[theme];
      for (const color of [text, volume, uncertain, target, certain, alarm])
        expect(svg).toContain(`stroke="${color}" stroke-width="2"`);
      expect(hasCleanEdge(await pixelsOf(png), background)).toBe(true);
    }
  });

  it('leaves a run without a distribution by volume out of that plot alone', async () => {
    const runs = [
      { name: 'this', data: twoClasses },
      { name: 'bare', data: { ...twoClasses, byVolume: null } },
    ];
    const { spec, frame } = comparisonSpec(runs, 'light', 640);
    const { svg } = await drawChart(spec, frame);
    const curves = (color: string) => svg.split(`stroke="${color}" stroke-width="2"`).length - 1;
    expect([curves(palettes.light.text), curves(palettes.light.volume)]).toEqual([2, 1]);
  });
});
