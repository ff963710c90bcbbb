import { describe, expect, it } from 'vitest';
import {
  decisionText,
  decisionTitle,
  sufficiencyText,
  trustText,
  uncertainText,
  uniformityText,
  warningTexts,
} from '../../../src/report/sample/verdict-text.ts';
import { smallSummary, wholeSummary } from './example-summary.ts';

const decided = smallSummary.decision!;

describe('what is said of a sample', () => {
  it('gives the median with its interval and what it rests on', () => {
    expect(trustText(wholeSummary)).toBe(
      'D50 = 4.9 µm (4.7 to 5.1, 95 %), from 80 particles in 24 of 24 tiles; 10 % uncertain.',
    );
    expect(uncertainText(wholeSummary)).toBe(
      'Without the uncertain particles D50 is 5.0 µm (4.8 to 5.2): a difference of 2 %.',
    );
  });

  it('says on how many tiles the network ran out of room', () => {
    const tile = { contentHash: 'a', file: 'a.tiff', row: 0, column: 0, limits: ['proposals' as const] };
    const [first] = warningTexts({ ...wholeSummary, limitReached: [tile, tile] });
    expect(first).toBe(
      'On 2 tiles of 24 there is more than the network has room for: particles may be missing there. Look at the overlays, or use a higher magnification.',
    );
  });

  it('says last what is to be known of the files', () => {
    const notes = [
      { note: 'lossy-compression', tiles: 24 },
      { note: 'pixel-size-stated', tiles: 1 },
    ] as const;
    expect(warningTexts({ ...wholeSummary, notes }).slice(-2)).toEqual([
      '24 tiles compressed with loss (JPEG), which moves edges and so sizes: export TIFF from the microscope.',
      '1 tile without a pixel size in the file: it is stated beside it or in the configuration, and nothing proves it.',
    ]);
  });

  it('says why there is no interval, and where there is nothing at all', () => {
    expect(trustText(smallSummary)).toBe(
      'D50 = 1.95 µm (no interval: too few tiles hold particles), from 1 particle in 1 of 3 tiles; 0 % uncertain.',
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
      'Not yet precise enough: D50 is known to ±7 % (target ±5 %); about 23 more tiles like these would do.',
    );
    expect(sufficiencyText(smallSummary)).toBe(
      'How precise it is cannot be told from so few tiles (target ±5 %).',
    );
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

  it('warns of a scan that ended early, and points to figures under the detection limit', () => {
    expect(warningTexts(wholeSummary)).toEqual([]);
    expect(warningTexts(smallSummary)).toEqual([
      'The scan ended early: 1 of 3 tiles never came.',
      'Set aside, 1 image of another detector than the tiles: 80_30_SE.tiff.',
    ]);
    const { statistics } = wholeSummary;
    const [below] = warningTexts({
      ...wholeSummary,
      statistics: {
        ...statistics,
        warnings: [{ code: 'below-detection-limit', message: 'all.diameterEquivalentUm.d10 under 0.93 um' }],
      },
    });
    expect(below).toMatch(/^Figures marked † lie under the detection limit of 0\.93 µm, .* 50 % /);
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
      'Sizes form a pattern over the grid (Moran’s I 0.42, p = 0.003): sample or imaging is not the same everywhere. ' +
        'Counts show no pattern over the grid (Moran’s I −0.1, p = 0.4).',
    );
  });
});

describe('images that are none of its tiles', () => {
  it('are named, a few of each cause, with what they are', () => {
    const setAside = [
      { code: 'inverted' as const, count: 18, files: ['a_inv.png', 'b_inv.png'], reason: '' },
      { code: 'map' as const, count: 1, files: ['whole.tiff'], reason: '' },
    ];
    expect(warningTexts({ ...wholeSummary, setAside })).toEqual([
      'Set aside, 18 images with the contrast of a tile turned round: a_inv.png, b_inv.png, 16 more.',
      'Set aside, 1 image of several tiles at once: whole.tiff.',
    ]);
  });
});
