import { describe, expect, it } from 'vitest';
import { reportPage } from '../../../src/report/sample/report-page.ts';
import type { SampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { smallSummary } from './example-summary.ts';
import { pictureless } from './pictureless.ts';

const chart = { svg: '', png: Buffer.from('png'), widthPx: 720, heightPx: 600, alt: '' };
const both = { light: chart, dark: chart };
const themed = { name: 'chart', wide: both, narrow: both };
const map = { ...themed, grid: { left: 0.1, top: 0.2, width: 0.8, height: 0.7 } };

const oneTile: SampleSummary = {
  ...{ ...smallSummary, state: 'complete', failedTiles: [], reimage: [], decision: null },
  coverage: { rows: 1, columns: 1, tilesPresent: 1, tilesExpected: 1, missing: [], tilesUnseen: 0 },
  statistics: {
    ...smallSummary.statistics,
    border: { method: 'join', cut: 4, joined: 0, diameterD50Shift: 0.0312 },
  },
};

function textOf(summary: SampleSummary): string {
  const page = reportPage({
    ...{ summary, imaged: null, mosaic: Buffer.from('jpeg'), ...pictureless(summary) },
    charts: { distribution: themed, shape: themed, maps: [map, map] },
  });
  return page
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replace(/\s+/g, ' ');
}

describe('the page of one tile', () => {
  it('speaks neither of intervals nor of neighbours or a grid', () => {
    const text = textOf(oneTile);
    expect(text).toContain('from 1 particle in 1 tile; 0 % uncertain.');
    expect(text).toContain('Intervals none: they come from how tiles differ, and this is one tile');
    expect(text).toContain('4 particles cut by a border: not counted; whole ones count by the inverse');
    expect(text).toContain('The tile Outlines');
    expect(text).not.toMatch(/95 % intervals|An interval says|neighbour|all over the grid|The grid|1 of 1/);
  });

  it('says nothing of figures where there are no particles', () => {
    const { statistics } = oneTile;
    const none = { ...statistics, all: statistics.uncertain, certain: statistics.uncertain };
    const border = { ...statistics.border, cut: 0 };
    const text = textOf({ ...oneTile, statistics: { ...none, border, uncertaintySpread: null } });
    expect(text).toContain('No particles were counted in 1 tile.');
    expect(text).not.toMatch(/How precise|All figures|How to read it|Intervals|Particles at borders|–/);
  });
});

describe('how it was imaged', () => {
  it('stands on the page, with what the files do not say', () => {
    const acquisition = {
      ...smallSummary.acquisition,
      spotSize: null,
      workingDistanceMm: { min: 7.9, max: 8.1 },
    };
    const text = textOf({ ...oneTile, acquisition });
    // 96 um x 60 um of one tile; one particle on 0.00576 mm2.
    expect(text).toContain(
      'Magnification 5,410× Field of view 96.0 by 60.0 µm Imaged area 0.00576 mm² in 1 tile',
    );
    expect(text).toContain('Particles per mm² 174 Accelerating voltage 15 kV Detector bsd-all');
    expect(text).toContain('Working distance 7.9 to 8.1 mm Dwell time 200 ns Frames averaged 32');
    expect(text).toContain('Serial number MVE081392-10796-L Microscope’s software 6.4.1');
    expect(text).toContain('Not in the files spot size');
  });

  it('says where magnification is of a display that the files do not name', () => {
    const acquisition = { ...smallSummary.acquisition, magnificationSource: 'configured-display-width' };
    expect(textOf({ ...oneTile, acquisition })).toContain('5,410× (for a display of the configured width)');
  });
});

describe('operator and note', () => {
  it('stand under the name as they were said, and never as markup', () => {
    const said = { operator: '<b>Ada</b>', note: 'a & b <img src=x>' };
    const summary = { ...oneTile, ...said };
    const page = reportPage({
      ...{ summary, imaged: null, mosaic: null, ...pictureless(summary) },
      charts: { distribution: null, shape: null, maps: [] },
    });
    expect(page).toContain('Operator: &lt;b&gt;Ada&lt;/b&gt;');
    expect(page).toContain('a &amp; b &lt;img src=x&gt;');
    expect(textOf({ ...oneTile, operator: null, note: null })).not.toContain('Operator');
  });
});
