import type { StoredTile } from '../store/stored-tile.ts';
import { softwareVersion } from '../version.ts';
import type { TileFiles } from '../watcher/tile-files.ts';
import { modelOfTile } from './model-of-tile.ts';
import { runOf } from './run-of-tile.ts';
import type { PipelineParts } from './walk-parts.ts';

/** A start looks no further back: older samples have been judged without the tile, and `reanalyse` is there for them. */
const LATEST_RUNS = 20;

/**
 * Has tiles that were given up segmented once more: whatever took two segmenters may have been the moment's, as memory
 * that ran out. Each start does so with tiles of the latest runs whose file is there and was not written again, but with one tile only once for
 * each version of the program and each model, one attempt, after all other tiles: a file that kills every segmenter
 * costs that and no more.
 */
export async function lookAgainAtGivenUp(
  parts: Pick<PipelineParts, 'config' | 'store' | 'models' | 'logger'> & {
    readonly files: Pick<TileFiles, 'states'>;
  },
): Promise<void> {
  const { config, store, logger } = parts;
  const tiles = store.runs
    .latest(LATEST_RUNS)
    .filter(({ id }) => store.tiles.countByState(id).failed > 0)
    .flatMap(({ id }) => store.tiles.ofRun(id).filter(({ state }) => state === 'failed'));
  if (tiles.length === 0) return;
  const states = await parts.files.states(tiles.map(({ file }) => file.path));
  for (const [index, tile] of tiles.entries()) {
    const mark = markOf(parts, tile);
    const holds = store.files.get(tile.file.path)?.contentHash;
    if (!states[index] || mark === null || holds !== tile.file.contentHash) continue;
    const attempts = config.segmenter.attempts - 1;
    if (!store.results.lookAgainOnce(tile.id, attempts, mark)) continue;
    logger.info(
      { path: tile.file.path, reason: tile.reason },
      'tile that was given up is looked at once more',
    );
  }
}

/** What it would be segmented by now; null where no model serves it. */
function markOf({ store, models }: Pick<PipelineParts, 'store' | 'models'>, tile: StoredTile): string | null {
  try {
    return `${softwareVersion} ${modelOfTile(models, runOf(store, tile).analysis, tile).sha256}`;
  } catch {
    return null;
  }
}
