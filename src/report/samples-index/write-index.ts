import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../whole-file.ts';
import { indexPage } from './index-page.ts';
import { indexedRuns, keepIndexedRuns } from './indexed-runs.ts';

/** Name of the page in the report folder. */
export const INDEX_NAME = 'index.html';

/** The last of each folder: an update that began earlier must not end later, with what has been deleted since. */
const updates = new Map<string, Promise<void>>();

/**
 * Writes `index.html` over all samples in the report folder, as they lie there. Updates of one folder wait for each other.
 * A folder without samples gets none, but loses the samples that it had.
 * @throws Error where the folder cannot be read or written
 */
export function updateIndex(reportFolder: string, timeZone: string): Promise<void> {
  const before = updates.get(reportFolder) ?? Promise.resolve();
  const update = before.catch(() => {}).then(() => writeIndex(reportFolder, timeZone));
  updates.set(reportFolder, update);
  return update.finally(() => {
    if (updates.get(reportFolder) === update) updates.delete(reportFolder);
  });
}

async function writeIndex(reportFolder: string, timeZone: string): Promise<void> {
  const runs = await indexedRuns(reportFolder);
  const path = join(reportFolder, INDEX_NAME);
  if (runs.length === 0 && !existsSync(path)) return;
  await writeWhole(path, indexPage(runs, timeZone));
  await keepIndexedRuns(reportFolder, runs);
}
