import { z } from 'zod';
import { statusSchema } from '../../publish/schema/status.ts';
import { precisionPointSchema } from './precision.ts';
import { runEntrySchema, tileEntrySchema } from './run.ts';

/**
 * `GET /api/v1/events`, server-sent: the event's name is `type`, its id grows. A client that was away sends the last id
 * (Last-Event-ID) and gets what it missed, or `reset` where that is no longer kept: then it reads all anew.
 */
export const liveEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('reset') }),
  z.strictObject({ type: z.literal('status'), status: statusSchema }),
  z.strictObject({ type: z.literal('run'), entry: runEntrySchema }),
  z.strictObject({ type: z.literal('tile'), sampleId: z.string(), run: z.string(), tile: tileEntrySchema }),
  z
    .strictObject({
      type: z.literal('tile-gone'),
      sampleId: z.string(),
      run: z.string(),
      contentHash: z.string(),
    })
    .describe('counts no more: its place was imaged again, or its file holds another tile'),
  z.strictObject({
    type: z.literal('summary'),
    sampleId: z.string(),
    run: z.string(),
    revision: z.int(),
    precision: precisionPointSchema
      .optional()
      .describe('what this revision knows of the sizes; absent where it knows none, or it is not yet kept'),
  }),
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;
