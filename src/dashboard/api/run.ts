import { z } from 'zod';
import { runStateSchema } from '../../publish/schema/coverage.ts';
import { summarySchema } from '../../publish/schema/summary.ts';

export const figureSchema = z.strictObject({
  value: z.number(),
  low: z.number().nullable().describe('lower bound of the 95 % interval; null for fewer than two tiles'),
  high: z.number().nullable().describe('upper bound; null likewise'),
});

/** One run as lists show it: `GET /api/v1/runs`. */
export const runEntrySchema = z.strictObject({
  sampleId: z.string().describe('as in topics and addresses'),
  sampleLabel: z.string().describe('as typed at the microscope'),
  run: z.string().describe("the run's id, as in topics and addresses"),
  state: runStateSchema,
  revision: z.int().nonnegative().describe('of the latest summary; 0 before the first'),
  final: z.boolean(),
  verdict: z.string().nullable().describe('of the decision; null without a target'),
  startedAt: z.iso.datetime(),
  lastTileAt: z.iso.datetime(),
  tiles: z.strictObject({
    segmented: z.int().describe('and not left out'),
    waiting: z.int(),
    failed: z.int(),
    leftOut: z.int(),
    expected: z.int().nullable().describe('of a full grid; null where none is expected'),
  }),
  particleCount: z.int(),
  d10Um: figureSchema.nullable(),
  d50Um: figureSchema.nullable(),
  d90Um: figureSchema.nullable(),
  reviewedBy: z.array(z.string()).describe('who corrected it; empty where nobody did'),
});
export type RunEntry = z.infer<typeof runEntrySchema>;

export const runListSchema = z.strictObject({
  runs: z.array(runEntrySchema).describe('the latest first'),
  total: z.int(),
});

/** `GET /api/v1/runs` takes these; dates are of the last tile. */
export const runQuerySchema = z.strictObject({
  query: z.string().max(200).optional().describe('part of the label'),
  state: z.string().max(40).optional(),
  verdict: z.string().max(40).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  d50MinUm: z.coerce.number().optional(),
  d50MaxUm: z.coerce.number().optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One tile of a run. */
export const tileEntrySchema = z.strictObject({
  contentHash: z.string().describe('SHA-256 of its file, lower-case hexadecimal; names its pictures'),
  name: z.string().describe('of its file, without folders'),
  row: z.int().nullable(),
  column: z.int().nullable(),
  state: z.enum(['waiting', 'segmented', 'failed', 'left-out']),
  reason: z.string().nullable().describe('why it is failed, left out or to be imaged again'),
  reimage: z.boolean().describe('whether its place ought to be imaged again'),
  widthPx: z.int(),
  heightPx: z.int().describe('without the data bar'),
  pixelSizeUm: z.number(),
  turns: z.int().describe('quarter turns clockwise from picture to stage'),
  stageUm: z.strictObject({ x: z.number(), y: z.number() }).nullable().describe('of its centre'),
  particles: z.int().nullable().describe('pieces found in it; null before it is segmented'),
  uncertain: z.int().nullable(),
  model: z.string().nullable(),
});
export type TileEntry = z.infer<typeof tileEntrySchema>;

/** `GET /api/v1/runs/:sampleId/:run`. */
export const runDetailSchema = z.strictObject({
  entry: runEntrySchema,
  rows: z.int().describe('of the grid'),
  columns: z.int(),
  tiles: z.array(tileEntrySchema),
  emptyPlaces: z.array(z.strictObject({ row: z.int(), column: z.int(), reason: z.string().nullable() })),
  summary: summarySchema.nullable().describe('the latest, as published; null before the first'),
});
export type RunDetail = z.infer<typeof runDetailSchema>;
