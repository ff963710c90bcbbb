import type { DiameterKind } from '../../statistics/published-diameter.ts';
import { estimateText, figureText } from '../figure-text.ts';
import type { Layer } from './chart-layer.ts';
import type { Padding } from './draw-chart.ts';
import { type Palette, palettes, type Theme } from './palette.ts';
import type { KeyEntry } from './plot-header.ts';
import { type SizeAxis, type SizedSpec, sizeRange } from './size-axis.ts';
import type { DrawnDistribution, SizeDistributionData } from './size-data.ts';
import { type CurveShape, curveLayers, percentileShares, shareAxis } from './size-marks.ts';
import { type Panel, stackedSpec } from './stacked-plots.ts';

/** A run whose curves are laid over those of others. */
export interface ComparedDistribution {
  readonly name: string;
  readonly data: Pick<SizeDistributionData, 'byNumber' | 'byVolume'>;
}

const padding: Padding = { left: 48, right: 22, top: 12, bottom: 44 };
const PLOT_HEIGHT_PX = 200;

/** Told apart by their marks as well as by their colours. */
const marks: readonly {
  readonly shape: CurveShape;
  readonly glyph: string;
  readonly color: keyof Palette;
}[] = [
  { shape: 'circle', glyph: '●', color: 'text' },
  { shape: 'square', glyph: '■', color: 'volume' },
  { shape: 'triangle-up', glyph: '▲', color: 'uncertain' },
  { shape: 'diamond', glyph: '◆', color: 'target' },
  { shape: 'triangle-down', glyph: '▼', color: 'certain' },
  { shape: 'cross', glyph: '✚', color: 'alarm' },
];

/** As many as have a mark of their own. */
export const COMPARED_CURVES_MAX = marks.length;

const NAME_LETTERS_MAX = 34;

/**
 * The cumulative curves of several runs over one another, by number and below it by volume.
 * @param runs at least one and at most COMPARED_CURVES_MAX, the one that the others are compared with first
 */
export function comparisonSpec(
  runs: readonly ComparedDistribution[],
  theme: Theme,
  widthPx: number,
  diameter: DiameterKind = 'area',
): SizedSpec {
  const palette = palettes[theme];
  const curves = runs.flatMap(({ data: { byNumber, byVolume } }) => [
    byNumber,
    ...(byVolume ? [byVolume] : []),
  ]);
  const axis: SizeAxis = {
    ...sizeRange(curves.flatMap(({ curve }) => [curve[0]!.um, curve.at(-1)!.um])),
    ...{ widthPx: widthPx - padding.left - padding.right, padding, diameter, labelled: false },
  };
  const key = runs.map(({ name }, place): KeyEntry => {
    const { glyph, color } = marks[place]!;
    return { symbol: { glyph }, color: colorOf(color, palette), text: shortened(name) };
  });
  const panels = [
    panel(
      'Smaller than, % by number, Q₀',
      runs.map(({ data }) => data.byNumber),
      key,
      axis,
      palette,
    ),
    panel(
      'Smaller than, % by volume, Q₃',
      runs.map(({ data }) => data.byVolume),
      [],
      { ...axis, labelled: true },
      palette,
    ),
  ];
  return { ...stackedSpec(panels, { theme, widthPx, padding, alt: altOf(runs) }), sizes: axis };
}

function panel(
  title: string,
  distributions: readonly (DrawnDistribution | null)[],
  key: readonly KeyEntry[],
  axis: SizeAxis,
  palette: Palette,
): Panel {
  const lines: Layer = {
    data: { values: percentileShares.map((share) => ({ share })) },
    mark: { type: 'rule', color: palette.faintText, strokeWidth: 1, strokeDash: [1, 3] },
    encoding: { y: shareAxis('share', percentileShares) },
  };
  // The one that the others are compared with lies in front.
  const curves = distributions
    .flatMap((distribution, place) => {
      const { shape, color } = marks[place]!;
      return distribution ? [curveLayers(distribution, axis, { color: colorOf(color, palette), shape })] : [];
    })
    .reverse();
  return { title, key, labelsPx: 8, heightPx: PLOT_HEIGHT_PX, layers: [lines, ...curves.flat()] };
}

function colorOf(name: keyof Palette, palette: Palette): string {
  const color = palette[name];
  return typeof color === 'string' ? color : palette.text;
}

function shortened(name: string): string {
  return name.length <= NAME_LETTERS_MAX ? name : `${name.slice(0, NAME_LETTERS_MAX - 1)}…`;
}

function altOf(runs: readonly ComparedDistribution[]): string {
  const texts = runs.map(({ name, data: { byNumber, byVolume } }) => {
    const volume = byVolume ? `, by volume ${figureText(byVolume.percentiles.d50.value, 'µm')}` : '';
    return `${name} ${estimateText(byNumber.percentiles.d50, 'µm')} by number${volume}`;
  });
  return `Cumulative curves of ${runs.length} runs, their D50: ${texts.join('; ')}.`;
}
