import { comparisonSpec } from '../../report/charts/comparison-chart.ts';
import { sizeDistributionData } from '../../report/charts/distribution-data.ts';
import { styledSpec } from '../../report/charts/draw-chart.ts';
import type { Theme } from '../../report/charts/palette.ts';
import { sizeShapeData } from '../../report/charts/shape-data.ts';
import type { SizedSpec } from '../../report/charts/size-axis.ts';
import { sizeDistributionSpec } from '../../report/charts/size-distribution.ts';
import { sizeShapeSpec } from '../../report/charts/size-shape.ts';
import type { ChartAnswer, ChartReply, chartNames } from '../api/chart.ts';
import type { ChartedRun } from './charted-runs.ts';

/** The report's typeface where the reader has it. */
const FONT = 'Inter, system-ui, sans-serif';

interface Asked {
  readonly name: (typeof chartNames)[number];
  readonly theme: Theme;
  readonly widthPx: number;
}

/**
 * A chart of a run.
 * @param runs the one that is asked for, then those that it is compared with
 */
export function chartOf([run, ...others]: readonly ChartedRun[], asked: Asked): ChartReply {
  if (!run) return nothing('This run has no figures yet.');
  const { theme, widthPx } = asked;
  const { statistics, sample } = run.summary;
  if (asked.name === 'size-shape') {
    const data = sizeShapeData(run.particles, statistics.diameter);
    return data ? drawn(sizeShapeSpec(data, theme, widthPx)) : nothing('No particle was seen whole.');
  }
  const data = sizeDistributionData(run.summary, run.particles);
  if (!data) return nothing('No particle was counted.');
  if (asked.name === 'size-distribution') return drawn(sizeDistributionSpec(data, theme, widthPx));
  const compared = others.flatMap(({ summary, particles }) => {
    const distribution = sizeDistributionData(summary, particles);
    return distribution ? [{ name: nameOf(summary, sample.id), data: distribution }] : [];
  });
  const runs = [{ name: `${sample.label} (this)`, data }, ...compared];
  return drawn(comparisonSpec(runs, theme, widthPx, statistics.diameter));
}

/** Of two runs of one sample the label alone would tell nothing. */
function nameOf({ sample, run }: ChartedRun['summary'], here: string): string {
  return sample.id === here ? `${sample.label}, ${run}` : sample.label;
}

function nothing(reason: string): ChartReply {
  return { chart: null, reason };
}

function drawn(sized: SizedSpec): ChartReply {
  const { frame, sizes } = sized;
  const chart: ChartAnswer = {
    spec: styledSpec(sized, FONT) as unknown as Record<string, unknown>,
    alt: frame.alt,
    plotWidthPx: frame.widthPx,
    plotHeightPx: frame.heightPx,
    paddingPx: { ...frame.padding },
    sizes: { lowUm: sizes.lowUm, highUm: sizes.highUm },
  };
  return { chart, reason: null };
}
