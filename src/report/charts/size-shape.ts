import { counted, figureText } from '../figure-text.ts';
import { shapeNames } from '../shape-names.ts';
import { atPx, type Layer } from './chart-layer.ts';
import { dotLabels } from './dot-labels.ts';
import { type Chart, drawChart, type Padding } from './draw-chart.ts';
import { type Palette, palettes, type Theme } from './palette.ts';
import type { KeyEntry } from './plot-header.ts';
import { type DrawnShape, drawnShapes, type ShapedDot, type SizeShapeData } from './shape-data.ts';
import { positionPx, type SizeAxis, type SizedSpec, sizeRange, sizeScale } from './size-axis.ts';
import { type Panel, stackedSpec } from './stacked-plots.ts';

const padding: Padding = { left: 48, right: 22, top: 12, bottom: 44 };
const PLOT_HEIGHT_PX = 190;
const LABELLED = 6;
/** Outliers apart. */
const DOTS_MAX = 3_000;
/** Of a dot in square pixels, where there are many and where there are few. */
const [MANY_SIZE, FEW_SIZE] = [14, 26];

/** Circularity and aspect ratio against diameter, the outliers ringed and the most extreme ones numbered. */
export function sizeShapeChart(data: SizeShapeData, theme: Theme, widthPx = 640): Promise<Chart> {
  const { spec, frame } = sizeShapeSpec(data, theme, widthPx);
  return drawChart(spec, frame);
}

/** The same before it is drawn. */
export function sizeShapeSpec(data: SizeShapeData, theme: Theme, widthPx: number): SizedSpec {
  const palette = palettes[theme];
  const axis: SizeAxis = {
    // A ring at the end of the axis is whole.
    ...sizeRange(data.dots.flatMap(({ um }) => [um / 1.05, um * 1.05])),
    ...{ widthPx: widthPx - padding.left - padding.right, padding, labelled: false },
    diameter: data.diameter,
  };
  const panels = drawnShapes.map(
    (shape, i): Panel => ({
      title: titleOf(data, shape),
      key: i === 0 ? keyOf(data, palette) : [],
      labelsPx: 8,
      heightPx: PLOT_HEIGHT_PX,
      layers: layersOf(data, shape, { ...axis, labelled: i === drawnShapes.length - 1 }, palette),
    }),
  );
  return { ...stackedSpec(panels, { theme, widthPx, padding, alt: altOf(data) }), sizes: axis };
}

function layersOf(data: SizeShapeData, shape: DrawnShape, axis: SizeAxis, palette: Palette): Layer[] {
  const low = lowestOf(data, shape);
  const y = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { domain: [low, 1], nice: false, zero: false },
    axis: { title: null, grid: true, domain: false, ticks: false, tickCount: 5, format: '~r' },
  });
  const heightOf = (value: number): number => (PLOT_HEIGHT_PX * (1 - value)) / (1 - low);
  const dots = data.dots.map((dot) => ({
    dot,
    x: positionPx(axis, dot.um),
    y: heightOf(dot[shape]),
    isOutlier: dot.distance[shape] > 1,
  }));
  const all = dots.filter(({ isOutlier }) => !isOutlier);
  const ordinary = all.filter((_, i) => i % everyOf(all.length) === 0);
  const isMany = ordinary.length > 300;
  const opacity = isMany ? 0.5 : 0.75;
  const dotSize = isMany ? MANY_SIZE : FEW_SIZE;
  const outliers = dots
    .filter(({ isOutlier }) => isOutlier)
    .sort((a, b) => b.dot.distance[shape] - a.dot.distance[shape]);
  const dotLayer = (shown: typeof dots, certain: boolean, opacity: number): Layer => ({
    data: { values: shown.filter(({ dot }) => dot.certain === certain).map(({ dot }) => rowOf(dot)) },
    mark: {
      ...{ type: 'point', filled: true, opacity, size: certain ? dotSize : 1.5 * dotSize },
      ...{ shape: certain ? 'circle' : 'triangle-up' },
      color: certain ? palette.certain : palette.uncertain,
    },
    encoding: { x: sizeScale('um', axis), y: y(shape) },
  });
  return [
    ...limitLayers(data, shape, low, axis, palette, y),
    dotLayer(ordinary, true, opacity),
    dotLayer(ordinary, false, 0.8),
    dotLayer(outliers, true, 1),
    dotLayer(outliers, false, 1),
    ...ringLayers(outliers, axis, palette),
  ];
}

interface PlacedDot {
  readonly dot: ShapedDot;
  readonly x: number;
  readonly y: number;
}

/** @param outliers the most extreme first. */
function ringLayers(
  outliers: readonly PlacedDot[],
  { widthPx }: SizeAxis,
  { text: color }: Palette,
): Layer[] {
  const size = { widthPx, heightPx: PLOT_HEIGHT_PX };
  return [
    {
      data: { values: outliers.map(({ x, y }) => ({ x, y })) },
      mark: { type: 'point', filled: false, size: 90, stroke: color, strokeWidth: 1.25, opacity: 1 },
      encoding: { x: atPx('x'), y: atPx('y') },
    },
    dotLabels(
      outliers.map(({ x, y, dot }) => ({ x, y, text: String(dot.number) })),
      LABELLED,
      size,
      color,
    ),
  ];
}

function rowOf({ um, circularity, aspectRatio }: ShapedDot) {
  return { um, circularity, aspectRatio };
}

/** The limits beyond which lie outliers, as far as they are on the axes. */
function limitLayers(
  { limits, limitsUm }: SizeShapeData,
  shape: DrawnShape,
  low: number,
  axis: SizeAxis,
  palette: Palette,
  y: (field: string) => object,
): Layer[] {
  const mark = { type: 'rule' as const, color: palette.faintText, strokeWidth: 1, strokeDash: [4, 3] };
  const sizes = [limitsUm.low, limitsUm.high].filter((um) => um > axis.lowUm && um < axis.highUm);
  const shapes = [limits[shape].low, limits[shape].high].filter((value) => value > low && value < 1);
  return [
    {
      data: { values: sizes.map((um) => ({ um })) },
      mark,
      encoding: { x: sizeScale('um', axis) },
    },
    { data: { values: shapes.map((value) => ({ value })) }, mark, encoding: { y: y('value') } },
  ];
}

/** Down to a whole tenth, so that the lowest particle is inside. */
function lowestOf({ dots }: SizeShapeData, shape: DrawnShape): number {
  const lowest = dots.reduce((least, dot) => Math.min(least, dot[shape]), 1);
  return Math.max(0, Math.floor(10 * lowest - 0.2) / 10);
}

/** Of more ordinary dots than can be told apart every so many-th by size, so that their density stays as it is. */
function everyOf(ordinary: number): number {
  return Math.ceil(ordinary / DOTS_MAX);
}

/** Says what is left out. */
function titleOf({ dots }: SizeShapeData, shape: DrawnShape): string {
  const every = everyOf(dots.filter(({ distance }) => distance[shape] <= 1).length);
  const { name } = shapeNames[shape];
  return every === 1 ? name : `${name}: one in ${every} particles, all outliers`;
}

function keyOf({ dots }: SizeShapeData, palette: Palette): KeyEntry[] {
  const key: KeyEntry[] = [
    { symbol: { glyph: '●' }, color: palette.certain, text: 'certain' },
    { symbol: { glyph: '▲' }, color: palette.uncertain, text: 'uncertain' },
  ];
  if (dots.some(isOutlier)) {
    key.push({ symbol: { glyph: '○' }, color: palette.text, text: 'outlier, its number in the table' });
  }
  return [...key, { symbol: 'dashes', color: palette.faintText, text: 'limits' }];
}

function isOutlier({ distance }: ShapedDot): boolean {
  return distance.circularity > 1 || distance.aspectRatio > 1;
}

function altOf({ dots, withoutShape, limits }: SizeShapeData): string {
  const outliers = dots
    .filter(isOutlier)
    .sort((a, b) => farthest(b) - farthest(a))
    .map(({ number }) => number);
  const medians = drawnShapes.map(
    (shape) => `median ${shapeNames[shape].name.toLowerCase()} ${figureText(limits[shape].median)}`,
  );
  const most = outliers.slice(0, LABELLED).join(', ');
  const found =
    outliers.length === 0
      ? 'no outliers'
      : `${counted(outliers.length, 'outlier')}, the farthest with ${outliers.length === 1 ? 'number' : 'numbers'} ${most}`;
  const left =
    withoutShape === 0
      ? ''
      : `; ${withoutShape} more ${withoutShape === 1 ? 'is' : 'are'} seen in pieces only`;
  return `Shape against diameter of ${counted(dots.length, 'particle')}: ${[...medians, found].join(', ')}${left}.`;
}

function farthest({ distance }: ShapedDot): number {
  return Math.max(distance.circularity, distance.aspectRatio);
}
