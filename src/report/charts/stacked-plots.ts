import type { Layer, Plot } from './chart-layer.ts';
import { type Chart, drawChart, type FramedSpec, type Padding } from './draw-chart.ts';
import { palettes, type Theme } from './palette.ts';
import { type KeyEntry, plotHeader } from './plot-header.ts';

/** A plot with its title and key. */
export interface Panel {
  readonly title: string;
  readonly key: readonly KeyEntry[];
  /** Room between key and plot, as for labels. */
  readonly labelsPx: number;
  readonly heightPx: number;
  readonly layers: readonly Layer[];
}

const BETWEEN_PX = 20;

interface StackFrame {
  readonly theme: Theme;
  readonly widthPx: number;
  readonly padding: Padding;
  readonly alt: string;
}

/** Panels of one width, one under the other, as one picture of `widthPx`. */
export function stackedPlots(panels: readonly Panel[], frame: StackFrame): Promise<Chart> {
  const stack = stackedSpec(panels, frame);
  return drawChart(stack.spec, stack.frame);
}

/** The same before it is drawn. */
export function stackedSpec(panels: readonly Panel[], frame: StackFrame): FramedSpec {
  const { theme, padding, alt } = frame;
  const widthPx = frame.widthPx - padding.left - padding.right;
  const place = { leftPx: 12 - padding.left, rightPx: widthPx + padding.right - 8 };
  let heightPx = 0;
  const views: Plot[] = [];
  for (const [index, panel] of panels.entries()) {
    const header = plotHeader(panel.title, panel.key, { ...place, gapPx: panel.labelsPx }, palettes[theme]);
    const above = index === 0 ? 0 : BETWEEN_PX;
    views.push({ width: 1, height: above, mark: 'rect', data: { values: [] } }, header.view);
    views.push({ width: widthPx, height: panel.heightPx, layer: [...panel.layers] });
    heightPx += above + header.heightPx + panel.heightPx;
  }
  return {
    spec: { vconcat: views, bounds: 'flush', spacing: 0 },
    frame: { theme, widthPx, heightPx, padding, alt },
  };
}
