import { filterText, readFilter } from '../config/particle-filter.ts';
import type { Config } from '../config/schema.ts';
import { CommandRefusedError, type Requests, type Results } from '../publish/command-kinds.ts';
import { filterInForce } from '../run/filter-in-force.ts';
import type { Store } from '../store/database.ts';
import type { Analysis, StoredRun } from '../store/runs.ts';
import { runFields } from './describe.ts';

type Asked = Pick<Requests['reanalyse'], 'model' | 'thresholds' | 'filter'>;
type Settings = Pick<Config['statistics'], 'filter'>;

/** Whether a request asks for nothing but which particles count: then no tile is segmented again. */
export function asksForFilterAlone({ model, thresholds, filter }: Asked): boolean {
  return filter !== undefined && model === undefined && thresholds === undefined;
}

/** The run's own filter from now on: as asked; as it was, where only model or thresholds are asked for; else none of its own. */
export function filterAsked(run: StoredRun, { model, thresholds, filter }: Asked): Pick<Analysis, 'filter'> {
  if (filter !== undefined) return { filter: normalised(filter) };
  const own = run.analysis?.filter;
  const isKept = own !== undefined && (model !== undefined || thresholds !== undefined);
  return isKept ? { filter: own } : {};
}

/** The filter in force under an analysis, in words; null: all particles count. */
export function filterOf(analysis: Analysis | null, settings: Settings): string | null {
  const inForce = filterInForce({ analysis }, settings);
  return inForce && filterText(inForce.filter);
}

/**
 * Has the particles of a run counted that pass; its next revision says so, after a restart too.
 * @throws CommandRefusedError where the run has no segmented tile, so that there is nothing to count
 */
export function countAnew(
  { runs, tiles }: Pick<Store, 'runs' | 'tiles'>,
  run: StoredRun,
  filter: string | null,
): Results['reanalyse'] {
  const segmented = tiles.ofRun(run.id).filter(({ state }) => state === 'segmented');
  const model = segmented.find((tile) => tile.model !== null)?.model;
  if (!model) {
    throw new CommandRefusedError(
      `${run.name}: no tile of this run is segmented, so that no particle can be counted; send it again after the first result`,
    );
  }
  const asked = normalised(filter);
  // The same again owes no revision.
  if (run.analysis?.filter !== asked) runs.setFilter(run.id, asked);
  return { ...runFields(run), model, tiles: 0, unchanged: segmented.length, filter: asked };
}

function normalised(filter: string | null): string | null {
  return filter === null ? null : filterText(readFilter(filter));
}
