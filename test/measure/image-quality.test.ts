import { describe, expect, it } from 'vitest';
import { edgeBlurPx } from '../../src/measure/edge-blur.ts';
import { greyLevels } from '../../src/measure/grey-levels.ts';
import { imageQuality } from '../../src/measure/image-quality.ts';
import { rowFlickerGrey, rowJitterPx } from '../../src/measure/row-flaws.ts';
import { seededRandom } from '../../src/statistics/numeric/random.ts';
import type { GreyImage } from '../../src/watcher/image/grey-image.ts';

function picture(greyAt: (x: number, y: number) => number, widthPx = 320, heightPx = 600): GreyImage {
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, at) =>
    Math.max(0, Math.min(255, Math.round(greyAt(at % widthPx, Math.floor(at / widthPx))))),
  );
  return { widthPx, heightPx, pixels };
}

/** A bright bar from x = 100 to 200 on a dark ground, its two edges logistic curves of a standard deviation. */
function bar(deviationPx: number, stepGrey: number): (x: number) => number {
  const scale = (deviationPx * Math.sqrt(3)) / Math.PI;
  const rise = (x: number) => 1 / (1 + Math.exp(-x / scale));
  return (x) => 60 + stepGrey * (rise(x - 100) - rise(x - 200));
}

/** Even noise from -range to range. */
function noiseOf(range: number): () => number {
  const randomBelow = seededRandom(7);
  return () => randomBelow(2 * range + 1) - range;
}

describe('the softness of edges', () => {
  it('is 3 / (2 sqrt(pi)) px for a perfect step, whatever its height', () => {
    // Neighbours differ once by A and pixels two apart twice: D2 - D1 = A^2.
    const floor = 3 / (2 * Math.sqrt(Math.PI));
    for (const height of [40, 150]) {
      expect(edgeBlurPx(picture((x) => (x >= 100 && x < 200 ? 60 + height : 60)))).toBeCloseTo(floor, 10);
    }
  });

  it('grows with the blur and not with contrast or noise', () => {
    // A logistic edge of deviation s has the energy A^2 pi / (6 sqrt(3) s), that of a Gaussian of 0.933 s.
    const conditions = [
      { stepGrey: 160, noise: 0 },
      { stepGrey: 60, noise: 0 },
      { stepGrey: 160, noise: 10 },
    ];
    for (const deviationPx of [2.5, 4, 8]) {
      for (const { stepGrey, noise } of conditions) {
        const noiseAt = noiseOf(noise);
        const blur = edgeBlurPx(picture((x) => bar(deviationPx, stepGrey)(x) + noiseAt()))!;
        expect(Math.abs(blur / (0.933 * deviationPx) - 1)).toBeLessThan(0.1);
      }
    }
  });

  it('is unknown with few edges: of one particle, of noise alone', () => {
    const noise = noiseOf(10);
    // One row of eight: 149 of 1192 cross one edge each, 150 of 1200 are enough.
    const half = (x: number) => (x < 160 ? 60 : 160);
    expect(edgeBlurPx(picture(half, 320, 1192))).toBeNull();
    expect(edgeBlurPx(picture(half, 320, 1200))).not.toBeNull();
    expect(edgeBlurPx(picture(() => 60))).toBeNull();
    expect(edgeBlurPx(picture(() => 60 + noise()))).toBeNull();
  });
});

describe('the flicker of rows', () => {
  it('is the deviation of their brightness', () => {
    // Rows at random 10 over or under the mean: a row differs from its neighbours by 0, 10 or 20, by 20 in a quarter
    // of cases. The 90th percentile, 20, is that of a deviation of 20 / 1.645 / sqrt(1.5) = 9.93.
    const randomBelow = seededRandom(3);
    const offsets = Array.from({ length: 600 }, () => 20 * randomBelow(2) - 10);
    expect(rowFlickerGrey(picture((_, y) => 100 + offsets[y]!))).toBeCloseTo(9.93, 2);
  });

  it('is seen where an eighth of the width alone flickers', () => {
    const randomBelow = seededRandom(3);
    const offsets = Array.from({ length: 600 }, () => 20 * randomBelow(2) - 10);
    expect(rowFlickerGrey(picture((x, y) => (x < 40 ? 100 + offsets[y]! : 100)))).toBeCloseTo(9.93, 2);
  });

  it('is none in slow shading or at the flat ends of a particle', () => {
    const block = (x: number, y: number) => (x > 50 && x < 270 && y > 90 && y < 210 ? 150 : 50);
    expect(rowFlickerGrey(picture(block))).toBe(0);
    // Two grey levels a row lie evenly between neighbours.
    expect(rowFlickerGrey(picture((_, y) => 2 * y, 320, 120))).toBe(0);
  });
});

describe('the jitter of rows', () => {
  const wave = (x: number) => 128 + 100 * Math.sin((2 * Math.PI * x) / 40);

  it('is the deviation of their shift', () => {
    // As with flicker: half a pixel to either side at random has the 90th percentile of a deviation of 0.496 px.
    const randomBelow = seededRandom(3);
    const shifts = Array.from({ length: 600 }, () => randomBelow(2) - 0.5);
    expect(rowJitterPx(picture((x, y) => wave(x - shifts[y]!)))).toBeCloseTo(0.496, 1);
  });

  it('is none where edges only lean', () => {
    expect(rowJitterPx(picture((x, y) => wave(x - 0.7 * y)))).toBeLessThan(0.02);
  });

  it('is unknown without edges', () => {
    expect(rowJitterPx(picture(() => 60))).toBeNull();
  });
});

describe('grey levels', () => {
  it('tell white from black', () => {
    // Ten pixels of each: 0, 0, 10, 20, ... 70, 255.
    const greys = [0, 0, 10, 20, 30, 40, 50, 60, 70, 255];
    const levels = greyLevels(picture((x) => greys[x]!, 10, 10));
    expect(levels).toMatchObject({
      blackShare: 0.2,
      whiteShare: 0.1,
      greyMean: 53.5,
      greyP10: 0,
      greyP90: 70,
    });
    expect(levels.saturatedShare).toBeCloseTo(0.3, 12);
  });
});

it('measures a picture of one pixel without a fault', () => {
  expect(imageQuality({ widthPx: 1, heightPx: 1, pixels: Uint8Array.of(255) })).toMatchObject({
    whiteShare: 1,
    edgeBlurPx: null,
    rowFlickerGrey: null,
    rowJitterPx: null,
  });
});
