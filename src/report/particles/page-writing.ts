import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../whole-file.ts';
import { classPage } from './class-page.ts';
import { pageStyle } from './page-style.ts';
import type { ShownRun } from './shown-run.ts';
import { sizeClasses } from './size-classes.ts';
import { tilePage } from './tile-page.ts';
import { type TileLayers, tileLayers } from './tile-picture.ts';

/**
 * Writes a page for each tile (`tiles`) and each size class (`classes`), and takes away those that an earlier revision left.
 * They lead from a figure to its particles in their overlays, opened from a disk or a web server, without a script.
 */
export async function writeParticlePages(folder: string, run: ShownRun): Promise<void> {
  const layers = new Map<number, TileLayers>();
  await writePages(join(folder, 'tiles'), async (write) => {
    await write('page.css', pageStyle);
    for (const [id, tile] of run.tiles) {
      const shown = await tileLayers(folder, tile);
      layers.set(id, shown);
      await write(`${tile.stem}.html`, tilePage(run, tile, shown));
    }
  });
  const classes = sizeClasses(run);
  await writePages(join(folder, 'classes'), async (write) => {
    for (const [at, { page, particles }] of classes.entries()) {
      if (particles.length === 0) continue;
      await write(
        page,
        classPage(run, classes, at, (id) => layers.get(id) ?? []),
      );
    }
  });
}

type Write = (name: string, content: string) => Promise<void>;

/** What was in the folder and is not written again goes. */
async function writePages(folder: string, writeAll: (write: Write) => Promise<void>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const written = new Set<string>();
  await writeAll(async (name, content) => {
    written.add(name);
    await writeWhole(join(folder, name), content);
  });
  for (const name of await readdir(folder))
    if (!written.has(name)) await rm(join(folder, name), { force: true });
}
