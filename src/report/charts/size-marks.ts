import type { Layer } from './chart-layer.ts';
import type { Palette } from './palette.ts';
import { type SizeAxis, sizeScale } from './size-axis.ts';
import type { DrawnDistribution } from './size-data.ts';

export const percentileShares = [0.1, 0.5, 0.9];

/** An axis of shares, in percent. */
export function shareAxis(field: string, values?: number[]) {
  return {
    field,
    type: 'quantitative' as const,
    axis: {
      title: null,
      grid: true,
      domain: false,
      ticks: false,
      labelExpr: 'format(100 * datum.value, "~r")',
      ...(values ? { values } : { tickCount: 4 }),
    },
  };
}

/** An axis of densities q*(lg x). */
export function densityAxis(field: string) {
  return {
    field,
    type: 'quantitative' as const,
    axis: { title: null, grid: true, domain: false, ticks: false, tickCount: 4, format: '~r' },
  };
}

interface Bar {
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
}

/** A class of sizes each as a bar between two heights, by default shares of the whole. */
export function barLayer(
  values: readonly Bar[],
  axis: SizeAxis,
  color: string,
  scale: (field: string) => ReturnType<typeof densityAxis | typeof shareAxis> = shareAxis,
): Layer {
  return {
    data: { values: values.filter(({ from, to }) => to > from) },
    // The gap between classes is of the ground's colour, so that it is as wide at any size of the picture.
    mark: { type: 'rect', color, xOffset: 0.5, x2Offset: -0.5 },
    encoding: {
      x: sizeScale('low', axis),
      x2: { field: 'high' },
      y: scale('from'),
      y2: { field: 'to' },
    },
  };
}

/** Of the dots at a curve's percentiles. */
export type CurveShape = 'circle' | 'square' | 'triangle-up' | 'diamond' | 'triangle-down' | 'cross';

/** How much is smaller than each size, with a dot at each printed percentile. */
export function curveLayers(
  { curve, percentiles }: DrawnDistribution,
  axis: SizeAxis,
  style: { readonly color: string; readonly shape: CurveShape },
): Layer[] {
  const share = shareAxis('share', percentileShares);
  const values = [percentiles.d10, percentiles.d50, percentiles.d90];
  return [
    {
      data: { values: curve.map((point, place) => ({ ...point, place })) },
      // Points ascend in both directions already; sorting by size alone would turn steps around.
      mark: { type: 'line', strokeWidth: 2, color: style.color },
      encoding: { x: sizeScale('um', axis), y: share, order: { field: 'place', type: 'quantitative' } },
    },
    {
      data: { values: values.map(({ value }, i) => ({ um: value, share: percentileShares[i] })) },
      mark: { type: 'point', filled: true, opacity: 1, size: 40, ...style },
      encoding: { x: sizeScale('um', axis), y: share },
    },
  ];
}

/** The detection limit, where there is one. */
export function limitLayer(limitUm: number | null, axis: SizeAxis, palette: Palette): Layer[] {
  if (limitUm === null) return [];
  return [
    {
      data: { values: [{ limitUm }] },
      mark: { type: 'rule', color: palette.faintText, strokeWidth: 1.5, strokeDash: [2, 3] },
      encoding: { x: sizeScale('limitUm', axis) },
    },
  ];
}
