import { type Html, html } from '../../html.ts';
import type { ParticlePicture, SamplePictures } from '../pictures.ts';
import type { FiguresView, FigureView, SampleView } from '../view/sample.ts';
import { badge, callout, card, fact, linked, picture, themedPicture } from './parts.ts';
import { style } from './style.ts';

/** A sample in full, its name a link to its `page`: figures with both bounds, shape, verdict, change, tiles, pictures. */
export function sampleCard(
  view: SampleView,
  pictures: SamplePictures | undefined,
  page: string | null = null,
): Html {
  return card(html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="text" style="${style.text}font-size:18px;line-height:1.3;font-weight:600;word-break:break-word;">${linked(view.name, page)}</td>
<td align="right" valign="top" style="padding-left:8px;">${badge(view.badge, view.standing)}</td>
</tr></table>
<p class="small" style="${style.small}margin:3px 0 0;">${view.facts}</p>
${view.operator && fact('Operator', view.operator)}
${view.remark && fact('Note', view.remark)}
${callout(view.attention, view.standing)}
${figuresTable(view.figures)}
${view.figureNotes.map((note) => html`<p class="small" style="${style.small}margin:4px 0 0;">${note}</p>`)}
${pictures?.distribution ? html`<div style="margin:10px 0 0;">${themedPicture(pictures.distribution)}</div><p class="small" style="${style.small}margin:2px 0 0;">${view.distribution}</p>` : null}
${view.counted && fact('Counted', view.counted)}
${view.shape && fact('Shape', view.shape)}
${view.decision && fact('Decision', view.decision)}
${fact('Change', view.change)}
${view.spread && fact('Uncertainty', view.spread)}
${view.tiles.map((sentence) => fact('Tiles', sentence))}
${view.imaged && fact('Imaged', `at ${view.imaged}`)}
${view.notes.map((sentence) => fact('Keep in mind', sentence))}
${pictures?.mosaic ? html`<div style="margin:12px 0 0;">${picture(pictures.mosaic)}</div>` : null}
${particleRow(pictures?.particles ?? [])}`);
}

function figuresTable(rows: readonly FiguresView[]): Html | null {
  const [first] = rows;
  if (!first) return null;
  const head = `${style.small}padding:0 4px 2px 0;font-weight:400;`;
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:10px 0 0;table-layout:fixed;">
<tr><th class="small" width="23%" align="left" style="${head}">in µm</th>${first.figures.map(
    ({ name }) => html`<th class="small" align="left" style="${head}">${name}</th>`,
  )}</tr>
${rows.map(
  (
    { title, figures },
    i,
  ) => html`<tr><td class="small rule" valign="top" style="${style.small}${style.rule}padding:6px 6px 6px 0;">${title}</td>
${figures.map((figure) => figureCell(figure, i === 0))}</tr>`,
)}
</table>`;
}

function figureCell({ value, interval, isBelowLimit }: FigureView, isMain: boolean): Html {
  const size = isMain ? 'font-size:19px;font-weight:600;' : 'font-size:15px;';
  return html`<td class="text rule" valign="top" style="${style.text}${style.rule}padding:4px 4px 6px 0;"><span style="${size}line-height:1.3;white-space:nowrap;">${value}${isBelowLimit ? '*' : ''}</span><br><span class="small" style="${style.small}">${interval ?? ''}</span></td>`;
}

function particleRow(particles: readonly ParticlePicture[]): Html | null {
  if (particles.length === 0) return null;
  return html`<p class="small" style="${style.small}margin:10px 0 4px;">Particles of least confidence</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed;"><tr>
${particles.map(
  (particle) =>
    html`<td valign="top" style="padding-right:8px;">${picture(particle)}<span class="small" style="${style.small}">${particle.caption}</span></td>`,
)}
${Array.from({ length: 3 - particles.length }, () => html`<td></td>`)}
</tr></table>`;
}
