import { type Html, html } from '../html.ts';
import { type ShownRun, tileHref } from './shown-run.ts';

/** Where the grid lies in a picture, as shares of its width and height. */
export interface GridBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Links over the picture of a grid, one on each segmented tile, to the tile with its outlines.
 * @param reach keyboard: each tile is a stop; pointer: for those who click, where the page has the same links elsewhere.
 */
export function placeLinks(run: ShownRun, box: GridBox, reach: 'keyboard' | 'pointer'): Html {
  const { rows, columns } = run.summary.coverage;
  const cells = [...run.tiles.values()].flatMap((tile) => {
    const { site } = tile.tile;
    if (site === null || site.row >= rows || site.column >= columns) return [];
    const name = `${tile.file}, row ${site.row}, column ${site.column}`;
    const place = `grid-area: ${site.row + 1} / ${site.column + 1}`;
    const names = reach === 'keyboard' ? html`aria-label="${name}"` : html`tabindex="-1" aria-hidden="true"`;
    return [
      html`<a href="${tileHref(tile)}" title="${name}" ${names} style="${place}"></a>
`,
    ];
  });
  const of = (share: number): string => `${Number((100 * share).toFixed(3))}%`;
  const frame = `left: ${of(box.left)}; top: ${of(box.top)}; width: ${of(box.width)}; height: ${of(box.height)}`;
  return html`<div class="places" style="${frame}; grid-template: repeat(${rows}, 1fr) / repeat(${columns}, 1fr)">${cells}</div>`;
}
