import { atPx, type Layer, type Plot, textLayer } from './chart-layer.ts';
import { FONT_SIZE_PX } from './draw-chart.ts';
import { textWidthPx } from './inter-font.ts';
import type { Palette } from './palette.ts';

/** What a colour or line of a plot means. */
export interface KeyEntry {
  readonly symbol: 'square' | 'box' | 'point' | 'line' | 'dashes' | 'band' | { readonly glyph: string };
  readonly color: string;
  readonly text: string;
}

const TITLE_SIZE_PX = 13;
export const BAND_OPACITY = 0.16;

const LINE_PX = 19;
const SYMBOL_PX = 14;
const SYMBOL_GAP_PX = 5;
const ENTRY_GAP_PX = 14;

type PlacedEntry = KeyEntry & { readonly x: number; readonly y: number };

/**
 * A plot's title and the meaning of its colours, to stand above it, in as many lines as they need.
 * @param leftPx where the lines begin and `rightPx` where they end, from the plot's left edge.
 * @param gapPx room left below them.
 */
export function plotHeader(
  title: string,
  entries: readonly KeyEntry[],
  { leftPx, rightPx, gapPx }: { readonly leftPx: number; readonly rightPx: number; readonly gapPx: number },
  palette: Palette,
): { readonly view: Plot; readonly heightPx: number } {
  const { placed, lines } = placeEntries(entries, { title, leftPx, rightPx });
  const heightPx = lines * LINE_PX + gapPx;
  return {
    heightPx,
    view: {
      width: 1,
      height: heightPx,
      layer: [
        textLayer([{ x: leftPx, y: LINE_PX / 2, text: title }], {
          color: palette.text,
          fontWeight: 600,
          fontSize: TITLE_SIZE_PX,
        }),
        textLayer(
          placed.map(({ x, y, text }) => ({ x: x + SYMBOL_PX + SYMBOL_GAP_PX, y, text })),
          { color: palette.faintText },
        ),
        ...placed.map(symbolLayer),
      ],
    },
  };
}

function placeEntries(
  entries: readonly KeyEntry[],
  { title, leftPx, rightPx }: { readonly title: string; readonly leftPx: number; readonly rightPx: number },
): { readonly placed: readonly PlacedEntry[]; readonly lines: number } {
  const widthOf = ({ text }: KeyEntry): number => SYMBOL_PX + SYMBOL_GAP_PX + textWidthPx(text, FONT_SIZE_PX);
  const keyPx = entries.reduce((sum, entry) => sum + ENTRY_GAP_PX + widthOf(entry), 0);
  const titlePx = textWidthPx(title, TITLE_SIZE_PX, 600);
  // A key that does not fit beside its title stays together below it.
  const isBelow = entries.length > 0 && leftPx + titlePx + keyPx > rightPx;
  let line = isBelow ? 1 : 0;
  let x = leftPx + (isBelow ? 0 : titlePx + ENTRY_GAP_PX);
  const placed = entries.map((entry) => {
    const widthPx = widthOf(entry);
    if (x + widthPx > rightPx) {
      line++;
      x = leftPx;
    }
    const at = { ...entry, x, y: (line + 0.5) * LINE_PX };
    x += widthPx + ENTRY_GAP_PX;
    return at;
  });
  return { placed, lines: line + 1 };
}

function symbolLayer({ symbol, color, x, y }: PlacedEntry): Layer {
  const right = x + SYMBOL_PX;
  if (symbol === 'point') {
    return {
      data: { values: [{ x: right - 5, y }] },
      mark: { type: 'point', shape: 'diamond', filled: true, opacity: 1, size: 60, color },
      encoding: { x: atPx('x'), y: atPx('y') },
    };
  }
  if (typeof symbol === 'object') {
    return textLayer([{ x: right - 5, y, text: symbol.glyph }], { color, align: 'center', fontWeight: 600 });
  }
  if (symbol === 'box') {
    return {
      data: { values: [{ x: right - 9.5, x2: right - 0.5, y: y - 4.5, y2: y + 4.5 }] },
      mark: { type: 'rect', filled: false, stroke: color, strokeDash: [2, 2] },
      encoding: { x: atPx('x'), x2: { field: 'x2' }, y: atPx('y'), y2: { field: 'y2' } },
    };
  }
  if (symbol === 'square' || symbol === 'band') {
    return {
      data: { values: [{ x: symbol === 'square' ? right - 10 : x, x2: right, y: y - 5, y2: y + 5 }] },
      mark: { type: 'rect', color, opacity: symbol === 'band' ? 2 * BAND_OPACITY : 1 },
      encoding: { x: atPx('x'), x2: { field: 'x2' }, y: atPx('y'), y2: { field: 'y2' } },
    };
  }
  return {
    data: { values: [{ x, x2: right, y }] },
    mark: {
      type: 'rule',
      color,
      strokeWidth: 2,
      ...(symbol === 'dashes' ? { strokeDash: [4, 3] } : {}),
    },
    encoding: { x: atPx('x'), x2: { field: 'x2' }, y: atPx('y') },
  };
}
