import { z } from 'zod';
import { thresholdsSchema } from '../inference/model/manifest.ts';

const share = z.number().min(0).max(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');

/** One particle of a known tile; pixels of that tile. */
const knownParticleSchema = z.strictObject({
  box: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .describe('x and y of the left upper pixel, width, height'),
  areaPx: z.number().positive(),
  objectness: share,
  confidence: share.describe('of the uncertainty head, not calibrated'),
  certain: z.boolean(),
});

/** What a model finds in a small tile, in exact arithmetic: every computer must find the same. */
export const knownAnswerSchema = z.strictObject({
  schema: z.literal('particled/known-answer/1'),
  modelSha256: sha256.describe('the model file that gave the answer'),
  image: z.strictObject({
    file: z.string().regex(/^[\w.-]+$/, 'must be the name of a file beside it'),
    sha256,
    shows: z.string(),
  }),
  thresholds: thresholdsSchema.describe(
    'with which the particles were found, whatever the manifest says now',
  ),
  particles: z.array(knownParticleSchema).min(1),
  command: z.string(),
});

export type KnownAnswer = z.infer<typeof knownAnswerSchema>;
export type KnownParticle = z.infer<typeof knownParticleSchema>;
