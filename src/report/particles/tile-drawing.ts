import { type Html, html } from '../html.ts';
import { scaleBar } from '../scale-length.ts';
import { boxPxOf, type ShownPiece, type ShownTile } from './shown-run.ts';
import type { TileLayers } from './tile-picture.ts';

/** A part of a tile, in its pixels; it may reach beyond the tile. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The square around a piece with twice its size, at least; all of one scale where `sidePx` is given. */
export function partAround([x, y, width, height]: readonly number[], sidePx?: number): Part {
  const side = sidePx ?? Math.max(64, 2 * Math.max(width!, height!));
  return { x: x! + width! / 2 - side / 2, y: y! + height! / 2 - side / 2, widthPx: side, heightPx: side };
}

/**
 * The pictures of a tile as SVG; behind them what is to be read once they are deleted.
 * @param overlays the folder of overlays, from where the page lies.
 */
function tileImages({ widthPx, heightPx }: ShownTile, layers: TileLayers, overlays: string): Html {
  const missing = layers.length === 0 ? 'No outlines of this tile are kept' : 'The picture is kept no longer';
  return html`<rect class="nothing" width="${widthPx}" height="${heightPx}"/>
<text class="nothing" x="${widthPx / 2}" y="${heightPx / 2}" font-size="${widthPx / 40}">${missing}</text>
${layers.map(
  ({ name, shows }) =>
    html`<image class="${shows}" href="${overlays}${encodeURIComponent(name)}" width="${widthPx}" height="${heightPx}" preserveAspectRatio="none"/>
`,
)}`;
}

/** A tile with box and number of each of its pieces, each leading to the piece on the same page. */
export function wholeTile(
  tile: ShownTile,
  layers: TileLayers,
  pieces: readonly Omit<ShownPiece, 'tile'>[],
): Html {
  const { widthPx, heightPx, file } = tile;
  const fontPx = Math.round(widthPx / 90);
  const whole = { x: 0, y: 0, widthPx, heightPx };
  return html`<svg class="whole" viewBox="0 0 ${widthPx} ${heightPx}" role="group" aria-label="${file} with the outlines of ${pieces.length} pieces and their numbers">
<g id="tile">${tileImages(tile, layers, '../overlays/')}</g>
<g class="${layers.length === 0 ? 'numbers bare' : 'numbers'}" font-size="${fontPx}">
${pieces.map(({ number, index }) => {
  const [x, y, width, height] = boxPxOf({ tile, index });
  return html`<a class="p${number}" href="#p${number}"><rect x="${x}" y="${y}" width="${width}" height="${height}"/><text x="${within(x + width / 2, widthPx, fontPx)}" y="${within(y + height / 2, heightPx, fontPx / 1.5)}">${number}</text></a>
`;
})}</g>
${barOver(whole, tile.pixelSizeUm, widthPx / 60)}
</svg>`;
}

/** A part of the tile that the page shows already, with a scale bar of its own. */
export function enlarged(part: Part, tile: ShownTile, label: string): Html {
  return html`<svg class="part" viewBox="${viewBox(part)}" role="img" aria-label="${label}"><use href="#tile"/>${barOver(part, tile.pixelSizeUm, part.widthPx / 18)}</svg>`;
}

/** The same on a page that does not show the tile. */
export function partOfTile(part: Part, tile: ShownTile, layers: TileLayers, label: string): Html {
  return html`<svg class="part" viewBox="${viewBox(part)}" role="img" aria-label="${label}">${tileImages(tile, layers, '../overlays/')}${barOver(part, tile.pixelSizeUm, part.widthPx / 18)}</svg>`;
}

function viewBox({ x, y, widthPx, heightPx }: Part): string {
  return [x, y, widthPx, heightPx].join(' ');
}

/** A scale bar in the lower right corner of what is shown. */
function barOver({ x, y, widthPx, heightPx }: Part, pixelSizeUm: number, fontPx: number): Html {
  const { lengthUm, text } = scaleBar(widthPx * pixelSizeUm);
  const barPx = lengthUm / pixelSizeUm;
  // Whatever typeface the reader has: digits and letters are hardly wider than this.
  const plate = { width: Math.max(barPx, text.length * 0.65 * fontPx) + fontPx, height: 2.2 * fontPx };
  const left = x + widthPx - fontPx / 2 - plate.width;
  const top = y + heightPx - fontPx / 2 - plate.height;
  const middle = left + plate.width / 2;
  return html`<g class="bar" font-size="${two(fontPx)}"><rect class="plate" x="${two(left)}" y="${two(top)}" width="${two(plate.width)}" height="${two(plate.height)}"/><text x="${two(middle)}" y="${two(top + fontPx * 0.85)}">${text}</text><rect x="${two(middle - barPx / 2)}" y="${two(top + fontPx * 1.6)}" width="${two(barPx)}" height="${two(fontPx / 4)}"/></g>`;
}

/** Clear of the tile's border, where a number would be cut. */
function within(px: number, sizePx: number, marginPx: number): number {
  return two(Math.min(sizePx - marginPx, Math.max(marginPx, px)));
}

function two(px: number): number {
  return Number(px.toFixed(2));
}
