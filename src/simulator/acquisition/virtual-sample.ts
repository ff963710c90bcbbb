import { createRandom } from '../random.ts';
import type { AcquisitionOptions } from './options.ts';
import { presets } from './preset.ts';

/** From how fine to how coarse, from how narrow to how broad the powders are; ground LiCoO2 lies in the middle. */
export const variedSizes = {
  diameterMedianUm: { from: 4, to: 7 },
  geometricStandardDeviation: { from: 1.3, to: 1.7 },
} as const;

/** Share of the ground that the particles' areas make up: 8,000 of 31 um2 each mm2, as in the preset. */
const COVERED = 0.25;

/**
 * One of many powders like ground LiCoO2, each with its own size distribution and seed; the same seed and index
 * always give the same one.
 */
export function virtualSample(
  seed: number,
  index: number,
): Required<Pick<AcquisitionOptions, 'sampleLabel' | 'seed' | 'amount' | 'sizeDistribution'>> {
  const draw = createRandom(seed).fork('virtual-sample').fork(index);
  const { diameterMedianUm: median, geometricStandardDeviation: spread } = variedSizes;
  return {
    sampleLabel: `powder ${index + 1}`,
    seed: draw.fork('seed').integer(0, 2 ** 31),
    amount: { kind: 'coverage', fraction: COVERED },
    sizeDistribution: {
      ...presets.licoo2.sizeDistribution,
      diameterMedianUm: draw.uniform(median.from, median.to),
      geometricStandardDeviation: draw.uniform(spread.from, spread.to),
    },
  };
}
