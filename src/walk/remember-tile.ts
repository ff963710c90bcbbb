import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { belongsToRun } from '../grid/run-key.ts';
import { arrivalOf } from '../grid/run-state.ts';
import { topicSegment } from '../publish/topics.ts';
import type { Store } from '../store/database.ts';
import type { StoredRun } from '../store/runs.ts';
import type { TilePlace } from '../store/stored-tile.ts';
import type { ReadTile } from '../watcher/read-tile.ts';

/** A tile that now waits to be segmented. */
export interface RememberedTile {
  readonly run: StoredRun;
  /** Another run that lost a tile to it, since the file at its path was written again. */
  readonly bereavedRunId: number | null;
}

/** Notes a tile in its run, which fills again; null when its content is there already and nothing changes. */
export function rememberTile(store: Store, tile: ReadTile, nowMs: number): RememberedTile | null {
  const same = store.tiles.withContent(tile.file.contentHash);
  const sameRun = same && store.runs.get(same.runId);
  const { run, replaced } = sameRun ? { run: sameRun, replaced: null } : runOfTile(store, tile, nowMs);
  // Before the tile that takes its place is there: a crash in between must not leave both.
  if (replaced) store.tiles.supersede(replaced.id);
  const isBack = store.files.get(tile.file.path)?.contentHash !== tile.file.contentHash;
  const noted = store.tiles.noteSeen({ ...tile, runId: run.id, seenAtMs: nowMs });
  if (noted.outcome === 'known') {
    // What was given up may have been given up because its file was not there.
    const again = isBack && store.results.lookAgainOnce(noted.tileId, 0, `back ${nowMs}`);
    return again ? { run, bereavedRunId: null } : null;
  }
  if (run.state !== 'filling') store.runs.setState(run.id, 'filling');
  const lost = noted.supersededTileId === null ? undefined : store.tiles.get(noted.supersededTileId);
  return { run, bereavedRunId: lost && lost.runId !== run.id ? lost.runId : null };
}

/** The run that a tile belongs to, and the tile whose place it takes there, if any. */
interface TilesRun {
  readonly run: StoredRun;
  readonly replaced: TilePlace | null;
}

/** Positions this near to each other, as a share of the field's smaller side, are one place on the stage. */
const SAME_PLACE = 0.25;

/**
 * Finds the latest run of this label, folder, instrument and pixel size, or begins one. A place imaged again
 * replaces the older tile while its run is filling, or where the run's summary asks for it again, and begins a new run
 * once that has ended.
 */
function runOfTile(store: Store, { file, metadata }: ReadTile, nowMs: number): TilesRun {
  const key = {
    folder: dirname(file.path),
    sampleLabel: metadata.sampleLabel,
    instrumentId: metadata.instrumentId,
    pixelSizeNm: metadata.pixelSizeNm,
  };
  const run = store.runs.from(key).find((candidate) => belongsToRun(candidate, key));
  if (run) {
    const there = tileAt(store.tiles.placesOfRun(run.id), metadata.stagePositionUm);
    // Not by the tile's path, which is a copy's where its content was copied. A file written again in place is a new
    // revision of its tile, even after the run has ended.
    const samePath = there !== null && store.files.get(file.path)?.contentHash === there.contentHash;
    const wanted = samePath || (there !== null && isAskedForAgain(store, run.id, there));
    const arrival = arrivalOf(wanted ? 'filling' : run.state, there?.contentHash ?? null, file.contentHash);
    if (arrival !== 'starts-new-run') return { run, replaced: arrival === 'replaces' ? there : null };
  }
  const created = store.runs.create({
    ...key,
    sampleId: topicSegment(metadata.sampleLabel),
    name: runName(store, topicSegment(metadata.sampleLabel), nowMs),
    createdAtMs: nowMs,
  });
  return { run: created, replaced: null };
}

const askingSummary = z.object({ reimage: z.array(z.object({ file: z.string().nullable() })) });

/** Whether the run's latest summary wants the tile's place imaged again: the better image belongs to the same run. */
function isAskedForAgain(store: Store, runId: number, { path }: TilePlace): boolean {
  const { data } = askingSummary.safeParse(store.summaries.latest(runId)?.payload);
  return data?.reimage.some(({ file }) => file === basename(path)) ?? false;
}

function tileAt(
  tiles: readonly TilePlace[],
  at: { readonly x: number; readonly y: number },
): TilePlace | null {
  const near = tiles.filter(({ stagePositionUm: position, fieldUm }) => {
    const distance = Math.hypot(position.x - at.x, position.y - at.y);
    return distance < SAME_PLACE * Math.min(fieldUm.width, fieldUm.height);
  });
  return near.at(-1) ?? null;
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
