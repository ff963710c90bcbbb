import { z } from 'zod';

/** What the process that draws a pyramid is asked. */
export const pyramidOrder = z.strictObject({
  storeFile: z.string(),
  runId: z.int(),
  runFolder: z.string().describe('of the files of the run, which is there'),
  exportFolder: z.string().describe('in which tiles lie'),
});
export type PyramidOrder = z.infer<typeof pyramidOrder>;

/** What it says before it ends. */
export const pyramidReply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('drawn'), placesDone: z.int() }),
  z.strictObject({ kind: z.literal('written') }),
  z.strictObject({ kind: z.literal('failed'), reason: z.string() }),
]);
export type PyramidReply = z.infer<typeof pyramidReply>;
