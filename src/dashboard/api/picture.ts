import { z } from 'zod';

const pictureWidthsPx = [240, 480, 960, 1920] as const;

/** `GET /api/v1/tiles/:contentHash/picture` takes this. */
export const pictureQuerySchema = z.strictObject({
  widthPx: z
    .enum(pictureWidthsPx.map(String))
    .transform(Number)
    .describe('at most so wide, one of 240, 480, 960, 1920; a narrower tile is not made wider'),
});
