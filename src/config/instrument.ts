import { z } from 'zod';

/** From below an atom to beyond what any microscope of electrons shows. */
export const PIXEL_SIZE_STATED_MIN_NM = 0.01;
export const PIXEL_SIZE_STATED_MAX_NM = 100_000;

/** The microscope. */
export const instrumentSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9_-]{1,64}$/,
      'must be 1 to 64 letters, digits, - or _, since it is part of MQTT topics',
    )
    .default('phenom')
    .describe('Name of the microscope in MQTT topics and reports: 1 to 64 letters, digits, - or _.'),
  displayWidthM: z
    .number()
    .min(0.05)
    .max(5)
    .default(0.519)
    .describe(
      'Display width in metres for files that say 0 (saved through the programming interface); 0.05 to 5. Only chooses the model, never a size.',
    ),
  pixelSizeNm: z
    .number()
    .min(PIXEL_SIZE_STATED_MIN_NM)
    .max(PIXEL_SIZE_STATED_MAX_NM)
    .nullable()
    .default(null)
    .describe(
      'Side of a pixel in nm of images that do not say it themselves, 0.01 to 100,000; null: they are set aside. What an image says itself is never overridden.',
    ),
  detector: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'Detector whose images are tiles, as acquisition/scan/detector in the files names it, such as bsd-all; images of others are set aside. null: of each run the detector of its first image.',
    ),
  particlesAre: z
    .enum(['bright', 'dark'])
    .default('bright')
    .describe(
      'Whether particles are brighter or darker than the ground: bright for backscatter and secondary electrons, dark for transmission.',
    ),
});
