import { z } from 'zod';
import { calibrationSchema } from './calibration-schema.ts';
import { recallBySizeSchema } from './recall-schema.ts';

const share = z.number().min(0).max(1);

/** Thresholds of the paper's combination of masks ("Combination of masks", Supplementary Table 4). */
export const thresholdsSchema = z.strictObject({
  objectnessCertain: share.describe('theta_omega: least objectness of a certain particle'),
  objectnessUncertain: share.describe('theta_psi: least objectness of an uncertain particle'),
  objectnessUncertainLarge: share
    .exactOptional()
    .describe(
      'the same of one whose diameter is at least 40 pixels of the network input; objectnessUncertain where it is missing',
    ),
  overlap: share.describe('theta: mask IoU above which the less objective of two masks is a duplicate'),
  crossOverlap: share.describe('theta_eta: mask IoU above which an uncertain mask yields to a certain one'),
  maskActivation: share.describe('theta_Sigma: activation from which a pixel belongs to the particle'),
  smallestAreaPx: z
    .number()
    .min(0)
    .describe('smallest counted area in pixels of the network input; smaller ones are dust'),
  containment: share
    .exactOptional()
    .describe(
      'share of a mask inside a larger one from which it counts as part of it, if it is less objective by the factor below; missing: never',
    ),
  containedObjectness: z
    .number()
    .min(0)
    .max(2)
    .exactOptional()
    .describe('a certain mask inside a larger one stays from this share of its objectness on'),
  containedObjectnessUncertain: z
    .number()
    .min(0)
    .max(2)
    .exactOptional()
    .describe('the same of an uncertain mask'),
});

/** When a quarter of a tile is looked at again, enlarged: by the median diameter of the particles found in it. */
const closerLookSchema = z.strictObject({
  diameterBelowPx: z.number().min(0).describe('below this, in pixels of the network input'),
  diameterBelowAtLimitPx: z
    .number()
    .min(0)
    .describe('the same where the network has reached a limit, so that particles were left out'),
});

/** When a tile is looked at once more from farther off, at half the scale. */
const fartherLookSchema = z.strictObject({
  diameterAbovePx: z
    .number()
    .positive()
    .describe(
      'where half of the area that particles cover is of such as are larger, in pixels of the network input',
    ),
});

/**
 * How a network's 8-bit products are computed: as its file has them, or each in floating point on the same 8-bit
 * values (docs/decisions/0010-one-answer-on-every-processor.md).
 */
const arithmeticSchema = z.enum(['as-shipped', 'exact']);

/** The search that set the thresholds: on which data, and what it gained there. */
const tuningSchema = z.strictObject({
  data: z.string().describe('names of the folders of labelled images'),
  images: z.number().int().positive(),
  ajiPlusMeanBefore: share.describe(
    'over the images of a folder and then over the folders, as all means here',
  ),
  ajiPlusMeanAfter: share,
  precisionMeanAfter: share.describe('at an IoU over 0.5'),
  recallMeanAfter: share,
  command: z.string(),
});

/** How long a tile takes from pixels to combined masks, and where that was measured. */
const speedSchema = z.strictObject({
  tileMs: z.number().positive(),
  threads: z.number().int().positive(),
  machine: z.string(),
  processorFeatures: z
    .array(z.string())
    .exactOptional()
    .describe('vector features of its processor, as /proc/cpuinfo writes them'),
  command: z.string(),
});

/** What stands beside a `model.onnx`: how to feed it, what comes out, what it was trained on. */
export const manifestSchema = z
  .object({
    schema: z.literal('particled/model/1'),
    name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and -'),
    description: z.string(),
    file: z
      .string()
      .regex(/^(?!\.)[^/\\]+$/, 'must be the name of a file beside the manifest, without a folder'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
    magnification: z
      .object({ from: z.number().min(0), below: z.number().positive().nullable() })
      .describe('range this model serves, [from, below); null: no upper bound'),
    input: z.object({
      name: z.string().min(1),
      longestSidePx: z
        .number()
        .int()
        .min(64)
        .max(8192)
        .describe('tiles are scaled so that their longest side has this many pixels'),
      sideMultiplePx: z.number().int().min(1).max(256).describe('sides are padded to a multiple of this'),
      fixedPx: z
        .object({ width: z.number().int().min(32), height: z.number().int().min(32) })
        .optional()
        .describe(
          'the only size that the network takes, if it takes but one: tiles are scaled and padded to it',
        ),
      valueRange: z.tuple([z.literal(0), z.literal(1)]).describe('grey 0..255 is fed as 0..1'),
    }),
    outputs: z.object({
      kind: z.enum(['roi-masks', 'full-masks']),
      boxes: z.string(),
      labels: z.string().optional().describe('given by full-masks models, not used: there is one class'),
      scores: z.string(),
      semScores: z.string(),
      masks: z.string(),
      limitUse: z
        .string()
        .exactOptional()
        .describe(
          'what there was as a share of what may go on: proposals of each size, proposals, detections; missing: the network does not tell what it leaves out',
        ),
    }),
    confidenceBins: z.number().int().min(2).max(100),
    arithmetic: arithmeticSchema
      .exactOptional()
      .describe('exact: its 8-bit products could saturate; absent: as-shipped'),
    thresholds: thresholdsSchema,
    closerLook: closerLookSchema.exactOptional().describe('missing: nothing is shown enlarged'),
    fartherLook: fartherLookSchema
      .exactOptional()
      .describe('missing: a tile of large particles is shown at one scale'),
    tuning: tuningSchema.optional().describe('where the thresholds come from, if particled tune set them'),
    calibration: calibrationSchema.optional().describe('absent: published as the uncertainty head says it'),
    recallBySize: recallBySizeSchema.optional().describe('which sizes it finds; of particled calibrate'),
    training: z.looseObject({}).describe('provenance: method, data with licences, command, seed, iterations'),
    accuracy: z.array(
      z.object({ data: z.string(), metric: z.string(), value: z.number(), command: z.string() }),
    ),
    speed: speedSchema.optional(),
  })
  .refine((m) => m.magnification.below === null || m.magnification.below > m.magnification.from, {
    path: ['magnification', 'below'],
    message: 'must be greater than magnification.from',
  });

export type Manifest = z.infer<typeof manifestSchema>;
export type Arithmetic = z.infer<typeof arithmeticSchema>;
export type Speed = z.infer<typeof speedSchema>;
export type Thresholds = z.infer<typeof thresholdsSchema>;
