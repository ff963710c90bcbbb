import { z } from 'zod';

/** Which run an address names. */
export const runParams = z.strictObject({
  sampleId: z.string().min(1).max(300).describe('the sample, as in topics'),
  run: z.string().min(1).max(100).describe('the run, as in topics'),
});

/** Which tile an address names: by what it holds, never by where it lies. */
export const tileParams = z.strictObject({
  contentHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hexadecimal')
    .describe('SHA-256 of the file, lower-case hexadecimal'),
});
