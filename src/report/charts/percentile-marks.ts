import type { Estimate } from '../../statistics/size-statistics.ts';
import { estimateValueText } from '../figure-text.ts';
import { type Layer, textLayer } from './chart-layer.ts';
import { FONT_SIZE_PX } from './draw-chart.ts';
import { textWidthPx } from './inter-font.ts';
import type { Palette } from './palette.ts';
import { BAND_OPACITY } from './plot-header.ts';
import { positionPx, type SizeAxis, sizeScale } from './size-axis.ts';
import type { Percentiles } from './size-data.ts';

/** Room that the labels need above a plot. */
export const PERCENTILE_LABELS_PX = 36;

/** No label comes closer to the picture's edge. */
const EDGE_PX = 8;
const LABEL_GAP_PX = 6;

/** Each percentile as a line in its interval, with its name and figure above. */
export function percentileLayers(percentiles: Percentiles, axis: SizeAxis, palette: Palette): Layer[] {
  const values = [percentiles.d10, percentiles.d50, percentiles.d90];
  return [
    {
      data: { values: values.filter(({ low95, high95 }) => low95 !== null && high95 !== null) },
      mark: { type: 'rect', color: palette.text, opacity: BAND_OPACITY },
      encoding: { x: sizeScale('low95', axis), x2: { field: 'high95' } },
    },
    {
      data: { values },
      mark: { type: 'rule', color: palette.text, strokeWidth: 1.25, y: -4 },
      encoding: { x: sizeScale('value', axis) },
    },
    ...percentileLabels(percentiles, axis, palette),
  ];
}

/** D50 stands above; D10 ends at its line and D90 begins at its own, so that close ones do not meet. */
function percentileLabels({ d10, d50, d90 }: Percentiles, axis: SizeAxis, palette: Palette): Layer[] {
  const label = (name: string, figure: Estimate, fontWeight: 400 | 600 = 400) => {
    const text = `${name} ${estimateValueText(figure, 'µm')}`;
    return { text, widthPx: textWidthPx(text, FONT_SIZE_PX, fontWeight), at: positionPx(axis, figure.value) };
  };
  const first = EDGE_PX - axis.padding.left;
  const end = axis.widthPx + axis.padding.right - EDGE_PX;
  const inside = (x: number, widthPx: number) => Math.max(first, Math.min(end - widthPx, x));
  const [low, middle, high] = [label('D10', d10), label('D50', d50, 600), label('D90', d90)];
  const xLow = inside(Math.min(low.at, end - high.widthPx - LABEL_GAP_PX) - low.widthPx, low.widthPx);
  const xHigh = inside(Math.max(high.at, xLow + low.widthPx + LABEL_GAP_PX), high.widthPx);
  const xMiddle = inside(middle.at - middle.widthPx / 2, middle.widthPx);
  return [
    textLayer([{ x: xMiddle, y: -27, text: middle.text }], { color: palette.text, fontWeight: 600 }),
    textLayer(
      [
        { x: xLow, y: -12, text: low.text },
        { x: xHigh, y: -12, text: high.text },
      ],
      { color: palette.text },
    ),
  ];
}
