import { UnusableFileError } from '../errors.ts';
import type { Store } from '../store/database.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import { contentHashOf } from '../watcher/content-hash.ts';
import { isSameState, statesOf } from '../watcher/file-state.ts';

/**
 * What was found in a file counts for the tile only where the file is still the one that was seen: it may have been
 * written again while the tile waited. One that is gone by now was there when it was read.
 * @throws UnusableFileError where it holds another image
 */
export async function requireUnchanged(
  { files }: Pick<Store, 'files'>,
  { file: { path, contentHash } }: Pick<StoredTile, 'file'>,
): Promise<void> {
  const [now] = await statesOf([path]);
  const known = files.get(path);
  if (!now || (known?.contentHash === contentHash && isSameState(known, now))) return;
  if ((await contentHashOf(path)) === contentHash) return;
  const reason = 'was written again before it was segmented; what it holds now counts as another tile';
  throw new UnusableFileError(path, 'unreadable', reason);
}
