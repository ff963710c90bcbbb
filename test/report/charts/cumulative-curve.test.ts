import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diameterEquivalent } from '../../../src/measure/measure-particle.ts';
import {
  type CurvePoint,
  cumulativeByAmount,
  cumulativeByNumber,
} from '../../../src/report/charts/cumulative-curve.ts';
import { measuredDigits } from '../../../src/statistics/numeric/significant.ts';
import { runStatistics } from '../../../src/statistics/run-statistics.ts';
import type { BorderStatistics } from '../../../src/statistics/size-statistics.ts';

const border: BorderStatistics = { method: 'weight', cut: 0, joined: 0, diameterD50Shift: null };

/** Areas in um2 with the weight of each, as a run's statistics print them and as its chart draws them. */
function printedAndDrawn(particles: readonly (readonly [areaUm2: number, weight: number])[]) {
  const sorted = particles.toSorted(([a], [b]) => a - b);
  const areaUm2 = Float64Array.from(sorted, ([area]) => area);
  const weight = Float64Array.from(sorted, ([, one]) => one);
  const diameterUm = areaUm2.map((area) => measuredDigits(diameterEquivalent(area)));
  const counted = {
    ...{ areaUm2, weight },
    tile: new Int32Array(areaUm2.length),
    certain: new Uint8Array(areaUm2.length).fill(1),
  };
  const { all } = runStatistics(
    { tiles: 1, particles: counted, border },
    { resamples: 0, seed: 1, classesPerDecade: 10, visible: null },
  );
  const volume = weight.map((one, i) => one * areaUm2[i]! * diameterUm[i]!);
  return {
    byNumber: {
      printed: all.diameterEquivalentUm!,
      curve: cumulativeByNumber({ diameterUm, added: weight }),
    },
    byVolume: {
      printed: all.diameterByVolumeUm!,
      curve: cumulativeByAmount({ diameterUm, added: volume }),
    },
  };
}

/** Sizes at which a drawn line crosses a share: one, or all from the first to the last where it runs level. */
function crossings(curve: readonly CurvePoint[], share: number): readonly [first: number, last: number] {
  const sizes = curve.slice(1).flatMap((to, i) => {
    const from = curve[i]!;
    if (from.share > share || to.share < share) return [];
    if (from.share === to.share) return [from.um, to.um];
    return [from.um + ((share - from.share) / (to.share - from.share)) * (to.um - from.um)];
  });
  return [Math.min(...sizes), Math.max(...sizes)];
}

function expectCrossings({ curve, printed }: ReturnType<typeof printedAndDrawn>['byNumber' | 'byVolume']) {
  for (const [share, { value }] of [
    [0.1, printed.d10],
    [0.5, printed.d50],
    [0.9, printed.d90],
  ] as const) {
    expect(curve).toContainEqual({ um: value, share });
    // And nowhere else, but where the curve is level from the percentile on.
    const [first] = crossings(curve, share);
    expect(first / value).toBeCloseTo(1, 12);
  }
}

function expectAscending(curve: readonly CurvePoint[]) {
  for (const [i, to] of curve.slice(1).entries()) {
    expect(to.um).toBeGreaterThanOrEqual(curve[i]!.um);
    expect(to.share).toBeGreaterThanOrEqual(curve[i]!.share);
  }
  expect([curve[0]!.share, curve.at(-1)!.share]).toEqual([0, 1]);
}

const anyParticles = fc.array(
  fc.tuple(fc.double({ min: 0.01, max: 1e4, noNaN: true }), fc.double({ min: 1, max: 9, noNaN: true })),
  { minLength: 1, maxLength: 60 },
);

describe('the cumulative curves', () => {
  it('of 1, 2, 4 and 8 um stand at 0, 1/3, 2/3 and 1 by number', () => {
    const sizes = { diameterUm: Float64Array.of(1, 2, 4, 8), added: Float64Array.of(1, 1, 1, 1) };
    const curve = cumulativeByNumber(sizes);
    for (const [um, share] of [
      [1, 0],
      [2, 1 / 3],
      [4, 2 / 3],
      [8, 1],
    ]) {
      expect(curve).toContainEqual({ um, share });
    }
    // Rank 1.5 of 0 to 3 lies in the middle of 2 and 4.
    expect(curve).toContainEqual({ um: 3, share: 0.5 });
  });

  it('of 1 and 2 um rise by 1/9 and 8/9 by volume', () => {
    const sizes = { diameterUm: Float64Array.of(1, 2), added: Float64Array.of(1, 8) };
    const at = cumulativeByAmount(sizes).map(({ um, share }) => [um, Number(share.toFixed(3))]);
    // A tenth is reached within the first step.
    expect(at[0]).toEqual([1, 0]);
    expect(at).toContainEqual([1, 0.1]);
    expect(at).toContainEqual([1, 0.111]);
    expect(at).toContainEqual([2, 0.111]);
    expect(at).toContainEqual([2, 0.5]);
  });

  it('cross 10, 50 and 90 % at the printed D10, D50 and D90, whatever the particles weigh', () => {
    fc.assert(
      fc.property(anyParticles, (particles) => {
        const { byNumber, byVolume } = printedAndDrawn(particles);
        for (const one of [byNumber, byVolume]) {
          expectAscending(one.curve);
          expectCrossings(one);
        }
      }),
    );
  });

  it('of 10,000 particles have about a thousand points, and cross at the same sizes', () => {
    // Areas of a wide distribution, in the order of a golden-section sequence; every third stands for 2.5 particles.
    const particles = Array.from(
      { length: 10_000 },
      (_, i) => [Math.exp(6 * ((i * 0.618034) % 1)), i % 3 === 0 ? 2.5 : 1] as const,
    );
    const { byNumber, byVolume } = printedAndDrawn(particles);
    for (const one of [byNumber, byVolume]) {
      expect(one.curve.length).toBeLessThan(1_010);
      expect(one.curve.length).toBeGreaterThan(300);
      expectAscending(one.curve);
      expectCrossings(one);
    }
  });
});
