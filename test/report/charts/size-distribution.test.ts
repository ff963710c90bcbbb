import { describe, expect, it } from 'vitest';
import { pngOf } from '../../../src/report/charts/draw-chart.ts';
import { palettes } from '../../../src/report/charts/palette.ts';
import { sizeDistributionChart } from '../../../src/report/charts/size-distribution.ts';
import { estimate, twoClasses } from './chart-data.ts';
import { barsOf, countOthers, hasCleanEdge, pixelsOf } from './pictures.ts';

describe('the chart of a size distribution', () => {
  it('has bars as high as their shares, the uncertain part on top of the certain one', async () => {
    const { svg } = await sizeDistributionChart(twoClasses, 'light');
    const [small, large] = barsOf(svg, palettes.light.certain);
    const [uncertain] = barsOf(svg, palettes.light.uncertain);
    // Shares 0.25 and 0.5 certain, 0.25 uncertain.
    expect(large![1] / small![1]).toBeCloseTo(2, 2);
    expect(uncertain![1] / small![1]).toBeCloseTo(1, 2);
    // 1 to 2 and 2 to 4 are equally wide on a logarithmic axis.
    expect(large![0] / small![0]).toBeCloseTo(1, 2);
    const byVolume = barsOf(svg, palettes.light.volume);
    expect(byVolume[1]![1] / byVolume[0]![1]).toBeCloseTo(9, 1);
  });

  it('says in one sentence what it shows', async () => {
    const { alt } = await sizeDistributionChart(twoClasses, 'light');
    expect(alt).toBe(
      'Distribution of the diameters of 200 particles, 25 % uncertain: by number D10 1.40 µm (1.30 to 1.50), ' +
        'D50 2.50 µm (2.40 to 2.60), D90 3.70 µm (3.60 to 3.80); by volume D10 2.00 µm (1.80 to 2.20), ' +
        'D50 3.00 µm (2.80 to 3.20), D90 3.90 µm (3.70 to 4.10); detection limit 0.800 µm.',
    );
  });

  it('is drawn with text although no font of the machine is used', async () => {
    const { svg, png, widthPx, heightPx } = await sizeDistributionChart(twoClasses, 'light');
    const drawn = await pixelsOf(png);
    expect([drawn.widthPx, drawn.heightPx]).toEqual([2 * widthPx, 2 * heightPx]);
    const bare = await pixelsOf(await pngOf(svg, 2 * widthPx, []));
    const ground = palettes.light.background;
    // Some 200 letters of 12 px at double size: each inks over 50 pixels.
    expect(countOthers(drawn, ground) - countOthers(bare, ground)).toBeGreaterThan(200 * 50);
  });

  it('leaves the figures that it is given as they are', async () => {
    const before = structuredClone(twoClasses);
    await sizeDistributionChart(twoClasses, 'light');
    expect(twoClasses).toStrictEqual(before);
    expect(Object.getOwnPropertySymbols(twoClasses.byNumber.percentiles.d50)).toEqual([]);
  });

  it('needs nothing from elsewhere', async () => {
    const { svg } = await sizeDistributionChart(twoClasses, 'dark');
    expect(svg.replaceAll(/xmlns(:\w+)?="[^"]*"/g, '')).not.toMatch(/https?:|url\(|href/);
  });

  it.each([
    ['wide', 640, twoClasses],
    ['on a phone', 340, twoClasses],
    [
      'with percentiles at both ends of the axis',
      340,
      {
        ...twoClasses,
        detectionLimitUm: null,
        byVolume: {
          ...twoClasses.byVolume!,
          percentiles: { d10: estimate(1), d50: estimate(3.99), d90: estimate(4) },
        },
      },
    ],
  ])('keeps every label inside the picture, %s', async (_, widthPx, data) => {
    for (const theme of ['light', 'dark'] as const) {
      const chart = await sizeDistributionChart(data, theme, widthPx);
      expect(chart.widthPx).toBe(widthPx);
      expect(hasCleanEdge(await pixelsOf(chart.png), palettes[theme].background)).toBe(true);
    }
  });

  it('draws what was asked for and the fit, and says so', async () => {
    const data = {
      ...twoClasses,
      logNormal: { geometricMeanUm: 2.5, geometricStandardDeviation: 1.5, fits: false },
      targetUm: { min: 2, max: 3 },
      askedHalfWidth: 0.05,
    };
    const { svg, alt, png } = await sizeDistributionChart(data, 'light', 340);
    for (const text of ['D50 wanted 2 to 3 µm', '± 5 % asked for', 'log-normal, which does not fit']) {
      expect(svg).toContain(text);
    }
    expect(alt).toContain('; D50 wanted 2 to 3 µm; not log-normal; detection limit');
    // The band reaches from 2 to 3 um, a class from 2 to 4: lg 1.5 / lg 2 = 0.585 of it, less the gap of a pixel.
    const [, large] = barsOf(svg, palettes.light.certain);
    const band = barsOf(svg, palettes.light.target).find(([, height]) => height > 100);
    expect(band![0] / (large![0] + 1)).toBeCloseTo(0.585, 2);
    expect(hasCleanEdge(await pixelsOf(png), palettes.light.background)).toBe(true);
  });

  it.each([
    ['below', 0.001, 0.002],
    ['above', 5_000, 10_000],
  ])('keeps its axis to the particles where the target lies far %s', async (_, min, max) => {
    const near = await sizeDistributionChart({ ...twoClasses, detectionLimitUm: null }, 'light');
    const far = await sizeDistributionChart(
      { ...twoClasses, detectionLimitUm: null, targetUm: { min, max } },
      'light',
    );
    const widthOf = ({ svg }: { svg: string }) => barsOf(svg, palettes.light.certain)[0]![0];
    // The axis reaches a factor 2 beyond 1 to 4 um, so that a class has 1 / 3 of it in place of 1 / 2.
    expect(widthOf(far) / widthOf(near)).toBeCloseTo(2 / 3, 1);
    expect(far.svg).toContain('D50 wanted');
  });

  it('does without intervals, volume and limit where there are none', async () => {
    const only = { ...estimate(1.5) };
    const { svg, alt } = await sizeDistributionChart(
      {
        particleCount: 1,
        uncertainCount: 0,
        byNumber: {
          edgesUm: [1, 2],
          densities: [3.3],
          classesPerDecade: 3.3,
          uncertainShares: [0],
          curve: [
            { um: 1.5, share: 0 },
            { um: 1.5, share: 1 },
          ],
          percentiles: { d10: only, d50: only, d90: only },
        },
        byVolume: null,
        detectionLimitUm: null,
        logNormal: null,
        targetUm: null,
        askedHalfWidth: null,
      },
      'light',
    );
    expect(barsOf(svg, palettes.light.certain)).toHaveLength(1);
    expect(barsOf(svg, palettes.light.uncertain)).toHaveLength(0);
    expect(svg).not.toContain('detection limit');
    expect(alt).toBe(
      'Distribution of the diameters of 1 particle, 0 % uncertain: by number D10 1.50 µm, D50 1.50 µm, D90 1.50 µm.',
    );
  });
});
