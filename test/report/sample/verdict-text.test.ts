import { describe, expect, it } from 'vitest';
import {
  decisionText,
  decisionTitle,
  sufficiencyText,
  trustText,
  uncertainText,
  uniformityText,
} from '../../../src/report/sample/verdict-text.ts';
import { smallSummary, wholeSummary } from './example-summary.ts';

const decided = smallSummary.decision!;

describe('what is said of a sample', () => {
  it('gives the median with its interval and what it rests on', () => {
    expect(trustText(wholeSummary)).toBe(
      'D50 = 4.90 µm (4.70 to 5.10, 95 %), from 80 particles in 24 of 24 tiles; 10 % uncertain.',
    );
    expect(uncertainText(wholeSummary)).toBe(
      'Without the uncertain particles D50 is 5.00 µm (4.80 to 5.20): a difference of 2 %.',
    );
  });

  it('says why there is no interval, and where there is nothing at all', () => {
    expect(trustText(smallSummary)).toBe(
      'D50 = 1.95 µm (no interval: one tile tells none), from 1 particle in 1 of 3 tiles; 0 % uncertain.',
    );
    expect(uncertainText(smallSummary)).toBeNull();
    const { statistics } = smallSummary;
    const empty = { ...smallSummary, statistics: { ...statistics, all: statistics.uncertain } };
    expect(trustText(empty)).toBe('No particles were counted in 1 of 3 tiles.');
  });

  it('says whether the tiles are enough, or how many more would be', () => {
    expect(sufficiencyText(wholeSummary)).toBe('Precise enough: D50 is known to ±4.1 % (target ±5 %).');
    const { sufficiency } = wholeSummary;
    expect(
      sufficiencyText({
        ...wholeSummary,
        sufficiency: {
          ...sufficiency,
          sufficient: false,
          relativeHalfWidth: { d10: null, d50: 0.07, d90: null },
          tilesNeeded: 23,
        },
      }),
    ).toBe(
      'Not precise enough: D50 is known to ±7 % (target ±5 %); about 23 more tiles like these would do.',
    );
    expect(sufficiencyText(smallSummary)).toBe(
      'How precise these figures are cannot be told from one tile (target ±5 %).',
    );
  });

  it('says of precision nothing that gainsays the verdict', () => {
    const { sufficiency } = wholeSummary;
    const wide = {
      ...sufficiency,
      sufficient: false,
      relativeHalfWidth: { d10: null, d50: 0.07, d90: null },
    };
    const said = (verdict: 'accept' | 'reject' | 'more-tiles' | 'reimage', tilesNeeded: number) =>
      sufficiencyText({
        ...wholeSummary,
        decision: { ...decided, verdict },
        sufficiency: tilesNeeded === 0 ? sufficiency : { ...wide, tilesNeeded },
      });
    for (const verdict of ['accept', 'reject'] as const) {
      expect(said(verdict, 1)).toBe(
        'That is sure enough, though the figures are less precise than asked for: D50 is known to ±7 % (target ±5 %); about 1 more tile like these would do.',
      );
      expect(said(verdict, 0)).toBe('Precise enough: D50 is known to ±4.1 % (target ±5 %).');
    }
    for (const verdict of ['more-tiles', 'reimage'] as const) {
      expect(said(verdict, 23)).toMatch(/^Not precise enough: /);
      expect(said(verdict, 0)).toBe(
        'The precision asked for is reached, which does not decide here: D50 is known to ±4.1 % (target ±5 %).',
      );
    }
  });

  it('says of a run whose later tiles widened the interval that it was precise enough', () => {
    const { sufficiency } = wholeSummary;
    const relativeHalfWidth = { d10: null, d50: 0.06, d90: null };
    expect(
      sufficiencyText({
        ...wholeSummary,
        sufficiency: { ...sufficiency, relativeHalfWidth, tilesNeeded: 9 },
      }),
    ).toBe('Was precise enough with fewer tiles, and no longer is: D50 is known to ±6 % (target ±5 %).');
    expect(
      sufficiencyText({
        ...wholeSummary,
        final: false,
        sufficiency: { ...sufficiency, relativeHalfWidth, sufficient: false, tilesNeeded: null },
      }),
    ).toBe('Not yet precise enough: D50 is known to ±6 % (target ±5 %).');
  });

  it('names the verdict, and none without a target', () => {
    expect([decisionTitle(wholeSummary), decisionText(wholeSummary)]).toEqual([null, null]);
    const titleOf = (verdict: 'accept' | 'reject' | 'more-tiles', moreTiles: number | null) =>
      decisionTitle({ ...smallSummary, decision: { ...decided, verdict, moreTiles } });
    expect(titleOf('accept', null)).toBe('Accept');
    expect(titleOf('reject', null)).toBe('Reject');
    expect(titleOf('more-tiles', 12)).toBe('12 more tiles');
    expect(titleOf('more-tiles', null)).toBe('More tiles needed');
    expect(decisionTitle(smallSummary)).toBe('Image again');
    const reason = 'the D50 of 5.2 um lies between 5 and 6 um';
    expect(decisionText({ ...smallSummary, decision: { ...decided, reason } })).toBe(
      'The D50 of 5.2 µm lies between 5 and 6 µm.',
    );
  });

  it('says of the grid what the figures of its pattern mean', () => {
    expect(uniformityText(wholeSummary)).toBeNull();
    const moran = { moranI: 0.42, expected: -0.04, pValue: 0.003, tiles: 24 };
    expect(
      uniformityText({
        ...wholeSummary,
        uniformity: { diameter: moran, count: { ...moran, moranI: -0.1, pValue: 0.4 }, map: [] },
      }),
    ).toBe(
      'Sizes form a pattern over the grid (Moran’s I 0.420, p = 0.003): sample or imaging is not the same everywhere. ' +
        'Counts show no pattern over the grid (Moran’s I −0.100, p = 0.400).',
    );
  });
});
