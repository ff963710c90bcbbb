import { z } from 'zod';

/** `GET /api/v1/set-aside`: files that could not be used, by causes, the largest first. */
export const setAsideSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      code: z.string().describe('the cause, as in messages of files set aside'),
      count: z.int().describe('files of this cause'),
      first: z
        .array(
          z.strictObject({
            name: z.string().describe('of the file, without folders'),
            reason: z.string().describe('why, and what to do'),
            mayRecover: z.boolean().describe('whether it may become usable by itself'),
          }),
        )
        .describe('the first of them by their paths'),
    }),
  ),
});
