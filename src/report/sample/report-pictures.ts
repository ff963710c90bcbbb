import type { Chart } from '../charts/draw-chart.ts';
import { counted } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import { CERTAIN_RGB, UNCERTAIN_RGB } from '../outline-colours.ts';
import { placeLinks } from '../particles/place-links.ts';
import { classBars } from '../particles/report-sections.ts';
import type { ShownRun } from '../particles/shown-run.ts';
import type { SampleCharts, ThemedChart } from './sample-charts.ts';

/** The size distribution, and links to the particles behind it. */
export function chartsSection({ distribution }: SampleCharts, run: ShownRun): Html | null {
  return (
    distribution &&
    html`<section>
<h2>Size distribution</h2>
${chartPicture(distribution)}
${classBars(run)}
</section>`
  );
}

/** Size against shape, and what counts as out of the ordinary. */
export function sizeShapeSection({ shape }: SampleCharts): Html | null {
  return (
    shape &&
    html`<section>
<h2>Size and shape</h2>
${chartPicture(shape)}
<p class="faint">Ringed: particles farther from the median than 3.5 robust standard deviations of their side, by the logarithm of diameter or by shape. The number is that of the row in the table <code>particles</code>.</p>
</section>`
  );
}

/** The maps of the grid, with what is to be said of them; each tile leads to its outlines. */
export function mapsSection({ maps }: SampleCharts, text: string | null, run: ShownRun): Html | null {
  if (maps.length === 0 && text === null) return null;
  return html`<section>
<h2>Is the sample the same all over the grid?</h2>
${text && html`<p>${text}</p>`}
<div class="maps">${maps.map((map) => chartPicture(map, placeLinks(run, map.grid, 'pointer')))}</div>
</section>`;
}

/** The whole grid; each tile leads to its outlines. */
export function mosaicSection(jpeg: Buffer | null, run: ShownRun): Html | null {
  if (jpeg === null) return null;
  const { coverage, imaging, failedTiles, state } = run.summary;
  const hatched = [
    coverage.missing.length > 0 ? `hatched grey: ${state === 'finalised' ? 'not scanned' : 'missing'}` : '',
    failedTiles.length > 0 ? 'hatched red: failed' : '',
    imaging.tiles.length > 0 ? 'dim: left out' : '',
  ].filter(Boolean);
  const isOne = coverage.rows * coverage.columns === 1;
  const grid = `grid of ${counted(coverage.rows, 'row')} and ${counted(coverage.columns, 'column')}`;
  const alt = `The ${isOne ? 'tile' : grid} with all outlines.`;
  return html`<section class="mosaic">
<h2>${isOne ? 'The tile' : 'The grid'}</h2>
<figure>
<div class="placed"><img alt="${alt}" src="${dataUri('image/jpeg', jpeg)}">
${placeLinks(run, { left: 0, top: 0, width: 1, height: 1 }, 'keyboard')}</div>
<figcaption>Outlines: ${swatch(CERTAIN_RGB)}certain ${swatch(UNCERTAIN_RGB)}uncertain${hatched.length > 0 ? `; ${hatched.join(', ')}` : ''}. ${isOne ? 'It' : 'A tile'} leads to its outlines with their numbers. In full: mosaic.jpg.</figcaption>
</figure>
</section>`;
}

/** The chart that fits the reader's screen and colour scheme; paper is light. */
function chartPicture({ wide, narrow }: ThemedChart, over: Html | null = null): Html {
  const sources: [string, Chart][] = [
    ['screen and (max-width: 560px) and (prefers-color-scheme: dark)', narrow.dark],
    ['screen and (max-width: 560px)', narrow.light],
    ['screen and (prefers-color-scheme: dark)', wide.dark],
  ];
  const { png, widthPx, heightPx, alt } = wide.light;
  return html`<figure class="placed"><picture>
${sources.map(
  ([media, chart]) =>
    html`<source media="${media}" width="${chart.widthPx}" height="${chart.heightPx}" srcset="${dataUri('image/png', chart.png)}">
`,
)}<img alt="${alt}" width="${widthPx}" height="${heightPx}" src="${dataUri('image/png', png)}">
</picture>${over}</figure>`;
}

function swatch(rgb: readonly number[]): Html {
  return html`<span class="swatch" style="background: rgb(${rgb.join(', ')})"></span>`;
}

function dataUri(type: string, bytes: Buffer): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}
