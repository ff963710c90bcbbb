import { z } from 'zod';
import type { FilterStatistics } from '../../statistics/size-statistics.ts';
import { estimate } from './estimate.ts';
import { count, type Same } from './quantity.ts';

const percentiles = {
  d10: estimate('um').describe('D10'),
  d50: estimate('um').describe('D50'),
  d90: estimate('um').describe('D90'),
};

/** What a filter does to a run's figures. */
export const filterEffectSchema = z
  .strictObject({
    expression: z
      .string()
      .describe('a particle counts where it passes this: columns of the table `particles` in its units'),
    from: z
      .enum(['configuration', 'request'])
      .describe('configuration: statistics.filter; request: the command reanalyse asked for it'),
    particlesLeftOut: count('particles that do not pass; they stand in the tables'),
    unfiltered: z
      .strictObject({
        count: count('particles, those that do not pass too'),
        uncertainCount: count('uncertain ones among them'),
        areaMeanUm2: estimate('um2').nullable().describe('mean projected area; null without particles'),
        diameterUm: z
          .strictObject({ mean: estimate('um').describe('arithmetic mean'), ...percentiles })
          .meta({ title: 'Unfiltered diameter' })
          .nullable()
          .describe('the published diameter by number; null without particles'),
        diameterByVolumeUm: z
          .strictObject(percentiles)
          .meta({ title: 'Unfiltered diameter by volume' })
          .nullable()
          .describe('the same by volume; null without particles'),
      })
      .meta({ title: 'Unfiltered figures' })
      .describe('the figures of all particles without the filter, to hold against those of this summary'),
  })
  .meta({ title: 'Filter' });

true satisfies Same<z.infer<typeof filterEffectSchema>, FilterStatistics>;
