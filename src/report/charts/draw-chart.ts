import { renderAsync } from '@resvg/resvg-js';
import sharp from 'sharp';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { fontFamily, fontFiles, textWidthPx } from './inter-font.ts';
import { palettes, type Theme } from './palette.ts';

/** A finished picture. */
export interface Chart {
  /** Its text falls back to the reader's own typeface. */
  readonly svg: string;
  /** Two pixels for each of `widthPx`. */
  readonly png: Buffer;
  /** Size at which it is meant to be shown, in CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** What it shows, as a sentence with the numbers. */
  readonly alt: string;
}

/** Room around the plots of a chart. */
export interface Padding {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface ChartFrame {
  readonly theme: Theme;
  /** Of the plots, together with what lies between them. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly padding: Padding;
  /** False for a picture without axes. */
  readonly axes?: boolean;
  readonly alt: string;
}

export const FONT_SIZE_PX = 12;
const PNG_SCALE = 2;

// Vega guesses widths where it has no canvas; these are the ones that will be drawn.
declare module 'vega' {
  const textMetrics: { width: (item: TextItem, text: unknown) => number };
}

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: number | string;
}

vega.textMetrics.width = ({ fontSize = FONT_SIZE_PX, fontWeight }, text) =>
  textWidthPx(String(text ?? ''), fontSize, Number(fontWeight) >= 600 ? 600 : 400);

/** A chart as it is meant to look, before anybody draws it. */
export interface FramedSpec {
  readonly spec: TopLevelSpec;
  readonly frame: ChartFrame;
}

/** The spec with the colours and letters of its theme. */
export function styledSpec({ spec, frame }: FramedSpec, font = fontFamily): TopLevelSpec {
  const { background, text, faintText, grid } = palettes[frame.theme];
  return {
    ...spec,
    background,
    config: {
      aria: false, // whoever shows the picture gives its alt
      font,
      view: { stroke: null },
      text: { color: text, fontSize: FONT_SIZE_PX },
      axis: {
        labelColor: faintText,
        titleColor: faintText,
        labelFontSize: FONT_SIZE_PX,
        titleFontSize: FONT_SIZE_PX,
        titleFontWeight: 400,
        domainColor: faintText,
        tickColor: faintText,
        gridColor: grid,
        labelPadding: 5,
        tickSize: 4,
      },
    },
  };
}

/** The spec as SVG and PNG, exactly as large as its frame says: nothing moves with the length of a label. */
export async function drawChart(spec: TopLevelSpec, frame: ChartFrame): Promise<Chart> {
  const { widthPx, heightPx, padding, axes = true, alt } = frame;
  // Vega writes its own marks into the rows that it is given.
  const compiled = compile(structuredClone(styledSpec({ spec, frame }))).spec;
  const view = new vega.View(
    vega.parse({
      ...compiled,
      ...(axes ? {} : { axes: [] }),
      autosize: 'none',
      width: widthPx,
      height: heightPx,
      padding: { ...padding },
    }),
    { renderer: 'none' },
  );
  const svg = withFallbackFont(await view.toSVG());
  view.finalize();
  const outerWidthPx = widthPx + padding.left + padding.right;
  return {
    svg,
    png: await pngOf(svg, outerWidthPx * PNG_SCALE),
    widthPx: outerWidthPx,
    heightPx: heightPx + padding.top + padding.bottom,
    alt,
  };
}

/** Draws an SVG with the bundled typeface and none of the machine's. */
export async function pngOf(svg: string, widthPx: number, fonts = fontFiles): Promise<Buffer> {
  const drawn = await renderAsync(svg, {
    fitTo: { mode: 'width', value: widthPx },
    font: { loadSystemFonts: false, fontFiles: [...fonts], defaultFontFamily: fontFamily },
  });
  // A palette is a third of the bytes: a chart has few colours, and mails carry it.
  return sharp(drawn.asPng()).png({ palette: true, dither: 0 }).toBuffer();
}

function withFallbackFont(svg: string): string {
  return svg.replaceAll(`font-family="${fontFamily}"`, `font-family="${fontFamily}, system-ui, sans-serif"`);
}
