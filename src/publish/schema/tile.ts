import { z } from 'zod';
import type { NetworkLimit } from '../../inference/detections.ts';
import { envelope, modelSchema, runIdSchema, sampleSchema } from './envelope.ts';
import { pixelSizeSourceSchema, tileNotesSchema } from './note.ts';
import { particleSchema } from './particle.ts';
import { count, quantity, type Same } from './quantity.ts';

/** Where a tile is in its grid; unknown until the lattice has a place for it. */
export const tileSiteFields = {
  contentHash: z.string().describe('SHA-256 of the file, hexadecimal: the identity of the tile'),
  file: z.string().describe('name of the file, without its folder'),
  row: z
    .int()
    .nullable()
    .meta({ description: 'row in the grid, 0 is the highest stage y; null while unknown', unit: '1' }),
  column: z
    .int()
    .nullable()
    .meta({ description: 'column in the grid, 0 is the lowest stage x; null while unknown', unit: '1' }),
};

/** What a network has room for, in the order of its work. */
export const limitReachedSchema = z
  .array(z.enum(['proposals-of-a-size', 'proposals', 'detections']))
  .readonly();

true satisfies Same<z.infer<typeof limitReachedSchema>[number], NetworkLimit>;

export const tileSchema = z.strictObject({
  ...envelope('particled/tile/1'),
  sample: sampleSchema.describe('the sample that was imaged'),
  run: runIdSchema,
  tile: z
    .strictObject({
      ...tileSiteFields,
      stagePositionUm: z
        .strictObject({ x: quantity('um', 'to the right'), y: quantity('um', 'up') })
        .nullable()
        .describe("the tile's centre on the sample stage; null where nobody says"),
      acquiredAt: z
        .string()
        .describe('local time without zone, as the microscope wrote it; empty when it did not'),
    })
    .describe('the image'),
  provenance: z
    .strictObject({
      softwareVersion: z.string().describe('version of particled'),
      model: modelSchema.nullable().describe('the model that segmented the tile; null when none did'),
      pixelSizeNm: quantity('nm', 'side of a pixel; all sizes rest on it'),
      pixelSizeSource: pixelSizeSourceSchema,
      magnification: quantity('1', 'displayed magnification; it chose the model'),
    })
    .describe('what the result rests on'),
  notes: tileNotesSchema,
  outcome: z
    .enum(['segmented', 'failed'])
    .describe('failed: given up, so its particles are missing, which is not the same as none'),
  reason: z.string().nullable().describe('why it failed; null when segmented'),
  counts: z
    .strictObject({
      all: count('particles found'),
      certain: count('certain ones among them'),
      uncertain: count('uncertain ones among them'),
      border: count('those among them that reach the border of the tile'),
    })
    .nullable()
    .describe('null when failed'),
  quality: z
    .record(z.string(), z.number().nullable())
    .readonly()
    .nullable()
    .describe('figures of image quality by name, units in the names; null when failed'),
  looks: z.int().nullable().meta({
    description:
      'how many times the network was asked: once of the whole tile, more where it was shown it enlarged, in parts, or from farther off; null when failed',
    unit: '1',
  }),
  limitReached: limitReachedSchema
    .nullable()
    .describe(
      'limits of the network at which particles were, or may have been, left out; empty: none; null when failed',
    ),
  particles: z
    .array(particleSchema)
    .readonly()
    .nullable()
    .describe('all particles; null when failed, or left out for the size of the message'),
  particlesLeftOut: z
    .string()
    .optional()
    .describe(
      'why the particles are left out, where the broker takes no message as large; `counts` still has them',
    ),
});

export type TileMessage = z.infer<typeof tileSchema>;
