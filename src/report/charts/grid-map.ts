import { counted, type FigureUnit, figureText } from '../figure-text.ts';
import { atPx, type Layer, textLayer } from './chart-layer.ts';
import type { Chart, Padding } from './draw-chart.ts';
import { type Palette, palettes, type Theme } from './palette.ts';
import type { KeyEntry } from './plot-header.ts';
import { stackedPlots } from './stacked-plots.ts';

/** A tile without a value, and why. */
export type TileMark = 'missing' | 'failed' | 'left-out';

/** One figure of each tile of a grid. */
export interface GridMapData {
  readonly title: string;
  readonly unit: FigureUnit;
  readonly rows: number;
  readonly columns: number;
  /** Width of a tile by its height. */
  readonly tileAspect: number;
  readonly values: readonly { readonly row: number; readonly column: number; readonly value: number }[];
  readonly marked: readonly { readonly row: number; readonly column: number; readonly mark: TileMark }[];
}

const padding: Padding = { left: 40, right: 14, top: 12, bottom: 40 };
const LARGEST_TILE_PX = 72;
const LARGEST_HEIGHT_PX = 520;
/** Narrower tiles have no room for their figure. */
const LABELLED_TILE_PX = 36;

/** The grid as it lies on the stage, each tile coloured by its figure. */
export function gridMapChart(data: GridMapData, theme: Theme, widthPx = 340): Promise<Chart> {
  const palette = palettes[theme];
  const size = tileSize(data, widthPx - padding.left - padding.right);
  const range = rangeOf(data.values.map(({ value }) => value));
  return stackedPlots(
    [
      {
        title: data.unit === '' ? data.title : `${data.title}, ${data.unit}`,
        key: [...rampKey(range, palette), ...markKey(data.marked, palette)],
        labelsPx: 8,
        heightPx: Math.ceil(data.rows * size.height),
        layers: [
          ...valueLayers(data, size, range, palette),
          ...markLayers(data, size, palette),
          ...edgeLabels(data, size, palette),
        ],
      },
    ],
    { theme, widthPx, padding, alt: altOf(data, range) },
  );
}

/** Where the grid lies in the finished chart, as shares of its width and height. */
export function gridInMap(data: GridMapData, chart: Pick<Chart, 'widthPx' | 'heightPx'>) {
  const { widthPx, heightPx } = chart;
  const size = tileSize(data, widthPx - padding.left - padding.right);
  // The plot is the last above the lower padding, and as high as a whole number of pixels.
  const top = heightPx - padding.bottom - Math.ceil(data.rows * size.height);
  return {
    left: padding.left / widthPx,
    top: top / heightPx,
    width: (data.columns * size.width) / widthPx,
    height: (data.rows * size.height) / heightPx,
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function tileSize({ rows, columns, tileAspect }: GridMapData, plotWidthPx: number): Size {
  const width = Math.min(plotWidthPx / columns, LARGEST_TILE_PX, (LARGEST_HEIGHT_PX / rows) * tileAspect);
  return { width, height: width / tileAspect };
}

function rangeOf(values: readonly number[]): Range | null {
  return values.length === 0 ? null : { low: Math.min(...values), high: Math.max(...values) };
}

/** The place of a value between the lowest and the highest, 0 to 1; the middle where all are the same. */
function placeIn({ low, high }: Range, value: number): number {
  return high > low ? (value - low) / (high - low) : 0.5;
}

function valueLayers({ values }: GridMapData, size: Size, range: Range | null, palette: Palette): Layer[] {
  if (!range) return [];
  const stops = palette.ramp.map((_, i) => i / (palette.ramp.length - 1));
  const tiles = values.map((tile) => ({ ...box(tile, size), place: placeIn(range, tile.value) }));
  const layers: Layer[] = [
    {
      data: { values: tiles },
      mark: { type: 'rect' },
      encoding: {
        ...boxEncoding,
        color: {
          field: 'place',
          type: 'quantitative',
          scale: { domain: stops, range: [...palette.ramp] },
          legend: null,
        },
      },
    },
  ];
  if (size.width < LABELLED_TILE_PX) return layers;
  for (const isHigh of [false, true]) {
    const texts = values
      .filter(({ value }) => placeIn(range, value) >= 0.45 === isHigh)
      .map((tile) => ({ ...middle(tile, size), text: figureText(tile.value) }));
    // The ramp runs from the ground's shade to the text's.
    layers.push(
      textLayer(texts, { color: isHigh ? palette.background : palette.text, align: 'center', fontSize: 11 }),
    );
  }
  return layers;
}

function markLayers({ marked }: GridMapData, size: Size, palette: Palette): Layer[] {
  const fontSize = Math.round(Math.max(9, Math.min(18, size.height * 0.7)));
  const glyphs = marked.flatMap((tile) => {
    const { glyph, color } = markLook(tile.mark, palette);
    return glyph === null ? [] : [{ at: { ...middle(tile, size), text: glyph }, color }];
  });
  return [
    {
      data: { values: marked.map((tile) => box(tile, size)) },
      mark: { type: 'rect', filled: false, stroke: palette.faintText, strokeWidth: 1, strokeDash: [2, 2] },
      encoding: boxEncoding,
    },
    ...glyphs.map(({ at, color }) => textLayer([at], { color, align: 'center', fontSize, fontWeight: 600 })),
  ];
}

function markLook(
  mark: TileMark,
  palette: Palette,
): { readonly glyph: string | null; readonly color: string } {
  if (mark === 'failed') return { glyph: '×', color: palette.alarm };
  if (mark === 'left-out') return { glyph: '–', color: palette.faintText };
  return { glyph: null, color: palette.faintText };
}

/** Numbers of the first and last row and column, as in file names and tables. */
function edgeLabels({ rows, columns }: GridMapData, { width, height }: Size, palette: Palette): Layer[] {
  const ends = (count: number): number[] => (count > 1 ? [0, count - 1] : [0]);
  const color = palette.faintText;
  return [
    textLayer(
      ends(rows).map((row) => ({ x: -8, y: (row + 0.5) * height, text: String(row) })),
      { color, align: 'right' },
    ),
    textLayer(
      [
        ...ends(columns).map((column) => ({ column, text: String(column) })),
        ...(columns > 4 ? [{ column: (columns - 1) / 2, text: 'column' }] : []),
      ].map(({ column, text }) => ({ x: (column + 0.5) * width, y: rows * height + 14, text })),
      { color, align: 'center' },
    ),
  ];
}

function rampKey(range: Range | null, palette: Palette): KeyEntry[] {
  if (!range) return [];
  const { low, high } = range;
  if (low === high)
    return [{ symbol: 'square', color: palette.ramp[2] ?? palette.text, text: figureText(low) }];
  return [0, 2, 4].map((stop) => ({
    symbol: 'square',
    color: palette.ramp[stop] ?? palette.text,
    text: figureText(low + ((high - low) * stop) / 4),
  }));
}

function markKey(marked: GridMapData['marked'], palette: Palette): KeyEntry[] {
  const marks: readonly TileMark[] = ['missing', 'failed', 'left-out'];
  return marks
    .filter((mark) => marked.some((tile) => tile.mark === mark))
    .map((mark) => {
      const { glyph, color } = markLook(mark, palette);
      return { symbol: glyph === null ? 'box' : { glyph }, color, text: mark.replace('-', ' ') };
    });
}

const GAP_PX = 1;
const boxEncoding = { x: atPx('x'), x2: { field: 'x2' }, y: atPx('y'), y2: { field: 'y2' } };

function box({ row, column }: { readonly row: number; readonly column: number }, { width, height }: Size) {
  return {
    x: column * width + GAP_PX / 2,
    x2: (column + 1) * width - GAP_PX / 2,
    y: row * height + GAP_PX / 2,
    y2: (row + 1) * height - GAP_PX / 2,
  };
}

function middle({ row, column }: { readonly row: number; readonly column: number }, { width, height }: Size) {
  return { x: (column + 0.5) * width, y: (row + 0.5) * height };
}

function altOf({ title, unit, values, marked, rows, columns }: GridMapData, range: Range | null): string {
  const span = range
    ? `${figureText(range.low, unit)} to ${figureText(range.high, unit)} over ${counted(values.length, 'tile')}`
    : 'no tile has a value';
  const marks = (['missing', 'failed', 'left-out'] as const).flatMap((mark) => {
    const count = marked.filter((tile) => tile.mark === mark).length;
    return count === 0 ? [] : [`${count} ${mark.replace('-', ' ')}`];
  });
  return `${title} on the grid of ${counted(rows, 'row')} and ${counted(columns, 'column')}: ${[span, ...marks].join(', ')}.`;
}
