/** How particles become distributions; docs/measurement.md has the formulas. */
import { z } from 'zod';
import { refineFilter } from './particle-filter.ts';

export const statisticsSchema = z.strictObject({
  border: z
    .enum(['weight', 'join', 'exclude', 'include'])
    .default('join')
    .describe(
      'Particles that tile borders cut. weight: whole ones only, each with the inverse of its chance to lie whole in the field; join: pieces of neighbouring tiles put together; exclude: whole ones as they are; include: pieces too.',
    ),
  resamples: z
    .number()
    .int()
    .min(100)
    .max(100_000)
    .default(1000)
    .describe('Resamples of whole tiles for 95 % intervals, 100 to 100,000.'),
  seed: z
    .number()
    .int()
    .min(0)
    .max(4_294_967_295)
    .default(1)
    .describe('Seed of the resampling, so that the same tiles give the same intervals.'),
  classesPerDecade: z
    .number()
    .int()
    .min(2)
    .max(100)
    .default(10)
    .describe('Histogram classes for each factor of ten in size, 2 to 100.'),
  diameter: z
    .enum(['area', 'feretMax', 'feretMin'])
    .default('area')
    .describe(
      'Which diameter the published distribution, its precision and the verdict are of. area: of the circle of equal area (x_A of ISO 9276-6); feretMax, feretMin: greatest or least Feret diameter (x_Fmax, x_Fmin), of particles that one tile shows whole.',
    ),
  filter: z
    .string()
    .superRefine(refineFilter)
    .nullable()
    .default(null)
    .describe(
      'Which particles the published figures are of, as "circularity >= 0.8 and areaUm2 > 1": columns of the table particles, <, <=, > or >=, a number, joined by and; the summary gives the figures without it beside. null: all.',
    ),
});
