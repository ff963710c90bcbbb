/** What a sample is asked for: how precise its sizes shall be, and where they shall lie. */
import { z } from 'zod';

export const precisionSchema = z.strictObject({
  relativeHalfWidth: z
    .number()
    .min(0.001)
    .max(1)
    .default(0.05)
    .describe('Half the 95 % interval over the figure at which the tiles are enough; 0.001 to 1.'),
  figures: z
    .array(z.enum(['d10', 'd50', 'd90']))
    .min(1)
    .default(['d50'])
    .describe('Percentiles of diameter by number that must reach it: d10, d50, d90.'),
  tilesMin: z
    .number()
    .int()
    .min(2)
    .max(1000)
    .default(8)
    .describe('Fewer tiles are never enough, nor do they decide; 2 to 1,000.'),
});

const diameterUm = z.number().positive().max(10_000).nullable().default(null);

export const targetSchema = z
  .strictObject({
    d50MinUm: diameterUm.describe('Least median diameter in um; null: no target. Both limits or none.'),
    d50MaxUm: diameterUm.describe('Greatest median diameter in um; null: no target.'),
    probability: z
      .number()
      .gt(0.5)
      .lt(1)
      .default(0.95)
      .describe('Probability that a verdict needs, over 0.5 and under 1.'),
  })
  .refine(({ d50MinUm: min, d50MaxUm: max }) => (min === null) === (max === null), {
    message: 'target.d50MinUm and target.d50MaxUm must both be given, or neither',
  })
  .refine(({ d50MinUm: min, d50MaxUm: max }) => min === null || max === null || min < max, {
    message: 'target.d50MinUm must be under target.d50MaxUm',
  });
