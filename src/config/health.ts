/** When the status says that somebody should look. */
import { z } from 'zod';

export const healthSchema = z.strictObject({
  tileWaitMinutes: z
    .number()
    .min(1)
    .max(10_080)
    .default(120)
    .describe('Maintenance is required once a tile has waited longer than this many minutes; 1 to 10,080.'),
  unusableFiles: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(20)
    .describe(
      'Maintenance is required once so many files were set aside for one cause within a day; 1 to 1,000,000.',
    ),
});
