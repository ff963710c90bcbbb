import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import type { Config } from '../config/schema.ts';
import { messageOf } from '../errors.ts';
import { loadModels, packagedModelsFolder } from '../inference/model/model-folder.ts';
import type { Logger } from '../logger.ts';
import { withSequence } from '../publish/outbox-sender.ts';
import { counted } from '../statistics/numeric/figure-digits.ts';
import type { Store } from '../store/database.ts';
import { createPipeline } from '../walk/pipeline.ts';
import { startParts } from '../walk/start-parts.ts';
import { scanFolder } from '../watcher/folder-scan.ts';
import { createPathFilter } from '../watcher/path-filter.ts';
import { resultsText } from './status.ts';
import { withoutImagesText } from './without-images.ts';

export interface AnalyseOptions {
  readonly folder: string;
  /** Where the files of each sample are kept; null: nowhere. */
  readonly out: string | null;
  readonly json: boolean;
}

/** The same walk as the daemon's, once over a folder, without a broker. */
export async function analyse(base: Config, options: AnalyseOptions, logger: Logger): Promise<void> {
  const folder = resolve(options.folder);
  const filter = createPathFilter(base.watch);
  const { files, misnamed, unreadableFolders } = await scanFolder(folder, filter).catch((error: unknown) => {
    throw new Error(`${folder}: cannot be listed (${messageOf(error)}); give a folder of images`);
  });
  await loadModels(base.models.folder ?? packagedModelsFolder); // says what is wrong before anything is made
  const total = files.length + misnamed.length;
  if (total === 0) throw new Error(await withoutImagesText(folder, base.watch.include));
  for (const unreadable of unreadableFolders)
    logger.warn({ folder: unreadable }, 'a folder cannot be listed and is left out; check its permissions');
  const work = mkdtempSync(join(tmpdir(), 'particled-'));
  const config: Config = {
    ...base,
    watch: { ...base.watch, folder },
    // It compares nothing: what a shadow model found would go with the store.
    models: { ...base.models, shadow: { ...base.models.shadow, model: null } },
    store: { file: join(work, 'particled.db') },
    // Its store goes with it, so that nobody draws outlines over tiles later.
    report: {
      ...base.report,
      folder: options.out === null ? null : resolve(options.out),
      overlayKind: 'pictures',
    },
  };
  try {
    const parts = await startParts(config, logger);
    try {
      const bar = new SingleBar(
        { format: '{bar} {value}/{total} files, {eta_formatted} left', stream: process.stderr },
        Presets.shades_classic,
      );
      if (process.stderr.isTTY) bar.start(total, 0);
      const done = (): number => finishedFiles(parts.store);
      const pipeline = createPipeline({ ...parts, config, logger, onMessage: () => bar.update(done()) });
      pipeline.misnamed(misnamed);
      for (const { path } of files) pipeline.arrive(path);
      await pipeline.finish();
      bar.update(done());
      bar.stop();
      print(parts.store, options.json);
      if (parts.store.runs.newest() === undefined) {
        console.error(
          `${folder}: none of its ${counted(total, 'file')} can be used; the reasons stand above`,
        );
        process.exitCode = 1;
      }
    } finally {
      await parts.close();
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function finishedFiles(store: Store): number {
  const { segmented, failed, superseded } = store.tiles.countByState();
  return segmented + failed + superseded + store.unusable.count();
}

function print(store: Store, json: boolean): void {
  if (!json) {
    console.log(resultsText(store));
    return;
  }
  const last = lastSummaries(store);
  const runs = store.runs.all().reverse();
  console.log(`[${runs.map((run) => last.get(`${run.sampleId}/run/${run.name}`) ?? 'null').join(',\n')}]`);
}

/** The last summary of each run, as its message would go out. */
function lastSummaries(store: Store): Map<string, string> {
  const last = new Map<string, string>();
  let afterId = 0;
  for (;;) {
    const rows = store.outbox.next(afterId, 100);
    if (rows.length === 0) return last;
    for (const { id, topic, payload } of rows) {
      const run = /\/sample\/(.+)\/summary$/.exec(topic)?.[1];
      if (run) last.set(run, withSequence(payload, id));
      afterId = id;
    }
  }
}
