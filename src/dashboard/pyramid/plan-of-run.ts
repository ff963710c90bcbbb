import { placedTiles } from '../../report/sample/placed-tiles.ts';
import { sampleSummary } from '../../report/sample/sample-summary.ts';
import type { StoreReader } from '../../store/database.ts';
import { type PyramidPlan, pyramidPlan } from './plan.ts';

/** The pyramid of a run as its latest summary and its tiles are now. */
export interface PlannedRun {
  readonly plan: PyramidPlan;
  readonly revision: number;
}

/**
 * @param runFolder of the run's files
 * @throws Error where there is no summary, one of another version, or no tile with a place on a grid
 */
export function planOfRun(store: StoreReader, runId: number, runFolder: string): PlannedRun {
  const { latest, tiles } = store.snapshot(() => ({
    latest: store.summaries.latest(runId),
    tiles: store.tiles.ofRun(runId),
  }));
  if (!latest) throw new Error('there is no summary yet; one follows its first tile');
  const summary = sampleSummary(latest.payload);
  const { rows, columns } = summary.coverage;
  const plan = pyramidPlan(placedTiles(runFolder, summary, tiles), { rows, columns });
  if (plan === null) throw new Error('no tile of it has a place on a grid');
  return { plan, revision: summary.revision };
}
