import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { messageOf, UnusableFileError } from '../../errors.ts';
import { lowerPriority } from '../../process-priority.ts';
import { decodePixels, readWhole } from '../../watcher/image/pixels.ts';
import { type PictureReply, pictureRequest } from './picture-channel.ts';

/**
 * Reads tiles and makes pictures of them: a share that hangs, or a file that a decoder dies of, takes this process and not
 * the one that answers browsers.
 */
lowerPriority('low');

/** Thumbnails are looked at by the hundred; a whole tile is looked at closely. */
const JPEG_SMALL = { quality: 75 };
const JPEG_LARGE = { quality: 85 };
const SMALL_PX = 480;

async function pictureOf(asked: unknown): Promise<Buffer | string> {
  const { path, contentHash, folder, databarHeightPx, widthPx } = pictureRequest.parse(asked);
  const bytes = await readWhole(path, folder);
  if (createHash('sha256').update(bytes).digest('hex') !== contentHash) {
    return 'its file holds another picture by now';
  }
  const tile = await decodePixels(path, bytes, databarHeightPx);
  const raw = { width: tile.widthPx, height: tile.heightPx, channels: 1 } as const;
  return sharp(tile.pixels, { raw })
    .resize({ width: Math.min(widthPx, tile.widthPx) })
    .toColourspace('b-w')
    .jpeg(widthPx <= SMALL_PX ? JPEG_SMALL : JPEG_LARGE)
    .toBuffer();
}

async function answer(asked: unknown): Promise<void> {
  const { id } = pictureRequest.pick({ id: true }).loose().parse(asked);
  let reply: PictureReply;
  try {
    const made = await pictureOf(asked);
    reply =
      typeof made === 'string'
        ? { kind: 'none', id, why: made }
        : { kind: 'made', id, jpeg: made.toString('base64') };
  } catch (error) {
    // What a file that cannot be used is blamed for begins with its path.
    const why =
      error instanceof UnusableFileError ? messageOf(error).slice(error.path.length + 2) : messageOf(error);
    reply = { kind: 'none', id, why };
  }
  process.send?.(reply, undefined, undefined, () => {});
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL')); // an exit would wait for calls that hang
process.on('message', (asked) => void answer(asked));
