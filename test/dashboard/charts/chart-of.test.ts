import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { chartReplySchema } from '../../../src/dashboard/api/chart.ts';
import { chartOf } from '../../../src/dashboard/charts/chart-of.ts';
import { createChartedRuns } from '../../../src/dashboard/charts/charted-runs.ts';
import { sizesOf } from '../../../src/statistics/published-sizes.ts';
import { openStoreReadOnly } from '../../../src/store/database.ts';
import { storePath } from '../../store/examples.ts';
import { storeDiscRun } from '../../support/disc-run.ts';

/** Two real runs of discs in one store. */
function twoRuns() {
  const path = storePath();
  const ids = [
    storeDiscRun(path, { rows: 2, columns: 3, label: 'one', seed: 1 }),
    storeDiscRun(path, { rows: 2, columns: 2, label: 'other', seed: 2 }),
  ];
  const store = openStoreReadOnly(path);
  const charted = createChartedRuns(store);
  return { charted, runs: ids.map((id) => store.runs.get(id)!) };
}

const asked = { theme: 'light', widthPx: 640 } as const;

describe('a chart of a run for browsers', () => {
  it.each(['size-distribution', 'size-shape', 'comparison'] as const)(
    'is a specification that compiles, as wide as asked for: %s',
    (name) => {
      const { charted, runs } = twoRuns();
      const reply = chartOf(
        runs.map((run) => charted.of(run)!),
        { ...asked, name },
      );
      const { chart } = chartReplySchema.parse(JSON.parse(JSON.stringify(reply)));
      const { left, right } = chart!.paddingPx;
      expect(chart!.plotWidthPx + left + right).toBe(640);
      expect(compile(chart!.spec as unknown as TopLevelSpec).spec.marks?.length).toBeGreaterThan(0);
    },
  );

  it('reaches over all sizes of the run, as its axis says', () => {
    const { charted, runs } = twoRuns();
    const run = charted.of(runs[0]!)!;
    const { sizes } = chartOf([run], { ...asked, name: 'size-distribution' }).chart!;
    const { smallest, largest } = sizesOf(run.summary.statistics.all)!;
    expect(sizes.lowUm).toBeLessThan(smallest);
    expect(sizes.highUm).toBeGreaterThan(largest);
  });

  it('names the runs that it compares', () => {
    const { charted, runs } = twoRuns();
    const both = runs.map((run) => charted.of(run)!);
    const { chart } = chartOf(both, { ...asked, name: 'comparison' });
    expect(chart!.alt).toMatch(/^Cumulative curves of 2 runs, their D50: one \(this\) .*; other /);
  });

  it('says why there is none of a run without figures', () => {
    expect(chartOf([], { ...asked, name: 'size-shape' })).toEqual({
      chart: null,
      reason: 'This run has no figures yet.',
    });
  });

  it('counts a run once for all of its charts', () => {
    const { charted, runs } = twoRuns();
    expect(charted.of(runs[0]!)).toBe(charted.of(runs[0]!));
  });
});
