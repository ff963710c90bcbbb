import { counted, percentText } from '../figure-text.ts';
import { type Layer, textLayer } from './chart-layer.ts';
import { controlLimits } from './control-limits.ts';
import { type Chart, FONT_SIZE_PX, type Padding } from './draw-chart.ts';
import { textWidthPx } from './inter-font.ts';
import { type Palette, palettes, type Theme } from './palette.ts';
import { stackedPlots } from './stacked-plots.ts';

/** A finished sample in the control chart, with at least one particle. */
export interface ControlSample {
  /** Short, for the axis: a date. */
  readonly name: string;
  readonly uncertainCount: number;
  readonly particleCount: number;
}

interface Point {
  readonly index: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly isOut: boolean;
}

const padding: Padding = { left: 48, right: 22, top: 12, bottom: 48 };
const PLOT_HEIGHT_PX = 150;
const LAST = 30;

/**
 * The uncertain fraction of the last 30 samples as a p chart: a drift of the imaging shows before the sizes suffer.
 * @param given at least one, oldest first.
 */
export function controlChart(given: readonly ControlSample[], theme: Theme, widthPx = 640): Promise<Chart> {
  const palette = palettes[theme];
  const samples = given.slice(-LAST);
  const { centre, limits } = controlLimits(
    samples.map(({ uncertainCount, particleCount }) => ({
      nonconforming: uncertainCount,
      total: particleCount,
    })),
  );
  const points = samples.map(({ uncertainCount, particleCount }, index) => {
    const { low, high } = limits[index]!;
    const share = uncertainCount / particleCount;
    return { index, share, low, high, isOut: share < low || share > high };
  });
  const names = samples.map(({ name }) => name);
  const plotWidthPx = widthPx - padding.left - padding.right;
  return stackedPlots(
    [
      {
        title: 'Uncertain particles, %',
        key: [
          { symbol: 'line', color: palette.faintText, text: `mean ${percentText(centre)}` },
          { symbol: 'dashes', color: palette.faintText, text: '3-sigma limits' },
          ...(points.some(({ isOut }) => isOut)
            ? [{ symbol: 'point' as const, color: palette.alarm, text: 'outside' }]
            : []),
        ],
        labelsPx: 10,
        heightPx: PLOT_HEIGHT_PX,
        layers: [...layersOf(points, centre, palette), nameLayer(names, plotWidthPx, palette)],
      },
    ],
    { theme, widthPx, padding, alt: altOf(samples, points, centre) },
  );
}

function layersOf(points: readonly Point[], centre: number, palette: Palette): Layer[] {
  // Each limit runs from half a sample before its point to half a sample after it.
  const steps = points.map(({ index, low, high }) => ({ from: index - 0.5, to: index + 0.5, low, high }));
  const x = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { domain: [-0.5, points.length - 0.5], nice: false, zero: false },
    axis: {
      title: 'samples, oldest to newest',
      titlePadding: 24,
      grid: false,
      labels: false,
      values: points.map(({ index }) => index),
    },
  });
  const y = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { zero: true },
    axis: {
      title: null,
      tickCount: 4,
      domain: false,
      ticks: false,
      labelExpr: 'format(100 * datum.value, "~r")',
    },
  });
  const limit = (field: string): Layer => ({
    data: { values: steps },
    mark: { type: 'rule', color: palette.faintText, strokeWidth: 1.25, strokeDash: [4, 3] },
    encoding: { x: x('from'), x2: { field: 'to' }, y: y(field) },
  });
  return [
    {
      data: { values: [{ centre }] },
      mark: { type: 'rule', color: palette.faintText, strokeWidth: 1.5 },
      encoding: { y: y('centre') },
    },
    limit('low'),
    limit('high'),
    {
      data: { values: [...points] },
      mark: { type: 'line', color: palette.uncertain, strokeWidth: 1.5, opacity: 0.6 },
      encoding: { x: x('index'), y: y('share') },
    },
    {
      data: { values: points.filter(({ isOut }) => !isOut) },
      mark: { type: 'point', filled: true, opacity: 1, size: 36, color: palette.uncertain },
      encoding: { x: x('index'), y: y('share') },
    },
    {
      data: { values: points.filter(({ isOut }) => isOut) },
      mark: { type: 'point', filled: true, opacity: 1, size: 90, shape: 'diamond', color: palette.alarm },
      encoding: { x: x('index'), y: y('share') },
    },
  ];
}

/** As many names as fit side by side, the newest always; none reaches over the picture's edge. */
function nameLayer(names: readonly string[], widthPx: number, palette: Palette): Layer {
  const widths = names.map((name) => textWidthPx(name, FONT_SIZE_PX));
  const every = Math.max(1, Math.ceil(((Math.max(...widths) + 12) * names.length) / widthPx));
  const placed = names.flatMap((text, index) => {
    if ((names.length - 1 - index) % every !== 0) return [];
    const half = widths[index]! / 2;
    const wanted = ((index + 0.5) / names.length) * widthPx;
    const x = Math.max(half + 8 - padding.left, Math.min(widthPx + padding.right - 8 - half, wanted));
    return [{ x, y: PLOT_HEIGHT_PX + 14, text }];
  });
  return textLayer(placed, { color: palette.faintText, align: 'center' });
}

function altOf(samples: readonly ControlSample[], points: readonly Point[], centre: number): string {
  const last = points.at(-1);
  if (!last) throw new Error('a control chart needs at least one sample');
  const out = samples.filter((_, i) => points[i]!.isOut).map(({ name }) => name);
  const newest = `the newest ${percentText(last.share)} (limits ${percentText(last.low)} to ${percentText(last.high)})`;
  const verdict = out.length === 0 ? 'none outside its limits' : `outside their limits: ${out.join(', ')}`;
  return `Uncertain particles of the last ${counted(samples.length, 'sample')}: mean ${percentText(centre)}, ${newest}, ${verdict}.`;
}
