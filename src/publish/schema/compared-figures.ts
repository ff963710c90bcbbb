import { z } from 'zod';
import type { ComparedFigures } from '../../statistics/size-statistics.ts';
import { estimate } from './estimate.ts';
import { count, type Same } from './quantity.ts';

const percentiles = {
  d10: estimate('um').describe('D10'),
  d50: estimate('um').describe('D50'),
  d90: estimate('um').describe('D90'),
};

/**
 * Figures to hold against those of a summary.
 * @param title of the figures, as `Unfiltered`
 * @param all what the count is of
 */
export function comparedFigures(title: string, all: string) {
  return z
    .strictObject({
      count: count(all),
      uncertainCount: count('uncertain ones among them'),
      areaMeanUm2: estimate('um2').nullable().describe('mean projected area; null without particles'),
      diameterUm: z
        .strictObject({ mean: estimate('um').describe('arithmetic mean'), ...percentiles })
        .meta({ title: `${title} diameter` })
        .nullable()
        .describe('the published diameter by number; null without particles'),
      diameterByVolumeUm: z
        .strictObject(percentiles)
        .meta({ title: `${title} diameter by volume` })
        .nullable()
        .describe('the same by volume; null without particles'),
    })
    .meta({ title: `${title} figures` });
}

true satisfies Same<z.infer<ReturnType<typeof comparedFigures>>, ComparedFigures>;
