import { sizesOf } from '../../statistics/published-sizes.ts';
import { diameterNames } from '../diameter-names.ts';
import { countText, estimateValueText, intervalText, percentText } from '../figure-text.ts';
import { Html, html } from '../html.ts';
import type { PicturedGallery } from '../particles/crop-writing.ts';
import { gallerySections } from '../particles/report-sections.ts';
import type { ShownRun } from '../particles/shown-run.ts';
import { acquisitionSection } from './acquisition-text.ts';
import { figuresSection } from './figure-table.ts';
import { filterSection } from './filter-card.ts';
import { howToRead, provenance } from './report-notes.ts';
import { chartsSection, mapsSection, mosaicSection, sizeShapeSection } from './report-pictures.ts';
import { reportStyle } from './report-style.ts';
import type { SampleCharts } from './sample-charts.ts';
import type { SampleSummary } from './sample-summary.ts';
import { shapeSection } from './shape-table.ts';
import { type TileProblem, tileProblems } from './tile-problems.ts';
import {
  decisionText,
  decisionTitle,
  endedText,
  sufficiencyText,
  trustText,
  uncertainText,
  uniformityText,
} from './verdict-text.ts';
import { warningTexts } from './warning-text.ts';

export interface SampleReport {
  readonly summary: SampleSummary;
  /** When the first and the last tile were imaged, as the microscope wrote it: local, without zone. */
  readonly imaged: { readonly first: string; readonly last: string } | null;
  readonly charts: SampleCharts;
  /** A JPEG of the whole grid; null where tiles have no place on a grid. */
  readonly mosaic: Buffer | null;
  /** The same run particle by particle, and pictures of those that a reader asks for first. */
  readonly run: ShownRun;
  readonly galleries: readonly PicturedGallery[];
}

/** `report.html`: one file that needs nothing else but what its links lead to, in the order in which a materials scientist asks. */
export function reportPage(report: SampleReport): string {
  const { summary } = report;
  const name = summary.sample.label || summary.sample.id;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name}: particle sizes</title>
<style>${new Html(reportStyle)}</style>
</head>
<body>
<main>
<header>
<p class="faint">Particle sizes</p>
<h1>${name}</h1>
<p class="faint">${[imagedText(report), summary.instrument, `revision ${summary.revision}`].filter(Boolean).join(' · ')}</p>
${summary.operator && html`<p>Operator: ${summary.operator}</p>`}
${summary.note && html`<p>${summary.note}</p>`}
</header>
${verdictSection(summary)}
${filterSection(summary)}
${warningsSection(summary)}
${figuresSection(summary)}
${shapeSection(summary)}
${chartsSection(report.charts, report.run)}
${sizeShapeSection(report.charts)}
${isGrid(summary) ? mapsSection(report.charts, uniformityText(summary), report.run) : null}
${mosaicSection(report.mosaic, report.run)}
${gallerySections(report.run, report.galleries)}
${problemsSection(tileProblems(summary))}
${acquisitionSection(summary)}
${provenance(summary)}
${howToRead(summary)}
</main>
</body>
</html>
`.text;
}

function verdictSection(summary: SampleSummary): Html {
  const title = decisionTitle(summary);
  const lines = [decisionText(summary), endedText(summary), sufficiencyText(summary), uncertainText(summary)];
  return html`<section class="verdict">
${title === null ? null : html`<p class="badge ${summary.decision?.verdict ?? ''}">${title}</p>`}
${keyFigures(summary)}
<p>${trustText(summary)}</p>
${lines.map((line) => line && html`<p>${line}</p>`)}
</section>`;
}

function keyFigures({ statistics: { all, uncertain, diameter = 'area' } }: SampleSummary): Html | null {
  const sizes = sizesOf(all);
  if (!sizes) return null;
  const interval = intervalText(sizes.d50);
  const keys = [
    ['D10', sizes.d10],
    ['D90', sizes.d90],
    ...(all.diameterByVolumeUm ? [['D50 by volume', all.diameterByVolumeUm.d50] as const] : []),
  ] as const;
  return html`<p class="hero"><span class="name">D50, median ${diameter === 'area' ? 'diameter' : diameterNames[diameter].name} by number</span>
<strong>${estimateValueText(sizes.d50, 'µm')}</strong>
${interval === null ? null : html`<span>${interval} µm with 95 % confidence</span>`}</p>
<dl class="keys">
${keys.map(
  ([name, figure]) => html`<div><dt>${name}</dt>
<dd>${estimateValueText(figure, 'µm')} <small>${intervalText(figure)}</small></dd></div>`,
)}
<div><dt>Uncertain</dt><dd>${percentText(uncertain.count / all.count)} <small>${countText(uncertain.count)} of ${countText(all.count)}</small></dd></div>
</dl>`;
}

/** One tile alone has no others to be compared with. */
function isGrid({ coverage }: SampleSummary): boolean {
  return coverage.tilesExpected > 1;
}

function warningsSection(summary: SampleSummary): Html | null {
  const texts = warningTexts(summary);
  return texts.length === 0
    ? null
    : html`<section class="warnings">
<h2>To keep in mind</h2>
<ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>
</section>`;
}

function problemsSection(problems: readonly TileProblem[]): Html | null {
  if (problems.length === 0) return null;
  const again = problems.filter(({ stagePositionUm }) => stagePositionUm !== null).length;
  return html`<section>
<h2>Tiles missing, failed or left out</h2>
${again === 0 ? null : html`<p>Those with a stage position can be imaged again; their tiles then enter a new revision.</p>`}
<table class="tiles">
<thead><tr><th scope="col">Tile</th><th scope="col">Row, column</th><th scope="col">Stage x, y</th><th scope="col">Why</th></tr></thead>
<tbody>
${problems.map(
  ({ kind, file, row, column, stagePositionUm: stage, reason }) => html`<tr>
<td>${file ?? 'no file'}</td>
<td data-name="row, column">${row === null ? '–' : `${row}, ${column}`}</td>
<td data-name="stage x, y" class="number">${stage === null ? '–' : `${positionText(stage.x)}, ${positionText(stage.y)} µm`}</td>
<td>${kind}: ${reason}</td>
</tr>`,
)}
</tbody>
</table>
</section>`;
}

function positionText(um: number): string {
  return um.toFixed(1).replace('-', '−');
}

function imagedText({ imaged }: SampleReport): string | null {
  if (!imaged) return null;
  const [day, time] = dayAndTime(imaged.first);
  const [lastDay, lastTime] = dayAndTime(imaged.last);
  if (day === lastDay && time === lastTime) return `${day}, ${time}`;
  return day === lastDay ? `${day}, ${time} to ${lastTime}` : `${day}, ${time} to ${lastDay}, ${lastTime}`;
}

/** `14 March 2026` and `03:12` of a local ISO 8601 time. */
function dayAndTime(local: string): readonly [day: string, time: string] {
  const date = new Date(`${local.slice(0, 10)}T00:00:00Z`);
  const day = Number.isNaN(date.getTime())
    ? local.slice(0, 10)
    : date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return [day, local.slice(11, 16)];
}
