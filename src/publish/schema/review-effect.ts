import { z } from 'zod';
import type { ReviewStatistics } from '../../statistics/size-statistics.ts';
import { comparedFigures } from './compared-figures.ts';
import { count, type Same } from './quantity.ts';

/** What the corrections of reviewers do to a run's figures. */
export const reviewEffectSchema = z
  .strictObject({
    corrections: count('corrections that count; who made them stands in `provenance.reviewedBy`'),
    tiles: count('tiles that they were made on'),
    unreviewed: comparedFigures('Unreviewed', 'particles as the model found them').describe(
      'the figures without the corrections, of the same tiles and by the same filter, to hold against those of this summary',
    ),
  })
  .meta({ title: 'Review' });

true satisfies Same<z.infer<typeof reviewEffectSchema>, ReviewStatistics>;
