import { z } from 'zod';

/** What the process of the live page asks the one that reads tiles for. */
export const pictureRequest = z.strictObject({
  id: z.int(),
  path: z.string(),
  contentHash: z.string(),
  /** In which it has to lie, without a link on the way. */
  folder: z.string(),
  databarHeightPx: z.int(),
  /** At most so wide. */
  widthPx: z.int(),
});
export type PictureRequest = z.infer<typeof pictureRequest>;

export const pictureReply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('made'), id: z.int(), jpeg: z.base64() }),
  z.strictObject({ kind: z.literal('none'), id: z.int(), why: z.string() }),
]);
export type PictureReply = z.infer<typeof pictureReply>;
