import { createHash } from 'node:crypto';
import { Html, html } from '../html.ts';
import { localMoment } from '../night/view/local-text.ts';
import { reportStyle } from '../sample/report-style.ts';
import type { IndexedRun } from './index-entry.ts';
import { indexScript } from './index-script.ts';

/** What the pages of samples do not have. */
const style = `${reportStyle}
main { max-width: 1000px; }
form { display: flex; flex-wrap: wrap; gap: 10px 12px; align-items: center; margin-bottom: 12px; }
input, select, button { font: inherit; padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px;
  background: var(--page); color: var(--text); min-width: 0; }
input { flex: 1 1 240px; }
output { color: var(--faint); font-size: 14px; }
button { margin-top: 12px; cursor: pointer; }
form[hidden], tr[hidden], p[hidden], button[hidden] { display: none !important; }
a { color: inherit; }
td small { display: block; }
td .badge { margin: 0; padding: 2px 10px; font-size: 14px; white-space: nowrap; }
td.figure { white-space: nowrap; }
@media (max-width: 560px) {
  thead { display: none; }
  tbody tr { display: grid; grid-template-columns: 1fr auto; gap: 2px 12px; padding: 10px 0;
    border-bottom: 1px solid var(--line); }
  td { padding: 0; border: 0; }
  td:nth-child(1) { order: 1; } td:nth-child(3) { order: 2; text-align: right; }
  td:nth-child(4) { order: 3; } td:nth-child(2) { order: 4; text-align: right; }
  td:nth-child(5) { order: 5; grid-column: 1 / -1; } td:nth-child(5) small { display: inline; margin-left: 8px; }
  td[data-name]::before { content: attr(data-name) " "; color: var(--faint); font-size: 14px; }
}
@media print { form { display: none; } }`;

/**
 * `index.html` over all runs: one file that needs no server and no network, and whose policy lets nothing run but its own
 * search. Without scripts it is the whole list.
 * @param runs the newest first.
 * @param timeZone in which times are shown.
 */
export function indexPage(runs: readonly IndexedRun[], timeZone: string): string {
  const badges = [...new Set(runs.map(({ entry }) => entry.badge))].sort();
  const policy = `default-src 'none'; script-src '${hashOf(indexScript)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Particle sizes: all samples</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<header>
<p class="faint">Particle sizes</p>
<h1>All samples</h1>
</header>
<section>
<form hidden role="search">
<input type="search" name="words" aria-label="Search" placeholder="Sample, date, verdict" autofocus>
<select name="badge" aria-label="Verdict"><option value="">Any verdict</option>${badges.map((badge) => html`<option>${badge}</option>`)}</select>
<output></output>
</form>
<table>
<thead><tr><th scope="col">Sample</th><th scope="col">First tile (${timeZone})</th><th scope="col">Verdict</th><th scope="col">D50 by number, 95 % interval</th><th scope="col">Particles</th></tr></thead>
<tbody>
${runs.map((run) => row(run, timeZone))}</tbody>
</table>
<button type="button" class="more" hidden></button>
<p class="none"${new Html(runs.length === 0 ? '' : ' hidden')}>${runs.length === 0 ? 'No sample is kept here.' : 'No sample has all of these words.'}</p>
</section>
</main>
<script>${new Html(indexScript)}</script>
</body>
</html>
`.text;
}

function row({ sampleId, run, entry }: IndexedRun, timeZone: string): Html {
  const { name, verdict, badge, d50, interval, particles, tiles } = entry;
  const page = `${encodeURIComponent(sampleId)}/${encodeURIComponent(run)}/report.html`;
  return html`<tr data-badge="${badge}" data-run="${run}">
<td><a href="${page}">${name}</a>${name === sampleId ? null : html`<small>${sampleId}</small>`}</td>
<td class="figure">${localMoment(instantOfRun(run), timeZone)}<small>${run}</small></td>
<td><span class="badge ${verdict ?? ''}">${badge}</span></td>
<td class="figure" data-name="D50">${d50 ?? '–'}${interval && html`<small>${interval}</small>`}</td>
<td data-name="Particles">${particles ?? '–'}${tiles && html`<small>${tiles}</small>`}</td>
</tr>
`;
}

/** `20261128T115345Z-2` names the second in which the first tile came. */
function instantOfRun(run: string): Date {
  return new Date(run.slice(0, 16).replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
