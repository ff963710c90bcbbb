import { shapeMeasures } from '../../statistics/shape-measures.ts';
import type { Estimate } from '../../statistics/size-statistics.ts';
import { countText, estimateValueText, type FigureUnit, intervalText } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import { shapeNames } from '../shape-names.ts';
import type { SampleSummary } from './sample-summary.ts';
import { hasIntervals } from './verdict-text.ts';

/** The shapes of all particles that one tile shows whole; null where there are none. */
export function shapeSection(summary: SampleSummary): Html | null {
  const { shape, all, border } = summary.statistics;
  if (!shape || shape.all.count === 0) return null;
  return html`<section>
<h2>Shape</h2>
<table class="figures">
<thead><tr><th scope="col">By number</th><th scope="col">Mean</th><th scope="col">D10</th><th scope="col">Median</th><th scope="col">D90</th></tr></thead>
<tbody>
${shapeMeasures.map((measure) => {
  const figures = shape.all[measure];
  const { name, note, unit } = shapeNames[measure];
  return (
    figures &&
    html`<tr><th scope="row">${name} <small>${note}</small></th>
${[figures.mean, figures.d10, figures.d50, figures.d90].map((figure) => cell(figure, unit))}</tr>
`
  );
})}</tbody>
</table>
<p class="faint">Of the ${countText(shape.all.count)} ${shape.all.count === 1 ? 'particle' : 'particles'} of ${countText(all.count)} that one tile shows whole${hasIntervals(summary) ? ', with 95 % intervals' : ''}${border.joined > 0 ? '; the outline of a particle that is put together from pieces is not known' : ''}.</p>
</section>`;
}

function cell(figure: Estimate, unit: FigureUnit): Html {
  const interval = intervalText(figure);
  return html`<td>${estimateValueText(figure, unit)}${interval === null ? null : html` <small>${interval}</small>`}</td>`;
}
