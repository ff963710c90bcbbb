import { describe, expect, it } from 'vitest';
import { controlChart } from '../../../src/report/charts/control-chart.ts';
import { controlLimits } from '../../../src/report/charts/control-limits.ts';
import { palettes } from '../../../src/report/charts/palette.ts';
import { hasCleanEdge, pixelsOf } from './pictures.ts';

describe('the limits of a p chart', () => {
  it('lie three standard deviations from the share of all samples, wider for smaller samples', () => {
    // 50 of 500: p = 0.1; 3 sqrt(0.09 / 100) = 0.09 and 3 sqrt(0.09 / 400) = 0.045.
    const { centre, limits } = controlLimits([
      { nonconforming: 12, total: 100 },
      { nonconforming: 38, total: 400 },
    ]);
    expect(centre).toBeCloseTo(0.1, 12);
    expect(limits[0]!.low).toBeCloseTo(0.01, 12);
    expect(limits[0]!.high).toBeCloseTo(0.19, 12);
    expect(limits[1]!.low).toBeCloseTo(0.055, 12);
    expect(limits[1]!.high).toBeCloseTo(0.145, 12);
  });

  it('widen with how much samples vary from one to the next beyond chance', () => {
    // 50 and 150 of 1000 in turn: p = 0.1, error sqrt(0.09 / 1000), z = -+0.05 / error, so each range is 0.1 / error.
    const { limits } = controlLimits(
      Array.from({ length: 20 }, (_, i) => ({ nonconforming: i % 2 === 0 ? 50 : 150, total: 1000 })),
    );
    // 3 (0.1 / 1.128) = 0.266 reaches below 0.
    expect(limits[0]!.low).toBe(0);
    expect(limits[0]!.high).toBeCloseTo(0.1 + 0.3 / 1.128, 12);
  });

  it('stay between 0 and 1', () => {
    const few = controlLimits([{ nonconforming: 1, total: 10 }]); // 0.1 +- 0.285
    expect(few.limits[0]!.low).toBe(0);
    expect(controlLimits([{ nonconforming: 9, total: 10 }]).limits[0]!.high).toBe(1);
  });
});

describe('the control chart of uncertain fractions', () => {
  const steady = Array.from({ length: 35 }, (_, i) => ({
    name: `sample ${i}`,
    uncertainCount: 10,
    particleCount: 100,
  }));

  it('shows the last 30 samples', async () => {
    const { svg, alt } = await controlChart(steady, 'light');
    // 30 points of one colour, and none marked as outside.
    expect(svg.match(/<path transform="translate[^>]*fill="#d9600f"/g)).toHaveLength(30);
    expect(svg).not.toContain('outside');
    // 0.1 +- 0.09
    expect(alt).toBe(
      'Uncertain particles of the last 30 samples: mean 10 %, the newest 10 % (limits 1 % to 19 %), none outside its limits.',
    );
  });

  it('names what lies outside', async () => {
    // p = (29 * 10 + 30) / 3000 = 0.107 with limits 0.014 and 0.199.
    const { svg, alt } = await controlChart(
      [...steady, { name: 'drifted', uncertainCount: 30, particleCount: 100 }],
      'light',
    );
    expect(alt).toContain('outside their limits: drifted.');
    expect(svg).toContain('>outside</text>');
  });

  it.each([1, 2, 30])('keeps every label inside the picture with %i samples', async (count) => {
    const named = steady.slice(0, count).map((sample) => ({ ...sample, name: '28 September' }));
    const { png } = await controlChart(named, 'dark', 340);
    expect(hasCleanEdge(await pixelsOf(png), palettes.dark.background)).toBe(true);
  });
});
