import { describe, expect, it } from 'vitest';
import { nightReport } from '../../../src/report/night/model.ts';
import { sampleView } from '../../../src/report/night/view/sample.ts';
import type { SampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { busyNight } from './busy-night.ts';
import { factsOf, runOf, summaryOf } from './nights.ts';

/** The only sample of a night. */
function only(change: Partial<SampleSummary>, count = 1000) {
  return nightReport(factsOf([runOf({ label: 'powder', count, change })])).samples[0]!;
}

const { sufficiency, coverage } = summaryOf({ label: 'any' });
const tile = { contentHash: 'a'.repeat(64), file: 'a.tiff', row: 0, column: 0 };
const target = { d50Um: { min: 4.5, max: 5.5 }, probability: 0.95 };
const verdict = (word: 'accept' | 'reject' | 'more-tiles' | 'reimage', moreTiles: number | null = null) => ({
  decision: { verdict: word, probability: 0.5, target, moreTiles, reason: 'so it is' },
});

describe('the samples of a night', () => {
  it('stand in the order of concern: rejected, to be looked at, in order', () => {
    const { samples } = nightReport(busyNight());
    expect(samples.map(({ standing }) => standing)).toEqual(['rejected', 'look', 'look', 'well']);
    expect(samples.at(-1)?.name).toBe('LiCoO2 950 °C');
  });

  it('go by their id where the microscope was given no label', () => {
    const run = runOf({ label: '', change: { sample: { id: 'unlabelled', label: '' } } });
    expect(nightReport(factsOf([run])).samples[0]?.name).toBe('unlabelled');
  });

  it.each([
    ['rejected: its D50 lies outside 4.5 to 5.5 µm', verdict('reject')],
    ['undecided: about 7 more tiles would tell', verdict('more-tiles', 7)],
    ['undecided: its D50 lies on the edge of the target', verdict('more-tiles')],
    ['undecided: 0 tiles to image again', verdict('reimage')],
    [
      'D50 not known to ±5 %; about 3 more tiles would do',
      { sufficiency: { ...sufficiency, sufficient: false, tilesNeeded: 3 } },
    ],
    ['4 tiles of 24 never came', { state: 'stalled', coverage: { ...coverage, tilesPresent: 20 } }],
    ['1 tile could not be segmented', { failedTiles: [{ ...tile, reason: 'it broke' }] }],
    [
      '1 tile left out for poor imaging',
      { imaging: { tiles: [{ ...tile, causes: ['blurred'], reason: 'it is blurred' }] } },
    ],
  ] as const)('need a look, and say why: %s', (reason, change) => {
    expect(only(change).attention).toEqual([reason]);
  });

  it('need none where a controller ended the scan, whose tiles left out are not missed', () => {
    const finalised = { at: '2026-11-23T03:00:00.000Z', by: 'controller', reason: 'D50 known to 3 %' };
    const ended = { state: 'finalised', finalised, coverage: { ...coverage, tilesPresent: 14 } } as const;
    expect(only(ended)).toMatchObject({ standing: 'well', attention: [] });
    expect(sampleView(only(ended), 'UTC').tiles).toEqual([
      'Ended on request by controller after 14 of 24 tiles: D50 known to 3 %.',
    ]);
  });

  it('say which key leaves every tile out, instead of that nothing was found', () => {
    const { statistics } = summaryOf({ label: 'any', count: 0 });
    const warning = { code: 'every-tile-left-out', message: 'all left out: imaging.blackShareMax' } as const;
    const leftOut = { ...tile, causes: ['saturated'], reason: 'black' } as const;
    const change = { statistics: { ...statistics, warnings: [warning] }, imaging: { tiles: [leftOut] } };
    expect(only(change, 0).attention).toEqual([warning.message]);
    expect(sampleView(only(change, 0), 'UTC').notes).toEqual([]);
  });

  it('name images that are none of its tiles, which is nothing to look at', () => {
    const setAside = [{ code: 'map', count: 1, files: ['whole.tiff'], reason: '' }] as const;
    expect(only({ setAside })).toMatchObject({ standing: 'well', attention: [] });
    expect(sampleView(only({ setAside }), 'UTC').tiles).toEqual([
      'Set aside, 1 image of several tiles at once: whole.tiff.',
    ]);
  });

  it('need none when all is well, nor for their precision once a target is decided', () => {
    expect(only({})).toMatchObject({ standing: 'well', attention: [] });
    const imprecise = { sufficiency: { ...sufficiency, sufficient: false } };
    expect(only({ ...verdict('accept'), ...imprecise })).toMatchObject({ standing: 'well', attention: [] });
  });

  it('need a look when nothing was found', () => {
    const sample = only({}, 0);
    expect(sample.attention).toEqual(['no particle was found']);
    expect(sample.control).toBeNull();
  });
});

describe('the change since the last measurement', () => {
  const change = (d50: number, before: number) =>
    nightReport(factsOf([[runOf({ label: 'powder', d50 }), runOf({ label: 'powder', d50: before })]]))
      .samples[0]?.change;

  it('is relative, and says whether the intervals overlap', () => {
    // Intervals reach a tenth to each side: 5 has 4.5 to 5.5, 6 has 5.4 to 6.6, 4 has 3.6 to 4.4.
    expect(change(6, 5)).toMatchObject({ intervalsOverlap: true });
    expect(change(6, 5)?.relative).toBeCloseTo(0.2);
    expect(change(4, 5)).toMatchObject({ intervalsOverlap: false });
  });

  it('is none without a measurement before, or without particles', () => {
    expect(nightReport(factsOf([runOf({ label: 'powder' })])).samples[0]?.change).toBeNull();
    const empty = runOf({ label: 'powder', count: 0 });
    expect(nightReport(factsOf([[runOf({ label: 'powder' }), empty]])).samples[0]?.change).toBeNull();
  });
});

describe('the control of the uncertain fraction', () => {
  it('names a sample outside the limits of the last ones, once there are five', () => {
    const usual = Array.from({ length: 8 }, () => runOf({ label: 'usual' }));
    const strange = runOf({ label: 'strange', uncertain: 400 });
    const report = (recent: typeof usual) => nightReport(factsOf([strange], { recent }));
    const out = report([...usual, strange]);
    expect(out.control.map(({ isOut }) => isOut)).toEqual([...usual.map(() => false), true]);
    expect(out.samples[0]?.attention[0]).toMatch(/^40 % uncertain, above the usual /);
    expect(report([...usual.slice(0, 3), strange]).samples[0]?.attention).toEqual([]);
  });
});
