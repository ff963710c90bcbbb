import { UnusableFileError } from '../errors.ts';
import type { SegmentTask } from '../segmenter/port.ts';
import { bytesInMemory } from '../watcher/image/file-bytes.ts';
import { readWhole } from '../watcher/image/pixels.ts';
import { headerOf } from '../watcher/image/read-image-header.ts';
import type { TileSize } from './answer-fault.ts';
import { bytesHash } from './bytes-hash.ts';

/** A tile's file as it was admitted. */
export interface AdmittedTile extends TileSize {
  readonly bytes: Buffer;
}

/** @throws UnusableFileError as `segmentTile`, and with any code of readImageHeader */
export async function readAdmittedTile(
  task: Pick<SegmentTask, 'path' | 'within' | 'contentHash' | 'databarHeightPx'>,
): Promise<AdmittedTile> {
  const { path, within, contentHash, databarHeightPx } = task;
  const bytes = await readWhole(path, within);
  if ((await bytesHash(bytes)) !== contentHash)
    throw new UnusableFileError(path, 'unreadable', 'does not hold what it held when it was found', true);
  const { widthPx, heightPx } = await headerOf(bytesInMemory(path, bytes));
  return { bytes, widthPx, heightPx: heightPx - databarHeightPx };
}
