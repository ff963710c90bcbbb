import { z } from 'zod';
import { coverageSchema, runStateSchema } from './coverage.ts';
import { envelope, runIdSchema, sampleSchema } from './envelope.ts';
import { count, quantityOrNull } from './quantity.ts';

export const progressSchema = z.strictObject({
  ...envelope('particled/progress/2'),
  sample: sampleSchema.describe('the sample being imaged'),
  run: runIdSchema,
  state: runStateSchema,
  reason: z
    .string()
    .nullable()
    .describe('why the run has ended, in words: by whom and why where it was finalised; null while it fills'),
  coverage: coverageSchema.describe('how much of the grid is there'),
  tilesSegmented: count('tiles segmented'),
  tilesFailed: count('tiles given up'),
  tilesWaiting: count('tiles waiting to be segmented'),
  firstTileAt: z.iso.datetime().describe("when the run's first tile was found, ISO 8601 in UTC"),
  lastTileAt: z.iso.datetime().describe("when the run's last tile was found, ISO 8601 in UTC"),
  timeToEndS: quantityOrNull(
    's',
    'estimated time until all expected tiles are measured, at the mean pace since the first was found; null where it cannot be told, and once the run has ended',
  ),
});

export type ProgressMessage = z.infer<typeof progressSchema>;
