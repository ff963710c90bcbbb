import { z } from 'zod';
import { diameterKinds } from '../../statistics/published-diameter.ts';
import { type RunStatistics, warningCodes } from '../../statistics/size-statistics.ts';
import { estimate } from './estimate.ts';
import { filterEffectSchema } from './filter-effect.ts';
import { count, quantity, quantityOrNull, type Same, share, type Unit } from './quantity.ts';
import { reviewEffectSchema } from './review-effect.ts';

function histogram(unit: Unit) {
  return z
    .strictObject({
      edges: z
        .array(z.number())
        .readonly()
        .meta({ description: 'log-spaced bounds of the classes, one more than there are counts', unit }),
      counts: z.array(z.int()).readonly().meta({
        description: 'particles of each class: from its lower edge to below its upper edge',
        unit: '1',
      }),
      shares: z.array(z.number()).readonly().meta({
        description: 'share of each class by number, corrected for borders; together 1',
        unit: '1',
      }),
    })
    .meta({ title: `Histogram in ${unit}` });
}

function percentilesOf(what: string) {
  return {
    d10: estimate('um').describe(`10 % of the ${what} is of smaller particles`),
    d50: estimate('um').describe(`half of the ${what} is of smaller particles`),
    d90: estimate('um').describe(`90 % of the ${what} is of smaller particles`),
  };
}

function distribution(unit: Unit) {
  return z
    .strictObject({
      mean: estimate(unit).describe('arithmetic mean'),
      standardDeviation: quantity(unit, 'sample standard deviation (n - 1); 0 for one particle'),
      d10: estimate(unit).describe('10 % of the particles are smaller'),
      d50: estimate(unit).describe('median: half of the particles are smaller'),
      d90: estimate(unit).describe('90 % of the particles are smaller'),
      span: quantity('1', '(d90 - d10) / d50'),
      smallest: quantity(unit, 'the smallest particle'),
      largest: quantity(unit, 'the largest particle'),
      histogram: histogram(unit).describe('how many particles are of which size'),
    })
    .meta({ title: `Distribution in ${unit}` });
}

const groupSchema = z
  .strictObject({
    count: count('particles of this group'),
    areaUm2: distribution('um2').nullable().describe('projected areas by number; null for an empty group'),
    diameterEquivalentUm: distribution('um')
      .nullable()
      .describe('equivalent circular diameters by number; null for an empty group'),
    diameterFeretMaxUm: distribution('um')
      .nullable()
      .exactOptional()
      .describe(
        'greatest Feret diameters by number, where `diameter` is feretMax: the published distribution; all below is then of it',
      ),
    diameterFeretMinUm: distribution('um')
      .nullable()
      .exactOptional()
      .describe('least Feret diameters likewise, where `diameter` is feretMin'),
    diameterMeansUm: z
      .strictObject({
        quadratic: estimate('um').describe('D[2,0] = sqrt(sum of d^2 / n)'),
        sauter: estimate('um').describe('D[3,2] = sum of d^3 / sum of d^2'),
        deBrouckere: estimate('um').describe('D[4,3] = sum of d^4 / sum of d^3, the mean by volume'),
      })
      .meta({ title: 'Mean diameters' })
      .nullable()
      .describe('moment-ratio means of diameter (ISO 9276-2); null for an empty group'),
    diameterByAreaUm: z
      .strictObject(percentilesOf('area'))
      .meta({ title: 'Percentiles by area' })
      .nullable()
      .describe(
        'percentiles of diameter weighted by its square, of equivalent diameters by projected area; null for an empty group',
      ),
    diameterByVolumeUm: z
      .strictObject({
        ...percentilesOf('volume'),
        span: quantity('1', '(d90 - d10) / d50'),
        histogram: z
          .strictObject({
            edges: histogram('um').shape.edges,
            shares: z.array(z.number()).readonly().meta({
              description: 'share of each class by volume, corrected for borders; together 1',
              unit: '1',
            }),
          })
          .describe('share of volume by size'),
      })
      .meta({ title: 'Distribution by volume' })
      .nullable()
      .describe('diameters weighted by the volume of their sphere; null for an empty group'),
    logNormal: z
      .strictObject({
        geometricMeanUm: estimate('um').describe('geometric mean of the diameters'),
        geometricStandardDeviation: estimate('1').describe(
          'geometric standard deviation: 68 % of log-normal particles lie within this factor of the geometric mean',
        ),
        distance: share('largest distance of the cumulative number distribution from the fit (Kolmogorov)'),
        fits: z
          .boolean()
          .describe('whether chance gives log-normal particles such a distance in 95 of 100 cases'),
      })
      .meta({ title: 'Log-normal fit' })
      .nullable()
      .describe('log-normal distribution of the same geometric mean and deviation; null for an empty group'),
  })
  .meta({ title: 'Group statistics' });

function shapeDistribution(unit: Unit, what: string) {
  return z
    .strictObject({
      mean: estimate(unit).describe('arithmetic mean'),
      d10: estimate(unit).describe('10 % of the particles have less'),
      d50: estimate(unit).describe('median: half of the particles have less'),
      d90: estimate(unit).describe('90 % of the particles have less'),
    })
    .meta({ title: `Shape in ${unit}` })
    .nullable()
    .describe(`${what}, by number; null where no particle was seen whole`);
}

const shapeGroupSchema = z
  .strictObject({
    count: count('particles of this group that one tile shows whole'),
    circularity: shapeDistribution('1', '4 pi area / perimeter^2'),
    aspectRatio: shapeDistribution('1', 'minimum over maximum Feret diameter'),
    solidity: shapeDistribution('1', 'area over that of the convex hull'),
    diameterFeretMinUm: shapeDistribution('um', 'least distance of two parallel tangents'),
    diameterFeretMaxUm: shapeDistribution('um', 'greatest distance of two parallel tangents'),
  })
  .meta({ title: 'Shapes' });

export const statisticsSchema = z
  .strictObject({
    tiles: count('segmented tiles that the figures rest on'),
    diameter: z
      .enum(diameterKinds)
      .exactOptional()
      .describe(
        'which diameter the published distribution, precision and verdict are of (ISO 9276-6): area: x_A, in `diameterEquivalentUm`; feretMax: x_Fmax, in `diameterFeretMaxUm`; feretMin: x_Fmin, in `diameterFeretMinUm`; missing in results of versions before: area',
      ),
    filter: filterEffectSchema
      .exactOptional()
      .describe('which particles the figures are of, and what that changes; missing where all count'),
    review: reviewEffectSchema
      .exactOptional()
      .describe('what reviewers corrected, and what that changes; missing where no correction counts'),
    all: groupSchema.describe('all particles'),
    certain: groupSchema.describe('certain particles only'),
    uncertain: groupSchema.describe('uncertain particles only'),
    border: z
      .strictObject({
        method: z
          .enum(['weight', 'join', 'exclude', 'include'])
          .describe(
            'weight: whole particles, each with the inverse of its chance to lie whole in the field; join: pieces of neighbouring tiles put together (weight where `diameter` or `filter` asks for outlines); exclude: whole particles as they are; include: pieces too',
          ),
        cut: count('particles that reach the border of their tile'),
        joined: count('particles put together from pieces'),
        diameterD50Shift: quantityOrNull(
          '1',
          'D50 by number over that of plain exclusion, minus 1; null without particles',
        ),
      })
      .meta({ title: 'Border' })
      .describe('what was done about particles that borders cut'),
    shape: z
      .strictObject({
        all: shapeGroupSchema.describe('all particles'),
        certain: shapeGroupSchema.describe('certain particles only'),
      })
      .meta({ title: 'Shape statistics' })
      .exactOptional()
      .describe(
        'shapes of the particles that one tile shows whole, each with the inverse of its chance to be; missing in results of versions before',
      ),
    detectionLimit: z
      .strictObject({
        diameterUm: quantity('um', 'the smallest equivalent diameter that magnification and model can see'),
        recall: share('share of the particles of this size that the model finds'),
        figuresBelow: z
          .array(z.string())
          .readonly()
          .describe(
            'percentiles under the limit, as paths from here; they tell of the model, not of the powder',
          ),
      })
      .meta({ title: 'Detection limit' })
      .nullable()
      .describe('null where the model does not say what it can see'),
    uncertaintySpread: z
      .strictObject({
        areaMean: quantity('1', 'of the mean area'),
        diameterMean: quantity('1', 'of the mean diameter'),
        diameterD10: quantity('1', 'of D10 by number'),
        diameterD50: quantity('1', 'of D50 by number'),
        diameterD90: quantity('1', 'of D90 by number'),
        diameterByVolumeD50: quantity('1', 'of D50 by volume'),
      })
      .meta({ title: 'Uncertainty spread' })
      .nullable()
      .describe(
        '|all - certain| / all: how far uncertain particles move a figure; null where none is certain',
      ),
    warnings: z
      .array(
        z.strictObject({
          code: z.enum(warningCodes).describe('what it is about, as a stable word'),
          message: z.string().describe('what it means, in words'),
        }),
      )
      .readonly()
      .describe('what a reader of the figures must know'),
    resamples: count('resamples of whole tiles behind the 95 % intervals'),
  })
  .meta({ title: 'Run statistics' });

true satisfies Same<z.infer<typeof statisticsSchema>, RunStatistics>;
