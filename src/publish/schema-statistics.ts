import { z } from 'zod';
import type { RunStatistics } from '../statistics/size-statistics.ts';
import { count, quantity, quantityOrNull, type Same, type Unit } from './quantity.ts';

function estimate(unit: Unit) {
  return z
    .strictObject({
      value: quantity(unit, 'the figure'),
      low95: quantityOrNull(unit, 'lower bound of the 95 % interval; null for fewer than two tiles'),
      high95: quantityOrNull(unit, 'upper bound of the 95 % interval; null for fewer than two tiles'),
    })
    .meta({ title: `Estimate in ${unit}` });
}

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
    })
    .meta({ title: `Histogram in ${unit}` });
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
    diameterSauterUm: estimate('um')
      .nullable()
      .describe('D[3,2] = sum of d^3 / sum of d^2 (ISO 9276-2); null for an empty group'),
    diameterByAreaUm: z
      .strictObject({
        d10: estimate('um').describe('10 % of the area is of smaller particles'),
        d50: estimate('um').describe('half of the area is of smaller particles'),
        d90: estimate('um').describe('90 % of the area is of smaller particles'),
      })
      .meta({ title: 'Percentiles by area' })
      .nullable()
      .describe('percentiles of equivalent diameter weighted by projected area; null for an empty group'),
  })
  .meta({ title: 'Group statistics' });

export const statisticsSchema = z
  .strictObject({
    tiles: count('segmented tiles that the figures rest on'),
    all: groupSchema.describe('all particles'),
    certain: groupSchema.describe('certain particles only'),
    uncertain: groupSchema.describe('uncertain particles only'),
    borderCount: count('particles that reach the border of their tile'),
    borderExcluded: z.boolean().describe('whether those are left out of the groups'),
    resamples: count('resamples of whole tiles behind the 95 % intervals'),
  })
  .meta({ title: 'Run statistics' });

export const statisticsCarryTheContract: Same<z.infer<typeof statisticsSchema>, RunStatistics> = true;
