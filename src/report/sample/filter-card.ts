import { sizesOf } from '../../statistics/published-sizes.ts';
import type { Estimate } from '../../statistics/size-statistics.ts';
import { countText, estimateValueText, type FigureUnit, intervalText, percentText } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import { diameterText, filterText, wholeText } from './filter-text.ts';
import { reviewText } from './review-text.ts';
import type { SampleSummary } from './sample-summary.ts';

/**
 * Which diameter and which particles the figures are of, what a filter changes, and who reviewed them; null where all is as
 * usual.
 */
export function filterSection(summary: SampleSummary): Html | null {
  const texts = [diameterText, filterText, wholeText, reviewText]
    .map((textOf) => textOf(summary))
    .filter(Boolean);
  if (texts.length === 0) return null;
  return html`<section>
<h2>What is counted</h2>
${texts.map((text) => html`<p>${text}</p>`)}
${effectTable(summary)}
</section>`;
}

/** Each figure with the filter, without it, and how far they lie apart. */
function effectTable({ statistics }: SampleSummary): Html | null {
  const { filter, all, uncertain } = statistics;
  if (!filter) return null;
  const { unfiltered } = filter;
  const sizes = sizesOf(all);
  const without = unfiltered.diameterUm;
  return html`<table class="figures">
<thead><tr><th scope="col">Effect of the filter</th><th scope="col">With it</th><th scope="col">Without</th><th scope="col" class="gap">Gap</th></tr></thead>
<tbody>
${countRow('Particles', all.count, unfiltered.count)}
${countRow('Uncertain', uncertain.count, unfiltered.uncertainCount)}
${(['d10', 'd50', 'd90'] as const).map((name) =>
  figureRow(name.toUpperCase(), sizes?.[name], without?.[name], 'µm'),
)}
${figureRow('Mean', sizes?.mean, without?.mean, 'µm')}
${figureRow('D50 by volume', all.diameterByVolumeUm?.d50, unfiltered.diameterByVolumeUm?.d50, 'µm')}
${figureRow('Mean area', all.areaUm2?.mean, unfiltered.areaMeanUm2, 'µm²')}
</tbody>
</table>
<p class="faint">Verdict and precision rest on the figures with the filter. The map of tiles and the pictures show all particles.</p>`;
}

function countRow(name: string, passed: number, all: number): Html {
  const gap = all === 0 ? '–' : signedPercent(passed / all - 1);
  return html`<tr><th scope="row">${name}</th><td>${countText(passed)}</td><td>${countText(all)}</td><td class="gap">${gap}</td></tr>`;
}

function figureRow(
  name: string,
  passed: Estimate | null | undefined,
  all: Estimate | null | undefined,
  unit: FigureUnit,
): Html {
  const gap = passed && all ? signedPercent(passed.value / all.value - 1) : '–';
  return html`<tr><th scope="row">${name}</th><td>${cell(passed, unit)}</td><td>${cell(all, unit)}</td><td class="gap">${gap}</td></tr>`;
}

function cell(figure: Estimate | null | undefined, unit: FigureUnit): Html {
  if (!figure) return html`–`;
  const interval = intervalText(figure);
  return html`${estimateValueText(figure, unit)}${interval === null ? null : html` <small>${interval}</small>`}`;
}

function signedPercent(change: number): string {
  const sign = change === 0 ? '' : change < 0 ? '−' : '+';
  return `${sign}${percentText(Math.abs(change))}`;
}
