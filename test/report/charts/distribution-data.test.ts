import { describe, expect, it } from 'vitest';
import type { ChartParticle } from '../../../src/report/charts/chart-particles.ts';
import { sizeDistributionData } from '../../../src/report/charts/distribution-data.ts';
import { smallSummary, wholeSummary } from '../sample/example-summary.ts';

function particle(number: number, diameterUm: number, certain: boolean, weight = 1): ChartParticle {
  return { number, diameterUm, certain, weight, circleUm2: (Math.PI / 4) * diameterUm ** 2, shape: null };
}

describe('the data of a distribution chart', () => {
  it('takes the part of uncertain particles in each class from what they weigh', () => {
    const particles = [particle(0, 1.1, true), particle(1, 5, true, 3), particle(2, 5.01, false)];
    const data = sizeDistributionData(wholeSummary, particles);
    const { densities, uncertainShares } = data!.byNumber;
    const occupied = uncertainShares.filter((_, i) => densities[i]! > 0);
    expect(occupied).toEqual([0, 0.25]); // 1 of 4
    expect(data?.detectionLimitUm).toBe(wholeSummary.statistics.detectionLimit?.diameterUm ?? null);
  });

  it('holds what was asked for, where it was', () => {
    const particles = [particle(0, 5, true)];
    const target = { d50Um: { min: 4, max: 6 }, probability: 0.95 };
    const decision = {
      ...{ verdict: 'accept', probability: 1, target, moreTiles: null, reason: '' },
    } as const;
    const asked = sizeDistributionData({ ...wholeSummary, decision }, particles);
    expect([asked?.targetUm, asked?.askedHalfWidth]).toEqual([{ min: 4, max: 6 }, 0.05]);
    const sufficiency = { ...wholeSummary.sufficiency, figures: ['d90' as const] };
    const other = sizeDistributionData({ ...wholeSummary, sufficiency }, particles);
    expect([other?.targetUm, other?.askedHalfWidth]).toEqual([null, null]);
  });

  it('has no fit where all particles are of one size', () => {
    const figure = (value: number) => ({ value, low95: null, high95: null });
    const withSpread = (spread: number) => {
      const logNormal = {
        ...{ geometricMeanUm: figure(5), geometricStandardDeviation: figure(spread) },
        ...{ distance: 0.1, fits: true },
      };
      const { statistics } = wholeSummary;
      const all = { ...statistics.all, logNormal };
      return sizeDistributionData({ ...wholeSummary, statistics: { ...statistics, all } }, [
        particle(0, 5, true),
      ]);
    };
    expect(withSpread(1)?.logNormal).toBeNull();
    expect(withSpread(1.5)?.logNormal).toEqual({
      ...{ geometricMeanUm: 5, geometricStandardDeviation: 1.5, fits: true },
    });
  });

  it('is none without particles', () => {
    const { statistics } = smallSummary;
    const empty = { ...smallSummary, statistics: { ...statistics, all: statistics.uncertain } };
    expect(sizeDistributionData(empty, [particle(0, 5, true)])).toBeNull();
    expect(sizeDistributionData(smallSummary, [])).toBeNull();
  });
});
