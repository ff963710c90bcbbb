import { z } from 'zod';

/**
 * `GET /api/v1/runs/:sampleId/:run/pyramid`: the whole grid as pictures that a viewer zooms in. Asking for it has it made where
 * it is missing or older than the tiles.
 *
 * Levels count as OpenSeadragon's and DZI's do: level 0 is one picture of the whole grid, each next one is twice as large,
 * and the last, `levels - 1`, has one picture for each place of the grid, of `pictureWidthPx` x `pictureHeightPx`. Pictures do
 * not overlap; those at the right and lower ends of a level are cut where the grid ends. Picture: `GET
 * .../pyramid/:level/:row/:column.jpg?key=`, with rows and columns from 0 at the upper left.
 */
export const pyramidSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('ready'),
    key: z.string().describe('of these pictures; addresses of pictures carry it, so that they can be kept'),
    current: z.boolean().describe('whether its tiles are those of now; else the next one is being made'),
    revision: z.int().describe('of the summary whose tiles it shows'),
    rows: z.int().describe('of the grid'),
    columns: z.int(),
    levels: z.int(),
    widthPx: z.int().describe('of the last level'),
    heightPx: z.int(),
    pictureWidthPx: z.int().describe('of one picture: of one place in the last level'),
    pictureHeightPx: z.int(),
    unreadable: z
      .int()
      .describe('places whose tile could not be read any more, or was written over: hatched as failed ones'),
  }),
  z.strictObject({
    state: z.literal('being-made'),
    places: z.int().describe('of the grid'),
    placesDone: z.int().describe('0 while it waits for another one'),
  }),
  z.strictObject({ state: z.literal('none'), reason: z.string().describe('why there is none, in words') }),
]);
export type PyramidState = z.infer<typeof pyramidSchema>;

/** `GET .../pyramid/:level/:row/:column.jpg` takes this. */
export const pyramidPictureQuerySchema = z.strictObject({ key: z.string().regex(/^[0-9a-f]{16}$/) });
