/** When a disk that fills is dealt with. */
import { z } from 'zod';

export const diskSchema = z.strictObject({
  overlaysFreeGb: z
    .number()
    .min(0)
    .max(10_000)
    .default(3)
    .describe(
      'With less gigabytes free, of the store or of report.folder, outlines of tiles are no longer kept; 0 to 10,000; 0: never.',
    ),
  tilesFreeGb: z
    .number()
    .min(0)
    .max(10_000)
    .default(1)
    .describe(
      'With less gigabytes free for the store, tiles wait in the export folder until there is room; for report.folder, files of samples wait; 0 to 10,000; 0: never.',
    ),
});
