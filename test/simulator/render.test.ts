import { describe, expect, it } from 'vitest';
import type { RenderWindow } from '../../src/simulator/canvas.ts';
import { layPowder, type Powder } from '../../src/simulator/powder/powder.ts';
import { lithiumCobaltOxideSizes } from '../../src/simulator/powder/size-distribution.ts';
import { renderWindow } from '../../src/simulator/render.ts';

const imaging = { noise: 6, blurPx: 1, seed: 9 };
const noiseless = { ...imaging, noise: 0, lineNoise: 0 };

/** A window of `widthPx` x 200 pixels of 0.1 um. */
const windowAt = (x: number, y: number, widthPx = 400): RenderWindow => ({
  centre: { x, y },
  widthPx,
  heightPx: 200,
  pixelSizeUm: 0.1,
});

/** One particle of 10 um with its centre at the given place, on tape without blemishes. */
const loneParticle = (x: number, y: number) =>
  layPowder({
    origin: { x, y },
    widthUm: 0,
    heightUm: 0,
    amount: { kind: 'count', particles: 1 },
    sizeDistribution: { kind: 'list', diametersUm: [10] },
    seed: 3,
  });

const strewn = layPowder({
  origin: { x: -60, y: -40 },
  widthUm: 120,
  heightUm: 80,
  amount: { kind: 'density', particlesPerMm2: 8000 },
  sizeDistribution: lithiumCobaltOxideSizes,
  seed: 1,
});

const areasUm2In = (powder: Powder, windows: readonly RenderWindow[]) => {
  const areas = new Map<number, number>();
  for (const window of windows) {
    for (const { particle, areaPx } of renderWindow(powder, window, noiseless).visible) {
      areas.set(particle.id, (areas.get(particle.id) ?? 0) + areaPx * window.pixelSizeUm ** 2);
    }
  }
  return areas;
};

describe('a rendered window', () => {
  it('is the same for the same seed, whatever was rendered before', () => {
    const first = renderWindow(strewn, windowAt(0, 0), imaging);
    renderWindow(strewn, windowAt(20, 10), imaging);
    const again = renderWindow(strewn, windowAt(0, 0), imaging);
    expect(again.image).toEqual(first.image);
    expect(again.labels).toEqual(first.labels);
  });

  it('draws other noise for another window and another seed', () => {
    const noiseIn = (window: RenderWindow, seed: number) => {
      const clean = renderWindow(strewn, window, noiseless).image;
      return renderWindow(strewn, window, { ...imaging, seed }).image.map((level, at) => level - clean[at]!);
    };
    const here = noiseIn(windowAt(0, 0), 9);
    expect(noiseIn(windowAt(0, 0), 9)).toEqual(here);
    expect(noiseIn(windowAt(0, 0), 10)).not.toEqual(here);
    expect(noiseIn(windowAt(20, 0), 9)).not.toEqual(here);
  });

  it('shows a particle with higher stage y nearer the top row, and one with higher x further right', () => {
    const centroid = (x: number, y: number) => {
      const { labels, widthPx } = renderWindow(loneParticle(x, y), windowAt(0, 0), noiseless);
      const inside = [...labels.keys()].filter((at) => labels[at] === 1);
      const sum = inside.reduce(
        ({ column, row }, at) => ({
          column: column + (at % widthPx) + 0.5,
          row: row + Math.floor(at / widthPx) + 0.5,
        }),
        { column: 0, row: 0 },
      );
      return { column: sum.column / inside.length, row: sum.row / inside.length };
    };
    // 3 um up are 30 pixels above the middle row (100), 12 um to the right 120 beyond the middle column (200).
    expect(centroid(12, 3).row).toBeCloseTo(70, 0);
    expect(centroid(12, 3).column).toBeCloseTo(320, 0);
    expect(centroid(-5, -2).row).toBeCloseTo(120, 0);
    expect(centroid(-5, -2).column).toBeCloseTo(150, 0);
  });

  it('paints particles brighter than the tape around them', () => {
    const { image, labels } = renderWindow(loneParticle(0, 0), windowAt(0, 0), imaging);
    const meanOf = (label: number) => {
      const levels = image.filter((_, at) => labels[at] === label);
      return levels.reduce((sum, level) => sum + level, 0) / levels.length;
    };
    expect(meanOf(1)).toBeGreaterThan(2 * meanOf(0));
  });

  it('numbers only particles with a pixel of their own, and counts those pixels', () => {
    const { labels, visible } = renderWindow(strewn, windowAt(0, 0), noiseless);
    const counts = new Map<number, number>();
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    expect(visible.length).toBeGreaterThan(4);
    for (const [index, { areaPx }] of visible.entries()) expect(areaPx).toBe(counts.get(index + 1));
    expect(Math.max(...counts.keys())).toBe(visible.length);
  });
});

describe('neighbouring windows', () => {
  it('share out a particle on their border exactly as one window over both shows it', () => {
    const powder = loneParticle(0, 0);
    const left = renderWindow(powder, windowAt(-20, 0), noiseless);
    const right = renderWindow(powder, windowAt(20, 0), noiseless);
    const both = renderWindow(powder, windowAt(0, 0, 800), noiseless);
    expect(left.visible[0]?.areaPx).toBeGreaterThan(2000);
    expect(right.visible[0]?.areaPx).toBeGreaterThan(2000);
    for (let row = 0; row < 200; row += 1) {
      const joined = [left, right].flatMap(({ labels }) => [...labels.subarray(row * 400, (row + 1) * 400)]);
      expect(joined).toEqual([...both.labels.subarray(row * 800, (row + 1) * 800)]);
    }
  });

  it('have the same pixels where they overlap, but for the noise', () => {
    const left = renderWindow(strewn, windowAt(0, 0), noiseless);
    const right = renderWindow(strewn, windowAt(20, 0), noiseless);
    let unlike = 0;
    for (let at = 0; at < left.image.length; at += 1) {
      if (at % 400 < 200) continue;
      // Sums in another order may round the other way: one grey level.
      if (Math.abs(left.image[at]! - right.image[at - 200]!) > 1) unlike += 1;
    }
    expect(unlike).toBe(0);
  });

  it('together show every free particle’s true area within 2 %', () => {
    // 2 x 3 windows of 40 um x 20 um, without overlap: x from -60 to 60 um, y from -20 to 20 um.
    const windows = [-40, 0, 40].flatMap((x) => [-10, 10].map((y) => windowAt(x, y)));
    const areas = areasUm2In(strewn, windows);
    const free = strewn.particles.filter(
      ({ boxUm, overlappedBy, diameterEquivalentUm }) =>
        overlappedBy.length === 0 &&
        diameterEquivalentUm > 2 && // 314 pixels: finer ones are rougher than 2 %
        boxUm.left > -60 &&
        boxUm.right < 60 &&
        boxUm.bottom > -20 &&
        boxUm.top < 20,
    );
    expect(free.length).toBeGreaterThan(15);
    for (const { id, areaUm2 } of free) {
      expect(Math.abs((areas.get(id) ?? 0) / areaUm2 - 1)).toBeLessThan(0.02);
    }
    const whole = free.reduce((sum, { areaUm2 }) => sum + areaUm2, 0);
    expect(free.reduce((sum, { id }) => sum + (areas.get(id) ?? 0), 0) / whole).toBeCloseTo(1, 2);
  });
});

it('refuses a window without pixels', () => {
  expect(() => renderWindow(strewn, windowAt(0, 0, 0), imaging)).toThrow('window of 0 x 200 px');
});
