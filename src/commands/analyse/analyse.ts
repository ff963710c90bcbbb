import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { messageOf } from '../../errors.ts';
import { loadModels, packagedModelsFolder } from '../../inference/model/model-folder.ts';
import type { Logger } from '../../logger.ts';
import { counted, countText } from '../../statistics/numeric/figure-digits.ts';
import type { Store } from '../../store/database.ts';
import { startParts } from '../../walk/start-parts.ts';
import { type FolderListing, listFolder } from '../../watcher/folder-listing.ts';
import { createPathFilter } from '../../watcher/path-filter.ts';
import { resultsText } from '../status.ts';
import { withoutImagesText } from '../without-images.ts';
import { untilStopped } from './interruption.ts';
import { keptStoreFile, modelsAsked, requireOneSet, restatedText } from './result-set.ts';
import { type Walked, walkFolder } from './walk-folder.ts';

export interface AnalyseOptions {
  readonly folder: string;
  /** Where the files of each sample are kept; null: nowhere. */
  readonly out: string | null;
  /** Where results are kept, to go on from; null: nowhere. */
  readonly store: string | null;
  /** Segments every tile; null: each by its magnification. */
  readonly model: string | null;
  readonly json: boolean;
}

/** The same walk as the daemon's, once over a folder, without a broker. With a store it goes on where it was stopped. */
export async function analyse(base: Config, options: AnalyseOptions, logger: Logger): Promise<void> {
  const folder = resolve(options.folder);
  const storeFile = options.store === null ? null : keptStoreFile(base, options.store);
  const listing = await listFolder(folder, createPathFilter(base.watch)).catch((error: unknown) => {
    throw new Error(`${folder}: cannot be listed (${messageOf(error)}); give a folder of images`);
  });
  try {
    // Says what is wrong before anything is made.
    modelsAsked(await loadModels(base.models.folder ?? packagedModelsFolder), options.model);
    if (listing.count + listing.misnamed.length === 0)
      throw new Error(await withoutImagesText(folder, base.watch.include));
    for (const unreadable of listing.unreadableFolders)
      logger.warn({ folder: unreadable }, 'a folder cannot be listed and is left out; check its permissions');
    if (storeFile !== null) await analyseInto(storeFile, true, { base, folder, listing, options, logger });
    else
      await inTemporaryFolder((work) =>
        analyseInto(join(work, 'particled.db'), false, { base, folder, listing, options, logger }),
      );
  } finally {
    listing.close();
  }
}

interface Task {
  readonly base: Config;
  readonly folder: string;
  readonly listing: FolderListing;
  readonly options: AnalyseOptions;
  readonly logger: Logger;
}

async function analyseInto(storeFile: string, isKept: boolean, task: Task): Promise<void> {
  const { options, logger, listing } = task;
  const config = configFor(task, storeFile, isKept);
  const stop = untilStopped();
  const parts = await startParts(config, logger, { archive: true });
  try {
    const models = modelsAsked(parts.models, options.model);
    const { filter, diameter } = config.statistics;
    requireOneSet(parts.store, { models, filter, diameter }, storeFile);
    const restated = restatedText(parts.store, config.instrument.pixelSizeNm, storeFile);
    if (restated !== null) logger.warn({ reason: restated }, 'a stated size of pixels stays as it was');
    const walked = await walkFolder({ ...parts, models, config, listing, logger, stop });
    if (stop.signal !== null) sayInterrupted(walked, stop.signal, isKept);
    else sayResults(parts.store, walked, task);
  } finally {
    await parts.close();
    stop.end();
  }
}

function configFor({ base, folder, options }: Task, storeFile: string, isKept: boolean): Config {
  return {
    ...base,
    watch: { ...base.watch, folder },
    // It compares nothing: one model sees each tile.
    models: { ...base.models, shadow: { ...base.models.shadow, model: null } },
    store: { file: storeFile },
    // Nobody follows a run as it fills: its summary comes with its last tile.
    mqtt: { ...base.mqtt, summaryIntervalS: 3600 },
    report: {
      ...base.report,
      folder: options.out === null ? null : resolve(options.out),
      // Without its store nobody draws outlines over tiles later.
      overlayKind: isKept ? base.report.overlayKind : 'pictures',
    },
  };
}

async function inTemporaryFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'particled-'));
  try {
    await act(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function sayInterrupted({ files, done }: Walked, signal: 'SIGINT' | 'SIGTERM', isKept: boolean): void {
  const how = isKept
    ? 'the same command goes on from there'
    : 'nothing is kept; with --store it would go on from there';
  console.error(`stopped: ${countText(done)} of ${counted(files, 'file')} done; ${how}`);
  process.exitCode = signal === 'SIGINT' ? 130 : 143;
}

function sayResults(store: Store, { files, doneNow }: Walked, { folder, options }: Task): void {
  if (options.json) printSummaries(store);
  else console.log(resultsText(store));
  if (doneNow === 0)
    console.error(
      `${folder}: ${files === 1 ? 'its file was' : `all ${counted(files, 'file')} were`} analysed before; nothing was left to do`,
    );
  if (store.runs.newest() !== undefined) return;
  console.error(`${folder}: none of its ${counted(files, 'file')} can be used; the reasons stand above`);
  process.exitCode = 1;
}

/** The last summary of each run, oldest run first, as it stands in summary.json. */
function printSummaries(store: Store): void {
  let before = '[';
  for (const { id } of store.runs.all().reverse()) {
    const payload = store.summaries.latest(id)?.payload;
    console.log(
      before + JSON.stringify(payload === undefined ? null : { ...Object(payload), sequence: null }),
    );
    before = ',';
  }
  console.log(before === '[' ? '[]' : ']');
}
