import { z } from 'zod';
import { figureSchema } from './run.ts';

/** What a revision of a run's summary knew of the sizes by number, and from how many tiles. */
export const precisionPointSchema = z.strictObject({
  revision: z.int().positive(),
  tiles: z.int().describe('segmented tiles that its figures rest on'),
  d10Um: figureSchema,
  d50Um: figureSchema,
  d90Um: figureSchema,
});
export type PrecisionPoint = z.infer<typeof precisionPointSchema>;

/** `GET /api/v1/runs/:sampleId/:run/precision`: how the intervals narrowed. */
export const precisionSchema = z.strictObject({
  points: z
    .array(precisionPointSchema)
    .describe(
      'the fewest tiles first; of revisions of as many tiles the latest; empty where a version before kept none',
    ),
});
