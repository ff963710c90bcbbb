import { z } from 'zod';
import type { Expectation } from '../../store/expectation.ts';
import { labelSchema, replyFields, saying } from './command.ts';
import { sampleSchema } from './envelope.ts';
import type { Same } from './quantity.ts';

const side = z.int().min(1).max(1000);

const targetSchema = z.strictObject({
  d50Um: z
    .strictObject({
      min: z.number().min(0).meta({ description: 'smallest accepted D50', unit: 'um' }),
      max: z.number().positive().meta({ description: 'greatest accepted D50', unit: 'um' }),
    })
    .refine(({ min, max }) => min < max, { message: 'min must be smaller than max' })
    .describe(
      'range in which the true D50 (by number, of the diameter that statistics.diameter names) should lie',
    ),
  probability: z
    .number()
    .gt(0.5)
    .lt(1)
    .meta({ description: 'probability that a verdict needs, over 0.5 and under 1', unit: '1' }),
});

const precisionSchema = z.strictObject({
  relativeHalfWidth: z.number().min(0.001).max(1).meta({
    description: 'half the width of the 95 % interval over the figure, at most',
    unit: '1',
  }),
});

export const expectRequestSchema = z
  .strictObject({
    sample: labelSchema,
    rows: side.optional().meta({ description: 'rows of the grid, with columns', unit: '1' }),
    columns: side.optional().meta({ description: 'columns of the grid, with rows', unit: '1' }),
    tiles: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .meta({ description: 'tiles of the run, instead of rows and columns', unit: '1' }),
    target: targetSchema.optional().describe('what the sample should be'),
    precision: precisionSchema.optional().describe('how narrow the intervals should be for `sufficient`'),
    operator: saying(200).describe(
      'who is in charge of the sample, to be read in summary, report and mail; empty: nobody in particular',
    ),
    note: saying(1000).describe('what there is to know of it, likewise; empty: nothing more'),
    clear: z.boolean().optional().describe('true: first forget what was expected of this sample before'),
    ...replyFields,
  })
  .refine(({ rows, columns }) => (rows === undefined) === (columns === undefined), {
    message: 'give rows and columns, or neither of them',
  })
  .refine(({ rows, tiles }) => rows === undefined || tiles === undefined, {
    path: ['tiles'],
    message: 'give tiles, or rows and columns, not both',
  });

export const expectationSchema = z
  .strictObject({
    rows: z.int().nullable().meta({ description: 'rows of the grid', unit: '1' }),
    columns: z.int().nullable().meta({ description: 'columns of the grid', unit: '1' }),
    tiles: z.int().nullable().meta({ description: 'tiles, where rows and columns are not given', unit: '1' }),
    target: targetSchema.nullable().describe('what the sample should be'),
    precision: precisionSchema.nullable().describe('how narrow the intervals should be'),
    operator: z.string().nullable().describe('who is in charge of the sample'),
    note: z.string().nullable().describe('what there is to know of it'),
  })
  .meta({ title: 'Expectation' });

export const expectResultSchema = z.strictObject({
  sample: sampleSchema.describe('the sample'),
  expected: expectationSchema.describe('what commands say of this sample; null: nothing'),
  inForce: expectationSchema.describe('the same with the configuration where commands say nothing'),
});

true satisfies Same<z.infer<typeof expectationSchema>, Expectation>;
