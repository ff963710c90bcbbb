import type { Layer } from './chart-layer.ts';
import type { Palette } from './palette.ts';
import { type SizeAxis, sizeScale } from './size-axis.ts';
import type { SizeClasses } from './size-data.ts';

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

interface Bar {
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
}

/** A class of sizes each as a bar between two shares. */
export function barLayer(values: readonly Bar[], axis: SizeAxis, color: string): Layer {
  return {
    data: { values: values.filter(({ from, to }) => to > from) },
    // The gap between classes is of the ground's colour, so that it is as wide at any size of the picture.
    mark: { type: 'rect', color, xOffset: 0.5, x2Offset: -0.5 },
    encoding: {
      x: sizeScale('low', axis),
      x2: { field: 'high' },
      y: shareAxis('from'),
      y2: { field: 'to' },
    },
  };
}

/** How much is smaller than each size. */
export function curveLayer(
  { edgesUm, shares }: SizeClasses,
  axis: SizeAxis,
  style: { readonly color: string; readonly strokeDash?: number[] },
): Layer {
  let share = 0;
  const points = [{ um: edgesUm[0]!, share }];
  for (const [i, part] of shares.entries()) {
    share = Math.min(1, share + part);
    points.push({ um: edgesUm[i + 1]!, share });
  }
  return {
    data: { values: points },
    mark: { type: 'line', strokeWidth: 2, ...style },
    encoding: { x: sizeScale('um', axis), y: shareAxis('share', percentileShares) },
  };
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
