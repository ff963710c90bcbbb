import { basename } from 'node:path';
import type { Config } from '../config/schema.ts';
import { rangeText } from '../inference/model/magnification-range.ts';
import type { Arithmetic } from '../inference/model/manifest.ts';
import type { Model } from '../inference/model/model-folder.ts';
import { CommandRefusedError, type Requests, type Results } from '../publish/command-kinds.ts';
import type { Store } from '../store/database.ts';
import { rowsFault } from '../store/kept-rows.ts';
import type { Analysis, StoredRun } from '../store/runs.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import { isSegmentedWith, modelOfTile } from '../walk/model-of-tile.ts';
import { isSameState } from '../watcher/file-state.ts';
import type { TileFiles } from '../watcher/tile-files.ts';
import { runFields } from './describe.ts';
import { asksForFilterAlone, countAnew, filterAsked, filterOf } from './filter-asked.ts';

const MOST_NAMED = 5;

export interface ReanalysisParts {
  readonly config: Pick<Config, 'statistics'>;
  readonly store: Store;
  readonly models: readonly Model[];
  /** The export folder. */
  readonly files: Pick<TileFiles, 'states' | 'contentHash'>;
  /** How a model is computed now; a tile that was computed otherwise is segmented again too. Absent: not known. */
  readonly arithmeticOf?: ((model: string) => Arithmetic) | undefined;
}

/**
 * Has a run's tiles segmented again, all of them or none: a tile whose file is gone or changed could not be
 * counted the new way. Those that were given up count in no way yet: of them those whose file is as it was are tried.
 * A request for a filter alone segments nothing: the particles that pass are counted anew.
 * @throws CommandRefusedError
 */
export async function reanalyse(
  { config, store, models, files, arithmeticOf }: ReanalysisParts,
  run: StoredRun,
  request: Requests['reanalyse'],
  signal: AbortSignal,
): Promise<Results['reanalyse']> {
  requireRows(run);
  const { model, thresholds = {}, filter = null } = request;
  if (asksForFilterAlone(request)) return countAnew(store, run, filter);
  if (model !== undefined) requireModel(models, model);
  const asked = { model: model ?? null, thresholds };
  const segmentedOtherwise = (): { all: StoredTile[]; others: StoredTile[] } => {
    const all = store.tiles.ofRun(run.id).filter(({ state }) => state === 'segmented');
    return {
      all,
      others: all.filter((tile) => {
        const wanted = modelOfTile(models, asked, tile);
        return !isSegmentedWith(tile.model, wanted, arithmeticOf?.(wanted.name));
      }),
    };
  };
  await requireFiles({ store, files }, segmentedOtherwise().others);
  const givenUp = await givenUpTiles({ store, models, files }, run, asked);
  signal.throwIfAborted();
  // Read again: results may have come, or rows gone, while files were looked at.
  const now = store.runs.get(run.id) ?? run;
  requireRows(now);
  const { all, others } = segmentedOtherwise();
  const first = all[0] ?? store.tiles.ofRun(run.id)[0];
  if (!first) throw new CommandRefusedError(`${run.name}: this run has no tile left to be segmented`);
  const analysis = { ...asked, ...filterAsked(now, request), underWay: others.length > 0 };
  store.results.askAgain(
    run.id,
    analysis,
    others.map(({ id }) => id),
    givenUp.map(({ id }) => id),
  );
  const filterNow = filterOf(analysis, config.statistics);
  if (filterNow !== filterOf(now.analysis, config.statistics)) store.runs.forgetSufficient(run.id);
  return {
    ...runFields(run),
    filter: filterNow,
    model: modelOfTile(models, asked, first),
    tiles: others.length + givenUp.length,
    unchanged: all.length - others.length,
  };
}

/** @throws CommandRefusedError where the run's particles were deleted: its tiles could not be counted together with them */
export function requireRows(run: StoredRun): void {
  const fault = rowsFault(run);
  if (fault !== null) throw new CommandRefusedError(fault);
}

function requireModel(models: readonly Model[], name: string): void {
  if (models.some(({ manifest }) => manifest.name === name)) return;
  const known = models.map(({ manifest }) => `${manifest.name} (${rangeText(manifest.magnification)})`);
  throw new CommandRefusedError(
    `model: ${JSON.stringify(name)} is not installed; there are ${known.join(', ')}`,
  );
}

/** The run's tiles that were given up and can be tried now. */
async function givenUpTiles(
  { store, models, files }: Omit<ReanalysisParts, 'config'>,
  run: StoredRun,
  asked: Pick<Analysis, 'model' | 'thresholds'>,
): Promise<StoredTile[]> {
  const tiles = store.tiles.ofRun(run.id).filter(({ state }) => state === 'failed');
  const faults = await fileFaults({ store, files }, tiles);
  return tiles.filter((tile, index) => faults[index] === null && hasModel(models, asked, tile));
}

function hasModel(...wanted: Parameters<typeof modelOfTile>): boolean {
  try {
    return modelOfTile(...wanted) !== null;
  } catch {
    return false;
  }
}

/** Of each tile, what is wrong with its file now; null where it is as it was. */
async function fileFaults(
  { store, files }: Pick<ReanalysisParts, 'store' | 'files'>,
  tiles: readonly StoredTile[],
): Promise<(string | null)[]> {
  const states = await files.states(tiles.map(({ file }) => file.path));
  const faults: (string | null)[] = [];
  for (const [index, { file }] of tiles.entries()) {
    const now = states[index];
    const known = store.files.get(file.path);
    if (!now) faults.push(`${basename(file.path)} is gone`);
    else if (known && isSameState(known, now) && known.contentHash === file.contentHash) faults.push(null);
    else if ((await files.contentHash(file.path)) === file.contentHash) faults.push(null);
    else faults.push(`${basename(file.path)} is changed`);
  }
  return faults;
}

/** @throws CommandRefusedError naming the tiles whose files are gone or changed */
async function requireFiles(
  parts: Pick<ReanalysisParts, 'store' | 'files'>,
  tiles: readonly StoredTile[],
): Promise<void> {
  const faults = (await fileFaults(parts, tiles)).filter((fault) => fault !== null);
  if (faults.length === 0) return;
  const more = faults.length > MOST_NAMED ? ` and ${faults.length - MOST_NAMED} more` : '';
  throw new CommandRefusedError(
    `${faults.length} of ${tiles.length} tiles cannot be segmented again: ${faults.slice(0, MOST_NAMED).join(', ')}${more}; ` +
      'put the files back where they were, then send it again; the earlier results stay',
  );
}
