import { messageOf } from '../../errors.ts';
import { type ChartParticle, chartParticles } from '../../report/charts/chart-particles.ts';
import { type SampleSummary, sampleSummary } from '../../report/sample/sample-summary.ts';
import { countedRun } from '../../report/tables/counted-run.ts';
import type { StoreReader } from '../../store/database.ts';
import type { StoredRun } from '../../store/runs.ts';
import { Refusal } from '../refusal.ts';
import { requireParticles } from '../shown/found-run.ts';

/** What charts show of a run. */
export interface ChartedRun {
  readonly summary: SampleSummary;
  /** Those that the summary counts, in ascending order of size. */
  readonly particles: readonly ChartParticle[];
}

/** Some 2 MB for ten thousand particles. */
const KEPT_MAX = 8;

/** Runs as charts show them; those asked for last are kept, as one page asks for several charts of each. */
export interface ChartedRuns {
  /** Null before the first summary. @throws Refusal 410 where the run's particles were deleted, 409 for a summary of another version */
  of(run: StoredRun): ChartedRun | null;
}

export function createChartedRuns(store: StoreReader): ChartedRuns {
  const kept = new Map<number, { readonly revision: number; readonly charted: ChartedRun }>();
  return {
    of(run) {
      requireParticles(run);
      const known = kept.get(run.id);
      if (known?.revision === run.revision) return known.charted;
      const { stored, tiles, columns } = store.snapshot(() => ({
        stored: store.summaries.latest(run.id),
        tiles: store.tiles.ofRun(run.id),
        columns: [...store.particles.columnsOfRun(run.id)],
      }));
      if (!stored) return null;
      const summary = readSummary(stored.payload);
      const particles = chartParticles(countedRun({ summary, tiles, columns }).particles());
      const charted = { summary, particles };
      kept.delete(run.id);
      kept.set(run.id, { revision: stored.revision, charted });
      const [oldest] = kept.keys();
      if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
      return charted;
    },
  };
}

function readSummary(payload: unknown): SampleSummary {
  try {
    return sampleSummary(payload);
  } catch (error) {
    throw new Refusal(409, messageOf(error));
  }
}
