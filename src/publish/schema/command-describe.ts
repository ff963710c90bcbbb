import { z } from 'zod';
import { replyFields } from './command.ts';
import { expectationSchema } from './command-expect.ts';
import { runStateSchema } from './coverage.ts';
import { modelSchema, runIdSchema, sampleSchema } from './envelope.ts';
import { count } from './quantity.ts';

export const describeRequestSchema = z.strictObject({ ...replyFields });

/** How many of a run's tiles are in which state. */
export const runTilesSchema = z
  .strictObject({
    segmented: count('tiles segmented'),
    failed: count('tiles given up'),
    waiting: count('tiles that wait to be segmented, for the first time or again'),
  })
  .meta({ title: 'Tiles of a run' });

const topicsSchema = z.strictObject({
  status: z.string().describe('of the daemon'),
  setAside: z.string().describe('of files that cannot be used'),
  tile: z.string().describe('filter: of tiles, of all samples and runs'),
  progress: z.string().describe('filter: of progress, of all samples and runs'),
  summary: z.string().describe('filter: of summaries, of all samples and runs'),
  command: z.string().describe('filter: of requests'),
});

const jsonSchema = z.record(z.string(), z.unknown());

export const describeResultSchema = z.strictObject({
  softwareVersion: z.string().describe('version of particled'),
  topics: topicsSchema.describe('where this daemon publishes and listens'),
  verbs: z
    .array(
      z.strictObject({
        verb: z.string().describe('last level of the topic'),
        does: z.string().describe('in words'),
        request: jsonSchema.describe('JSON Schema of the request'),
        result: jsonSchema.describe('JSON Schema of `result` in its answer'),
      }),
    )
    .readonly()
    .describe('what can be asked'),
  models: z
    .array(
      z.strictObject({
        ...modelSchema.shape,
        description: z.string().describe('what it is for'),
        magnification: z
          .strictObject({
            from: z.number().meta({ description: 'from this magnification', unit: '1' }),
            below: z
              .number()
              .nullable()
              .meta({ description: 'to below this one; null: no upper bound', unit: '1' }),
          })
          .describe('range that it serves'),
      }),
    )
    .readonly()
    .describe('the networks'),
  configured: expectationSchema.describe('what counts for a sample of which no command said anything'),
  runs: z
    .array(
      z.strictObject({
        sample: sampleSchema.describe('the sample'),
        run: runIdSchema,
        state: runStateSchema,
        tiles: runTilesSchema.describe('how far it has come'),
      }),
    )
    .readonly()
    .describe('runs that are filling, and the ten latest, newest first'),
});
