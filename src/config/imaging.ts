/** The rule by which a tile's imaging fails; docs/measurement.md has its figures. */
import { z } from 'zod';

export const imagingSchema = z.strictObject({
  whiteShareMax: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .default(0.1)
    .describe('A tile with a larger share of white pixels (255) is saturated; 0 to 1; null: off.'),
  blackShareMax: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .default(0.25)
    .describe(
      'A tile with a larger share of black pixels (0) is saturated, unless most tiles of its run have: then the ground is black. 0 to 1; null: off.',
    ),
  edgeBlurRatioMax: z
    .number()
    .min(1)
    .max(100)
    .nullable()
    .default(1.5)
    .describe(
      "A tile whose edges are softer than this many times its run's median is blurred; 1 to 100; null: off.",
    ),
  rowFlickerExcessMaxGrey: z
    .number()
    .min(0)
    .max(255)
    .nullable()
    .default(1)
    .describe(
      "A tile whose rows flicker by more than its run's median and this many grey levels is charged; 0 to 255; null: off.",
    ),
  rowJitterExcessMaxPx: z
    .number()
    .min(0)
    .max(100)
    .nullable()
    .default(0.15)
    .describe(
      "A tile whose rows jitter sideways by more than its run's median and this many pixels has drifted; 0 to 100; null: off.",
    ),
  greyShiftMax: z
    .number()
    .min(0)
    .max(255)
    .nullable()
    .default(30)
    .describe(
      "A tile whose dark and bright greys both lie this many grey levels off its run's has drifted in brightness; 0 to 255; null: off.",
    ),
  deviationsMax: z
    .number()
    .min(0)
    .max(1000)
    .default(6)
    .describe(
      'A tile may lie over its run by so many robust standard deviations of the run, where that is more than the limits above; 0 to 1,000.',
    ),
  tilesMin: z
    .number()
    .int()
    .min(3)
    .max(1000)
    .default(8)
    .describe('Tiles are compared with their run from this many on, 3 to 1,000; fewer tell no median.'),
});
