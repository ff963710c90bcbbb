import { describe, expect, it } from 'vitest';
import { tileSentences } from '../../../src/report/night/view/tiles.ts';
import type { SampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { summaryOf } from './nights.ts';

/** Of 24 tiles so many are missing, of which the last are at places that nothing is known of. */
function lacking(missing: number, unseen = 0): SampleSummary {
  const { coverage } = summaryOf({ label: 'a' });
  const sites = Array.from({ length: missing - unseen }, (_, column) => ({ row: 0, column }));
  const tilesPresent = coverage.tilesExpected - missing;
  const counts = { tilesPresent, missing: sites, tilesUnseen: unseen };
  return summaryOf({ label: 'a', change: { state: 'stalled', coverage: { ...coverage, ...counts } } });
}

function place(column: number): string {
  return `row 0, column ${column}`;
}

describe('the tiles of a mail', () => {
  it('are named up to five, or four and how many more', () => {
    const four = [0, 1, 2, 3].map(place).join('; ');
    expect(tileSentences(lacking(1))).toEqual([`Missing, 1 tile: ${place(0)}.`]);
    expect(tileSentences(lacking(5))).toEqual([`Missing, 5 tiles: ${four}; ${place(4)}.`]);
    expect(tileSentences(lacking(6))).toEqual([`Missing, 6 tiles: ${four}; and 2 more.`]);
  });

  it('count those too whose place is not known', () => {
    // Ten are missing, six of them beyond the grid that was seen: after the four known ones there are six more.
    const four = [0, 1, 2, 3].map(place).join('; ');
    expect(tileSentences(lacking(10, 6))).toEqual([`Missing, 10 tiles: ${four}; and 6 more.`]);
    expect(tileSentences(lacking(3, 3))).toEqual(['Missing, 3 tiles: their places are not known yet.']);
    expect(tileSentences(lacking(1, 1))).toEqual(['Missing, 1 tile: its place is not known yet.']);
  });

  it('are all there where there is nothing to say', () => {
    expect(tileSentences(summaryOf({ label: 'a' }))).toEqual([]);
  });
});
