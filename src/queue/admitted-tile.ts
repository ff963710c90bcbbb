import type { SegmentTask } from '../segmenter/port.ts';
import { bytesInMemory } from '../watcher/image/file-bytes.ts';
import { readWhole } from '../watcher/image/pixels.ts';
import { headerOf } from '../watcher/image/read-image-header.ts';
import type { TileSize } from './answer-fault.ts';

/** A tile's file, to be sent. */
export interface AdmittedTile extends TileSize {
  readonly bytes: Buffer;
}

/**
 * What it holds now: the segmenter that gets it holds it against its hash, here as elsewhere.
 * @throws UnusableFileError `unreadable` (may recover) when the file cannot be read, and with any code of readImageHeader
 */
export async function readAdmittedTile(
  task: Pick<SegmentTask, 'path' | 'within' | 'databarHeightPx'>,
): Promise<AdmittedTile> {
  const { path, within, databarHeightPx } = task;
  const bytes = await readWhole(path, within);
  const { widthPx, heightPx } = await headerOf(bytesInMemory(path, bytes));
  return { bytes, widthPx, heightPx: heightPx - databarHeightPx };
}
