import { z } from 'zod';
import type { FilterStatistics } from '../../statistics/size-statistics.ts';
import { comparedFigures } from './compared-figures.ts';
import { count, type Same } from './quantity.ts';

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
    unfiltered: comparedFigures('Unfiltered', 'particles, those that do not pass too').describe(
      'the figures of all particles without the filter, to hold against those of this summary',
    ),
  })
  .meta({ title: 'Filter' });

true satisfies Same<z.infer<typeof filterEffectSchema>, FilterStatistics>;
