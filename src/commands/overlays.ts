import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Config } from '../config/schema.ts';
import { messageOf } from '../errors.ts';
import { topicSegment } from '../publish/topics.ts';
import { indexedPng } from '../report/indexed-png.ts';
import { OVERLAY_PALETTE } from '../report/overlay.ts';
import { overlayIndices } from '../report/overlay-picture.ts';
import { overlayPath, sampleFolder } from '../report/sample/sample-files.ts';
import { openStoreReadOnly, type StoreReader } from '../store/database.ts';
import { rowsFault } from '../store/kept-rows.ts';
import type { StoredRun } from '../store/runs.ts';
import type { StoredTile } from '../store/stored-tile.ts';

export interface OverlayOptions {
  /** The run's name in topics; undefined: the sample's latest. */
  readonly run?: string;
  /** Name of a tile's file; undefined: every tile. */
  readonly tile?: string;
  readonly out: string;
}

/** Draws the outlines of a sample over its tiles and writes them as PNG, beside a running daemon or without one. */
export async function overlays(config: Config, sample: string, options: OverlayOptions): Promise<void> {
  const { folder } = config.report;
  if (folder === null) throw new Error('report.folder: is null, so no outlines are kept; set it');
  const store = openStoreReadOnly(config.store.file);
  try {
    const run = runAsked(store, sample, options.run);
    const fault = rowsFault(run);
    if (fault !== null) throw new Error(fault);
    const tiles = tilesAsked(store, run, options.tile);
    const kept = sampleFolder(folder, run.sampleId, run.name);
    await mkdir(options.out, { recursive: true });
    for (const tile of tiles) await write(kept, tile, options.out);
  } finally {
    store.close();
  }
}

async function write(keptFolder: string, { file, metadata }: StoredTile, out: string): Promise<void> {
  const kept = overlayPath(keptFolder, file.path, file.contentHash);
  const target = join(out, basename(kept));
  try {
    const { databarHeightPx } = metadata;
    const drawn = await overlayIndices({ overlayPath: kept, path: file.path, databarHeightPx });
    if (drawn === null) await copyFile(kept, target);
    else
      await writeFile(
        target,
        await indexedPng(drawn.widthPx, drawn.heightPx, drawn.indices, OVERLAY_PALETTE),
      );
    console.log(target);
  } catch (error) {
    console.error(
      `${basename(file.path)}: not drawn (${messageOf(error)}); its outlines and its file, as it was measured, must be there`,
    );
    process.exitCode = 1;
  }
}

function runAsked(store: Pick<StoreReader, 'runs'>, sample: string, name: string | undefined): StoredRun {
  const runs = store.runs.ofSample(topicSegment(sample));
  const run = name === undefined ? runs[0] : runs.find((one) => one.name === name);
  if (run) return run;
  if (runs.length === 0)
    throw new Error(`${sample}: no run of this sample; give its label as at the microscope`);
  const latest = runs.slice(0, 5).map((one) => one.name);
  throw new Error(`--run ${name}: no such run of ${sample}; its latest are ${latest.join(', ')}`);
}

function tilesAsked(
  store: Pick<StoreReader, 'tiles'>,
  run: StoredRun,
  name: string | undefined,
): StoredTile[] {
  const tiles = store.tiles.ofRun(run.id).filter(({ state }) => state === 'segmented');
  if (tiles.length === 0) throw new Error(`${run.name}: the store has no segmented tile of this run`);
  const asked = name === undefined ? tiles : tiles.filter(({ file }) => basename(file.path) === name);
  if (asked.length === 0)
    throw new Error(`--tile ${name}: no segmented tile of this name in run ${run.name}`);
  return asked;
}
