import { z } from 'zod';
import { count } from './quantity.ts';
import { coverageSchema, runStateSchema } from './schema-coverage.ts';
import { envelope, runIdSchema, sampleSchema } from './schema-envelope.ts';

export const progressSchema = z.strictObject({
  ...envelope('particled/progress/1'),
  sample: sampleSchema.describe('the sample being imaged'),
  run: runIdSchema,
  state: runStateSchema,
  coverage: coverageSchema.describe('how much of the grid is there'),
  tilesSegmented: count('tiles segmented'),
  tilesFailed: count('tiles given up'),
  tilesWaiting: count('tiles waiting to be segmented'),
});

export type ProgressMessage = z.infer<typeof progressSchema>;
