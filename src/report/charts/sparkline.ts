import type { Estimate } from '../../statistics/size-statistics.ts';
import { estimateText } from '../figure-text.ts';
import { type Chart, drawChart } from './draw-chart.ts';
import { palettes, type Theme } from './palette.ts';
import { sizeRange, sizeScale } from './size-axis.ts';
import type { SizeClasses } from './size-data.ts';
import { barLayer } from './size-marks.ts';

/** The shape of a distribution by number in the height of a line or two, its D50 as a stroke. */
export function sparkline(
  data: SizeClasses & { readonly d50: Estimate },
  theme: Theme,
  widthPx = 120,
  heightPx = 28,
): Promise<Chart> {
  const palette = palettes[theme];
  const { edgesUm, shares, d50 } = data;
  const padding = { left: 2, right: 2, top: 3, bottom: 1 };
  const size = { widthPx: widthPx - 4, heightPx: heightPx - 4 };
  const axis = { ...sizeRange(edgesUm), ...size, padding, labelled: false };
  const bars = shares.map((share, i) => ({ low: edgesUm[i]!, high: edgesUm[i + 1]!, from: 0, to: share }));
  return drawChart(
    {
      width: size.widthPx,
      height: size.heightPx,
      layer: [
        barLayer(bars, axis, palette.certain),
        {
          data: { values: [{ um: d50.value }] },
          mark: { type: 'rule', color: palette.text, strokeWidth: 1.5, y: -2 },
          encoding: { x: sizeScale('um', axis) },
        },
      ],
    },
    { theme, ...size, padding, axes: false, alt: `Sizes around D50 ${estimateText(d50, 'µm')}.` },
  );
}
