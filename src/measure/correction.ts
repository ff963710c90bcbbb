import { z } from 'zod';

/** An outline: x, y of one corner after the other in pixels of the tile, closed; a particle may have more than one part. */
export const outlineSchema = z.array(z.array(z.number()).readonly()).readonly();
export type Outline = z.infer<typeof outlineSchema>;

const of = z.int().nonnegative().describe('number of a piece of the tile');

/** What a reviewer says of the pieces of a tile. */
export const changeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delete'), of }),
  z.strictObject({ kind: z.literal('draw'), outlinePx: outlineSchema, certain: z.boolean() }),
  z.strictObject({ kind: z.literal('redraw'), of, outlinePx: outlineSchema }),
  z.strictObject({ kind: z.literal('split'), of, partsPx: z.array(outlineSchema).min(2) }),
  z.strictObject({ kind: z.literal('merge'), of: z.array(of).min(2), outlinePx: outlineSchema }),
  z.strictObject({ kind: z.literal('judge'), of, certain: z.boolean() }),
]);
export type Change = z.infer<typeof changeSchema>;
