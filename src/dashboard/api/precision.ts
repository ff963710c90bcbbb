import { z } from 'zod';
import { figureSchema } from './run.ts';

/** What a revision of a run's summary knew of the sizes, and from how many tiles. */
export const precisionPointSchema = z.strictObject({
  revision: z.int().positive(),
  tiles: z.int().describe('segmented tiles that its figures rest on'),
  d10Um: figureSchema.nullable(),
  d50Um: figureSchema.nullable(),
  d90Um: figureSchema.nullable(),
});
export type PrecisionPoint = z.infer<typeof precisionPointSchema>;

/** `GET /api/v1/runs/:sampleId/:run/precision`: how the intervals narrowed. */
export const precisionSchema = z.strictObject({
  points: z
    .array(precisionPointSchema)
    .describe('by revisions; the latest one of those that rest on as many tiles'),
});
