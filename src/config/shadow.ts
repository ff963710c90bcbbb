import { z } from 'zod';

/** A model on probation: what it finds is kept apart, and compared. */
export const shadowSchema = z.strictObject({
  model: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and -, as particled models lists it')
    .nullable()
    .default(null)
    .describe(
      'Name of an installed model (particled models add --shadow); null: no tile is segmented twice.',
    ),
  share: z
    .number()
    .gt(0)
    .max(1)
    .default(0.1)
    .describe(
      'Share of the tiles that it segments too, over 0 up to 1; which ones follows from their content.',
    ),
});
