import { z } from 'zod';
import { type Decision, verdicts } from '../../statistics/decision.ts';
import { sufficiencyFigures } from '../../statistics/sufficiency.ts';
import { countOrNull, quantity, quantityOrNull, type Same, share, shareOrNull } from './quantity.ts';

export const sufficiencySchema = z
  .strictObject({
    sufficient: z
      .boolean()
      .describe('whether the target was reached once; it stays so, and a controller may end the scan'),
    reachedAt: z.iso.datetime().nullable().describe('when it was reached first, ISO 8601 in UTC; else null'),
    targetRelativeHalfWidth: quantity('1', 'half the 95 % interval over the figure, as asked for'),
    figures: z
      .array(z.enum(sufficiencyFigures))
      .readonly()
      .describe('percentiles of the published diameter by number that must all reach it'),
    relativeHalfWidth: z
      .strictObject({
        d10: quantityOrNull('1', 'of D10'),
        d50: quantityOrNull('1', 'of D50'),
        d90: quantityOrNull('1', 'of D90'),
      })
      .describe('as it is now; null while there is no interval'),
    tilesNeeded: countOrNull(
      'more tiles of the same kind for the target; 0 once it is reached, null while it cannot be told',
    ),
  })
  .meta({ title: 'Sufficiency' });

const sizeTargetSchema = z
  .strictObject({
    d50Um: z
      .strictObject({
        min: quantity('um', 'least median of the published diameter by number'),
        max: quantity('um', 'greatest'),
      })
      .describe('where the median shall lie'),
    probability: share('required probability that it lies there, or that it does not'),
  })
  .meta({ title: 'Target' });

export const decisionSchema = z
  .strictObject({
    verdict: z
      .enum(verdicts)
      .describe(
        'accept: the true D50 lies in the target with the required probability; reject: outside with that probability; more-tiles, reimage: what would decide',
      ),
    probability: shareOrNull('that the true D50 lies in the target; null while nothing can be said'),
    target: sizeTargetSchema.describe('what was asked for'),
    moreTiles: countOrNull('more tiles that would decide; null where none are asked for or no number would'),
    reason: z.string().describe('the verdict in words, with its numbers'),
  })
  .meta({ title: 'Decision' });

true satisfies Same<z.infer<typeof decisionSchema>, Decision>;
