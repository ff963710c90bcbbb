import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Folder of a run's files inside the report folder; both ids are safe in file names. */
export function sampleFolder(reportFolder: string, sampleId: string, runName: string): string {
  return join(reportFolder, sampleId, runName);
}

/** Where a tile's overlay goes. */
export function overlayPath(folder: string, tilePath: string, contentHash: string): string {
  return join(folder, 'overlays', `${tileStem(tilePath, contentHash)}.png`);
}

/** What files about a tile are called: as the tile, with the start of its content hash against namesakes. */
export function tileStem(tilePath: string, contentHash: string): string {
  const name = basename(tilePath)
    .replace(/\.[^.]*$/, '')
    .replace(/[^\w.+-]+/g, '_')
    .slice(0, 100);
  return `${name}-${contentHash.slice(0, 8)}`;
}

/** The revision whose files stand in the folder, 0 where there are none. */
export async function writtenRevision(folder: string): Promise<number> {
  try {
    const summary: unknown = JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8'));
    return typeof summary === 'object' && summary !== null && 'revision' in summary
      ? Number(summary.revision)
      : 0;
  } catch {
    return 0; // missing or half of an older program's file: write it anew
  }
}
