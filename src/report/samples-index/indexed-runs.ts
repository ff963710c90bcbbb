import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { runFolders } from '../sample/kept-samples.ts';
import { writeWhole } from '../whole-file.ts';
import { type IndexedRun, indexEntry, indexedRunSchema } from './index-entry.ts';

/** What was read of summaries, so that thousands need not be read for each new one; it may be deleted at any time. */
const CACHE_NAME = '.index-cache.json';
const cacheSchema = z.strictObject({ format: z.literal(1), runs: z.array(indexedRunSchema) });

/** All runs of the report folder that have their files, the newest first. */
export async function indexedRuns(reportFolder: string): Promise<IndexedRun[]> {
  const known = new Map((await cachedRuns(reportFolder)).map((run) => [keyOf(run), run]));
  const runs: IndexedRun[] = [];
  for (const folder of await runFolders(reportFolder)) {
    const run = await indexedRun(folder, known);
    if (run !== null) runs.push(run);
  }
  return runs.sort(newestFirst);
}

export async function keepIndexedRuns(reportFolder: string, runs: readonly IndexedRun[]): Promise<void> {
  await writeWhole(join(reportFolder, CACHE_NAME), JSON.stringify({ format: 1, runs }));
}

/** Null where the summary is not there: it is written last, so the other files are not whole yet. */
async function indexedRun(
  folder: string,
  known: ReadonlyMap<string, IndexedRun>,
): Promise<IndexedRun | null> {
  const name = { sampleId: basename(dirname(folder)), run: basename(folder) };
  const path = join(folder, 'summary.json');
  try {
    const { mtimeMs: modifiedMs, size: bytes } = await stat(path);
    const before = known.get(keyOf(name));
    if (before && before.modifiedMs === modifiedMs && before.bytes === bytes) return before;
    return { ...name, modifiedMs, bytes, entry: indexEntry(name.sampleId, await readFile(path, 'utf8')) };
  } catch (error) {
    // Taken away meanwhile, as by retention; whatever else is wrong must be told.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function cachedRuns(reportFolder: string): Promise<readonly IndexedRun[]> {
  try {
    return cacheSchema.parse(JSON.parse(await readFile(join(reportFolder, CACHE_NAME), 'utf8'))).runs;
  } catch {
    return []; // missing, or of another version: the summaries are read
  }
}

function keyOf({ sampleId, run }: Pick<IndexedRun, 'sampleId' | 'run'>): string {
  return `${sampleId}/${run}`;
}

/** By when the first tile came, which names the run; of a second in the same second, `-2`, the later is newer. */
function newestFirst(a: IndexedRun, b: IndexedRun): number {
  return b.run.localeCompare(a.run, 'en', { numeric: true }) || a.sampleId.localeCompare(b.sampleId, 'en');
}
