import type { ChartParticle } from '../charts/chart-particles.ts';
import { sizeDistributionData } from '../charts/distribution-data.ts';
import type { Chart } from '../charts/draw-chart.ts';
import { type GridMapData, gridInMap, gridMapChart, type TileMark } from '../charts/grid-map.ts';
import type { Theme } from '../charts/palette.ts';
import { sizeShapeData } from '../charts/shape-data.ts';
import { sizeDistributionChart } from '../charts/size-distribution.ts';
import { sizeShapeChart } from '../charts/size-shape.ts';
import type { SampleSummary } from './sample-summary.ts';
import { tileProblems } from './tile-problems.ts';

/** A chart of the report at both widths and in both themes; the page shows the one that fits its reader. */
export interface ThemedChart {
  /** Of its files. */
  readonly name: string;
  readonly wide: Readonly<Record<Theme, Chart>>;
  readonly narrow: Readonly<Record<Theme, Chart>>;
}

/** A map of the grid, and where in it the grid lies, as shares of its width and height. */
export interface ThemedMap extends ThemedChart {
  readonly grid: ReturnType<typeof gridInMap>;
}

export interface SampleCharts {
  /** Null without particles. */
  readonly distribution: ThemedChart | null;
  /** Size against shape; null where no particle was seen whole. */
  readonly shape: ThemedChart | null;
  /** Of mean diameter and of counts; none where tiles have no place on a grid. */
  readonly maps: readonly ThemedMap[];
}

const WIDE_PX = 720;
const NARROW_PX = 350;

/**
 * @param particles those that the summary counts, in ascending order of size.
 * @param tileAspect width of a tile by its height.
 */
export async function sampleCharts(
  summary: SampleSummary,
  particles: readonly ChartParticle[],
  tileAspect: number,
): Promise<SampleCharts> {
  const sizes = sizeDistributionData(summary, particles);
  const shapes = sizeShapeData(particles, summary.statistics.diameter);
  const maps: ThemedMap[] = [];
  for (const [name, data] of gridMaps(summary, tileAspect)) {
    const map = await themed(name, (theme) => gridMapChart(data, theme, NARROW_PX), NARROW_PX);
    maps.push({ ...map, grid: gridInMap(data, map.wide.light) });
  }
  return {
    distribution:
      sizes &&
      (await themed('size-distribution', (theme, widthPx) => sizeDistributionChart(sizes, theme, widthPx))),
    shape: shapes && (await themed('size-shape', (theme, widthPx) => sizeShapeChart(shapes, theme, widthPx))),
    maps,
  };
}

async function themed(
  name: string,
  draw: (theme: Theme, widthPx: number) => Promise<Chart>,
  widePx = WIDE_PX,
): Promise<ThemedChart> {
  const both = async (widthPx: number) => ({
    light: await draw('light', widthPx),
    dark: await draw('dark', widthPx),
  });
  const wide = await both(widePx);
  return { name, wide, narrow: widePx === NARROW_PX ? wide : await both(NARROW_PX) };
}

function gridMaps(summary: SampleSummary, tileAspect: number): [string, GridMapData][] {
  const { uniformity, coverage } = summary;
  const { rows, columns } = coverage;
  if (rows === 0 || uniformity.map.length === 0) return [];
  const measured = new Set(uniformity.map.map(({ row, column }) => `${row},${column}`));
  const marked = tileProblems(summary).flatMap(({ row, column, kind }) => {
    if (row === null || column === null || measured.has(`${row},${column}`)) return [];
    const mark: TileMark = kind === 'left out' ? 'left-out' : kind;
    return [{ row, column, mark }];
  });
  const grid = { rows, columns, tileAspect, marked };
  const diameters = uniformity.map.flatMap(({ row, column, diameterMeanUm: value }) =>
    value === null ? [] : [{ row, column, value }],
  );
  const counts = uniformity.map.map(({ row, column, count: value }) => ({ row, column, value }));
  return [
    ['map-diameter', { ...grid, title: 'Geometric mean diameter', unit: 'µm', values: diameters }],
    ['map-count', { ...grid, title: 'Particles counted', unit: '', values: counts }],
  ];
}
