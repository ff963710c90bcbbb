import { existsSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config/schema.ts';
import { composeNight } from '../report/night/compose.ts';
import type { DiskSpace, ModelOfNight, NightConditions } from '../report/night/conditions.ts';
import type { PictureSources, UncertainParticle } from '../report/night/draw.ts';
import type { NightMail } from '../report/night/mail.ts';
import { type NightFacts, type NightSample, nightReport } from '../report/night/model.ts';
import { type NightRun, nightRun } from '../report/night/run.ts';
import { nightPeriod, nightScheduleOf } from '../report/night/schedule.ts';
import type { LocalDate } from '../report/night/zoned-time.ts';
import { overlayPath, sampleFolder } from '../report/sample/sample-files.ts';
import { csvDialect } from '../report/tables/table-settings.ts';
import type { StoreReader } from '../store/database.ts';
import type { FinishedRun } from '../store/finished.ts';
import type { StoredModelCheck } from '../store/model-checks.ts';
import { softwareVersion } from '../version.ts';

/** Which night, and what only the asker knows. */
export interface NightRequest {
  readonly config: Pick<Config, 'instrument' | 'store' | 'report' | 'mail'>;
  readonly localDate: LocalDate;
  /** Why the daemon's health is not normal; null where no daemon asks. */
  readonly reasons: readonly string[] | null;
  /** False where reading tiles would hang, so that none is shown. */
  readonly tilesReadable?: boolean;
}

const RECENT_SAMPLES = 30;
const UNCERTAIN_SHOWN = 3;
const CHECKS_LOOKED_AT = 20;

/** Reads a night from the store and composes its mail: a second or more of drawing, for a process of its own. */
export async function nightMail(store: StoreReader, request: NightRequest): Promise<NightMail> {
  const { config } = request;
  const facts = store.snapshot(() => nightFacts(store, request));
  const { subjectPrefix } = config.mail;
  const dialect = csvDialect(config.report);
  return composeNight(nightReport(facts), pictureSources(store, request), subjectPrefix, dialect);
}

function nightFacts(store: StoreReader, { config, localDate, reasons }: NightRequest): NightFacts {
  const schedule = nightScheduleOf(config.mail);
  const period = nightPeriod(localDate, schedule);
  const ofNight = store.finished.between(period.from, period.to);
  const finished = ofNight.flatMap((stored) => {
    const run = nightRun(stored);
    if (run === null) return [];
    const revised = store.finished.ofRun(run.runId, period.from);
    return [{ run, previous: previousOf(store, stored, run), revises: revised ? nightRun(revised) : null }];
  });
  const recent = store.finished.lastBefore(period.to, RECENT_SAMPLES).flatMap((run) => nightRun(run) ?? []);
  const runs = finished.length > 0 ? finished.map(({ run }) => run) : recent;
  return {
    ...{
      instrument: config.instrument.name,
      localDate,
      timeZone: schedule.timeZone,
      period,
      finished,
      recent,
    },
    unreadable: ofNight.filter((run) => nightRun(run) === null).map(({ sampleId }) => sampleId),
    conditions: conditionsOf(store, config, reasons, runs),
    pages: pagesOf(
      config,
      finished.map(({ run }) => run),
    ),
  };
}

/** Of a run whose files are still being written, or gone with the time, no mail says that they are there. */
function pagesOf(
  { report: { folder, baseUrl } }: NightRequest['config'],
  runs: readonly NightRun[],
): NightFacts['pages'] {
  if (folder === null) return null;
  const written = runs.filter(({ summary: { sample, run } }) =>
    existsSync(join(sampleFolder(folder, sample.id, run), 'report.html')),
  );
  return { folder, baseUrl, written: new Set(written.map(({ runId }) => runId)) };
}

function previousOf(store: StoreReader, { sampleId, runId }: FinishedRun, run: NightRun): NightRun | null {
  const previous = store.finished.previousOfSample(sampleId, runId, run.finishedAt);
  return previous ? nightRun(previous) : null;
}

function conditionsOf(
  store: StoreReader,
  { store: { file }, report: { folder } }: NightRequest['config'],
  reasons: readonly string[] | null,
  runs: readonly NightRun[],
): NightConditions {
  const lastTileAtMs = store.runs.lastTileAtMs();
  return {
    softwareVersion,
    reasons,
    lastTileAt: lastTileAtMs === null ? null : new Date(lastTileAtMs),
    tilesWaiting: store.tiles.countByState().seen,
    messagesUnsent: store.outbox.depth(),
    filesSetAside: store.unusable.count(),
    disks: [diskSpace('store', dirname(file)), ...(folder === null ? [] : [diskSpace('reports', folder)])],
    models: modelsOf(runs),
    knownAnswers: latestChecks(store),
  };
}

/** Of each model the latest. */
function latestChecks(store: StoreReader): StoredModelCheck[] {
  const checks = store.modelChecks.latest(CHECKS_LOOKED_AT);
  return [...Map.groupBy(checks, ({ model }) => model).values()].flatMap(([latest]) => latest ?? []);
}

function diskSpace(use: DiskSpace['use'], folder: string): DiskSpace {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { use, folder, space: { freeBytes: bavail * bsize, totalBytes: blocks * bsize } };
  } catch {
    return { use, folder, space: null };
  }
}

function modelsOf(runs: readonly NightRun[]): ModelOfNight[] {
  const used = runs.flatMap(({ summary }) => {
    const different = new Map(summary.provenance.models.map((model) => [useOf(model), model]));
    return [...different.values()];
  });
  const byModel = Map.groupBy(used, useOf);
  return [...byModel.values()].map((same) => ({ ...same[0]!, samples: same.length }));
}

/** Thresholds aside: a network and how it was computed. */
function useOf({ sha256, arithmetic }: Pick<ModelOfNight, 'sha256' | 'arithmetic'>): string {
  return `${sha256} ${arithmetic ?? 'as-shipped'}`;
}

function pictureSources(
  store: StoreReader,
  { config: { report }, tilesReadable = true }: NightRequest,
): PictureSources {
  const folderOf = ({ summary }: NightSample): string | null =>
    report.folder === null ? null : sampleFolder(report.folder, summary.sample.id, summary.run);
  return {
    folderOf,
    uncertainOf(sample) {
      if (!tilesReadable) return [];
      const leftOut = new Set(sample.summary.imaging.tiles.map(({ contentHash }) => contentHash));
      const folder = folderOf(sample);
      return store.particles
        .leastConfident(sample.runId, 10 * UNCERTAIN_SHOWN)
        .flatMap(({ tileId, particle }): UncertainParticle[] => {
          const tile = store.tiles.get(tileId);
          if (!tile || leftOut.has(tile.file.contentHash)) return [];
          const { path, contentHash } = tile.file;
          const { databarHeightPx } = tile.metadata;
          // Without a report folder there is no overlay, and the tile itself is shown.
          return [
            {
              particle,
              path,
              contentHash,
              databarHeightPx,
              overlayPath: folder === null ? '' : overlayPath(folder, path, contentHash),
            },
          ];
        })
        .slice(0, UNCERTAIN_SHOWN);
    },
  };
}
