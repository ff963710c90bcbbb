import type { DiameterKind } from '../../statistics/published-diameter.ts';
import { diameterNames } from '../diameter-names.ts';
import type { FramedSpec } from './draw-chart.ts';

/** A logarithmic axis of sizes, in µm. */
export interface SizeRange {
  readonly lowUm: number;
  readonly highUm: number;
  /** At 1, 2 and 5 of each decade; more where the range is short, fewer where it is long. */
  readonly ticks: readonly number[];
}

/** The same in a plot. */
export type SizeAxis = SizeRange & {
  readonly widthPx: number;
  /** Room around the plot in which labels may stand. */
  readonly padding: { readonly left: number; readonly right: number };
  /** What it is an axis of, equivalent circular diameters where left out. */
  readonly diameter?: DiameterKind;
  /** Whether this plot carries the figures and the title of the axis. */
  readonly labelled: boolean;
};

/** A chart before it is drawn, all plots of which stand over one axis of sizes. */
export interface SizedSpec extends FramedSpec {
  readonly sizes: SizeAxis;
}

/** From the smallest to the largest of `sizesUm`, all over 0, with a little room on both sides. */
export function sizeRange(sizesUm: readonly number[]): SizeRange {
  const room = 1.06;
  const lowUm = Math.min(...sizesUm) / room;
  const highUm = Math.max(...sizesUm) * room;
  return { lowUm, highUm, ticks: ticksBetween(lowUm, highUm) };
}

/** Where a size lies, from the plot's left end. */
export function positionPx({ lowUm, highUm, widthPx }: SizeAxis, um: number): number {
  return (widthPx * Math.log(um / lowUm)) / Math.log(highUm / lowUm);
}

/** The field's value as a place on the axis. */
export function sizeScale(field: string, { lowUm, highUm, ticks, labelled, diameter = 'area' }: SizeAxis) {
  return {
    field,
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: [lowUm, highUm], nice: false },
    axis: {
      values: [...ticks],
      grid: true,
      labels: labelled,
      ticks: labelled,
      title: labelled ? `${diameterNames[diameter].name}, µm` : null,
      titlePadding: 6,
      labelExpr: 'format(datum.value, "~r")',
    },
  };
}

function ticksBetween(low: number, high: number): number[] {
  const ticks: number[] = [];
  const decades = Math.log10(high / low);
  const steps = stepsFor(decades);
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const step of steps) {
      const tick = Number((step * 10 ** power).toPrecision(2));
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks;
}

function stepsFor(decades: number): readonly number[] {
  if (decades > 2.5) return [1];
  if (decades > 1) return [1, 2, 5];
  return decades < 0.6 ? [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9] : [1, 2, 3, 5, 7];
}
