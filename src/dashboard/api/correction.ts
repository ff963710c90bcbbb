import { z } from 'zod';
import { type Change, changeSchema } from '../../measure/correction.ts';

/** `POST /api/v1/tiles/:contentHash/corrections`. */
export const correctionRequestSchema = z.strictObject({
  reviewer: z.string().trim().min(1).max(100),
  change: changeSchema.refine(namesEachOnce, { path: ['of'], error: 'must name each piece once' }),
});

/** A piece that is merged with itself alone is another outline under the name of a merge. */
function namesEachOnce(change: Change): boolean {
  return change.kind !== 'merge' || new Set(change.of).size === change.of.length;
}

/** A correction as it is kept, beside the model's particles. */
export const correctionSchema = z.strictObject({
  id: z.int(),
  contentHash: z.string(),
  reviewer: z.string(),
  at: z.iso.datetime(),
  change: changeSchema,
  undone: z.boolean(),
  undoneBy: z.string().nullable(),
  stale: z
    .boolean()
    .describe(
      'the tile was segmented again since: it was said of pieces that are there no more, and does not count',
    ),
  appliedInRevision: z
    .int()
    .nullable()
    .describe('the first revision that counts it; null: none yet, or the latest does not'),
});
export type Correction = z.infer<typeof correctionSchema>;

/** `GET /api/v1/tiles/:contentHash/corrections`; `DELETE .../corrections/:id` undoes one. */
export const correctionListSchema = z.strictObject({ corrections: z.array(correctionSchema) });

/** `POST /api/v1/runs/:sampleId/:run/review`: counts the run with its corrections, as a new revision. */
export const reviewRequestSchema = z.strictObject({ reviewer: z.string().trim().min(1).max(100) });
export const reviewReplySchema = z.strictObject({
  corrections: z.int().describe('that count'),
  tiles: z.int().describe('that they were made on'),
  unchanged: z.boolean().describe('they counted already, so that no revision follows'),
});
export type ReviewReply = z.infer<typeof reviewReplySchema>;
