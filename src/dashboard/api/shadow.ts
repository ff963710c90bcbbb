import { z } from 'zod';
import { movedFigureNames } from '../../statistics/shadow/moved-figures.ts';
import { outlinedPieceSchema } from './particle.ts';

const modelSchema = z.strictObject({
  name: z.string(),
  sha256: z.string(),
  thresholds: z.record(z.string(), z.number()),
});

/** How a figure would move if the shadow model served. */
const movedFigureSchema = z.strictObject({
  figure: z.enum(movedFigureNames),
  serving: z.number().nullable(),
  shadow: z.number().nullable(),
  difference: z
    .strictObject({
      value: z.number().describe('shadow less serving'),
      low95: z.number().nullable().describe('lower bound of its 95 % interval, paired by tiles'),
      high95: z.number().nullable(),
    })
    .nullable(),
});

const piecesSchema = z.strictObject({
  matched: z.int().describe('that both models found'),
  onlyServing: z.int(),
  onlyShadow: z.int(),
});

const comparisonSchema = z.strictObject({
  tiles: z.strictObject({
    compared: z.int().describe('segmented by both models, and counted'),
    leftOut: z.int().describe('segmented by both, but left out of the statistics for their imaging'),
    waiting: z.int(),
    failed: z.int().describe('that the shadow model gave up'),
  }),
  matchedBy: z.enum(['outlines', 'boxes']).describe('what had to lie over each other by half'),
  pieces: piecesSchema,
  figures: z
    .array(movedFigureSchema)
    .describe('of pieces that one tile shows whole, of the compared tiles alone'),
  meanDurationMs: z.number().nullable().describe('of a tile, by the shadow model'),
  failures: z.array(z.strictObject({ tile: z.string(), reason: z.string() })),
});

export type ShadowComparison = z.infer<typeof comparisonSchema>;

/** `GET /api/v1/runs/:sampleId/:run/shadow`. */
export const runShadowSchema = z.strictObject({
  model: modelSchema.nullable().describe('whose findings these are; null where none has segmented a tile'),
  comparison: comparisonSchema.nullable(),
  tiles: z
    .array(
      z.strictObject({
        contentHash: z.string(),
        name: z.string().describe('of its file, without folders'),
        leftOut: z.boolean(),
        ...piecesSchema.shape,
      }),
    )
    .describe('those that differ most first'),
});
export type RunShadow = z.infer<typeof runShadowSchema>;

/** `GET /api/v1/shadow`: all runs of which something is kept. */
export const shadowOverviewSchema = z.strictObject({
  configured: z
    .strictObject({ model: z.string(), share: z.number() })
    .nullable()
    .describe('as models.shadow says; null: no tile is segmented twice'),
  model: modelSchema.nullable(),
  comparison: comparisonSchema.nullable().describe('over the tiles of all runs together'),
  runs: z
    .array(
      z.strictObject({
        sampleId: z.string(),
        sampleLabel: z.string(),
        run: z.string(),
        lastTileAt: z.iso.datetime(),
        comparison: comparisonSchema,
      }),
    )
    .describe('the latest first'),
  advice: z.strictObject({
    text: z.string(),
    commands: z.array(z.string()).describe('in their order, to be typed where particled runs'),
  }),
});
export type ShadowOverview = z.infer<typeof shadowOverviewSchema>;

const comparedPieceSchema = outlinedPieceSchema.extend({
  matchedWith: z.int().nullable().describe('number of the piece of the other model; null: it alone found it'),
});

/** `GET /api/v1/tiles/:contentHash/shadow`: what both models found in one tile. */
export const tileShadowSchema = z.strictObject({
  contentHash: z.string(),
  model: modelSchema,
  servedBy: z.string().nullable().describe('name of the serving model'),
  matchedBy: z.enum(['outlines', 'boxes']),
  widthPx: z.int(),
  heightPx: z.int().describe('without the data bar'),
  serving: z.array(comparedPieceSchema),
  shadow: z.array(comparedPieceSchema),
});
export type TileShadow = z.infer<typeof tileShadowSchema>;
