import { diameterNames } from '../diameter-names.ts';
import { counted, estimateText, figureText, percentText, settingText } from '../figure-text.ts';
import type { Layer } from './chart-layer.ts';
import { type Chart, drawChart, type Padding } from './draw-chart.ts';
import { logNormalKey, logNormalLayers } from './log-normal-curve.ts';
import { type Palette, palettes, type Theme } from './palette.ts';
import { PERCENTILE_LABELS_PX, percentileLayers } from './percentile-marks.ts';
import type { KeyEntry } from './plot-header.ts';
import { type SizeAxis, type SizedSpec, sizeRange } from './size-axis.ts';
import type { SizeDensity } from './size-classes.ts';
import type { DrawnDistribution, Percentiles, SizeDistributionData } from './size-data.ts';
import { barLayer, curveLayers, densityAxis, limitLayer, percentileShares, shareAxis } from './size-marks.ts';
import { type Panel, stackedSpec } from './stacked-plots.ts';
import { askedKey, askedLayers, targetKey, targetLayers, targetSizes } from './target-marks.ts';

const padding: Padding = { left: 48, right: 22, top: 12, bottom: 44 };
const PLOT_HEIGHT_PX = 130;

/** Densities by number and by volume and the cumulative curves, one under the other on one axis of sizes. */
export function sizeDistributionChart(
  data: SizeDistributionData,
  theme: Theme,
  widthPx = 640,
): Promise<Chart> {
  const { spec, frame } = sizeDistributionSpec(data, theme, widthPx);
  return drawChart(spec, frame);
}

/** The same before it is drawn. */
export function sizeDistributionSpec(data: SizeDistributionData, theme: Theme, widthPx: number): SizedSpec {
  const palette = palettes[theme];
  const axis = axisOf(data, widthPx);
  const panels = [
    numberPanel(data, axis, palette),
    ...(data.byVolume ? [volumePanel(data.byVolume, data.detectionLimitUm, axis, palette)] : []),
    cumulativePanel(data, { ...axis, labelled: true }, palette),
  ];
  return { ...stackedSpec(panels, { theme, widthPx, padding, alt: altOf(data) }), sizes: axis };
}

function numberPanel(data: SizeDistributionData, axis: SizeAxis, palette: Palette): Panel {
  const { byNumber, detectionLimitUm, logNormal, targetUm, askedHalfWidth } = data;
  const { densities, uncertainShares, percentiles } = byNumber;
  const certain = densities.map((density, i) => density * (1 - uncertainShares[i]!));
  const key: KeyEntry[] = [
    { symbol: 'square', color: palette.certain, text: 'certain' },
    { symbol: 'square', color: palette.uncertain, text: 'uncertain' },
    { symbol: 'band', color: palette.text, text: '95 % interval' },
    ...askedKey(askedHalfWidth, palette),
    ...targetKey(targetUm, palette),
    ...logNormalKey(logNormal, palette),
  ];
  if (detectionLimitUm !== null) {
    const text = `detection limit ${figureText(detectionLimitUm, 'µm')}`;
    key.push({ symbol: 'dashes', color: palette.faintText, text });
  }
  return {
    title: 'Density by number, q₀*(lg x)',
    key,
    labelsPx: PERCENTILE_LABELS_PX,
    heightPx: PLOT_HEIGHT_PX,
    layers: [
      barLayer(
        barsOf(
          byNumber,
          certain.map(() => 0),
          certain,
        ),
        axis,
        palette.certain,
        densityAxis,
      ),
      barLayer(barsOf(byNumber, certain, densities), axis, palette.uncertain, densityAxis),
      ...targetLayers(targetUm, axis, palette),
      ...logNormalLayers(logNormal, axis, palette),
      ...percentileLayers(percentiles, axis, palette),
      ...askedLayers(percentiles.d50.value, askedHalfWidth, axis, palette),
      ...limitLayer(detectionLimitUm, axis, palette),
    ],
  };
}

function barsOf({ edgesUm }: SizeDensity, from: readonly number[], to: readonly number[]) {
  return to.map((top, i) => ({ low: edgesUm[i]!, high: edgesUm[i + 1]!, from: from[i]!, to: top }));
}

function volumePanel(
  byVolume: DrawnDistribution,
  detectionLimitUm: number | null,
  axis: SizeAxis,
  palette: Palette,
): Panel {
  const { densities, percentiles } = byVolume;
  const bars = barsOf(
    byVolume,
    densities.map(() => 0),
    densities,
  );
  return {
    title: 'Density by volume, q₃*(lg x)',
    key: [],
    labelsPx: PERCENTILE_LABELS_PX,
    heightPx: PLOT_HEIGHT_PX,
    layers: [
      barLayer(bars, axis, palette.volume, densityAxis),
      ...percentileLayers(percentiles, axis, palette),
      ...limitLayer(detectionLimitUm, axis, palette),
    ],
  };
}

function cumulativePanel(
  { byNumber, byVolume, detectionLimitUm, targetUm }: SizeDistributionData,
  axis: SizeAxis,
  palette: Palette,
): Panel {
  const key: KeyEntry[] = [{ symbol: 'line', color: palette.certain, text: 'by number, Q₀' }];
  if (byVolume) key.push({ symbol: 'line', color: palette.volume, text: 'by volume, Q₃' });
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
      ...targetLayers(targetUm, axis, palette),
      marks,
      ...(byVolume ? curveLayers(byVolume, axis, { color: palette.volume, shape: 'square' }) : []),
      ...curveLayers(byNumber, axis, { color: palette.certain, shape: 'circle' }),
      ...limitLayer(detectionLimitUm, axis, palette),
    ],
  };
}

function axisOf(data: SizeDistributionData, widthPx: number): SizeAxis {
  const { byNumber, byVolume, detectionLimitUm, targetUm, diameter = 'area' } = data;
  const sizesUm = [...byNumber.edgesUm, ...(byVolume?.edgesUm ?? [])];
  sizesUm.push(...targetSizes(targetUm, sizesUm));
  if (detectionLimitUm !== null) sizesUm.push(detectionLimitUm);
  const innerPx = widthPx - padding.left - padding.right;
  return { ...sizeRange(sizesUm), widthPx: innerPx, padding, diameter, labelled: false };
}

function altOf(data: SizeDistributionData): string {
  const { particleCount, uncertainCount, byNumber, byVolume, detectionLimitUm, logNormal, targetUm } = data;
  const { diameter = 'area' } = data;
  const parts = [`by number ${percentilesText(byNumber.percentiles)}`];
  if (byVolume) parts.push(`by volume ${percentilesText(byVolume.percentiles)}`);
  if (targetUm) parts.push(`D50 wanted ${settingText(targetUm.min)} to ${settingText(targetUm.max, 'µm')}`);
  if (logNormal) parts.push(logNormal.fits ? 'log-normal' : 'not log-normal');
  if (detectionLimitUm !== null) parts.push(`detection limit ${figureText(detectionLimitUm, 'µm')}`);
  const uncertain = percentText(uncertainCount / particleCount);
  return `Distribution of the ${diameter === 'area' ? 'diameter' : diameterNames[diameter].name}s of ${counted(particleCount, 'particle')}, ${uncertain} uncertain: ${parts.join('; ')}.`;
}

function percentilesText({ d10, d50, d90 }: Percentiles): string {
  return `D10 ${estimateText(d10, 'µm')}, D50 ${estimateText(d50, 'µm')}, D90 ${estimateText(d90, 'µm')}`;
}
