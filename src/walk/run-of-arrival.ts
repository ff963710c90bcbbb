import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config/schema.ts';
import { arrivalOf, type Place, type RunSoFar } from '../grid/arrival.ts';
import { belongsToRun } from '../grid/run-key.ts';
import { topicSegment } from '../publish/topics.ts';
import { digestSettings, expectedOf } from '../run/digest.ts';
import type { Store } from '../store/database.ts';
import type { StoredRun } from '../store/runs.ts';
import type { TilePlace } from '../store/stored-tile.ts';
import type { ReadTile } from '../watcher/read-tile.ts';

/** What the rule by which tiles join runs needs to know of the configuration. */
export type RunRules = Pick<Config, 'grid' | 'statistics' | 'imaging'>;

/** The run that a tile belongs to, and the tile whose place it takes there, if any. */
export interface TilesRun {
  readonly run: StoredRun;
  readonly replaced: TilePlace | null;
}

/** Older runs of an origin take no tile any more. */
const LATEST_RUNS = 10;

/** The latest run that takes the tile by the rule of {@link arrivalOf}, or a new one. */
export function runOfArrival(store: Store, rules: RunRules, tile: ReadTile, nowMs: number): TilesRun {
  const { file, metadata } = tile;
  const sampleId = topicSegment(metadata.sampleLabel);
  const key = {
    folder: dirname(file.path),
    sampleLabel: metadata.sampleLabel,
    instrumentId: metadata.instrumentId,
    pixelSizeNm: metadata.pixelSizeNm,
    pixelSizeSource: metadata.pixelSizeSource ?? ('file' as const),
    isPlaced: metadata.stagePositionUm !== null,
  };
  const { newRunAfterS, newRunBeyondUm, stallAfterS } = rules.grid;
  const limits = {
    expected: expectedOf(store, sampleId, digestSettings(rules)),
    // A run that still waits for a tile takes it.
    apartMs: 1000 * Math.max(newRunAfterS, stallAfterS),
    apartUm: newRunBeyondUm,
  };
  const runs = store.runs
    .from(key)
    .filter((candidate) => candidate.rowsDeletedAfterDays === null && belongsToRun(candidate, key));
  for (const run of runs.slice(0, LATEST_RUNS)) {
    const arrival = arrivalOf(runSoFar(store, run, file.path, nowMs), arriving(tile), limits);
    if (arrival.kind === 'fills') return { run, replaced: null };
    if (arrival.kind === 'replaces') return { run, replaced: arrival.tile };
    if (arrival.kind === 'begins-anew') break;
  }
  const created = store.runs.create({
    ...key,
    sampleId,
    name: runName(store, sampleId, nowMs),
    createdAtMs: nowMs,
  });
  return { run: created, replaced: null };
}

function arriving({ file, metadata }: ReadTile) {
  const umOf = (px: number): number => (px * metadata.pixelSizeNm) / 1000;
  return {
    // Nothing is asked of the place of a tile that has none: no tile of its run does.
    stagePositionUm: metadata.stagePositionUm ?? { x: 0, y: 0 },
    fieldUm: { width: umOf(file.widthPx), height: umOf(file.heightPx - metadata.databarHeightPx) },
    imagedMs: momentOf(metadata.acquiredAt),
  };
}

/** @param path of the arriving file */
function runSoFar(store: Store, run: StoredRun, path: string, nowMs: number): RunSoFar<TilePlace & Place> {
  const between = store.tiles.acquiredBetween(run.id);
  const first = momentOf(between?.first ?? '');
  const last = momentOf(between?.last ?? '');
  // Not by a tile's path, which is a copy's where its content was copied.
  const before = store.files.get(path)?.contentHash;
  const wanted = placesAskedFor(store, run.id);
  return {
    hasEnded: run.state !== 'filling' || run.finalisedAtMs !== null || store.summaries.hasFinal(run.id),
    tiles: store.tiles.placesOfRun(run.id).filter(isPlaced),
    imagedMs: first === null || last === null ? null : { first, last },
    silentMs: nowMs - run.lastTileAtMs,
    isWanted: (tile) => wanted.has(basename(tile.path)),
    isOverwritten: (tile) => tile.contentHash === before,
  };
}

function isPlaced(tile: TilePlace): tile is TilePlace & Place {
  return tile.stagePositionUm !== null;
}

/** The microscope writes local time without zone, so only the differences mean anything. */
function momentOf(acquiredAt: string): number | null {
  const ms = Date.parse(acquiredAt);
  return Number.isNaN(ms) ? null : ms;
}

const askingSummary = z.object({ reimage: z.array(z.object({ file: z.string().nullable() })) });

/** Files whose places the run's latest summary wants imaged again: better images belong to the same run. */
function placesAskedFor(store: Store, runId: number): ReadonlySet<string> {
  const { data } = askingSummary.safeParse(store.summaries.latest(runId)?.payload);
  return new Set(data?.reimage.flatMap(({ file }) => file ?? []));
}

/** When the run began, in UTC, safe in topics and file names; a second one in that second gets a number. */
function runName(store: Store, sampleId: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  const taken = new Set(
    store.runs
      .all()
      .filter((run) => run.sampleId === sampleId)
      .map((run) => run.name),
  );
  let name = stamp;
  for (let n = 2; taken.has(name); n++) name = `${stamp}-${n}`;
  return name;
}
