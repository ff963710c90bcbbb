import { z } from 'zod';
import { acquisitionSchema } from './acquisition.ts';
import { coverageSchema, finalisedSchema, runStateSchema } from './coverage.ts';
import { decisionSchema, sufficiencySchema } from './decision.ts';
import { envelope, modelSchema, runIdSchema, sampleSchema } from './envelope.ts';
import { imagingSchema, reimageSchema, uniformitySchema } from './imaging.ts';
import { pixelSizeSourceSchema, runNotesSchema } from './note.ts';
import { count } from './quantity.ts';
import { keptOutSchema } from './set-aside.ts';
import { statisticsSchema } from './statistics.ts';
import { limitReachedSchema, tileSiteFields } from './tile.ts';

export const summarySchema = z.strictObject({
  ...envelope('particled/summary/3'),
  sequence: z.int().positive().nullable().meta({
    description: 'as in every message; null in summary.json, which is not sent',
    unit: '1',
  }),
  sample: sampleSchema.describe('the sample that was imaged'),
  run: runIdSchema,
  revision: z.int().positive().meta({
    description: 'counts up with each summary of this run; the highest one supersedes all others',
    unit: '1',
  }),
  final: z
    .boolean()
    .describe('false while tiles arrive or wait; a tile that comes later still makes a new revision'),
  state: runStateSchema,
  finalised: finalisedSchema
    .nullable()
    .describe('who ended the run as it is, and why; null where nobody did, or where it was complete before'),
  operator: z
    .string()
    .nullable()
    .describe('who is in charge of the sample, as the command expect said by the end of the run; else null'),
  note: z.string().nullable().describe('what else it said of the sample; else null'),
  coverage: coverageSchema.describe('how much of the grid is there'),
  failedTiles: z
    .array(z.strictObject({ ...tileSiteFields, reason: z.string().describe('why it was given up') }))
    .readonly()
    .describe('tiles that arrived and could not be segmented: missing from the statistics'),
  statistics: statisticsSchema.describe('the sizes of the particles'),
  duplicateCount: count('particles that overlapping tiles show twice, counted once in the statistics'),
  acquisition: acquisitionSchema.describe('how it was imaged, as ISO 13322-1 asks to be reported'),
  setAside: z
    .array(
      z.strictObject({
        code: keptOutSchema,
        count: count('images of this cause'),
        files: z.array(z.string()).readonly().describe('names of the first of them, by their paths'),
        reason: z.string().describe('of the first one: why, and what to do'),
      }),
    )
    .readonly()
    .exactOptional()
    .describe(
      "readable images of the sample that are none of the run's tiles and count nowhere, by causes; not in summaries of versions before",
    ),
  sufficiency: sufficiencySchema.describe('whether the tiles are enough for the precision asked for'),
  decision: decisionSchema.nullable().describe('the verdict on the sample; null without a target'),
  imaging: imagingSchema.describe('tiles whose imaging is not good enough'),
  limitReached: z
    .array(z.strictObject({ ...tileSiteFields, limits: limitReachedSchema.describe('which') }))
    .readonly()
    .exactOptional()
    .describe(
      'tiles that count and on which the network reached a limit, so that particles are, or may be, missing from the statistics; not in summaries of versions before',
    ),
  notes: runNotesSchema,
  reimage: z
    .array(reimageSchema)
    .readonly()
    .describe(
      'places that ought to be imaged again, never those that a finalised run left out; a new image of one that comes within grid.newRunAfterS joins this run, whose next revision counts it instead',
    ),
  uniformity: uniformitySchema.describe('whether the sample is the same all over the grid'),
  provenance: z
    .strictObject({
      softwareVersion: z.string().describe('version of particled'),
      models: z.array(modelSchema).readonly().describe('all models that segmented tiles of this run'),
      pixelSizesNm: z
        .array(z.number())
        .readonly()
        .meta({ description: 'all pixel sizes among the tiles', unit: 'nm' }),
      pixelSizeSource: pixelSizeSourceSchema,
      reviewedBy: z
        .array(z.string())
        .readonly()
        .exactOptional()
        .describe(
          'who corrected particles of this run, by name, where the corrections count; missing where nobody did',
        ),
    })
    .describe('what the result rests on'),
});

export type SummaryMessage = z.infer<typeof summarySchema>;
