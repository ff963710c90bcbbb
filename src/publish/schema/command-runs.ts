import { z } from 'zod';
import { refineFilter } from '../../config/particle-filter.ts';
import { thresholdsSchema } from '../../inference/model/manifest.ts';
import { labelSchema, replyFields, runOfRequestSchema, saying } from './command.ts';
import { runTilesSchema } from './command-describe.ts';
import { runStateSchema } from './coverage.ts';
import { modelSchema, runIdSchema, sampleSchema } from './envelope.ts';
import { count } from './quantity.ts';

const runFields = { sample: sampleSchema.describe('the sample'), run: runIdSchema };

export const finaliseRequestSchema = z
  .strictObject({
    sample: labelSchema,
    run: runOfRequestSchema,
    by: saying(200).describe('who ends the run, to be read in summary, report and mail'),
    reason: saying(1000).describe('why, likewise'),
    ...replyFields,
  })
  .refine(({ run, at }) => run !== undefined || at !== undefined, {
    path: ['run'],
    message:
      'name the run, or say in `at` when the request was made: coming late it would end a run that it does not mean',
  });

export const finaliseResultSchema = z.strictObject({
  ...runFields,
  state: runStateSchema,
  tiles: runTilesSchema.describe('the final summary comes once none of them waits'),
  endedBefore: z.boolean().describe('the run had ended already, so that nothing changes'),
});

export const reanalyseRequestSchema = z.strictObject({
  sample: labelSchema,
  run: runOfRequestSchema,
  model: z.string().optional().describe('name of the model; by the magnification where it is left out'),
  thresholds: thresholdsSchema
    .partial()
    .optional()
    .describe("thresholds by the manifest's names; the model's own where they are left out"),
  filter: z
    .string()
    .superRefine(refineFilter)
    .nullable()
    .optional()
    .describe(
      'which particles of the run count from now on, as `circularity >= 0.8 and areaUm2 > 1`, null: all; alone it segments nothing again; left out: as it was, or as configured where model and thresholds are left out too',
    ),
  ...replyFields,
});

export const reanalyseResultSchema = z.strictObject({
  ...runFields,
  model: modelSchema.describe('what all tiles of the run are segmented with from now on'),
  tiles: count(
    'tiles that are segmented again, those given up among them; a new revision follows the last of them',
  ),
  unchanged: count('tiles that were segmented so already'),
  filter: z.string().nullable().describe('which particles count in the new revision; null: all'),
});

export const reviewRequestSchema = z.strictObject({
  sample: labelSchema,
  run: runOfRequestSchema,
  reviewer: z
    .string()
    .trim()
    .min(1, 'say who has the corrections counted')
    .max(100, 'at most 100 characters')
    .describe('who has the corrections counted'),
  ...replyFields,
});

export const reviewResultSchema = z.strictObject({
  ...runFields,
  corrections: count('corrections that count; those that were undone, or said of an earlier result, do not'),
  tiles: count('tiles that they were made on'),
  reviewedBy: z.array(z.string()).readonly().describe('who made them'),
  unchanged: z.boolean().describe('they counted already, so that no revision follows'),
});

export const reportRequestSchema = z
  .strictObject({
    sample: labelSchema.optional(),
    run: runOfRequestSchema,
    date: z.iso
      .date('must be a date such as 2026-03-14')
      .optional()
      .describe("a local date: the night's report of it, instead of a sample's"),
    ...replyFields,
  })
  .refine(({ sample, date }) => (sample === undefined) !== (date === undefined), {
    message: 'give either sample or date',
  })
  .refine(({ run, date }) => run === undefined || date === undefined, {
    path: ['run'],
    message: 'a date has no run; give one of the two',
  });

export const reportResultSchema = z.strictObject({
  written: z.string().describe("folder of the report on the daemon's machine"),
});
