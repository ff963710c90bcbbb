import { z } from 'zod';
import { summarySchema } from '../../publish/schema/summary.ts';

/** A revision of a run whose figures are kept; its particles are those of the latest. */
export const revisionSchema = z.strictObject({
  revision: z.int(),
  createdAt: z.iso.datetime(),
  final: z.boolean(),
  reviewedBy: z.array(z.string()).describe('who corrected it; empty where nobody did'),
  statistics: summarySchema.shape.statistics,
});
export type Revision = z.infer<typeof revisionSchema>;

/** `GET /api/v1/runs/:sampleId/:run/revisions`. */
export const revisionListSchema = z.strictObject({
  revisions: z.array(revisionSchema).describe('the latest first; partial ones are kept only until the next'),
  unreadable: z.array(z.int()).describe('revisions that another version of particled wrote'),
});
export type RevisionList = z.infer<typeof revisionListSchema>;
