import { basename } from 'node:path';
import type { ParticleOfTile } from '../../store/particles.ts';
import type { Chart } from '../charts/draw-chart.ts';
import { counted, figureText, percentText } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import { CERTAIN_RGB, UNCERTAIN_RGB } from '../overlay.ts';
import { CROP_PX } from '../particle-crop.ts';
import type { SampleCharts, ThemedChart } from './sample-charts.ts';
import type { SampleSummary } from './sample-summary.ts';

/** A particle and its picture; null where its tile can be read no more. */
export interface PicturedParticle {
  readonly particle: ParticleOfTile;
  readonly png: Buffer | null;
}

/** The size distribution. */
export function chartsSection({ distribution }: SampleCharts): Html | null {
  return (
    distribution &&
    html`<section>
<h2>Size distribution</h2>
${chartPicture(distribution)}
</section>`
  );
}

/** The maps of the grid, with what is to be said of them. */
export function mapsSection({ maps }: SampleCharts, text: string | null): Html | null {
  if (maps.length === 0 && text === null) return null;
  return html`<section>
<h2>Is the sample the same all over the grid?</h2>
${text && html`<p>${text}</p>`}
<div class="maps">${maps.map(chartPicture)}</div>
</section>`;
}

/** The whole grid. */
export function mosaicSection(
  jpeg: Buffer | null,
  { coverage, imaging, failedTiles, state }: SampleSummary,
): Html | null {
  if (jpeg === null) return null;
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
<img alt="${alt}" src="${dataUri('image/jpeg', jpeg)}">
<figcaption>Outlines: ${swatch(CERTAIN_RGB)}certain ${swatch(UNCERTAIN_RGB)}uncertain${hatched.length > 0 ? `; ${hatched.join(', ')}` : ''}. In full: mosaic.jpg; each tile by <code>particled overlays</code>.</figcaption>
</figure>
</section>`;
}

/** The particles that the network trusts least. */
export function cropsSection(particles: readonly PicturedParticle[]): Html | null {
  const pictured = particles.filter(({ png }) => png !== null);
  if (pictured.length === 0) return null;
  return html`<section>
<h2>The particles with the least confidence</h2>
<div class="crops">
${pictured.map(
  ({ particle: { particle, path, site }, png }) => html`<figure>
<img alt="${`Particle of ${figureText(particle.diameterEquivalentUm, 'µm')} in ${basename(path)}.`}"
width="${CROP_PX}" height="${CROP_PX}" src="${dataUri('image/png', png ?? Buffer.alloc(0))}">
<figcaption>${figureText(particle.diameterEquivalentUm, 'µm')}, ${particle.certain ? 'certain' : 'uncertain'}, confidence ${percentText(particle.confidence)}${site ? `; row ${site.row}, column ${site.column}` : ''}</figcaption>
</figure>`,
)}
</div>
</section>`;
}

/** The chart that fits the reader's screen and colour scheme; paper is light. */
function chartPicture({ wide, narrow }: ThemedChart): Html {
  const sources: [string, Chart][] = [
    ['screen and (max-width: 560px) and (prefers-color-scheme: dark)', narrow.dark],
    ['screen and (max-width: 560px)', narrow.light],
    ['screen and (prefers-color-scheme: dark)', wide.dark],
  ];
  const { png, widthPx, heightPx, alt } = wide.light;
  return html`<figure><picture>
${sources.map(
  ([media, chart]) =>
    html`<source media="${media}" width="${chart.widthPx}" height="${chart.heightPx}" srcset="${dataUri('image/png', chart.png)}">
`,
)}<img alt="${alt}" width="${widthPx}" height="${heightPx}" src="${dataUri('image/png', png)}">
</picture></figure>`;
}

function swatch(rgb: readonly number[]): Html {
  return html`<span class="swatch" style="background: rgb(${rgb.join(', ')})"></span>`;
}

function dataUri(type: string, bytes: Buffer): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}
