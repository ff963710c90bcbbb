import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Config } from '../../config/schema.ts';
import { messageOf } from '../../errors.ts';
import { tileStem } from '../../report/sample/sample-files.ts';
import { makeDatasetFolders, writeLabelledImage } from '../../simulator/dataset/labelled-image.ts';
import type { StoredCorrection } from '../../store/corrections.ts';
import { openStoreReadOnly, type StoreReader } from '../../store/database.ts';
import { rowsFault } from '../../store/kept-rows.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import { dayBegins } from '../local-day.ts';
import { type CocoTile, coco } from './coco.ts';
import { reviewedImage } from './reviewed-tile.ts';

export interface CorrectionsExportOptions {
  /** A sample's id or label. */
  readonly sample?: string;
  readonly run?: string;
  /** Tiles that they corrected. */
  readonly reviewer?: string;
  /** Tiles that were corrected on this day, YYYY-MM-DD, or later. */
  readonly since?: string;
}

interface Reviewed {
  readonly run: StoredRun;
  readonly tile: StoredTile;
  /** Of the tile's present result. */
  readonly said: readonly StoredCorrection[];
}

/** What an export left in its folder, so that the next one takes away what is corrected no more. */
const listSchema = z.object({
  tiles: z.array(z.looseObject({ name: z.string().regex(/^[\w.+-]+$/) })),
});
const LIST = 'tiles.json';

/**
 * Writes the tiles that people corrected, as their corrections leave them, whether these count already or not: images,
 * labels and verdicts as `training/` reads them, and as COCO. Beside a running daemon or without one.
 * @throws Error where nothing is corrected, or nothing of it can be written, saying why
 */
export async function exportCorrections(
  config: Config,
  folder: string,
  options: CorrectionsExportOptions,
): Promise<void> {
  const out = resolve(folder);
  const before = await earlierNames(out);
  const since =
    options.since === undefined ? Number.NEGATIVE_INFINITY : dayBegins(config, 'since', options.since);
  const store = openStoreReadOnly(config.store.file);
  try {
    const reviewed = reviewedTiles(store, options, since);
    if (reviewed.length === 0) throw new Error(`no tile is corrected${askedText(options)}`);
    await makeDatasetFolders(out);
    // First: an export that is broken off leaves nothing that the next one does not know.
    const planned = reviewed.map(({ tile }) => nameOf(tile));
    await writeList(
      out,
      [...new Set([...before, ...planned])].map((name) => ({ name })),
      [],
    );
    const { tiles, leftOut } = await writeAll(store, out, reviewed);
    for (const { file, reason } of leftOut) console.error(`${file}: left out: ${reason}`);
    const names = new Set(tiles.map(({ name }) => name));
    for (const name of before) if (!names.has(name)) await forget(out, name);
    await writeFile(
      join(out, 'coco.json'),
      `${JSON.stringify(coco(tiles, 'particles as corrected by people'))}\n`,
    );
    const listed = tiles.map(({ pieces, ...tile }) => ({ ...tile, particles: pieces.length }));
    await writeList(out, listed, leftOut);
    if (tiles.length === 0) throw new Error(`none of ${reviewed.length} corrected tiles can be written`);
    const particles = tiles.reduce((sum, { pieces }) => sum + pieces.length, 0);
    console.log(
      `${tiles.length} of ${reviewed.length} corrected tiles with ${particles} particles written to ${out}: images, labels, truth, coco.json`,
    );
  } finally {
    store.close();
  }
}

function writeList(out: string, tiles: readonly object[], leftOut: readonly object[]): Promise<void> {
  return writeFile(join(out, LIST), `${JSON.stringify({ tiles, leftOut }, null, 2)}\n`);
}

type Written = CocoTile & {
  readonly name: string;
  readonly sampleId: string;
  readonly run: string;
  readonly covered: number;
};

async function writeAll(
  store: StoreReader,
  out: string,
  reviewed: readonly Reviewed[],
): Promise<{ tiles: Written[]; leftOut: { file: string; reason: string }[] }> {
  const tiles: Written[] = [];
  const leftOut: { file: string; reason: string }[] = [];
  for (const { run, tile, said } of reviewed) {
    try {
      requireSegmented(run, tile, said);
      const { image, pieces, covered } = await reviewedImage(store, tile, said);
      const name = nameOf(tile);
      const { sampleId, sampleLabel, name: runName, pixelSizeNm } = run;
      await writeLabelledImage(out, name, image, {
        ...{ sample: sampleLabel, sampleId, run: runName, contentHash: tile.file.contentHash },
        ...{
          pixelSizeUm: pixelSizeNm / 1000,
          reviewers: [...new Set(said.map((one) => one.reviewer))].sort(),
        },
        particles: pieces.map(({ outlinePx: _, ...piece }) => piece),
      });
      tiles.push({
        ...{ name, sampleId, run: runName, file: `images/${name}.png` },
        ...{ widthPx: image.widthPx, heightPx: image.heightPx, covered },
        pieces: pieces.map(({ outlinePx, areaVisiblePx, verdict, reviewer }) => ({
          ...{ outlinePx, areaPx: areaVisiblePx, certain: verdict === 'certain', reviewer },
        })),
      });
    } catch (error) {
      leftOut.push({ file: tile.file.path, reason: messageOf(error) });
    }
  }
  return { tiles, leftOut };
}

/** Of the tile's files: its name, safe in any file system, and its content hash against namesakes. */
function nameOf({ file }: StoredTile): string {
  return tileStem(file.path, file.contentHash);
}

/** Tiles with a correction that nobody took back, those that can no longer be written too. */
function reviewedTiles(
  store: StoreReader,
  { sample, run: runName, reviewer }: CorrectionsExportOptions,
  since: number,
): Reviewed[] {
  const runs = store.runs
    .all()
    .filter(
      ({ sampleId, sampleLabel, name }) =>
        (sample === undefined || sample === sampleId || sample === sampleLabel) &&
        (runName === undefined || runName === name),
    )
    .reverse();
  return runs.flatMap((run) => {
    const all = Map.groupBy(store.corrections.ofRun(run.id), ({ tileId }) => tileId);
    return [...all].flatMap(([tileId, ofTile]): Reviewed[] => {
      const tile = store.tiles.get(tileId);
      const isAsked = ofTile.some(
        (one) => !one.isUndone && (reviewer === undefined || one.reviewer === reviewer) && one.atMs >= since,
      );
      return tile && isAsked ? [{ run, tile, said: ofTile.filter(({ isStale }) => !isStale) }] : [];
    });
  });
}

function requireSegmented(run: StoredRun, tile: StoredTile, said: readonly StoredCorrection[]): void {
  const deleted = rowsFault(run);
  if (deleted !== null) throw new Error(deleted);
  if (tile.state !== 'segmented') throw new Error(`it is ${tile.state}, so that it has no particles`);
  if (said.some(({ isUndone }) => !isUndone)) return;
  throw new Error(
    'its corrections are of an earlier result; it was segmented again since, so correct it anew',
  );
}

/** What an earlier export left. @throws Error where the folder holds something else */
async function earlierNames(out: string): Promise<readonly string[]> {
  const entries = await readdir(out).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (entries.length === 0) return [];
  if (!entries.includes(LIST)) {
    throw new Error(`${out}: is not empty and holds no earlier export (${LIST}); give another folder`);
  }
  const list = listSchema.safeParse(JSON.parse(await readFile(join(out, LIST), 'utf8')));
  if (!list.success) throw new Error(`${join(out, LIST)}: is no list of this command; give another folder`);
  return list.data.tiles.map(({ name }) => name);
}

async function forget(out: string, name: string): Promise<void> {
  for (const file of [`images/${name}.png`, `labels/${name}.png`, `truth/${name}.json`]) {
    await rm(join(out, file), { force: true });
  }
}

function askedText({ sample, run, reviewer, since }: CorrectionsExportOptions): string {
  const asked = Object.entries({ sample, run, reviewer, since })
    .flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`]))
    .join(' ');
  return asked && ` (${asked})`;
}
