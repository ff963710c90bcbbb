import { type Html, html } from '../html.ts';
import type { SampleSummary } from '../sample/sample-summary.ts';

/** What a page beside the report says. */
export interface LinkedPage {
  readonly title: string;
  /** Under the title. */
  readonly facts: string;
  /** To pages beside it. */
  readonly links: readonly (readonly [text: string, href: string])[];
  readonly body: Html;
}

/** A page in a folder of the sample's; its style lies in `tiles`, once for hundreds. It needs no script and no network. */
export function linkedPage(summary: SampleSummary, { title, facts, links, body }: LinkedPage): string {
  const name = summary.sample.label || summary.sample.id;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}: ${name}</title>
<link rel="stylesheet" href="../tiles/page.css">
</head>
<body>
<main class="linked">
<header>
<p><a href="../report.html">${name}: particle sizes</a></p>
<h1>${title}</h1>
<p class="faint">${facts} · revision ${summary.revision}</p>
${links.length === 0 ? null : html`<nav aria-label="Beside it">${links.map(([text, href]) => html`<a href="${href}">${text}</a> `)}</nav>`}
</header>
${body}
</main>
</body>
</html>
`.text;
}
