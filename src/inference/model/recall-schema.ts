import { z } from 'zod';

const share = z.number().min(0).max(1);
const diameterPx = z.number().min(0);

/** Which sizes a model finds; diameters are equivalent ones in pixels of the network's input. */
export const recallBySizeSchema = z.strictObject({
  data: z.string().describe('names of the folders of labelled images'),
  images: z.number().int().positive(),
  command: z.string(),
  diameterRecall50Px: diameterPx
    .nullable()
    .describe('smallest diameter seen: from it on half of the particles are found; null: never so'),
  diameterRecall80Px: diameterPx.nullable().describe('the same for 8 of 10'),
  classes: z
    .array(
      z.strictObject({
        diameterFromPx: diameterPx,
        diameterBelowPx: diameterPx.nullable().describe('null: no upper bound'),
        particles: z.number().int().min(0),
        found: z.number().int().min(0).describe('with an IoU over 0.5'),
        recall: share.nullable().describe('null in an empty class'),
      }),
    )
    .min(1),
});
