import { z } from 'zod';

/** The body of every answer that is not what was asked for. */
export const refusalSchema = z.strictObject({
  message: z.string().describe('why, in words for a person'),
});
