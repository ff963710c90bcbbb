import { z } from 'zod';
import { thresholdsSchema } from '../inference/model/manifest.ts';
import { outlineSchema } from '../measure/correction.ts';
import type { TileResult } from '../segmenter/port.ts';

/** What daemons and workers say to one another; both ends check all of it. Raised when its meaning changes. */
export const PROTOCOL = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits');
const modelName = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);
const number = z.number();
const share = z.number().min(0).max(1);
/** A mean of shares, which rounding may carry past 1. */
const roundedShare = z.number().min(0).max(1.0001);
const positive = z.number().positive();
const natural = z.int().nonnegative();
/** Of what is said in words. */
export const TEXT_MOST = 10_000;
const text = z.string().max(TEXT_MOST);
const softwareVersion = z.string().regex(/^[\w.+-]{1,100}$/);
const placeUm = z.strictObject({ x: number, y: number });

/** Below a folder, and nowhere else: no part of it leads up, none is empty. */
const relativePath = z
  .string()
  .max(4096)
  .refine(
    (path) =>
      !/[\\\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    'must be a path below the shared folder, with / between its parts',
  );

/** What of a job every version can read. */
export const jobHeadSchema = z.looseObject({ protocol: z.int(), softwareVersion });

/** One tile to segment. */
export const tileJobSchema = z.strictObject({
  protocol: z.literal(PROTOCOL),
  softwareVersion,
  daemon: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .describe('id of the store that keeps the tile'),
  contentHash: sha256.describe('of the file'),
  fileName: z
    .string()
    .min(1)
    .max(1024)
    .refine((name) => !/[/\\\0]/.test(name), 'must be a name without a folder'),
  image: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('bytes') }),
      z.strictObject({ kind: z.literal('shared'), path: relativePath }),
    ])
    .describe("bytes: under the key of the job's image; shared: in the folder that both see"),
  calibration: z.strictObject({
    databarHeightPx: natural,
    pixelSizeNm: positive,
    stagePositionUm: placeUm.nullable(),
    scanRotationRad: number,
  }),
  model: z.strictObject({
    name: modelName,
    sha256,
    filesSha256: sha256.describe('of all files of its folder that count: manifest, network, known answer'),
  }),
  thresholds: thresholdsSchema,
  polarity: z.enum(['bright', 'dark']),
  overlay: z.enum(['outlines', 'pictures']).nullable().describe('null: none is wanted'),
});
export type TileJob = z.infer<typeof tileJobSchema>;

const borderCutSchema = z.strictObject({
  side: z.enum(['left', 'right', 'top', 'bottom']),
  fromPx: natural,
  toPx: natural,
});

const particleSchema = z.strictObject({
  areaUm2: positive,
  diameterEquivalentUm: positive,
  diameterFeretMinUm: number.min(0),
  diameterFeretMaxUm: number.min(0),
  perimeterUm: number.min(0),
  aspectRatio: number.min(0),
  circularity: share,
  solidity: number.min(0),
  centroidStageUm: placeUm.nullable(),
  centroidPx: placeUm,
  boxPx: z.tuple([natural, natural, z.int().positive(), z.int().positive()]),
  touchesBorder: z.boolean(),
  cutsPx: z.array(borderCutSchema),
  objectness: roundedShare,
  confidence: roundedShare,
  certain: z.boolean(),
});

const durationMs = z.number().nonnegative();

const tileResultSchema = z.strictObject({
  particles: z.array(particleSchema).max(100_000),
  outlines: z.array(outlineSchema).max(100_000),
  quality: z.strictObject({
    ...{ greyMean: number, greyStandardDeviation: number, greyP10: number, greyP90: number },
    ...{ blackShare: share, whiteShare: share, saturatedShare: share },
    ...{ edgeBlurPx: number.nullable(), rowFlickerGrey: number.nullable(), rowJitterPx: number.nullable() },
  }),
  model: z.strictObject({ name: modelName, sha256, arithmetic: z.enum(['as-shipped', 'exact']) }),
  limitsReached: z.array(z.enum(['proposals-of-a-size', 'proposals', 'detections'])),
  looks: z.int().positive(),
  durationsMs: z.strictObject({
    ...{ read: durationMs, network: durationMs, combine: durationMs, measure: durationMs },
  }),
}) satisfies z.ZodType<TileResult>;

/** Why a worker does not take a job, which is no fault of the tile. */
const refusals = [
  /** It speaks another protocol, or is another version of particled. */
  'version',
  /** It lacks the model: the daemon is to send it. */
  'model-wanted',
  /** The model that it has or was sent cannot be used there. */
  'model-unfit',
  /** The tile's bytes have expired, or are not those of the content hash. */
  'image-gone',
  /** It sees no shared folder, or not this file in it. */
  'not-shared',
  /** Its segmenters cannot be had now. */
  'unavailable',
] as const;
export type Refusal = (typeof refusals)[number];

const unusableCodes = [
  ...['empty', 'not-an-image', 'truncated', 'too-large', 'not-grey', 'multi-page', 'unsupported-pixels'],
  ...['flat', 'low-contrast', 'no-metadata', 'bad-metadata', 'segmenter-failed', 'unreadable'],
] as const;

const answered = {
  protocol: z.literal(PROTOCOL),
  contentHash: sha256,
  worker: workerName(),
  softwareVersion,
};

/** What a worker says to a job. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('result'),
    ...answered,
    result: tileResultSchema,
    hasOverlay: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('unusable'),
    ...answered,
    code: z.enum(unusableCodes),
    reason: text,
    mayRecover: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('crash'), ...answered, message: text, isRead: z.boolean() }),
  z.strictObject({ kind: z.literal('error'), ...answered, message: text }),
  z.strictObject({ kind: z.literal('refused'), ...answered, refusal: z.enum(refusals), message: text }),
]);
export type Answer = z.infer<typeof answerSchema>;

/** What the engine keeps of a finished job: where the answer lies. */
export const returnSchema = z.strictObject({ nonce: z.string().regex(/^[0-9a-f]{32}$/) });

/** What a worker says of itself while it lives. */
export const workerSignSchema = z.strictObject({
  protocol: z.int(),
  softwareVersion,
  worker: workerName(),
  processes: z.int().positive(),
});
export type WorkerSign = z.infer<typeof workerSignSchema>;

function workerName() {
  return z.string().regex(/^[\w.-]{1,64}$/);
}
