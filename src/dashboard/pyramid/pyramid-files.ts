import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../report/whole-file.ts';
import { drawPyramid } from './draw-pyramid.ts';
import type { PyramidPlan } from './plan.ts';

/** What is written of a pyramid beside its pictures, last of all. */
const schema = z.object({
  key: z.string(),
  revision: z.number(),
  rows: z.number(),
  columns: z.number(),
  levels: z.number(),
  pictureWidthPx: z.number(),
  pictureHeightPx: z.number(),
  unreadable: z.number(),
});
export type WrittenPyramid = z.infer<typeof schema>;

/** The pyramid that stands in a run's folder; null where none does, or one of another program. */
export async function writtenPyramid(runFolder: string): Promise<WrittenPyramid | null> {
  try {
    return schema.parse(JSON.parse(await readFile(noteOf(runFolder), 'utf8')));
  } catch {
    return null; // it is made anew
  }
}

/** Where one of its pictures lies. */
export function picturePath(
  runFolder: string,
  key: string,
  { level, row, column }: { readonly level: number; readonly row: number; readonly column: number },
): string {
  return join(folderOf(runFolder), key, String(level), String(row), `${column}.jpg`);
}

/**
 * Draws the pyramid beside the one that stands there, which it then takes the place of: readers see one or the other.
 * @throws Error where not one tile can be read, or the run's folder is gone
 */
export async function writePyramid(
  runFolder: string,
  plan: PyramidPlan,
  revision: number,
  exportFolder: string,
  onPlace?: (placesDone: number) => void,
): Promise<void> {
  const folder = folderOf(runFolder);
  // Not with the folders above it: where retention deletes the run, nothing of it comes back.
  await mkdir(folder).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  const partial = join(folder, `${plan.key}.partial`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  const unreadable = await drawPyramid(partial, plan, exportFolder, onPlace);
  if (unreadable.count === tilesIn(plan)) {
    await rm(partial, { recursive: true, force: true });
    throw new Error(`no tile of it can be read any more: ${unreadable.reason}`);
  }
  await rm(join(folder, plan.key), { recursive: true, force: true });
  await rename(partial, join(folder, plan.key));
  const { key, levels, pictureWidthPx, pictureHeightPx, grid } = plan;
  const { rows, columns } = grid;
  const written = { key, revision, rows, columns, levels, pictureWidthPx, pictureHeightPx };
  await noteRevision(runFolder, { ...written, unreadable: unreadable.count });
  await forgetOthers(folder, key);
}

/** Tiles of the plan that did not fail. */
function tilesIn({ grid, tileAt }: PyramidPlan): number {
  let tiles = 0;
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      const state = tileAt(row, column)?.state;
      if (state !== undefined && state !== 'failed') tiles += 1;
    }
  }
  return tiles;
}

async function forgetOthers(folder: string, key: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const others = entries.filter((entry) => entry.isDirectory() && entry.name !== key);
  for (const { name } of others) await rm(join(folder, name), { recursive: true, force: true });
}

/** Says of the pyramid that stands there which revision it is of. */
export function noteRevision(runFolder: string, written: WrittenPyramid): Promise<void> {
  return writeWhole(noteOf(runFolder), `${JSON.stringify(written, null, 2)}\n`);
}

function noteOf(runFolder: string): string {
  return join(folderOf(runFolder), 'pyramid.json');
}

function folderOf(runFolder: string): string {
  return join(runFolder, 'pyramid');
}
