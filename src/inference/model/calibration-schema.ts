import { z } from 'zod';

const share = z.number().min(0).max(1);

const logisticSchema = z
  .strictObject({ kind: z.literal('logistic'), slope: z.number().min(0), offset: z.number() })
  .describe('1 / (1 + exp(-(slope ln(raw / (1 - raw)) + offset)))');

const knotsSchema = z
  .strictObject({
    kind: z.literal('knots'),
    knots: z
      .array(z.tuple([share, share]))
      .min(1)
      .refine((knots) => knots.every(([raw, sure], i) => i === 0 || rises(knots[i - 1]!, [raw, sure])), {
        message: 'raw numbers must ascend and confidences must not fall',
      }),
  })
  .describe('straight lines between [raw, confidence], level before the first and after the last');

function rises(before: readonly [number, number], [raw, sure]: readonly [number, number]): boolean {
  return raw > before[0] && sure >= before[1];
}

/** How a model's raw confidence becomes the chance that a particle is right, and how well that holds. */
export const calibrationSchema = z.strictObject({
  of: z
    .enum(['objectness', 'expected-bin', 'geometric-mean'])
    .describe(
      'the raw number: the one of these that held best on a source left out, or ranked best on the only one',
    ),
  curve: z.discriminatedUnion('kind', [logisticSchema, knotsSchema]),
  data: z.string().describe('names of the folders of labelled images'),
  images: z.number().int().positive(),
  particles: z.number().int().positive().describe('found on them'),
  folds: z.number().int().min(2).describe('the errors are of images that the curve had not seen'),
  expectedCalibrationError: share,
  brierScore: share,
  auroc: share.nullable().describe('null: all particles were right, or all wrong'),
  leftOut: z
    .array(z.strictObject({ data: z.string(), particles: z.number().int(), expectedCalibrationError: share }))
    .optional()
    .describe('each folder judged by a curve of the others: what to expect on a powder that nobody labelled'),
  command: z.string(),
});

export type Calibration = z.infer<typeof calibrationSchema>;
export type RawConfidence = Calibration['of'];
export type ConfidenceCurve = Calibration['curve'];
export type LogisticCurve = z.infer<typeof logisticSchema>;
export type KnotsCurve = z.infer<typeof knotsSchema>;
