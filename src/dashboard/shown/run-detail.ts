import { type SampleSummary, sampleSummary } from '../../report/sample/sample-summary.ts';
import type { StoreReader } from '../../store/database.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { StoredSummary } from '../../store/summaries.ts';
import type { RunDetail } from '../api/run.ts';
import type { DashboardSettings } from '../settings.ts';
import { runEntry } from './run-entry.ts';
import { type TileVerdicts, tileEntry } from './tile-entry.ts';
import { messageWithoutFolders } from './without-folders.ts';

/** A run with its grid and tiles, all of one moment. */
export function runDetail(
  store: StoreReader,
  run: StoredRun,
  settings: Pick<DashboardSettings, 'grid'>,
): RunDetail {
  return store.snapshot(() => {
    const stored = store.summaries.latest(run.id);
    const summary = readable(stored);
    const verdicts = tileVerdicts(stored);
    const tiles = store.tiles.ofRun(run.id).map((tile) => tileEntry(store, tile, verdicts));
    return {
      entry: runEntry(store, store.runs.get(run.id) ?? run, settings),
      ...gridOf(store, run, settings, summary, tiles),
      tiles,
      emptyPlaces: emptyPlaces(summary),
      // The store keeps it without the number that it is sent under.
      summary: summary && messageWithoutFolders({ ...summary, sequence: null }),
    };
  });
}

/** Null before the first, and where another version wrote it: its figures stand in the entry as far as they are known. */
function readable(stored: StoredSummary | undefined): SampleSummary | null {
  if (stored === undefined) return null;
  try {
    return sampleSummary(stored.payload);
  } catch {
    return null;
  }
}

/** Which tiles the latest summary leaves out, and why. */
export function tileVerdicts(stored: StoredSummary | undefined): TileVerdicts {
  const tiles = readable(stored)?.imaging.tiles ?? [];
  return { leftOut: new Map(tiles.map(({ contentHash, reason }) => [contentHash, reason])) };
}

/** As large as is expected, or as the tiles lie, whichever is more. */
function gridOf(
  { expectations }: Pick<StoreReader, 'expectations'>,
  { sampleId }: StoredRun,
  { grid }: Pick<DashboardSettings, 'grid'>,
  summary: SampleSummary | null,
  tiles: RunDetail['tiles'],
): Pick<RunDetail, 'rows' | 'columns'> {
  const asked = expectations.get(sampleId);
  // Of a number of tiles nobody says how they lie.
  const expected =
    asked.tiles !== null
      ? null
      : { rows: asked.rows ?? grid?.rows ?? 0, columns: asked.columns ?? grid?.columns ?? 0 };
  const side = (name: 'rows' | 'columns', place: 'row' | 'column'): number =>
    Math.max(
      expected?.[name] ?? 0,
      summary?.coverage[name] ?? 0,
      ...tiles.map((tile) => (tile[place] ?? -1) + 1),
    );
  return { rows: side('rows', 'row'), columns: side('columns', 'column') };
}

/** Places that no tile fills, with what the latest summary says of them. */
function emptyPlaces(summary: SampleSummary | null): RunDetail['emptyPlaces'] {
  if (summary === null) return [];
  const wanted = new Set(
    summary.reimage
      .filter(({ causes }) => causes.includes('missing'))
      .map(({ row, column }) => `${row} ${column}`),
  );
  return summary.coverage.missing.map(({ row, column }) => ({
    row,
    column,
    reason: wanted.has(`${row} ${column}`) ? 'no tile has come from there; image it again' : null,
  }));
}
