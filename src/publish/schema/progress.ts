import { z } from 'zod';
import { coverageSchema, runStateSchema } from './coverage.ts';
import { envelope, runIdSchema, sampleSchema } from './envelope.ts';
import { count } from './quantity.ts';

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
