import { describe, expect, it } from 'vitest';
import { reportPage } from '../../../src/report/sample/report-page.ts';
import type { SampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { smallSummary, wholeSummary } from './example-summary.ts';
import { pictureless } from './pictureless.ts';

const chart = { svg: '', png: Buffer.from('png'), widthPx: 720, heightPx: 600, alt: 'Sizes.' };
const both = { light: chart, dark: chart };
const themed = { name: 'chart', wide: both, narrow: both };
const map = { ...themed, grid: { left: 0.1, top: 0.2, width: 0.8, height: 0.7 } };

function pageOf(summary: SampleSummary): string {
  const isEmpty = summary.statistics.all.count === 0;
  return reportPage({
    summary,
    imaged: { first: '2026-03-14T23:12:09', last: '2026-03-15T00:03:41' },
    charts: isEmpty
      ? { distribution: null, shape: null, maps: [] }
      : { distribution: themed, shape: themed, maps: [map, map] },
    mosaic: isEmpty ? null : Buffer.from('jpeg'),
    ...pictureless(summary),
  });
}

/** What the page shows as text. */
function textOf(page: string): string {
  return page
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replace(/\s+/g, ' ');
}

describe('the page of a sample', () => {
  it('needs nothing from elsewhere: every address in it is data', () => {
    const page = pageOf(smallSummary);
    const addresses = [...page.matchAll(/(?:src|srcset|href|action|data)="([^"]*)"/g)].map(([, url]) => url!);
    // Four charts of three sources and an image each, and the mosaic.
    expect(addresses).toHaveLength(4 * 4 + 1);
    expect(addresses.filter((url) => !/^data:image\/(png|jpeg);base64,/.test(url))).toEqual([]);
    expect(page).not.toMatch(/<script|<link|<iframe|@import|url\(|https?:/i);
  });

  it('shows a hostile label as the text that it is, wherever it stands', () => {
    const label = `</title><img src=x onerror="alert(1)">&'`;
    const file = '<b>tile</b>.tif';
    const page = pageOf({
      ...smallSummary,
      sample: { ...smallSummary.sample, label },
      instrument: '<i>phenom</i>',
      failedTiles: smallSummary.failedTiles.map((tile) => ({ ...tile, file, reason: '<u>why</u>' })),
    });
    expect(page).not.toMatch(/<img src=x|<b>|<i>|<u>/);
    const escaped = '&lt;/title&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;';
    expect(page).toContain(`<title>${escaped}: particle sizes</title>`);
    expect(page).toContain(`<h1>${escaped}</h1>`);
    expect(page).toContain('&lt;b&gt;tile&lt;/b&gt;.tif');
  });

  it('begins with the verdict, and keeps provenance for the end', () => {
    const text = textOf(pageOf(smallSummary));
    const places = [
      'Li1 1F0',
      'Image again',
      'D50 = 1.95 µm',
      'The scan ended early',
      'All figures',
      'Size distribution',
      'Is the sample the same all over the grid?',
      'The grid',
      'Tiles missing, failed or left out',
      'What this rests on',
      'How to read it',
    ].map((part) => text.indexOf(part));
    expect(text).toContain('14 March 2026, 23:12 to 15 March 2026, 00:03 · phenom-1 · revision 3');
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('says of each tile that is not in the figures where it lies and why', () => {
    const text = textOf(pageOf(smallSummary));
    expect(text).toContain(
      '80_30_BO.tiff 0, 1 83.5, 31.5 µm failed: the segmenter ended twice while it worked on this tile',
    );
    expect(text).toContain('no file 0, 2 163.5, 31.5 µm missing: no tile has come from there');
  });

  it('marks figures under the detection limit', () => {
    const { statistics } = wholeSummary;
    const detectionLimit = {
      diameterUm: 4.95,
      recall: 0.5,
      figuresBelow: ['all.diameterEquivalentUm.d10'],
    };
    const page = pageOf({ ...wholeSummary, statistics: { ...statistics, detectionLimit } });
    // Only D10 by number of all particles: 4.9 um.
    expect(page.match(/†/g)).toHaveLength(1);
    expect(textOf(page)).toMatch(/By number D10 4\.90 µm 4\.70 to 5\.10 † 5\.00 µm 4\.80 to 5\.20 2 % D50/);
  });

  it('has the shapes of the particles that were seen whole, where there are any', () => {
    const estimate = (value: number) => ({ value, low95: value - 0.02, high95: value + 0.02 });
    const of = (value: number) => ({
      ...{ mean: estimate(value), d10: estimate(value - 0.1) },
      d50: estimate(value),
      d90: estimate(value + 0.1),
    });
    const lengths = { diameterFeretMinUm: of(4), diameterFeretMaxUm: of(6) };
    const group = { count: 70, circularity: of(0.81), aspectRatio: of(0.7), solidity: of(0.9), ...lengths };
    const statistics = { ...wholeSummary.statistics, shape: { all: group, certain: group } };
    const text = textOf(pageOf({ ...wholeSummary, statistics }));
    expect(text).toMatch(
      /Circularity 4π area \/ perimeter² 0\.810 0\.790 to 0\.830 0\.710 0\.690 to 0\.730 /,
    );
    expect(text).toMatch(/Feret, greatest length 6\.00 µm 5\.98 to 6\.02/);
    expect(text).toContain('Of the 70 particles of 80 that one tile shows whole');
    expect(textOf(pageOf(wholeSummary))).not.toContain('Shape');
  });

  it('reads well where there is nothing: no particle, no grid, no decision', () => {
    const { uncertain } = smallSummary.statistics;
    const text = textOf(
      pageOf({
        ...wholeSummary,
        coverage: { ...wholeSummary.coverage, rows: 0, columns: 0, tilesPresent: 1, tilesExpected: 1 },
        uniformity: { diameter: null, count: null, map: [] },
        statistics: {
          ...wholeSummary.statistics,
          tiles: 1,
          all: uncertain,
          certain: uncertain,
          uncertain,
          detectionLimit: null,
          uncertaintySpread: null,
        },
      }),
    );
    expect(text).toContain('No particles were counted in 1 tile.');
    expect(text).not.toMatch(/NaN|null|undefined|Infinity|Size distribution|all over the grid/);
  });
});
