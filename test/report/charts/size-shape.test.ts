import { describe, expect, it } from 'vitest';
import type { ChartParticle } from '../../../src/report/charts/chart-particles.ts';
import { palettes } from '../../../src/report/charts/palette.ts';
import { sizeShapeData } from '../../../src/report/charts/shape-data.ts';
import { sizeShapeChart } from '../../../src/report/charts/size-shape.ts';
import { hasCleanEdge, pixelsOf } from './pictures.ts';

/** Evenly from 2 to 4 um on the logarithmic scale, from circularity 0.8 to 0.9 and aspect ratio 0.6 to 0.8. */
function powder(count: number): ChartParticle[] {
  return Array.from({ length: count }, (_, number) => {
    const part = (factor: number) => (number * factor) % 1;
    const diameterUm = 2 * 2 ** part(0.618034);
    const shape = { circularity: 0.8 + 0.1 * part(0.414214), aspectRatio: 0.6 + 0.2 * part(0.732051) };
    return { number, diameterUm, circleUm2: diameterUm ** 2, weight: 1, certain: number % 10 !== 0, shape };
  });
}

const flake: ChartParticle = {
  ...{ number: 7_000, diameterUm: 3, circleUm2: 7, weight: 1, certain: false },
  shape: { circularity: 0.2, aspectRatio: 0.7 },
};
const boulder: ChartParticle = {
  ...{ ...flake, number: 8_000, diameterUm: 40, certain: true },
  shape: { circularity: 0.85, aspectRatio: 0.7 },
};
const joined: ChartParticle = { ...flake, number: 9_000, shape: null };

describe('size against shape', () => {
  it('finds outliers by size and by shape, each where it lies outside', () => {
    const data = sizeShapeData([...powder(100), flake, boulder, joined]);
    expect(data?.dots).toHaveLength(102);
    expect(data?.withoutShape).toBe(1);
    const outliers = (shape: 'circularity' | 'aspectRatio') =>
      data!.dots.filter(({ distance }) => distance[shape] > 1).map(({ number }) => number);
    expect(outliers('circularity')).toEqual([7_000, 8_000]);
    // Its aspect ratio is as that of the others.
    expect(outliers('aspectRatio')).toEqual([8_000]);
  });

  it('is none where nobody has seen an outline', () => {
    expect(sizeShapeData([joined])).toBeNull();
    expect(sizeShapeData([])).toBeNull();
  });

  it('numbers the outliers as the table does, in the picture and in words', async () => {
    const { svg, alt } = await sizeShapeChart(
      sizeShapeData([...powder(100), flake, boulder, joined])!,
      'light',
    );
    expect(svg.match(/>7000</g)).toHaveLength(1);
    expect(svg.match(/>8000</g)).toHaveLength(2); // in both plots
    // In reaches of its side: (0.85 - 0.2) / (5.19 x 0.025) = 5.0 against ln(40 / 2.8) / (5.19 x 0.17) = 3.0.
    expect(alt).toMatch(
      /^Shape against diameter of 102 particles: .*, 2 outliers, the farthest with numbers 7000, 8000; 1 more is seen in pieces only\.$/,
    );
    const plain = await sizeShapeChart(sizeShapeData(powder(100))!, 'light');
    expect(plain.svg).not.toContain('outlier');
    expect(plain.alt).toContain('no outliers');
  });

  it.each([
    ['on a phone', 340],
    ['on a desk', 720],
  ])('stays small and inside its picture with 10,000 particles, %s', async (_, widthPx) => {
    const data = sizeShapeData([...powder(10_000), flake, boulder])!;
    const { svg, png } = await sizeShapeChart(data, 'dark', widthPx);
    expect(svg).toContain('Circularity: one in 4 particles, all outliers'); // at most 3,000 of 10,000
    expect(svg.match(/<path/g)!.length).toBeLessThan(2 * 3_000 + 200);
    expect(svg).toContain('>7000<');
    expect(hasCleanEdge(await pixelsOf(png), palettes.dark.background)).toBe(true);
  });

  it('has a mark for a single particle', async () => {
    const { alt, svg } = await sizeShapeChart(sizeShapeData([flake])!, 'light');
    expect(alt).toMatch(/^Shape against diameter of 1 particle: /);
    expect(svg).toContain(palettes.light.uncertain);
  });
});
