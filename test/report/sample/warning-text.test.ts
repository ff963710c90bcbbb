import { describe, expect, it } from 'vitest';
import { volumeNote, warningTexts } from '../../../src/report/sample/warning-text.ts';
import { smallSummary, wholeSummary } from './example-summary.ts';

const tile = { contentHash: 'a', file: 'a.tiff', row: 0, column: 0 };

describe('what is to be kept in mind', () => {
  it('says on how many tiles the network ran out of room', () => {
    const limited = { ...tile, limits: ['proposals' as const] };
    const [first] = warningTexts({ ...wholeSummary, limitReached: [limited, limited] });
    expect(first).toBe(
      'On 2 of 24 tiles there is more than the network has room for: particles may be missing there. Look at the overlays, or use a higher magnification.',
    );
  });

  it('warns of a scan that ended early, and points to figures under the detection limit', () => {
    expect(warningTexts(wholeSummary)).toEqual([]);
    expect(warningTexts(smallSummary)).toEqual([
      'The scan ended early: 1 of 3 tiles never came.',
      '1 tile could not be segmented: the particles there are not in the figures.',
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
    expect(below).toMatch(/^Figures marked † lie under the detection limit of 0\.930 µm, .* 50 % /);
  });

  it('names tiles that are left out, and why', () => {
    const left = { ...tile, causes: ['blurred'] as const, reason: 'edge blur 4 px, limit 2 px' };
    const imaging = { tiles: [left, { ...left, causes: ['drifted', 'blurred'] as const }] };
    expect(warningTexts({ ...wholeSummary, imaging })).toEqual([
      '2 tiles are left out for poor imaging (blurred, drifted): the particles there are not in the figures.',
    ]);
  });

  it('leaves what is asked of volumes alone to the figures by volume', () => {
    const message = '80 particles were counted; ISO 13322-1 asks for 6,092 for means by volume';
    const warnings = [{ code: 'too-few-particles' as const, message }];
    const summary = { ...wholeSummary, statistics: { ...wholeSummary.statistics, warnings } };
    expect(warningTexts(summary)).toEqual([]);
    expect(volumeNote(summary)).toBe(`By volume: ${message}.`);
    expect(volumeNote(wholeSummary)).toBeNull();
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
