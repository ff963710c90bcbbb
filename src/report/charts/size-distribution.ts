import { diameterNames } from '../diameter-names.ts';
import { counted, estimateText, figureText, percentText } from '../figure-text.ts';
import type { Layer } from './chart-layer.ts';
import type { Chart, Padding } from './draw-chart.ts';
import { type Palette, palettes, type Theme } from './palette.ts';
import { PERCENTILE_LABELS_PX, percentileLayers } from './percentile-marks.ts';
import type { KeyEntry } from './plot-header.ts';
import { type SizeAxis, sizeRange } from './size-axis.ts';
import type { Percentiles, SizeDistributionData } from './size-data.ts';
import { barLayer, curveLayer, limitLayer, percentileShares, shareAxis } from './size-marks.ts';
import { type Panel, stackedPlots } from './stacked-plots.ts';

const padding: Padding = { left: 48, right: 22, top: 12, bottom: 44 };
const PLOT_HEIGHT_PX = 130;

/** Shares by number and by volume and the cumulative curves, one under the other on one axis of sizes. */
export function sizeDistributionChart(
  data: SizeDistributionData,
  theme: Theme,
  widthPx = 640,
): Promise<Chart> {
  const palette = palettes[theme];
  const axis = axisOf(data, widthPx);
  const panels = [
    numberPanel(data, axis, palette),
    ...(data.byVolume ? [volumePanel(data.byVolume, data.detectionLimitUm, axis, palette)] : []),
    cumulativePanel(data, { ...axis, labelled: true }, palette),
  ];
  return stackedPlots(panels, { theme, widthPx, padding, alt: altOf(data) });
}

function numberPanel(
  { byNumber, detectionLimitUm }: SizeDistributionData,
  axis: SizeAxis,
  palette: Palette,
): Panel {
  const { edgesUm, shares, uncertainShares, percentiles } = byNumber;
  const certain = shares.map((share, i) => ({
    low: edgesUm[i]!,
    high: edgesUm[i + 1]!,
    from: 0,
    to: share - uncertainShares[i]!,
  }));
  const uncertain = shares.map((share, i) => ({ ...certain[i]!, from: certain[i]!.to, to: share }));
  const key: KeyEntry[] = [
    { symbol: 'square', color: palette.certain, text: 'certain' },
    { symbol: 'square', color: palette.uncertain, text: 'uncertain' },
    { symbol: 'band', color: palette.text, text: '95 % interval' },
  ];
  if (detectionLimitUm !== null) {
    const text = `detection limit ${figureText(detectionLimitUm, 'µm')}`;
    key.push({ symbol: 'dashes', color: palette.faintText, text });
  }
  return {
    title: 'Share of particles, %',
    key,
    labelsPx: PERCENTILE_LABELS_PX,
    heightPx: PLOT_HEIGHT_PX,
    layers: [
      barLayer(certain, axis, palette.certain),
      barLayer(uncertain, axis, palette.uncertain),
      ...percentileLayers(percentiles, axis, palette),
      ...limitLayer(detectionLimitUm, axis, palette),
    ],
  };
}

function volumePanel(
  { edgesUm, shares, percentiles }: NonNullable<SizeDistributionData['byVolume']>,
  detectionLimitUm: number | null,
  axis: SizeAxis,
  palette: Palette,
): Panel {
  const bars = shares.map((share, i) => ({ low: edgesUm[i]!, high: edgesUm[i + 1]!, from: 0, to: share }));
  return {
    title: 'Share of volume, %',
    key: [],
    labelsPx: PERCENTILE_LABELS_PX,
    heightPx: PLOT_HEIGHT_PX,
    layers: [
      barLayer(bars, axis, palette.volume),
      ...percentileLayers(percentiles, axis, palette),
      ...limitLayer(detectionLimitUm, axis, palette),
    ],
  };
}

function cumulativePanel(
  { byNumber, byVolume, detectionLimitUm }: SizeDistributionData,
  axis: SizeAxis,
  palette: Palette,
): Panel {
  const key: KeyEntry[] = [{ symbol: 'line', color: palette.certain, text: 'by number' }];
  if (byVolume) key.push({ symbol: 'dashes', color: palette.volume, text: 'by volume' });
  const marks: Layer = {
    data: { values: percentileShares.map((share) => ({ share })) },
    mark: { type: 'rule', color: palette.faintText, strokeWidth: 1, strokeDash: [1, 3] },
    encoding: { y: shareAxis('share', percentileShares) },
  };
  return {
    title: 'Smaller than, %',
    key,
    labelsPx: 8,
    heightPx: PLOT_HEIGHT_PX,
    layers: [
      marks,
      curveLayer(byNumber, axis, { color: palette.certain }),
      ...(byVolume ? [curveLayer(byVolume, axis, { color: palette.volume, strokeDash: [6, 3] })] : []),
      ...limitLayer(detectionLimitUm, axis, palette),
    ],
  };
}

function axisOf(data: SizeDistributionData, widthPx: number): SizeAxis {
  const { byNumber, byVolume, detectionLimitUm, diameter = 'area' } = data;
  const sizesUm = [...byNumber.edgesUm, ...(byVolume?.edgesUm ?? [])];
  if (detectionLimitUm !== null) sizesUm.push(detectionLimitUm);
  const innerPx = widthPx - padding.left - padding.right;
  return { ...sizeRange(sizesUm), widthPx: innerPx, padding, diameter, labelled: false };
}

function altOf({
  diameter = 'area',
  particleCount,
  uncertainCount,
  byNumber,
  byVolume,
  detectionLimitUm,
}: SizeDistributionData): string {
  const parts = [`by number ${percentilesText(byNumber.percentiles)}`];
  if (byVolume) parts.push(`by volume ${percentilesText(byVolume.percentiles)}`);
  if (detectionLimitUm !== null) parts.push(`detection limit ${figureText(detectionLimitUm, 'µm')}`);
  const uncertain = percentText(uncertainCount / particleCount);
  return `Distribution of the ${diameter === 'area' ? 'diameter' : diameterNames[diameter].name}s of ${counted(particleCount, 'particle')}, ${uncertain} uncertain: ${parts.join('; ')}.`;
}

function percentilesText({ d10, d50, d90 }: Percentiles): string {
  return `D10 ${estimateText(d10, 'µm')}, D50 ${estimateText(d50, 'µm')}, D90 ${estimateText(d90, 'µm')}`;
}
