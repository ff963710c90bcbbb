import { Html, html } from '../../html.ts';
import { troubles } from '../conditions.ts';
import type { NightReport } from '../model.ts';
import type { NightPictures } from '../pictures.ts';
import { emptyNightLines } from '../plain-text.ts';
import { filesText, indexUrl, pageUrl } from '../report-pages.ts';
import { conditionLines } from '../view/conditions.ts';
import { controlSentence } from '../view/control-text.ts';
import { nightOutcome, nightTitle } from '../view/headline.ts';
import { type SampleView, sampleView } from '../view/sample.ts';
import { badge, callout, card, fact, heading, linked, MAIL_WIDTH_PX, themedPicture } from './parts.ts';
import { sampleCard } from './sample.ts';
import { darkStyle, style } from './style.ts';

/**
 * The night as mail: tables and inline styles, which mail clients keep; readable at 360 px, in dark mode and without
 * pictures. Samples without an entry in `pictures` stand in the overview alone.
 */
export function nightHtml(report: NightReport, pictures: NightPictures, subject: string): string {
  const isEmpty = report.samples.length === 0 && report.unreadable.length === 0;
  return page(subject, isEmpty ? emptyCard(report) : cards(report, pictures));
}

function cards(report: NightReport, pictures: NightPictures): Html {
  const { samples, unreadable, conditions, timeZone, instrument, pages } = report;
  const views = samples.map((sample) => ({
    ...{ runId: sample.runId, view: sampleView(sample, timeZone), page: pageUrl(pages, sample) },
  }));
  const inFull = views.filter(({ runId }) => pictures.samples.has(runId));
  const left = views.length - inFull.length;
  return html`${card(html`<p class="small" style="${style.small}margin:0;">particled ${instrument}</p>
<h1 class="text" style="${style.text}margin:2px 0 2px;font-size:21px;line-height:1.25;font-weight:600;">${nightOutcome(report)}</h1>
<p class="small" style="${style.small}margin:0 0 6px;">${nightTitle(report)}</p>
${callout(troubles(conditions), 'rejected')}
${overview(views)}
${filesLine(report)}
${left > 0 ? fact('More', `The last ${left} stand here and in the attached table alone.`) : null}
${unreadable.map((name) => fact(name, 'is of another version of particled and not shown.'))}`)}
${inFull.map(({ runId, view, page }) => sampleCard(view, pictures.samples.get(runId), page))}
${card(html`${heading('Uncertain particles')}
${pictures.control && themedPicture(pictures.control)}
<p class="small" style="${style.small}margin:6px 0 0;">${controlSentence(report)}</p>`)}
${card(html`${heading('Instrument')}
${conditionLines(conditions, timeZone).map(([name, text]) => fact(name, text))}`)}`;
}

/** One line a sample: what it is, its D50, and the first reason to look. */
function overview(samples: readonly { readonly view: SampleView; readonly page: string | null }[]): Html {
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0">
${samples.map(({ view: { name, figures, badge: word, standing, attention }, page }) => {
  const d50 = figures[0]?.figures[1];
  return html`<tr>
<td class="text rule" valign="top" style="${style.text}${style.rule}padding:8px 8px 8px 0;word-break:break-word;"><strong style="font-weight:600;">${linked(name, page)}</strong><br><span class="small" style="${style.small}">${attention[0] ?? 'In order.'}</span></td>
<td class="text rule" valign="top" align="right" style="${style.text}${style.rule}padding:8px 0;white-space:nowrap;">${badge(word, standing)}<br><span style="font-size:14px;">${d50 ? `D50 ${d50.value} µm` : 'no D50'}</span></td>
</tr>`;
})}
</table>`;
}

/** Where the pages of all samples are. */
function filesLine({ pages }: NightReport): Html | null {
  const index = indexUrl(pages);
  const text = index === null ? filesText(pages) : linked('All samples, with a page for each', index);
  return text === null
    ? null
    : html`<p class="small" style="${style.small}margin:7px 0 0;word-break:break-word;">${text}</p>`;
}

function emptyCard(report: NightReport): Html {
  return card(
    html`${emptyNightLines(report).map(
      (line) => html`<p class="text" style="${style.text}margin:0 0 4px;">${line}</p>`,
    )}`,
  );
}

function page(subject: string, content: Html): string {
  // What Outlook on Windows needs, which knows no max-width, is in comments for it alone.
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>${new Html(darkStyle)}
</style>
<!--[if mso]><style>td, p, h1, h2, div, span { font-family: Arial, sans-serif !important; }</style><![endif]-->
</head>
<body class="page" style="${style.page}">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="${style.page}"><tr><td class="outer" align="center" style="padding:16px 8px;">
<!--[if mso]><table role="presentation" width="${MAIL_WIDTH_PX}" align="center"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:${MAIL_WIDTH_PX}px;text-align:left;">
${content}
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`.text;
}
