import { describe, expect, it } from 'vitest';
import { nightHtml } from '../../../src/report/night/html/page.ts';
import { type NightFacts, nightReport } from '../../../src/report/night/model.ts';
import { nightText } from '../../../src/report/night/plain-text.ts';
import { factsOf, runOf } from './nights.ts';

const run = runOf({ label: 'LiCoO2 950' });
const { sample, run: name } = run.summary;
const path = `${sample.id}/${name}/report.html`;

function mailOf(pages: NightFacts['pages']): { text: string; html: string } {
  const report = nightReport(factsOf([run], { pages }));
  const pictures = { samples: new Map([[run.runId, { distribution: null, mosaic: null, particles: [] }]]) };
  return { text: nightText(report), html: nightHtml(report, { ...pictures, control: null }, 'subject') };
}

describe('the night mail', () => {
  it.each(['https://files.lab.example/particled', 'https://files.lab.example/particled/'])(
    'links to the index and to the page of each sample under %s',
    (baseUrl) => {
      const { text, html } = mailOf({ folder: '/srv/reports', baseUrl, written: new Set([run.runId]) });
      const base = 'https://files.lab.example/particled';
      expect(text).toContain(`\nPage: ${base}/${path}\n`);
      expect(text).toContain(`\nAll samples: ${base}/index.html\n`);
      const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url);
      // In the overview, then the index, then in full.
      expect(links).toEqual([`${base}/${path}`, `${base}/index.html`, `${base}/${path}`]);
      expect(text + html).not.toContain('/srv/reports');
    },
  );

  it('names the folder where nobody has said under which address it is', () => {
    const { text, html } = mailOf({ folder: '/srv/reports', baseUrl: null, written: new Set([run.runId]) });
    for (const said of [text, html]) {
      expect(said).toContain('index.html in /srv/reports lists all samples, with a page for each.');
    }
    expect(html).not.toContain('href=');
  });

  it('leads to no page that is not there', () => {
    const { text, html } = mailOf({
      ...{ folder: '/srv/reports', baseUrl: 'https://files.lab.example', written: new Set<number>() },
    });
    expect(text + html).not.toContain('report.html');
    expect(text).toContain('All samples: https://files.lab.example/index.html');
  });

  it('says nothing of files where none are written', () => {
    const { text, html } = mailOf(null);
    expect(text + html).not.toMatch(/index\.html|href=/);
  });
});
