import { z } from 'zod';
import { tileNotes } from '../../watcher/metadata/tile-notes.ts';
import { count } from './quantity.ts';

/** What is to be known of a tile's file. */
const tileNoteSchema = z.enum(tileNotes);

const meanings =
  'lossy-compression: its compression (JPEG) changed grey values and so moved edges; pixel-size-stated: the image does not ' +
  'say how large a pixel is, somebody stated it; pixel-size-ignored: instrument.pixelSizeNm says otherwise than the image, ' +
  'whose own size counts; no-stage-position: it has no place on the grid, so nothing is missing, and no particle is put ' +
  'together over its borders; stage-axes-assumed: its stage is taken to count x to the right and y up, and no particle is ' +
  'put together over its borders';

export const tileNotesSchema = z
  .array(tileNoteSchema)
  .readonly()
  .exactOptional()
  .describe(`what is to be known of its file; ${meanings}; not in messages of versions before`);

export const runNotesSchema = z
  .array(
    z.strictObject({
      note: tileNoteSchema.describe('as in messages of tiles'),
      tiles: count('tiles of which it holds'),
    }),
  )
  .readonly()
  .exactOptional()
  .describe("what is to be known of the tiles' files; not in summaries of versions before");

export const pixelSizeSourceSchema = z
  .enum(['file', 'stated'])
  .exactOptional()
  .describe(
    'file: the images say how large a pixel is; stated: a sidecar or instrument.pixelSizeNm does; missing in messages of versions before: file',
  );
