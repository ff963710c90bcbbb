import type { ShownRun } from '../../../src/report/particles/shown-run.ts';
import type { SampleSummary } from '../../../src/report/sample/sample-summary.ts';

/** A run of which nobody kept tiles or particles: what is said of it stands in its summary. */
export function pictureless(summary: SampleSummary): { run: ShownRun; galleries: [] } {
  const run: ShownRun = {
    ...{ summary, tiles: new Map(), particles: [], counting: [] },
    fateOf: () => ({ particle: 0, because: null }),
  };
  return { run, galleries: [] };
}
