import { z } from 'zod';
import { outlineSchema } from '../../measure/correction.ts';

/** A piece of a particle in one tile. */
const pieceSchema = z.strictObject({
  contentHash: z.string().describe('of the tile'),
  number: z.int().describe('place in the list of the tile, from 0, as in pieces.csv'),
});

/** Nobody has seen the outline of what is put together from pieces. */
const ofShape = z.number().nullable().describe('null where no tile shows it whole, as in particles.csv');

/** One particle that was counted: joined over tile borders, once however many tiles show it. */
export const particleEntrySchema = z.strictObject({
  number: z.int().describe('as in particles.csv of the same revision'),
  areaUm2: z.number(),
  diameterEquivalentUm: z.number(),
  diameterFeretMaxUm: ofShape,
  diameterFeretMinUm: ofShape,
  circularity: ofShape,
  aspectRatio: ofShape,
  solidity: ofShape,
  confidence: z.number(),
  certain: z.boolean(),
  passesFilter: z.boolean(),
  stageUm: z.strictObject({ x: z.number(), y: z.number() }).nullable(),
  pieces: z.array(pieceSchema).describe('the largest first'),
});
export type ParticleEntry = z.infer<typeof particleEntrySchema>;

/** `GET /api/v1/runs/:sampleId/:run/particles`. */
export const particleListSchema = z.strictObject({
  revision: z.int(),
  total: z.int().describe('that match'),
  particles: z.array(particleEntrySchema),
});

export const particleQuerySchema = z.strictObject({
  certain: z.enum(['true', 'false']).optional(),
  diameterMinUm: z.coerce.number().optional(),
  diameterMaxUm: z.coerce.number().optional(),
  filter: z.string().max(500).optional().describe('as statistics.filter'),
  order: z.enum(['number', 'diameter', 'confidence', 'circularity']).default('number'),
  descending: z.enum(['true', 'false']).default('false'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(20_000).default(1_000),
});

/** One piece as its tile shows it. */
export const outlinedPieceSchema = z.strictObject({
  number: z.int(),
  certain: z.boolean(),
  confidence: z.number(),
  areaUm2: z.number(),
  diameterEquivalentUm: z.number(),
  touchesBorder: z.boolean(),
  outlinePx: outlineSchema.nullable().describe('null where the version that segmented the tile kept none'),
  boxPx: z.tuple([z.number(), z.number(), z.number(), z.number()]),
});

/** `GET /api/v1/tiles/:contentHash/pieces`. */
/** `GET /api/v1/tiles/:contentHash/pieces` takes this. */
export const piecesQuerySchema = z.strictObject({
  as: z
    .enum(['found', 'counted'])
    .default('found')
    .describe(
      'found: by the model, whatever reviewers said; counted: as their corrections left them, once these count',
    ),
});

export const tilePiecesSchema = z.strictObject({
  contentHash: z.string(),
  pieces: z.array(outlinedPieceSchema),
});
export type TilePieces = z.infer<typeof tilePiecesSchema>;

/** `GET /api/v1/runs/:sampleId/:run/outlines`: all tiles of the run at once. */
export const runOutlinesSchema = z.strictObject({ tiles: z.array(tilePiecesSchema) });
